"""The score: named whole points, more for proof, less for distance, nothing for who the person is."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import rules
from entremise.matching.enums import PartName
from entremise.people.rules import is_fresh

TODAY = dt.date(2026, 11, 24)
PERFECT = rules.Facts(
    asked_count=4,
    held_count=4,
    validated_count=4,
    all_validated_count=6,
    occupation_points=rules.WISHED,
    distance_km=0.0,
    mobility_km=20,
    available_on=TODAY,
)


@st.composite
def facts(draw: st.DrawFn) -> rules.Facts:
    asked = draw(st.integers(0, 10))
    held = draw(st.integers(0, asked))
    mobility = draw(st.integers(0, 200))
    return rules.Facts(
        asked_count=asked,
        held_count=held,
        validated_count=draw(st.integers(0, held)),
        all_validated_count=draw(st.integers(0, 30)),
        occupation_points=draw(st.sampled_from([None, 0, rules.NEAR, rules.EXERCISED, rules.WISHED])),
        distance_km=draw(st.none() | st.floats(0, mobility)),
        mobility_km=mobility,
        available_on=draw(st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))),
    )


def test_a_perfect_profile_gets_a_hundred_points() -> None:
    assert rules.score(PERFECT, TODAY) == 100


def test_a_proved_skill_counts_twice_a_said_one() -> None:
    said = dataclasses.replace(PERFECT, validated_count=0)
    assert rules.skill_points(said) * 2 == rules.skill_points(PERFECT)


def test_without_asked_skills_the_proofs_count() -> None:
    assert rules.skill_points(dataclasses.replace(PERFECT, asked_count=0, all_validated_count=2)) == 16


def test_an_unknown_availability_gives_nothing_and_a_near_one_something() -> None:
    assert rules.availability_points(None, TODAY) == 0
    assert rules.availability_points(TODAY + dt.timedelta(days=30), TODAY) == rules.SOON_POINTS
    assert rules.availability_points(TODAY + dt.timedelta(days=31), TODAY) == 0


def test_a_wished_occupation_wins_over_an_exercised_or_near_one() -> None:
    assert rules.occupation_points(wished=True, exercised=True, near=True) == rules.WISHED
    assert rules.occupation_points(wished=False, exercised=True, near=True) == rules.EXERCISED
    assert rules.occupation_points(wished=False, exercised=False, near=True) == rules.NEAR
    assert rules.occupation_points(wished=False, exercised=False, near=False) == 0


@given(facts())
def test_the_score_is_the_sum_of_parts_within_their_maxima(found: rules.Facts) -> None:
    parts = rules.parts(found, TODAY)
    assert rules.score(found, TODAY) == sum(part.points for part in parts)
    assert all(0 <= part.points <= part.maximum for part in parts)
    assert 0 <= rules.score(found, TODAY) <= 100


@given(facts())
def test_a_part_is_left_out_when_the_search_does_not_ask(found: rules.Facts) -> None:
    names = {part.name for part in rules.parts(found, TODAY)}
    assert (PartName.OCCUPATION in names) == (found.occupation_points is not None)
    assert (PartName.DISTANCE in names) == (found.distance_km is not None)


@given(facts(), st.floats(0, 200))
def test_nearer_never_scores_less(found: rules.Facts, nearer: float) -> None:
    if found.distance_km is None or nearer > found.distance_km:
        return
    assert rules.score(dataclasses.replace(found, distance_km=nearer), TODAY) >= rules.score(found, TODAY)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)))
def test_the_first_fresh_day_is_the_edge_of_freshness(today: dt.date) -> None:
    first = rules.first_fresh_day(today)
    assert is_fresh(first, today)
    assert not any(is_fresh(first - dt.timedelta(days=n), today) for n in range(1, 6))
