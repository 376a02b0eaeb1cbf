"""The score, read by whoever advises people: named whole points, more for proof, nothing for who the person is."""

import inspect
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.layout import Rows, Segment
from entremise.matching.engine.search import Request
from tests.factories.engine import TODAY, Row, engine_answer_among

SAID, ADDRESS_BOOK, COMPANY, CHECKED, SIGNED = range(5)  # assurance: who says that she can
UNKNOWN, BEGINNER, AUTONOMOUS, EXPERT = range(4)
USEFUL, ASKED, ESSENTIAL = score.LEAST_NEED, score.USUAL_NEED, score.MOST_NEED
NEVER = None
ORDINARY_SKILLS = ((ASKED, SAID), (ASKED, SAID))


class Person(NamedTuple):
    """Somebody before an offer: for each skill asked, how much it is and how well she proves it (None: not held)."""

    skills: tuple[tuple[int, int | None], ...] = ORDINARY_SKILLS
    link: int = score.WISHED
    metres: int = 0
    mobility_km: int = 30
    available_in: int | None = 0

    def points(self) -> tuple[int, int, int, int]:
        """Return her points: skills, occupation, distance, availability."""
        held = [(need, who) for need, who in self.skills if who is not None]
        covered = sum(need * score.skill_weight(who, UNKNOWN, 0) for need, who in held)
        day = 0 if self.available_in is None else TODAY + self.available_in
        return (
            score.skill_points(covered, sum(need for need, _who in self.skills)),
            self.link,
            score.distance_points(self.metres, self.mobility_km),
            score.availability_points(day, TODAY),
        )


@pytest.mark.parametrize(
    ("person", "points"),
    [
        pytest.param(
            Person(skills=((ESSENTIAL, SIGNED), (ASKED, SIGNED))), (40, 30, 15, 15), id="all of it signed, next door"
        ),
        pytest.param(
            Person(skills=((ESSENTIAL, SAID), (ASKED, SAID))), (20, 30, 15, 15), id="only her word: half the points"
        ),
        pytest.param(
            Person(skills=((ESSENTIAL, COMPANY), (ASKED, COMPANY))), (33, 30, 15, 15), id="a company confirmed it all"
        ),
        pytest.param(
            Person(skills=((ESSENTIAL, None), (USEFUL, SIGNED))), (10, 30, 15, 15), id="lacks the essential skill"
        ),
        pytest.param(
            Person(skills=((ESSENTIAL, SIGNED), (USEFUL, None))), (30, 30, 15, 15), id="lacks only the useful one"
        ),
        pytest.param(
            Person(skills=((ASKED, None), (ASKED, None))), (0, 30, 15, 15), id="holds none: still there, lower"
        ),
        pytest.param(Person(link=score.EXERCISED), (20, 20, 15, 15), id="did this work, wishes another"),
        pytest.param(Person(link=score.NEAR), (20, 12, 15, 15), id="wishes a near occupation"),
        pytest.param(Person(link=0), (20, 0, 15, 15), id="no link to the occupation"),
        pytest.param(Person(metres=15_000), (20, 30, 7, 15), id="half way to the edge of her mobility"),
        pytest.param(Person(metres=29_000), (20, 30, 0, 15), id="at the edge of her mobility"),
        pytest.param(Person(metres=15_000, mobility_km=60), (20, 30, 11, 15), id="as far, but she goes farther"),
        pytest.param(Person(mobility_km=0), (20, 30, 15, 15), id="does not move, works in her commune"),
        pytest.param(Person(available_in=-90), (20, 30, 15, 15), id="free for three months"),
        pytest.param(Person(available_in=1), (20, 30, 15, 8), id="free tomorrow"),
        pytest.param(Person(available_in=30), (20, 30, 15, 8), id="free in thirty days"),
        pytest.param(Person(available_in=31), (20, 30, 15, 0), id="free later"),
        pytest.param(Person(available_in=NEVER), (20, 30, 15, 0), id="nobody knows when she is free"),
    ],
)
def test_a_table_that_an_adviser_can_check_by_hand(person: Person, points: tuple[int, int, int, int]) -> None:
    assert person.points() == points


@pytest.mark.parametrize(
    ("assurance", "level", "age_days", "weight"),
    [
        (SAID, UNKNOWN, 0, 6),
        (ADDRESS_BOOK, UNKNOWN, 0, 9),
        (COMPANY, UNKNOWN, 0, 10),
        (CHECKED, UNKNOWN, 0, 11),
        (SIGNED, UNKNOWN, 0, 12),
        (SAID, BEGINNER, 0, 4),
        (SAID, AUTONOMOUS, 0, 6),
        (SAID, EXPERT, 0, 7),
        (SIGNED, EXPERT, 0, 12),  # no more than full
        (SIGNED, BEGINNER, 0, 10),
        (SIGNED, UNKNOWN, 3 * 365, 12),
        (SIGNED, UNKNOWN, 3 * 365 + 1, 11),
        (SIGNED, UNKNOWN, 6 * 365, 11),
        (SIGNED, UNKNOWN, 6 * 365 + 1, 10),
        (SAID, UNKNOWN, 6 * 365 + 1, 6),  # her word has no age
        (ADDRESS_BOOK, BEGINNER, 6 * 365 + 1, 5),
    ],
)
def test_what_a_skill_weighs(assurance: int, level: int, age_days: int, weight: int) -> None:
    assert score.skill_weight(assurance, level, age_days) == weight


@pytest.mark.parametrize(("proved", "points"), [(0, 0), (1, 8), (4, 32), (5, 40), (6, 40), (255, 40)])
def test_when_no_skill_is_asked_each_proof_brings_eight_points(proved: int, points: int) -> None:
    assert score.proof_points(proved) == points


def test_the_parts_make_a_hundred() -> None:
    assert score.SKILL_POINTS + score.OCCUPATION_POINTS + score.DISTANCE_POINTS + score.AVAILABILITY_POINTS == 100
    assert max(score.WISHED, score.EXERCISED, score.NEAR) == score.OCCUPATION_POINTS


ages, levels = st.integers(0, 20_000), st.sampled_from((UNKNOWN, BEGINNER, AUTONOMOUS, EXPERT))
wholes = st.integers(0, 100_000)


@given(st.integers(0, 4), levels, ages, ages)
def test_a_skill_always_weighs_something_and_an_older_proof_never_more(
    assurance: int, level: int, age: int, more: int
) -> None:
    weight = score.skill_weight(assurance, level, age)
    assert 1 <= weight <= score.FULL_WEIGHT
    assert score.skill_weight(assurance, level, age + more) <= weight


@given(st.integers(0, 3), levels, ages)
def test_better_proof_never_weighs_less_and_any_proof_more_than_ones_word(
    assurance: int, level: int, age: int
) -> None:
    better = score.skill_weight(assurance + 1, level, age)
    assert better >= score.skill_weight(assurance, level, age)
    assert better > score.skill_weight(SAID, level, 0)


@given(st.integers(0, 4), ages)
def test_more_mastery_never_weighs_less_and_an_unknown_one_is_not_held_against_anyone(
    assurance: int, age: int
) -> None:
    weights = [score.skill_weight(assurance, level, age) for level in (BEGINNER, AUTONOMOUS, EXPERT)]
    assert weights == sorted(weights)
    assert score.skill_weight(assurance, UNKNOWN, age) == weights[1]


needs = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=200)


@given(needs)
def test_covering_more_of_the_need_never_brings_less(skills: list[tuple[int, int, int]]) -> None:
    total = sum(need for need, _weight, _more in skills)
    less = score.skill_points(sum(need * min(weight, more) for need, weight, more in skills), total)
    more_ = score.skill_points(sum(need * max(weight, more) for need, weight, more in skills), total)
    assert 0 <= less <= more_ <= score.SKILL_POINTS
    assert score.skill_points(0, total) == 0
    assert score.skill_points(score.FULL_WEIGHT * total, total) == score.SKILL_POINTS


@given(wholes, wholes, st.integers(0, 65_535), st.integers(0, 65_535))
def test_nearer_and_more_mobile_never_bring_less(metres: int, farther: int, mobility: int, more: int) -> None:
    points = score.distance_points(metres, mobility)
    assert 0 <= points <= score.DISTANCE_POINTS
    assert (
        score.distance_points(metres + farther, mobility) <= points <= score.distance_points(metres, mobility + more)
    )
    assert score.distance_points(0, mobility) == score.DISTANCE_POINTS


@given(st.integers(1, 65_535), wholes, st.integers(0, 65_535))
def test_free_sooner_never_brings_less_and_unknown_brings_nothing(day: int, later: int, today: int) -> None:
    points = score.availability_points(day, today)
    assert points in {0, score.SOON_POINTS, score.AVAILABILITY_POINTS}
    assert score.availability_points(day + later, today) <= points
    assert score.availability_points(0, today) == 0


@pytest.mark.parametrize("seed", [0, 1, 20_780, 2**32 - 1])
def test_two_people_are_never_equal_in_the_draw(seed: int) -> None:
    numbers = [*range(50_000), *range(2**31 - 100, 2**31 + 100), *range(2**32 - 50_000, 2**32)]
    draws = {score.tie(number, seed) for number in numbers}
    assert len(draws) == len(numbers)
    assert min(draws) >= 0
    assert max(draws) < 2**32


@pytest.mark.parametrize(("first", "second"), [(1, 2), (0, 2**32 - 1), (1_000, 1_001), (7, 70_000)])
def test_between_twins_each_comes_first_in_about_half_of_the_searches(first: int, second: int) -> None:
    wins = sum(score.tie(first, seed) > score.tie(second, seed) for seed in range(2_000))
    assert 900 < wins < 1_100


def test_twins_in_all_that_is_searched_have_the_same_points_whatever_else_they_are() -> None:
    paris = Place("75056", "75", 48.8566, 2.3522)
    twins = [
        Row(number, paris.code, 20, 0b1010, TODAY, 0, TODAY, 3, None, {1: 12, 2: 6}, frozenset({4}), frozenset({5}))
        for number in (3, 2**31, 2**32 - 1)
    ]
    request = Request(TODAY, commune=paris.code, skills={1: 3, 2: 1, 3: 2}, wished={4: 30})
    answer = engine_answer_among(request, twins, Atlas.drawn([paris]))
    assert [hit.rank for hit in answer.hits] == [40 * 42 // 72 + 30 + 15 + 15] * 3


def test_the_rows_hold_these_columns_and_no_other() -> None:
    """Neither sex, age, name, origin, address, disability nor family can weigh: the engine is never told of them.

    A column more is a decision of a data protection officer before it is a line here.
    """
    assert Rows._fields == (
        "number", "commune", "km", "bits", "available", "promoted", "confirmed", "proved", "need",
        "skill_at", "skill", "weight", "wished_at", "wished", "exercised_at", "exercised",
    )  # fmt: skip


def test_what_is_searched_holds_these_columns_and_no_other() -> None:
    """What is laid out from the rows tells no more of anyone than they do."""
    assert Segment._fields == (
        "number", "by_number", "group_at", "group_row", "group_km", "department_row", "words", "available",
        "promoted", "confirmed", "proved", "need", "term", "posting_at", "posting_row", "posting_weight",
    )  # fmt: skip


def test_the_score_is_told_of_these_facts_and_no_other() -> None:
    """What a function cannot be given it cannot weigh."""
    functions = [function for _name, function in inspect.getmembers(score, inspect.isfunction)]
    told = {function.__name__: tuple(inspect.signature(function).parameters) for function in functions}
    assert told == {
        "skill_weight": ("assurance", "level", "proof_age_days"),
        "skill_points": ("covered", "need_total"),
        "proof_points": ("proved_count",),
        "distance_points": ("metres", "mobility_km"),
        "availability_points": ("available_day", "today"),
        "tie": ("number", "seed"),
    }
