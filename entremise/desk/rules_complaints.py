"""Until when a complaint is answered, and how a period is counted."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from entremise.desk.enums_desk import ComplaintAbout
from entremise.lib.measures import durations
from entremise.lib.workcalendar import WorkCalendar

ANSWER_DAYS: Final = 5  # working days; the service level of an installation (PRODUCT.md S5)
URGENT_DAYS: Final = 1
URGENT: Final = frozenset({ComplaintAbout.DISCRIMINATION, ComplaintAbout.DATA, ComplaintAbout.RECRUITER})
SHORTEST_WORDS: Final = 10


@dataclass(frozen=True, slots=True)
class Count:
    """The complaints of a period: how many, answered, in time, and the median delay in days."""

    received: int
    answered: int
    in_time: int
    median_days: float | None


def due_at(received_at: dt.datetime, about: str, calendar: WorkCalendar) -> dt.datetime:
    """Return the end of the time to answer, in the agency's working days; what may harm somebody goes first."""
    return calendar.working_days_later(received_at, URGENT_DAYS if about in URGENT else ANSWER_DAYS)


def counted(rows: Iterable[tuple[dt.datetime, dt.datetime, dt.datetime | None]]) -> Count:
    """Count complaints given as (received, due, answered)."""
    told = list(rows)
    ended = [(received, due, answered) for received, due, answered in told if answered is not None]
    delays = durations((answered - received) / dt.timedelta(days=1) for received, _due, answered in ended)
    return Count(
        len(told),
        len(ended),
        sum(1 for _received, due, answered in ended if answered <= due),
        delays.median if delays else None,
    )
