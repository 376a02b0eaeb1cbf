"""The catalogue of measures: each says yes, no with its reason, or what to ask; a wrong file is refused by name."""

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest

from entremise.desk.queries_measures import catalogue
from entremise.desk.rules_measures import (
    ENDLESS,
    Answer,
    CatalogueRefused,
    Situation,
    in_force,
    read_catalogue,
    verdict,
    verdicts,
)

TODAY = dt.date(2026, 11, 22)
KNOWN = Situation(
    is_open=True, is_market=True, is_insertion=True, is_branch_listed=True, size=10, is_entrusted=True, contract="cdd",
    months=9, positions=6, needs_level=False, is_hard=True, is_followed=True, age_or_exempt=20,
    is_young_or_followed=True, has_gap=True, has_proof=False, is_far_from_work=True, is_disabled=True,
)  # fmt: skip
ASIDE: dict[str, dict[str, Any]] = {  # what must differ for a measure that the situation above does not fit
    "poei": {"contract": "cdi", "months": ENDLESS},
    "apprenticeship": {"contract": "apprenticeship"},
    "pec": {"is_market": False},
}
CASES = [
    ("pmsmp", {"is_open": False}, "fermé"),
    ("afpr", {"months": 12}, "POEI"),
    ("afpr", {"months": 5}, "moins de six mois"),
    ("afpr", {"has_gap": False}, "toutes les compétences"),
    ("poei", {"months": 11}, "AFPR"),
    ("poec", {"positions": 1}, "individuelle"),
    ("mrs", {"needs_level": True}, "diplôme"),
    ("apprenticeship", {"age_or_exempt": 30}, "exception"),
    ("professionalisation", {"is_young_or_followed": False}, "entre 16 et 25 ans"),
    ("eccp", {"has_proof": True}, "déjà confirmées"),
    ("job_analysis", {"is_hard": False}, "avance"),
    ("pec", {"is_market": True}, "CIE"),
    ("cie", {"months": 5}, "moins de six mois"),
    ("iae", {"is_insertion": False}, "pas une structure"),
    ("agefiph", {"is_market": False}, "FIPHFP"),
    ("tutoring", {"size": 0}, "pas de salarié"),
]


def situation(code: str, **told: Any) -> Situation:
    return replace(KNOWN, **ASIDE.get(code, {}) | told)


def test_each_measure_says_yes_asks_and_says_no_with_its_reason() -> None:
    known = {one.code: one for one in in_force(catalogue(), TODAY)}
    assert {code for code, _told, _words in CASES} == set(known)
    for code, told, words in CASES:
        fine = verdict(known[code], situation(code))
        assert fine.answer is Answer.YES, (code, fine.reasons)
        refused = verdict(known[code], situation(code, **told))
        assert refused.answer is Answer.NO, code
        assert words in refused.reasons[0].sentence, code
        unknown = verdict(known[code], Situation())
        assert unknown.answer is Answer.ASK, code
        assert all(reason.answer is Answer.ASK for reason in unknown.reasons), code


def test_no_beats_unknown_and_what_fits_comes_first() -> None:
    (afpr,) = (one for one in catalogue() if one.code == "afpr")
    assert verdict(afpr, Situation(months=3)).answer is Answer.NO
    found = verdicts(in_force(catalogue(), TODAY), replace(KNOWN, is_insertion=None))
    order = [one.answer for one in found]
    assert order == sorted(order, key=[Answer.YES, Answer.ASK, Answer.NO].index)


def test_every_fact_serves_and_every_measure_has_its_source() -> None:
    used = {condition.fact for one in catalogue() for condition in one.conditions}
    assert used == {field.name for field in fields(Situation)}
    assert all(one.source and one.form for one in catalogue())


def test_the_rule_of_the_day_is_the_last_one_begun() -> None:
    (pmsmp,) = (one for one in catalogue() if one.code == "pmsmp")
    later = replace(pmsmp, since=dt.date(2027, 1, 1), length="Deux mois.")
    both = [pmsmp, later]
    assert in_force(both, TODAY) == [pmsmp]
    assert in_force(both, dt.date(2027, 1, 1)) == [later]
    assert in_force(both, dt.date(2014, 1, 1)) == []


TEXTS = 'code = "x"\nname = "x"\npurpose = "x"\nlength = "x"\nmoney = "x"\nform = "x"\nsource = "x"\n'
FINE = '{ fact = "is_open", is = true, yes = "a", no = "b", ask = "c" }'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[measure]", "TOML"),
        ("[[measure]]\n" + TEXTS, "il manque since, conditions"),
        (f'[[measure]]\n{TEXTS}since = "hier"\nconditions = [{FINE}]', "n'est pas une date"),
        (f"[[measure]]\n{TEXTS}since = 2020-01-01\nconditions = [{FINE.replace('is_open', 'mood')}]", "« mood »"),
        (f"[[measure]]\n{TEXTS}since = 2020-01-01\nconditions = [{FINE.replace('is = true,', '')}]", "un test"),
        (f"[[measure]]\n{TEXTS}since = 2020-01-01\nconditions = [{FINE.replace('ask', 'tell')}]", "ne dit pas"),
        (f"[[measure]]\n{TEXTS}since = 2020-01-01\nconditions = [{FINE}]\n" * 2, "même code"),
    ],
    ids=["toml", "missing", "date", "fact", "test", "sentence", "twice"],
)  # fmt: skip
def test_a_wrong_catalogue_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(CatalogueRefused, match=words):
        read_catalogue(text)
