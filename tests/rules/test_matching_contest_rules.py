"""Deadlines of contested results; what a recruiter may see, rounded."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import rules_contest, rules_recruiter
from entremise.matching.rules_recruiter import Closeness, Readiness

MONDAY = dt.date(2026, 11, 23)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1))


def test_an_answer_is_due_within_the_week() -> None:
    assert rules_contest.due_on(MONDAY) == dt.date(2026, 11, 30)
    assert not rules_contest.is_late(MONDAY, dt.date(2026, 11, 30))
    assert rules_contest.is_late(MONDAY, dt.date(2026, 12, 1))
    assert rules_contest.is_answered_in_time(MONDAY, dt.date(2026, 11, 30))
    assert not rules_contest.is_answered_in_time(MONDAY, dt.date(2026, 12, 1))


@given(DAYS, DAYS)
def test_a_contest_is_late_exactly_when_an_answer_would_no_longer_be_in_time(received: dt.date, day: dt.date) -> None:
    assert rules_contest.is_late(received, day) != rules_contest.is_answered_in_time(received, day)


@pytest.mark.parametrize(
    ("metres", "km"), [(0, 5), (1, 5), (5_000, 5), (5_001, 10), (12_300, 15), (15_000, 15), (49_999, 50)]
)
def test_a_distance_is_told_by_steps_of_five_kilometres(metres: int, km: int) -> None:
    assert rules_recruiter.rounded_km(metres) == km


@given(st.integers(0, 200_000))
def test_a_rounded_distance_holds_the_true_one_and_tells_no_more(metres: int) -> None:
    km = rules_recruiter.rounded_km(metres)
    assert km % 5 == 0
    assert km >= 5
    assert metres <= 1000 * km < metres + 5_000 + 5_000 * (metres == 0)


@pytest.mark.parametrize(
    ("points", "maximum", "expected"),
    [
        (100, 100, Closeness.CLOSE), (75, 100, Closeness.CLOSE), (74, 100, Closeness.FAIR), (45, 100, Closeness.FAIR),
        (44, 100, Closeness.FAR), (0, 100, Closeness.FAR), (0, 0, Closeness.FAR), (64, 85, Closeness.CLOSE),
    ],
)  # fmt: skip
def test_points_become_three_words(points: int, maximum: int, expected: Closeness) -> None:
    assert rules_recruiter.closeness(points, maximum) is expected


@given(st.integers(0, 100), st.integers(0, 100))
def test_more_points_are_never_a_farther_word(one: int, other: int) -> None:
    order = [Closeness.FAR, Closeness.FAIR, Closeness.CLOSE]
    low, high = sorted((one, other))
    words = [order.index(rules_recruiter.closeness(points, 100)) for points in (low, high)]
    assert words == sorted(words)


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        (0, Readiness.UNKNOWN),
        (100, Readiness.NOW),
        (101, Readiness.SOON),
        (130, Readiness.SOON),
        (131, Readiness.LATER),
    ],
)
def test_a_day_becomes_a_word(available: int, expected: Readiness) -> None:
    assert rules_recruiter.readiness(available, 100) is expected
