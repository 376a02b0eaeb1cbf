"""Which of two identical offers is kept."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.nearduplicates import Reason
from entremise.offers.enums_duplicates import KeptBecause, Likeness
from entremise.offers.rules_duplicates import Ranked, kept

MONDAY = dt.datetime(2026, 11, 16, 9, tzinfo=dt.UTC)
FEED = Ranked(is_direct=False, channel_rank=2, partner_rank=4, published_at=MONDAY, number=10)
DIRECT = Ranked(is_direct=True, channel_rank=1, published_at=MONDAY + dt.timedelta(days=3), number=30)


def test_the_order_of_precedence_and_its_reason() -> None:
    later = replace(FEED, published_at=MONDAY + dt.timedelta(days=1))
    cases = [
        (DIRECT, FEED, KeptBecause.DIRECT),
        (replace(FEED, partner_rank=9), replace(FEED, channel_rank=3, partner_rank=1), KeptBecause.CHANNEL),
        (replace(later, partner_rank=2), FEED, KeptBecause.PARTNER),
        (FEED, later, KeptBecause.FIRST),
        (FEED, replace(FEED, published_at=None), KeptBecause.FIRST),
        (FEED, replace(FEED, number=11), KeptBecause.FIRST),
        (FEED, replace(FEED, number=0), KeptBecause.FIRST),  # what is known before what comes
        (DIRECT, replace(DIRECT, published_at=None, number=0), KeptBecause.FIRST),
    ]
    for first, second, reason in cases:
        assert (kept(first, second).is_left, kept(first, second).reason) == (True, reason)
        assert (kept(second, first).is_left, kept(second, first).reason) == (False, reason)


ranks = st.builds(
    Ranked, st.booleans(), st.integers(1, 3), st.integers(0, 3),
    st.none() | st.datetimes(timezones=st.just(dt.UTC)), st.integers(0, 50),
)  # fmt: skip


@given(ranks, ranks, ranks)
def test_the_order_has_no_loop_and_does_not_depend_on_the_side(one: Ranked, two: Ranked, three: Ranked) -> None:
    if one.number != two.number:
        assert kept(one, two).is_left != kept(two, one).is_left
    if kept(one, two).is_left and kept(two, three).is_left:
        assert kept(one, three).is_left


def test_each_reason_of_the_comparison_is_told_in_words() -> None:
    assert set(Likeness.values) == {str(reason) for reason in Reason}
