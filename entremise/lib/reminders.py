"""When somebody who has not answered is written to again: how often, after how long, and when it stops.

One policy for every kind of request: days are counted from the first message, two messages are never closer than the
floor, and a message leaves while the calendar is open.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from entremise.lib.workcalendar import WorkCalendar

FLOOR_DAYS = 3  # whoever writes: two messages about one thing are never closer
LONGEST_DAYS = 365
MOST_REMINDERS = 4  # beyond, it is no reminder any more
MOST_PER_WEEK = 3  # reminders to one address in seven sliding days, whatever they are about (FIELD_NOTES: too many)
LARGEST_CAP = 7  # one a day
WEEK = timedelta(days=7)
DAY = re.compile(r"\d{1,3}", re.ASCII)
WRITTEN = re.compile(r"(\w+)=(\d+(?:,\d+)*)?/(\d+)")


class Unit(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


class Fault(StrEnum):
    """Why a rule cannot be."""

    UNREADABLE = "unreadable"
    TOO_MANY = "too_many"
    UNORDERED = "unordered"
    FIRST_TOO_SOON = "first_too_soon"
    TOO_CLOSE = "too_close"
    END_TOO_SOON = "end_too_soon"
    END_TOO_LATE = "end_too_late"
    CAP = "cap"


class RuleRefused(ValueError):
    """A rule that cannot be: `words` is what was written."""

    def __init__(self, words: str, fault: Fault) -> None:
        super().__init__(words)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Step:
    """One day in the life of a request that nobody answers."""

    kind: str  # sent, reminder, last or end
    at: datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """The reminders of one kind of request, and the day when waiting ends."""

    unit: Unit
    days: tuple[int, ...]
    expiry_days: int
    floor_days: int = FLOOR_DAYS
    most: int = MOST_REMINDERS
    longest_days: int = LONGEST_DAYS

    def __str__(self) -> str:
        return f"{','.join(str(day) for day in self.days)}/{self.expiry_days}"

    @property
    def count(self) -> int:
        """Return how many reminders leave at most."""
        return len(self.days)

    def next_reminder_at(
        self,
        sent_at: datetime,
        reminder_count: int,
        last_written_at: datetime,
        calendar: WorkCalendar,
        ends_at: datetime | None = None,
    ) -> datetime | None:
        """Return when the next reminder leaves, in opening hours and after the floor; None when none is left.

        A request that was told when it ends (`ends_at`) keeps that end, though the rule changed since.
        """
        if reminder_count >= self.count:
            return None
        planned = self._later(sent_at, self.days[reminder_count], calendar)
        floor = last_written_at + timedelta(days=self.floor_days)
        at = planned if planned >= floor else calendar.next_opening(floor)
        return at if at < (ends_at or self.expires_at(sent_at, calendar)) else None

    def expires_at(self, sent_at: datetime, calendar: WorkCalendar | None = None) -> datetime:
        """Return when a request that nobody answered ends."""
        if self.unit is Unit.CALENDAR or calendar is None:
            return sent_at + timedelta(days=self.expiry_days)
        return calendar.working_days_later(sent_at, self.expiry_days)

    def steps(self, sent_at: datetime, calendar: WorkCalendar) -> list[Step]:
        """Return what happens to a request sent at a moment that nobody ever answers."""
        reminders: list[datetime] = []
        for count in range(self.count):
            at = self.next_reminder_at(sent_at, count, reminders[-1] if reminders else sent_at, calendar)
            if at is not None:
                reminders.append(at)
        named = [Step("reminder", at) for at in reminders[:-1]] + [Step("last", at) for at in reminders[-1:]]
        return [Step("sent", sent_at), *named, Step("end", self.expires_at(sent_at, calendar))]

    def _later(self, sent_at: datetime, days: int, calendar: WorkCalendar) -> datetime:
        if self.unit is Unit.WORKING:
            return calendar.working_days_later(sent_at, days)
        return calendar.next_opening(sent_at + timedelta(days=days))


DEFAULTS: dict[str, Policy] = {
    "validations": Policy(Unit.CALENDAR, (7, 14), 30, longest_days=60),  # PRODUCT.md V3
    # PRODUCT.md T2; two working weeks after the last reminder; its link outlives the longest wait
    "promotions": Policy(Unit.WORKING, (5, 10), 20, longest_days=30),
    "applications": Policy(Unit.CALENDAR, (7, 21), 60, longest_days=120),  # an employer who has not answered
    # PRODUCT.md B6: a badge that nobody took is forgotten; one reminder, and a link of three months
    "badges": Policy(Unit.CALENDAR, (14,), 90, most=1, longest_days=90),
}


def parse(text: str, defaults: Mapping[str, Policy] = DEFAULTS) -> dict[str, Policy]:
    """Read `validations=7,14/30 promotions=5,10/20` over the usual policies, or raise RuleRefused."""
    policies = dict(defaults)
    for words in text.split():
        found = WRITTEN.fullmatch(words)
        if found is None or found[1] not in policies:
            raise RuleRefused(words, Fault.UNREADABLE)
        days = tuple(int(day) for day in (found[2] or "").split(",") if day)
        policies[found[1]] = changed(policies[found[1]], days, int(found[3]), words)
    return policies


def parse_days(text: str) -> tuple[int, ...]:
    """Read days as people write them: `7, 14`; nothing means no reminder. Raise RuleRefused."""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    if not all(DAY.fullmatch(word) for word in words):
        raise RuleRefused(text, Fault.UNREADABLE)
    return tuple(int(word) for word in words)


def changed(policy: Policy, days: tuple[int, ...], expiry_days: int, words: str = "") -> Policy:
    """Return a policy with other days, or raise RuleRefused when nobody should be written to like that."""
    fault = _fault(policy, days, expiry_days)
    if fault is not None:
        raise RuleRefused(words, fault)
    return replace(policy, days=days, expiry_days=expiry_days)


def checked_cap(most: int) -> int:
    """Return how many reminders an address gets in a week at most, or raise RuleRefused."""
    if not 1 <= most <= LARGEST_CAP:
        raise RuleRefused(str(most), Fault.CAP)
    return most


def free_at(written: Sequence[datetime], most: int, now: datetime) -> datetime | None:
    """Return when an address may get one more reminder of those written to it; None when it may now."""
    lately = sorted(at for at in written if at > now - WEEK)
    return lately[-most] + WEEK if len(lately) >= most else None


def is_worth(reminder_at: datetime, ends_at: datetime | None) -> bool:
    """Tell whether a reminder that was put off still leaves its reader the floor to answer."""
    return ends_at is None or reminder_at <= ends_at - timedelta(days=FLOOR_DAYS)


def _fault(policy: Policy, days: tuple[int, ...], expiry_days: int) -> Fault | None:
    floor = policy.floor_days
    checks = (
        (Fault.TOO_MANY, len(days) > policy.most),
        (Fault.UNORDERED, any(later < earlier for earlier, later in pairwise(days))),
        (Fault.FIRST_TOO_SOON, bool(days) and days[0] < floor),
        (Fault.TOO_CLOSE, any(later - earlier < floor for earlier, later in pairwise(days))),
        (Fault.END_TOO_SOON, expiry_days - (days or (0,))[-1] < floor),
        (Fault.END_TOO_LATE, expiry_days > policy.longest_days),
    )
    return next((fault for fault, is_wrong in checks if is_wrong), None)
