"""Decisions about applications: limits, when nobody answered, what an answer must say."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

LONGEST_WORDS = 2_000
LONGEST_ANSWER = 1_000
LONGEST_RATING = 500
LONGEST_REPORT = 2_000
MOST_A_DAY = 15  # gentle limits, said in advance: one person sent 269 identical applications (FIELD_NOTES.md)
MOST_A_WEEK = 50
MOST_ALIKE = 10  # the same words to so many employers in a week: ask for a word of one's own
EXPIRY = dt.timedelta(days=60)  # closed with honest words, counted against the label (FIELD_NOTES.md)
HELP = dt.timedelta(days=45)  # the recruiter is offered help to close
CLOSING_ASKED_WITHIN = dt.timedelta(days=2)  # of the end of a recruitment: later, reminders do it
RECTIFY = dt.timedelta(days=30)  # as everywhere: an answer may be changed for a month
AGAIN = dt.timedelta(days=180)  # a spontaneous application may be sent again after this
NEWS_GAP = dt.timedelta(hours=20)  # one inbox is told of new applications once a day at most
MOST_SLOTS = 5
FURTHEST_SLOT = dt.timedelta(days=60)
MINUTES = (15, 30, 45, 60, 90, 120, 240, 420)
ANSWER_TO_REPORT_DAYS = 10


class ApplicationRefused(Exception):
    """What was asked cannot be done: a sentence, the field to correct, words to write instead."""

    def __init__(self, reason: str, field: str = "", proposal: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field, self.proposal = reason, field, proposal


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many applications a person may still send, today and this week."""

    today: int
    week: int

    @property
    def left(self) -> int:
        """Return how many may be sent now."""
        return max(0, min(MOST_A_DAY - self.today, MOST_A_WEEK - self.week))

    @property
    def is_near(self) -> bool:
        """Tell whether the end is near enough to be said in advance."""
        return self.left <= 5


def expires_at(sent_at: dt.datetime) -> dt.datetime:
    """Return when an application that nobody answered is closed with honest words."""
    return sent_at + EXPIRY


def may_rectify(answered_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether an answer may still be changed."""
    return answered_at is not None and now <= answered_at + RECTIFY


def may_apply_again(last_sent_at: dt.datetime, *, is_spontaneous: bool, now: dt.datetime) -> bool:
    """Tell whether somebody may write to the same employer again: never to the same offer."""
    return is_spontaneous and now - last_sent_at >= AGAIN


def knows_reader(*, is_of_certified_space: bool, is_entered_by_adviser: bool) -> bool:
    """Tell whether an employer is known to be who they say: without it, no name is shown."""
    return is_of_certified_space or is_entered_by_adviser


def good_slots(slots: Iterable[dt.datetime], now: dt.datetime) -> list[dt.datetime]:
    """Return the moments that may be proposed: to come, within two months, once each, in order."""
    return sorted({slot for slot in slots if now < slot <= now + FURTHEST_SLOT})


def duration(minutes: int) -> str:
    """Say how long a meeting lasts, as every clock does: « 30 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def parts_kept(chosen: Collection[str], known: Sequence[str]) -> list[str]:
    """Return the parts to show, in their usual order."""
    return [part for part in known if part in chosen]
