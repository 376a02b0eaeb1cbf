"""Where an offer stands among similar ones."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.offers.rules_attractiveness import (
    MIN_SIMILAR_OFFERS,
    Mark,
    Terms,
    hourly_cents,
    may_be_shown,
    position,
)

TODAY = dt.date(2026, 11, 22)


def terms(**told) -> Terms:
    usual = {
        "hourly_cents": 1_300, "experience_months": 12, "contract": "cdi", "working_time": "full",
        "opened_on": TODAY - dt.timedelta(days=100), "closed_on": TODAY - dt.timedelta(days=60), "is_filled": True,
        "came_at": (2, 5, 9),
    }  # fmt: skip
    return Terms(**(usual | told))


def mine(**told) -> Terms:
    return terms(**({"opened_on": TODAY - dt.timedelta(days=10), "closed_on": None, "is_filled": False} | told))


def point(found, code):
    return next(one for block in found.blocks for one in block.points if one.code == code)


def test_nothing_is_said_of_twenty_nine_offers_and_something_of_thirty() -> None:
    assert position(mine(), [terms()] * (MIN_SIMILAR_OFFERS - 1), TODAY) is None
    found = position(mine(), [terms()] * MIN_SIMILAR_OFFERS, TODAY)
    assert found is not None
    assert found.similar_count == MIN_SIMILAR_OFFERS
    assert [block.code for block in found.blocks] == ["market", "candidates", "criteria"]


def test_an_offer_is_compared_from_the_day_after_its_publication() -> None:
    assert not may_be_shown(None, TODAY)
    assert not may_be_shown(TODAY, TODAY)
    assert may_be_shown(TODAY - dt.timedelta(days=1), TODAY)


def test_a_low_pay_is_marked_with_how_many_pay_better_and_what_to_do() -> None:
    similar = [terms(hourly_cents=1_200 + 10 * place) for place in range(40)]
    low = point(position(mine(hourly_cents=1_210), similar, TODAY), "pay")
    assert low.mark is Mark.ATTENTION
    assert low.advice
    assert low.facts["better"] == 10
    assert point(position(mine(hourly_cents=1_580), similar, TODAY), "pay").mark is Mark.GOOD
    assert point(position(mine(hourly_cents=1_400), similar, TODAY), "pay").mark is Mark.NEUTRAL
    unsaid = point(position(mine(hourly_cents=None), similar, TODAY), "pay")
    assert (unsaid.mark, unsaid.facts) == (Mark.ATTENTION, {"share": 100})


def test_everybody_at_the_minimum_wage_is_no_handicap() -> None:
    assert point(position(mine(), [terms()] * 40, TODAY), "pay").mark is Mark.NEUTRAL


def test_fewer_candidates_than_usual_at_the_same_age_is_marked() -> None:
    similar = [terms()] * 40
    late = point(position(mine(came_at=(3,)), similar, TODAY), "candidates")
    assert (late.mark, late.facts) == (Mark.ATTENTION, {"came": 1, "usual": 3, "days": 10})
    assert point(position(mine(came_at=(1, 2, 3, 4)), similar, TODAY), "candidates").mark is Mark.GOOD
    young = [terms(opened_on=TODAY - dt.timedelta(days=3), closed_on=None)] * 40
    assert point(position(mine(), young, TODAY), "candidates").mark is Mark.UNKNOWN


def test_experience_duration_contract_and_working_time_are_compared() -> None:
    similar = [terms()] * 36 + [terms(contract="cdd", duration_months=9, working_time="part")] * 4
    asked = position(mine(experience_months=36, contract="cdd", working_time="part"), similar, TODAY)
    marks = {one.code: one.mark for block in asked.blocks for one in block.points}
    assert marks["experience"] == marks["contract"] == marks["working_time"] == Mark.ATTENTION
    months = [terms(contract="cdd", duration_months=9)] * 40
    short = position(mine(contract="cdd", duration_months=2), months, TODAY)
    assert point(short, "duration").mark is Mark.ATTENTION
    assert point(short, "contract").mark is Mark.NEUTRAL  # everybody offers the same


def test_the_verdict_follows_the_points_marked() -> None:
    similar = [terms(hourly_cents=1_200 + 10 * place) for place in range(40)]
    good = position(mine(hourly_cents=1_580, experience_months=0, came_at=(1, 2, 3, 4)), similar, TODAY)
    bad = position(mine(hourly_cents=None, came_at=(), experience_months=60), similar, TODAY)
    assert (good.verdict_mark, bad.verdict_mark) == (Mark.GOOD, Mark.ATTENTION)


@pytest.mark.parametrize(
    ("cents", "period", "hours", "expected"),
    [(1_300, "hour", None, 1_300), (197_167, "month", None, 1_300), (101_400, "month", 18.0, 1_300),
     (2_366_000, "year", None, 1_300), (None, "month", None, None), (1_300, "", None, None)],
)  # fmt: skip
def test_pays_are_brought_to_an_hour(cents, period, hours, expected) -> None:
    assert hourly_cents(cents, period, hours) == expected


@settings(max_examples=20)
@given(
    st.lists(
        st.builds(
            Terms,
            hourly_cents=st.none() | st.integers(1, 10_000),
            experience_months=st.none() | st.integers(0, 120),
            contract=st.sampled_from(["cdi", "cdd", ""]),
            duration_months=st.none() | st.integers(1, 36),
            working_time=st.sampled_from(["full", "part", "any"]),
            opened_on=st.none() | st.dates(dt.date(2024, 11, 23), TODAY),
            closed_on=st.none(),
            came_at=st.lists(st.integers(0, 90), max_size=5).map(tuple),
        ),
        min_size=30,
        max_size=45,
    )
)
def test_whatever_the_offers_say_three_blocks_and_a_verdict_come_out(offers) -> None:
    found = position(offers[0], offers, TODAY)
    assert len(found.blocks) == 3
    assert len(found.by_month) == 24
    for block in found.blocks:
        assert block.points
        for one in block.points:
            assert one.sentence % one.facts
