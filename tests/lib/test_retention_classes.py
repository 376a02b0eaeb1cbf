"""Which backups are kept."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.retention import KEPT_DAYS, KEPT_MONTHS, KEPT_WEEKS, daily, kept

TONIGHT = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)  # a Sunday
instants = st.integers(0, 3 * 365 * 24).map(lambda hours: TONIGHT - dt.timedelta(hours=hours))


def nights(count: int) -> list[dt.datetime]:
    return [TONIGHT - dt.timedelta(days=n) for n in range(count)]


def test_a_year_of_nights_leaves_seven_days_five_weeks_and_twelve_months() -> None:
    left = sorted(kept(nights(400)), reverse=True)
    assert left[:7] == nights(7)
    assert left[7:10] == [TONIGHT - dt.timedelta(days=days) for days in (7, 14, 21)]
    assert left[10].date().isoformat() == "2026-10-31"  # the fifth week would be the 25th: it is kept too
    assert dt.date(2026, 10, 25) in {at.date() for at in left}
    assert {(at.year, at.month) for at in left} == {(2026, m) for m in range(1, 12)} | {(2025, 12)}


def test_the_newest_of_a_day_stands_for_it() -> None:
    noon = TONIGHT.replace(hour=12)
    assert kept([TONIGHT, noon]) == {noon}


def test_a_pause_of_the_service_removes_nothing() -> None:
    old = nights(3)
    assert kept(old) == set(old)


@given(st.lists(instants, max_size=60))
def test_the_newest_is_always_kept_and_there_are_never_too_many(found: list[dt.datetime]) -> None:
    left = kept(found)
    assert left <= set(found)
    assert daily(found) <= left
    assert len(left) <= KEPT_DAYS + KEPT_WEEKS + KEPT_MONTHS
    if found:
        assert max(found) in left


@given(st.lists(instants, max_size=60))
def test_keeping_twice_is_keeping_once(found: list[dt.datetime]) -> None:
    assert kept(kept(found)) == kept(found)
