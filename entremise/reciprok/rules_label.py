"""The public formula of the label: what an application counts for, the rate, the delay, the level.

Whoever asks can recompute a label with this module and the journal: nothing else enters it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from entremise.reciprok.enums import ApplicationState, AsideReason, Count, LabelLevel

WINDOW_MONTHS = 12  # sliding (PRODUCT.md K3)
FEWEST_COUNTED = 5  # closed applications, by as many different people (FIELD_NOTES.md, decision 4)
WITHDRAWN_AFTER = dt.timedelta(days=30)  # somebody who tires of waiting for so long was not answered
UNFOLLOWED = dt.timedelta(days=60)  # a favourable opinion that nothing follows is no answer
THRESHOLDS = {  # level: the lowest rate, the longest median delay in hours
    LabelLevel.THREE: (Fraction(95, 100), 7 * 24),
    LabelLevel.TWO: (Fraction(80, 100), 15 * 24),
    LabelLevel.ONE: (Fraction(60, 100), 30 * 24),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One application that the label counts: when it was sent, answered, and when it began to count."""

    person: str
    count: str
    sent_at: dt.datetime
    answered_at: dt.datetime | None
    counted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What a label says: how many were counted, answered, by how many people, the median delay in whole hours."""

    counted: int
    answered: int
    people: int
    median_hours: int | None

    @property
    def rate(self) -> Fraction:
        """Return the exact share of answers; nothing is rounded before it is compared."""
        return Fraction(self.answered, self.counted) if self.counted else Fraction(0)

    @property
    def percent(self) -> int:
        """Return the share of answers for people to read, rounded down: 59.9 is not 60."""
        return self.answered * 100 // self.counted if self.counted else 0

    @property
    def level(self) -> LabelLevel:
        """Return the level that these figures reach."""
        return level(self)


def count_of_silence(state: str, sent_at: dt.datetime, closed_at: dt.datetime, *, is_answered: bool) -> Count | None:
    """Return what a closed application counts for when no answer closes it; None when the answer already counted."""
    if is_answered:
        return None
    if state == ApplicationState.WITHDRAWN and closed_at - sent_at < WITHDRAWN_AFTER:
        return Count.ASIDE
    return Count.SILENT


def aside(reason: AsideReason, now: dt.datetime) -> dict[str, object]:
    """Return what an application that is not counted keeps: that it is decided, when and why."""
    return {"count": Count.ASIDE, "counted_at": now, "aside_reason": reason}


def first_day(today: dt.date) -> dt.date:
    """Return the first day of the twelve sliding months that end today."""
    year = today.year - 1
    if (today.month, today.day) == (2, 29):
        return dt.date(year, 3, 1)
    return today.replace(year=year) + dt.timedelta(days=1)


def figures(rows: Iterable[Counted]) -> Figures:
    """Return the figures of one establishment from the applications counted in the window."""
    kept = [row for row in rows if row.count in (Count.ANSWERED, Count.SILENT)]
    delays = sorted(
        row.answered_at - row.sent_at for row in kept if row.count == Count.ANSWERED and row.answered_at is not None
    )
    median = delays[(len(delays) - 1) // 2] if delays else None  # the lower middle: an employer's favour
    return Figures(
        counted=len(kept),
        answered=len(delays),
        people=len({row.person for row in kept}),
        median_hours=None if median is None else int(median.total_seconds() // 3600),
    )


def level(given: Figures) -> LabelLevel:
    """Return the level: enough counted, by enough people, a rate and a median delay."""
    if given.counted < FEWEST_COUNTED or given.people < FEWEST_COUNTED or given.median_hours is None:
        return LabelLevel.NONE
    for reached, (lowest, longest) in THRESHOLDS.items():
        if given.rate >= lowest and given.median_hours <= longest:
            return reached
    return LabelLevel.NONE
