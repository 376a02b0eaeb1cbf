"""How well an offer fits somebody, in words; how she holds what it asks for; the sentences of each part."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import queries_offer_words as words
from entremise.matching import rules, rules_fit
from entremise.matching.engine import score
from entremise.matching.enums import PartName
from entremise.matching.enums_fit import Fit, Holding
from entremise.matching.rules_recruiting import Evidence

TODAY = dt.date(2026, 11, 23)
ORDER = [Fit.PARTLY, Fit.WELL, Fit.VERY_WELL]


def parts(skills: int, occupation: int = 30, distance: int = 15, availability: int = 0) -> list[rules.Part]:
    told = {
        PartName.SKILLS: (skills, 40), PartName.OCCUPATION: (occupation, 30), PartName.DISTANCE: (distance, 15),
        PartName.AVAILABILITY: (availability, 15),
    }  # fmt: skip
    return [rules.Part(name, points, maximum) for name, (points, maximum) in told.items()]


def facts(**changes: Any) -> rules.Facts:
    told = {
        "asked_count": 6, "held_count": 4, "validated_count": 3, "covered": 60, "need_total": 12,
        "all_validated_count": 3, "occupation_points": score.WISHED, "distance_m": 12_300, "mobility_km": 20,
        "available_on": TODAY,
    }  # fmt: skip
    return rules.Facts(**{**told, **changes})


def said(name: PartName, **changes: Any) -> str:
    (sentence,) = [part.sentence for part in words.reasons(facts(**changes), TODAY) if part.name == name]
    return sentence


@pytest.mark.parametrize(
    ("told", "fit"),
    [
        (parts(40), Fit.VERY_WELL),
        (parts(20, distance=14), Fit.VERY_WELL),  # 64 of 85: a skill of two is confirmed, next door
        (parts(18), Fit.WELL),  # 63 of 85: 74 %
        (parts(0, distance=9), Fit.WELL),
        (parts(0, distance=8), Fit.PARTLY),
        (parts(0, occupation=12, distance=0, availability=15), Fit.PARTLY),
        ([], Fit.PARTLY),
    ],
)
def test_an_offer_fits_by_what_depends_on_it(told: list[rules.Part], fit: Fit) -> None:
    assert rules_fit.fit(told) == fit


@given(st.integers(0, 40), st.integers(0, 30), st.integers(0, 15), st.integers(0, 15), st.integers(0, 15))
def test_when_she_is_ready_changes_no_fit_and_more_points_never_fit_less(
    skills: int, occupation: int, distance: int, ready: int, other: int
) -> None:
    found = rules_fit.fit(parts(skills, occupation, distance, ready))
    assert found == rules_fit.fit(parts(skills, occupation, distance, other))
    assert ORDER.index(rules_fit.fit(parts(40, occupation, distance))) >= ORDER.index(found)


@pytest.mark.parametrize(
    ("assurance", "is_shown", "holding"),
    [
        (None, True, Holding.MISSING),
        (0, True, Holding.SAID),
        (1, True, Holding.CONFIRMED),
        (4, True, Holding.CONFIRMED),
        (0, False, Holding.HIDDEN),
        (3, False, Holding.HIDDEN),
    ],
)
def test_a_skill_is_confirmed_said_kept_for_oneself_or_missing(
    assurance: int | None, is_shown: bool, holding: Holding
) -> None:
    assert rules_fit.holding(assurance, is_shown=is_shown) == holding


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "4 des 6 compétences demandées, dont 3 confirmées"),
        ({"validated_count": 1}, "4 des 6 compétences demandées, dont 1 confirmée"),
        ({"validated_count": 0}, "4 des 6 compétences demandées, pas encore confirmées"),
        ({"validated_count": 4}, "4 des 6 compétences demandées, toutes confirmées"),
        ({"held_count": 1, "validated_count": 1}, "1 des 6 compétences demandées, confirmée"),
        ({"held_count": 1, "validated_count": 0}, "1 des 6 compétences demandées, pas encore confirmée"),
        ({"held_count": 0}, "6 compétences demandées, que vous n'avez pas encore dites"),
        ({"held_count": 0, "asked_count": 1}, "1 compétence demandée, que vous n'avez pas encore dite"),
        ({"held_count": 1, "asked_count": 1, "validated_count": 1}, "La compétence demandée, confirmée"),
        ({"held_count": 1, "asked_count": 1, "validated_count": 0}, "La compétence demandée, pas encore confirmée"),
        ({"asked_count": 0, "need_total": 0}, "Vos 3 compétences confirmées parlent pour vous"),
        ({"asked_count": 0, "need_total": 0, "all_validated_count": 1}, "Votre compétence confirmée parle pour vous"),
        ({"asked_count": 0, "need_total": 0, "all_validated_count": 0}, "Aucune compétence précise n'est demandée"),
    ],
)
def test_skills_are_told_to_the_person(changes: dict[str, int], sentence: str) -> None:
    assert said(PartName.SKILLS, **changes) == sentence


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (score.WISHED, "C'est le métier que vous cherchez"),
        (score.EXERCISED, "Vous avez déjà fait ce métier"),
        (score.NEAR, "C'est proche du métier que vous cherchez"),
        (0, "C'est un autre métier"),
    ],
)
def test_the_job_is_told_to_the_person(points: int, sentence: str) -> None:
    assert said(PartName.OCCUPATION, occupation_points=points) == sentence


@pytest.mark.parametrize(
    ("metres", "sentence"),
    [
        (0, "C'est près de chez vous"),
        (499, "C'est près de chez vous"),
        (12_300, "À 12 km de chez vous : vous acceptez d'aller jusqu'à 20 km"),
        (23_000, "À 23 km de chez vous : plus loin que les 20 km que vous acceptez"),
    ],
)
def test_the_distance_is_told_to_the_person(metres: int, sentence: str) -> None:
    assert said(PartName.DISTANCE, distance_m=metres) == sentence


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "Vous n'avez pas encore dit quand vous êtes disponible"),
        (TODAY, "Vous êtes disponible maintenant"),
        (dt.date(2026, 12, 3), "Vous serez disponible le 3 décembre 2026"),
    ],
)
def test_when_she_is_ready_is_told_to_the_person(day: dt.date | None, sentence: str) -> None:
    assert said(PartName.AVAILABILITY, available_on=day) == sentence


def test_what_tells_that_somebody_recruits_is_told_without_what_did_not_happen() -> None:
    assert words.evidence_sentences(Evidence(open_count=1, hired_count=2)) == [
        "1 offre ouverte",
        "2 embauches de profils comme le vôtre en deux ans",
    ]
    assert words.evidence_sentences(Evidence(0, 1, 2, 1, 3)) == [
        "1 embauche d'un profil comme le vôtre en deux ans",
        "1 offre pourvue en deux ans",
        "3 profils comme le vôtre bien accueillis en deux ans",
        "2 autres offres en deux ans",
    ]
    assert words.evidence_sentences(Evidence()) == []


@pytest.mark.parametrize(
    ("metres", "told"),
    [(None, ""), (0, "près de chez vous"), (600, "à 1 km de chez vous"), (4400, "à 4 km de chez vous")],
)
def test_a_distance_is_told_as_people_do(metres: int | None, told: str) -> None:
    assert words.how_far(metres) == told


def test_every_thing_that_may_keep_an_offer_away_has_its_sentence_in_both_languages() -> None:
    names = ["mobility"]
    names += [f"{kind}:{value}" for kind, choices in words.KINDS.items() for value in choices.values]
    for language in ("fr", "en"):
        with override(language):
            told = {words.more_sentence(name, count, 20) for name in names for count in (1, 2)}
        assert len(told) == 2 * len(names)
