"""The score: named whole points, more for proof, less for distance, nothing for who the person is."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import rules
from entremise.matching.engine import score
from entremise.matching.enums import PartName
from entremise.people.rules import is_fresh

TODAY = dt.date(2026, 11, 24)
PERFECT = rules.Facts(
    asked_count=4,
    held_count=4,
    validated_count=4,
    covered=4 * score.USUAL_NEED * score.FULL_WEIGHT,
    need_total=4 * score.USUAL_NEED,
    all_validated_count=6,
    occupation_points=score.WISHED,
    distance_m=0,
    mobility_km=20,
    available_on=TODAY,
)
DAY = rules.day_number(TODAY)
SIGNED, SAID = rules.HeldSkill(4, 0, DAY), rules.HeldSkill(0, 0, 0)


@st.composite
def facts(draw: st.DrawFn) -> rules.Facts:
    asked = draw(st.integers(0, 10))
    held = draw(st.integers(0, asked))
    mobility = draw(st.integers(0, 200))
    return rules.Facts(
        asked_count=asked,
        held_count=held,
        validated_count=draw(st.integers(0, held)),
        covered=draw(st.integers(0, held * score.USUAL_NEED * score.FULL_WEIGHT)),
        need_total=asked * score.USUAL_NEED,
        all_validated_count=draw(st.integers(0, 30)),
        occupation_points=draw(st.sampled_from([None, 0, score.NEAR, score.EXERCISED, score.WISHED])),
        distance_m=draw(st.none() | st.integers(0, 1000 * mobility)),
        mobility_km=mobility,
        available_on=draw(st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))),
    )


def points_of(found: rules.Facts, name: PartName) -> int:
    return next(part.points for part in rules.parts(found, TODAY) if part.name == name)


def test_a_perfect_profile_gets_a_hundred_points() -> None:
    assert rules.score(PERFECT, TODAY) == 100


def test_a_signed_skill_counts_twice_a_said_one() -> None:
    held, proved, covered, total = rules.skill_facts({1: 2, 2: 2, 3: 2}, {1: SIGNED, 2: SAID}, DAY)
    assert (held, proved, total) == (2, 1, 6)
    assert covered == 2 * SIGNED.weight(DAY) + 2 * SAID.weight(DAY)
    assert SIGNED.weight(DAY) == 2 * SAID.weight(DAY)


def test_without_asked_skills_the_proofs_count() -> None:
    none_asked = dataclasses.replace(PERFECT, asked_count=0, need_total=0, covered=0, all_validated_count=2)
    assert points_of(none_asked, PartName.SKILLS) == 16


def test_an_unknown_availability_gives_nothing_and_a_near_one_something() -> None:
    def ready(day: dt.date | None) -> int:
        return points_of(dataclasses.replace(PERFECT, available_on=day), PartName.AVAILABILITY)

    assert ready(None) == 0
    assert ready(TODAY + dt.timedelta(days=30)) == score.SOON_POINTS
    assert ready(TODAY + dt.timedelta(days=31)) == 0


def test_a_wished_occupation_wins_over_an_exercised_or_near_one() -> None:
    assert rules.occupation_points(wished=True, exercised=True, near=True) == score.WISHED
    assert rules.occupation_points(wished=False, exercised=True, near=True) == score.EXERCISED
    assert rules.occupation_points(wished=False, exercised=False, near=True) == score.NEAR
    assert rules.occupation_points(wished=False, exercised=False, near=False) == 0


@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, rules.LAST_DAY))
def test_how_a_skill_is_held_survives_its_number(assurance: int, mastery: int, day: int) -> None:
    packed = day * 256 + mastery * 16 + assurance
    assert rules.HeldSkill.read(packed) == rules.HeldSkill(assurance, mastery, day)


def test_an_occupation_and_a_day_have_their_number() -> None:
    assert rules.occupation_number("K1302") == 111_302
    assert rules.day_number(dt.date(1970, 1, 2)) == 1
    assert rules.day_number(None) == 0
    assert rules.day_number(dt.date(9999, 1, 1)) == rules.LAST_DAY


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
    assert (PartName.DISTANCE in names) == (found.distance_m is not None)


@given(facts(), st.integers(0, 200_000))
def test_nearer_never_scores_less(found: rules.Facts, nearer: int) -> None:
    if found.distance_m is None or nearer > found.distance_m:
        return
    assert rules.score(dataclasses.replace(found, distance_m=nearer), TODAY) >= rules.score(found, TODAY)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)))
def test_the_first_fresh_day_is_the_edge_of_freshness(today: dt.date) -> None:
    first = rules.first_fresh_day(today)
    assert is_fresh(first, today)
    assert not any(is_fresh(first - dt.timedelta(days=n), today) for n in range(1, 6))
