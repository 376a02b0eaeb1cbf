"""Rules of the desk: until when something waits, and what comes first."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar

from entremise.desk.enums import Urgency

CHECK_DAYS = 7  # a confirmation drawn for a call-back is checked within the week
WISH_DAYS = 3  # an employer who asks to meet somebody is called back within three days
RATING_DAYS = 7  # an opinion is read within the week
NEWS_DAYS = 7
COMING_DAYS = 7  # what is owed later is not on today's desk
STALE_SHOWN = 10
SUGGESTED = 5
CONSIDERED = 50  # profiles, among which those that most employers look for are suggested
LONGEST_LIST = 50  # of each kind: beyond, the lists of promotions and establishments serve better


class HasDeadline(Protocol):
    """Something with a date by which it is due, and one since which it waits."""

    @property
    def deadline(self) -> dt.date | None:
        """Return the last day in time, None when nothing is asked."""

    @property
    def since(self) -> dt.date:
        """Return the day it came up."""


T = TypeVar("T", bound=HasDeadline)


def urgency(deadline: dt.date | None, today: dt.date) -> Urgency:
    """Say under which title something due is shown."""
    if deadline is None:
        return Urgency.NEWS
    if deadline < today:
        return Urgency.OVERDUE
    return Urgency.TODAY if deadline == today else Urgency.COMING


def in_order(items: Sequence[T]) -> list[T]:
    """Put the oldest deadline first, then what has none, the newest first."""
    dated = [item for item in items if item.deadline is not None]
    others = [item for item in items if item.deadline is None]
    first = sorted(dated, key=lambda item: (item.deadline or dt.date.max, item.since))
    return first + sorted(others, key=lambda item: item.since, reverse=True)


def share(part: int, whole: int) -> int | None:
    """Return a whole percentage, None of nothing."""
    return round(100 * part / whole) if whole else None
