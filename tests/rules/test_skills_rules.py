"""What the cells of the referentials mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.skills import rules
from entremise.skills.enums import MobilityKind, SkillKind, Weight

WORDS = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("label", "forms"),
    [
        ("Comptable", {"comptable"}),
        ("Vendeur / Vendeuse en fleurs", {"vendeur en fleurs", "vendeuse en fleurs"}),
        ("vendeur en fleurs/vendeuse en fleurs", {"vendeur en fleurs", "vendeuse en fleurs"}),
        ("Aide soignant / Aide soignante de nuit", {"aide soignant de nuit", "aide soignante de nuit"}),
        ("Second / ", {"second /"}),
    ],
)
def test_a_paired_title_has_a_masculine_and_a_feminine(label: str, forms: set[str]) -> None:
    assert rules.gendered_forms(label) == forms


@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_rome_and_esco_write_the_same_pair_in_two_ways(man: str, woman: str, end: list[str]) -> None:
    tail = " ".join(end)
    rome = f"{man} / {woman} {tail}"
    esco = f"{man} {tail}/{woman} {tail}"
    assert rules.gendered_forms(rome) == rules.gendered_forms(esco)


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more_than_quotes_quadrupled(text: str) -> None:
    once = rules.tidied(text.replace("'", ""))
    assert rules.tidied(once) == once == once.strip()


def test_quotes_doubled_by_the_export_and_line_ends_are_tidied() -> None:
    assert rules.tidied("Assure l''entretien\n des  outils ") == "Assure l'entretien des outils"


@pytest.mark.parametrize(("text", "is_code"), [("G1602", True), ("g1602", False), ("Z1602", False), ("G16020", False)])
def test_a_rome_code_has_a_letter_from_a_to_n_and_four_digits(text: str, is_code: bool) -> None:
    assert rules.is_rome_code(text) is is_code


@pytest.mark.parametrize(
    ("cell", "weight"), [("Principale", Weight.CORE), ("", Weight.USUAL), ("Émergente", Weight.POSSIBLE)]
)
def test_the_core_of_an_occupation_weighs_most(cell: str, weight: Weight) -> None:
    assert rules.weight_of(cell) is weight


@pytest.mark.parametrize(
    ("rank", "kind"), [(1, MobilityKind.CLOSE), (5, MobilityKind.CLOSE), (6, MobilityKind.POSSIBLE)]
)
def test_the_first_five_mobilities_are_close(rank: int, kind: MobilityKind) -> None:
    assert rules.mobility_kind(rank) is kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Gérer une caisse", SkillKind.KNOW_HOW),
        ("s’adapter aux clients", SkillKind.KNOW_HOW),
        ("se former", SkillKind.KNOW_HOW),
        ("Histoire du tabac", SkillKind.KNOWLEDGE),
        ("Haskell", SkillKind.KNOWLEDGE),
    ],
)
def test_an_esco_label_that_starts_with_an_infinitive_is_know_how(label: str, kind: SkillKind) -> None:
    assert rules.esco_kind(label) is kind


def test_a_definition_in_brief_is_its_first_sentence() -> None:
    assert rules.in_brief("Prépare les plats. Nettoie la cuisine.") == "Prépare les plats."


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_a_definition_in_brief_stays_short_and_ends_between_two_words(text: str) -> None:
    brief = rules.in_brief(text)
    assert len(brief) <= 141
    assert text.startswith(brief.removesuffix("…"))
    assert text[len(brief.removesuffix("…")) :][:1] in ("", " ")


def test_labels_that_differ_by_accents_case_and_final_stop_are_the_same() -> None:
    assert rules.same_label("Étapes du développement.") == rules.same_label("etapes du developpement")


def test_an_esco_pair_is_displayed_like_the_others_and_acronyms_keep_their_letters() -> None:
    assert (
        rules.displayed_pair("chef de projet TIC/cheffe de projet TIC") == "Chef de projet TIC / Cheffe de projet TIC"
    )
