"""Which backups are kept: the last ones of the days, of the weeks and of the months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

KEPT_DAYS = 7
KEPT_WEEKS = 5
KEPT_MONTHS = 12
Period = Callable[[dt.datetime], tuple[int, ...]]


def kept(instants: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Return the instants to keep: the newest of each of the last days, weeks and months that have one."""
    newest_first = sorted(instants, reverse=True)
    return {
        *_newest(newest_first, KEPT_DAYS, lambda at: (at.year, at.month, at.day)),
        *_newest(newest_first, KEPT_WEEKS, lambda at: at.isocalendar()[:2]),
        *_newest(newest_first, KEPT_MONTHS, lambda at: (at.year, at.month)),
    }


def daily(instants: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Return the newest of each of the last days: from the oldest of them on, any instant can be brought back."""
    return set(_newest(sorted(instants, reverse=True), KEPT_DAYS, lambda at: (at.year, at.month, at.day)))


def _newest(newest_first: Sequence[dt.datetime], count: int, period: Period) -> list[dt.datetime]:
    found: dict[tuple[int, ...], dt.datetime] = {}
    for at in newest_first:
        found.setdefault(period(at), at)
    return list(found.values())[:count]
