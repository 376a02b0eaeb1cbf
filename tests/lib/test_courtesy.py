"""The words of a refusal or a rating: measured on corpora of our own writing, one of which was never read to tune."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.courtesy import Fault, findings, is_nonsense
from entremise.lib.courtesy.lexicon import SOURCE

HERE = Path(__file__).parent
# Worked with: all is found, or nearly. `courtesy_held_out`, `_2` and `_3` were held out in turn: each was measured
# before its faults were read, then tuned on. Their first measures, in this order: rude texts found 0.989, 0.685 and
# 0.701; insults 41/41, 28/34 and 29/37; ordinary texts flagged 4/78, 1/77 and 3/62. The first was written by the hand
# that wrote the rules, at the same hour: it measures little.
TUNED = ["courtesy_dev", "courtesy_held_out", "courtesy_held_out_2", "courtesy_held_out_3"]
# Its faults were never read: first measure 0.773 of the rude texts, 31/40 insults, 0/59 ordinary; today 0.788, 32/40.
HELD_OUT = "courtesy_held_out_4"
AIM = 0.95
LEAST_RECALL = 0.76
LEAST_INSULTS = 0.77
MOST_FALSE_ALARMS = 0.02


@dataclass
class Measure:
    """What was found of a corpus."""

    rude: int = 0
    found: int = 0
    ordinary: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    labelled: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.found / self.rude

    @property
    def insults(self) -> float:
        return self.matched[Fault.INSULT] / self.labelled[Fault.INSULT]

    @property
    def false_alarms(self) -> float:
        return len(self.false) / self.ordinary

    def report(self) -> str:
        by_fault = {fault: f"{self.matched[fault]}/{self.labelled[fault]}" for fault in sorted(self.labelled)}
        return f"recall {self.recall:.3f}, false alarms {len(self.false)}/{self.ordinary}, by fault {by_fault}"


def measure(name: str) -> Measure:
    whole = Measure()
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            labels = set(row["labels"].split())
            assert labels <= set(Fault), f"{name}: a label is no fault: {labels}"
            got = {one.fault.value for one in findings(row["text"])}
            whole.labelled.update(labels)
            whole.matched.update(labels & got)
            if not labels:
                whole.ordinary += 1
                whole.false += [f"{row['text']} → {sorted(got)}"] * bool(got)
            else:
                whole.rude += 1
                whole.found += bool(got)
                whole.missed += [row["text"]] * (not got)
    return whole


@pytest.mark.parametrize("name", TUNED)
def test_rude_words_of_the_corpora_worked_with_are_found_and_ordinary_refusals_are_let_through(name: str) -> None:
    whole = measure(name)
    assert whole.recall >= AIM, (whole.report(), whole.missed)
    assert whole.insults >= AIM, (whole.report(), whole.missed)
    assert whole.false_alarms <= MOST_FALSE_ALARMS, (whole.report(), whole.false)


def test_most_rude_words_never_read_before_are_found_and_ordinary_refusals_are_let_through() -> None:
    whole = measure(HELD_OUT)  # its texts are not shown: who reads them can no longer measure with them
    assert whole.recall >= LEAST_RECALL, whole.report()
    assert whole.insults >= LEAST_INSULTS, whole.report()
    assert whole.false_alarms <= MOST_FALSE_ALARMS, whole.report()


def test_lawful_offers_hold_almost_no_insult_contempt_or_threat() -> None:
    rude = {Fault.INSULT, Fault.CONTEMPT, Fault.THREAT, Fault.SHOUTING, Fault.NONSENSE}
    texts = []
    for name in ("fairwording_dev.csv", "fairwording_held_out.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as lines:
            texts += [row["text"] for row in csv.DictReader(lines, delimiter=";") if not row["labels"]]
    flagged = [text for text in texts if rude & {one.fault for one in findings(text)}]
    assert len(flagged) <= len(texts) / 1000, flagged


@pytest.mark.parametrize(
    ("text", "fault", "words"),
    [
        ("Franchement, quel c*nnard ce type", Fault.INSULT, "c*nnard"),
        ("Vous êtes un c0nnard fini", Fault.INSULT, "c0nnard"),
        ("Bonjour, c o n n a r d !", Fault.INSULT, "c o n n a r d"),
        ("Au revoir, c o n", Fault.INSULT, "c o n"),
        ("Bonjour P.U.T.E et adieu", Fault.INSULT, "P.U.T.E"),
        ("Quel соnnаrd", Fault.INSULT, "соnnаrd"),  # Cyrillic letters
        ("Quel con\u200bnard", Fault.INSULT, "con\u200bnard"),
        ("Un con nard de plus", Fault.INSULT, "con nard"),
        ("ＣＯＮＮＡＲＤ va", Fault.INSULT, "ＣＯＮＮＡＲＤ"),
        ("Ah le connnnnaaaard", Fault.INSULT, "connnnnaaaard"),
        ("gros $alaud va", Fault.INSULT, "$alaud"),
        ("Un vrai taré, ce chef", Fault.INSULT, "taré"),
        ("Nous cherchons quelqu'un de plus jeune.", Fault.DISCRIMINATION_HINT, "plus jeune"),
        ("Pas de femme pour ce poste.", Fault.DISCRIMINATION_HINT, "Pas de femme"),
        ("C'est votre accent qui gêne.", Fault.DISCRIMINATION_HINT, "votre accent"),
        ("Désolé, mais vos problèmes de dos nous inquiètent.", Fault.PERSONAL, "vos problèmes de dos"),
        ("Ne revenez jamais ou j'appelle la police", Fault.THREAT, "revenez jamais ou j'appelle la police"),
        ("Voilà un CV pitoyable.", Fault.CONTEMPT, "CV pitoyable"),
        ("Non ! NE NOUS ECRIVEZ PLUS JAMAIS ICI", Fault.SHOUTING, "NE NOUS ECRIVEZ PLUS JAMAIS ICI"),
        ("  asdf  ", Fault.NONSENSE, "asdf"),
    ],
)
def test_a_finding_points_at_the_words_even_disguised(text: str, fault: Fault, words: str) -> None:
    found = [one for one in findings(text) if one.fault is fault]
    assert found, findings(text)
    assert any(words in one.quote for one in found), found
    assert all(one.quote == text[one.start : one.end] for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Cela constitue un motif sérieux, le conducteur est confirmé.",
        "Merci pour votre candidature à Scunthorpe, à Condom et à Montcuq.",
        "Le chili con carne était réussi.",
        "Nul doute, nul besoin, nulle part : le poste est pris.",
        "Le poste de travailleur social demande un diplôme.",
        "Le personnel incapable de se déplacer est accompagné.",
        "C'est une bête de concours, mais le poste est pris.",
        "Monsieur Connard, merci de votre candidature.",
        "La salopette, la charlotte et le batardeau sont fournis.",
        "La tare du camion et la rate du veau",
        "Vous n'êtes pas nul, vous débutez.",
        "Le CV* et le BTS** (voir plus bas), H/F*",
        "M. D**** a été retenu.",
        "Trop d'expérience, trop peu d'heures.",
        "Vous avez 15 ans d'expérience.",
        "On m'a traitée de feignante pendant l'entretien.",
        "Ils m'ont dit que j'étais trop vieux.",
        "Se busca camarero con experiencia.",
    ],
)
def test_an_ordinary_word_that_looks_like_an_insult_is_let_through(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "asdf",
        "xxx",
        "....",
        "ok ok ok ok",
        "aaaaaa",
        "azertyuiop",
        "qsdfgh",
        "blablabla bla",
        "12345",
        "",
        " \n",
        "😀",
        "mot mot mot",
        "kjhg fdsq",
        "Lorem ipsum dolor sit amet",
        "x",
        "a b c d",
    ],
)
def test_what_says_nothing_is_nonsense(text: str) -> None:
    assert is_nonsense(text)


@pytest.mark.parametrize(
    "text",
    [
        "Merci, bonne continuation",
        "Non",
        "ok merci",
        "Pourvu",
        "RQTH",
        "BTS MCO",
        "CDD fini",
        "cf. mail",
        "Très bien",
        "Poste pourvu asdf",
        "شكرا جزيلا",
        "Дякую",
        "property",
        "Schwartz",
        "oui oui merci",
        "Vu",
        "CACES, FIMO",
    ],
)
def test_a_short_honest_word_is_not_nonsense(text: str) -> None:
    assert not is_nonsense(text)


def test_an_empty_text_has_no_finding() -> None:
    assert findings("") == findings("  \n") == ()


def test_the_list_of_rude_words_says_what_it_is_for() -> None:
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    assert re.match(r"# .*refusal", lines[0])
    assert "What for" in lines[1]


RUDE_LETTERS = st.text(alphabet="conardsputemi*0@.$ -_éÉ'!\n😀аο\u200b", max_size=200)


@given(st.one_of(st.text(max_size=400), RUDE_LETTERS))
def test_whatever_the_text_the_stretches_are_within_it_and_in_order(text: str) -> None:
    found = findings(text)
    assert all(0 <= one.start < one.end <= len(text) and one.quote == text[one.start : one.end] for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    is_nonsense(text)


@given(st.sampled_from(["connard", "salope", "abruti", "imbécile"]), st.integers(1, 6), st.data())
def test_an_insult_is_found_in_any_case_and_with_a_letter_repeated(word: str, times: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    written = "".join(data.draw(st.sampled_from([letter, letter.upper()])) for letter in word)
    stretched = written[:at] + written[at] * times + written[at + 1 :]
    assert Fault.INSULT in {one.fault for one in findings(f"Bonjour {stretched}, merci")}
