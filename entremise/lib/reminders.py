"""When somebody who has not answered is written to again: how often, after how long, and when it stops.

One policy for every kind of request: days are counted from the first message, two messages are never closer than the
floor, and a message leaves while the calendar is open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from entremise.lib.workcalendar import WorkCalendar

FLOOR_DAYS = 3  # whoever writes: two messages about one thing are never closer
LONGEST_DAYS = 365
WRITTEN = re.compile(r"(\w+)=(\d+(?:,\d+)*)?/(\d+)")


class Unit(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Policy:
    """The reminders of one kind of request, and the day when waiting ends."""

    unit: Unit
    days: tuple[int, ...]
    expiry_days: int
    floor_days: int = FLOOR_DAYS

    @property
    def count(self) -> int:
        """Return how many reminders leave at most."""
        return len(self.days)

    def next_reminder_at(
        self, sent_at: datetime, reminder_count: int, last_written_at: datetime, calendar: WorkCalendar
    ) -> datetime | None:
        """Return when the next reminder leaves, in opening hours and after the floor; None when none is left."""
        if reminder_count >= self.count:
            return None
        planned = self._later(sent_at, self.days[reminder_count], calendar)
        floor = last_written_at + timedelta(days=self.floor_days)
        at = planned if planned >= floor else calendar.next_opening(floor)
        return at if at < self.expires_at(sent_at, calendar) else None

    def expires_at(self, sent_at: datetime, calendar: WorkCalendar | None = None) -> datetime:
        """Return when a request that nobody answered ends."""
        if self.unit is Unit.CALENDAR or calendar is None:
            return sent_at + timedelta(days=self.expiry_days)
        return calendar.working_days_later(sent_at, self.expiry_days)

    def _later(self, sent_at: datetime, days: int, calendar: WorkCalendar) -> datetime:
        if self.unit is Unit.WORKING:
            return calendar.working_days_later(sent_at, days)
        return calendar.next_opening(sent_at + timedelta(days=days))


DEFAULTS: dict[str, Policy] = {
    "validations": Policy(Unit.CALENDAR, (7, 14), 30),  # PRODUCT.md V3
    "promotions": Policy(Unit.WORKING, (5, 10), 20),  # PRODUCT.md T2; two working weeks after the last reminder
    "badges": Policy(Unit.CALENDAR, (14,), 90),  # PRODUCT.md B6: a badge that nobody took is forgotten
}


def parse(text: str, defaults: Mapping[str, Policy] = DEFAULTS) -> dict[str, Policy]:
    """Read `validations=7,14/30 promotions=5,10/20` over the usual policies, or raise ValueError."""
    policies = dict(defaults)
    for words in text.split():
        found = WRITTEN.fullmatch(words)
        if found is None or found[1] not in policies:
            raise ValueError(words)
        days = tuple(int(day) for day in (found[2] or "").split(",") if day)
        policies[found[1]] = _checked(replace(policies[found[1]], days=days, expiry_days=int(found[3])), words)
    return policies


def _checked(policy: Policy, words: str) -> Policy:
    steps = (0, *policy.days, policy.expiry_days)
    if any(later <= earlier for earlier, later in pairwise(steps)) or steps[-1] > LONGEST_DAYS:
        raise ValueError(words)
    return policy
