"""Periods and differences of the dashboard."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.indicators import rules
from entremise.indicators.rules import Figures, Share, Span
from entremise.lib.measures import rate

DAY = dt.date(2026, 11, 23)
DATES = st.dates(dt.date(2001, 1, 1), dt.date(2090, 1, 1))


def test_the_last_thirty_days_hold_today() -> None:
    span = rules.span_of(30, DAY)
    assert (span.start, span.last, span.days) == (dt.date(2026, 10, 25), DAY, 30)
    assert (span.previous.start, span.previous.last) == (dt.date(2026, 9, 25), dt.date(2026, 10, 24))


@given(DATES, st.integers(1, 1000))
def test_two_periods_touch_and_last_as_long(day: dt.date, days: int) -> None:
    span = rules.span_of(days, day)
    assert span.previous.end == span.start
    assert span.previous.days == span.days == days


@pytest.mark.parametrize(
    ("start", "last", "is_possible"),
    [(DAY, DAY, True), (DAY, DAY - dt.timedelta(days=1), False), (DAY - dt.timedelta(days=2000), DAY, False)],
)
def test_a_chosen_period_is_possible_or_not(start: dt.date, last: dt.date, is_possible: bool) -> None:
    assert (rules.chosen_span(start, last) is not None) == is_possible


@given(DATES, st.integers(0, 400))
def test_months_go_back_one_by_one(day: dt.date, count: int) -> None:
    first = rules.months_before(day, count)
    assert first.day == 1
    assert (day.year - first.year) * 12 + day.month - first.month == count


def test_growth_from_nothing_is_not_said() -> None:
    assert rules.growth(5, 0) is None
    assert rules.growth(236, 100) == 136


def test_a_small_difference_of_shares_is_not_a_difference() -> None:
    close = rules.points(rate(9, 20), rate(8, 20))
    far = rules.points(rate(900, 2000), rate(600, 2000))
    assert close is not None
    assert not close.excludes(0)
    assert far is not None
    assert far.excludes(0)
    assert round(far.value) == 15
    assert rules.points(None, rate(1, 2)) is None


def test_nothing_out_of_nothing_has_no_rate() -> None:
    assert Figures().answer_rate is None
    assert Share().rate is None
    assert (Share(1, 2) + Share(2, 3)) == Share(3, 5)


def test_a_period_of_one_day_has_a_day_before() -> None:
    assert Span(DAY, DAY + dt.timedelta(days=1)).previous.last == DAY - dt.timedelta(days=1)
