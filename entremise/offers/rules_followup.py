"""When an offer calls its adviser: tasks of its life and the alert when nobody comes (PRODUCT.md O5)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from entremise.offers.enums_followup import TaskKind

CALL_DAYS: Final = 7  # after opening, a first call to the recruiter
NOBODY_DAYS: Final = 10  # without anybody presented nor applying, the offer is to be reviewed
FEEDBACK_DAYS: Final = 5  # after somebody is presented, the recruiter is asked
CLOSING_DAYS: Final = 7  # before the end of publication
FURTHEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Planned:
    """A task to create: what, and by when."""

    kind: TaskKind
    due_on: dt.date


def opening_tasks(opened_on: dt.date, promised_on: dt.date | None, expires_on: dt.date | None) -> list[Planned]:
    """Return what an opening plans: the candidates promised, a call, a word before the end of publication."""
    planned = [Planned(TaskKind.CALL, opened_on + dt.timedelta(days=CALL_DAYS))]
    if promised_on is not None:
        planned.insert(0, Planned(TaskKind.CANDIDATES, max(promised_on, opened_on)))
    if expires_on is not None:
        closing = expires_on - dt.timedelta(days=CLOSING_DAYS)
        if closing > opened_on:
            planned.append(Planned(TaskKind.CLOSING, closing))
    return planned


def is_deserted(opened_on: dt.date, last_came_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether nobody has come for an offer since it opened, or for too long."""
    return (today - (last_came_on or opened_on)).days >= NOBODY_DAYS


def is_due_date_possible(due_on: dt.date, today: dt.date) -> bool:
    """Tell whether a task may be due on a day: not in the past, not more than a year ahead."""
    return today <= due_on <= today + dt.timedelta(days=FURTHEST_DAYS)
