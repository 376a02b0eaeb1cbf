"""Decisions about applications: limits, when nobody answered, what an answer must say."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from entremise.lib.reminders import DEFAULTS

LONGEST_WORDS = 2_000
LONGEST_ANSWER = 1_000
LONGEST_RATING = 500
LONGEST_REPORT = 2_000
MOST_A_DAY = 15  # gentle limits, said in advance: one person sent 269 identical applications (FIELD_NOTES.md)
MOST_A_WEEK = 50
MOST_ALIKE = 10  # the same words to so many employers in a week: ask for a word of one's own
EXPIRY = dt.timedelta(days=60)  # closed with honest words, counted against the label (FIELD_NOTES.md)
HELP = dt.timedelta(days=45)  # the recruiter is offered help to close
RECTIFY = dt.timedelta(days=30)  # as everywhere: an answer may be changed for a month
AGAIN = dt.timedelta(days=180)  # a spontaneous application may be sent again after this
NEWS_GAP = dt.timedelta(hours=20)  # one inbox is told of new applications once a day at most
MOST_SLOTS = 5
FURTHEST_SLOT = dt.timedelta(days=60)
MINUTES = (15, 30, 45, 60, 90, 120, 240, 420)
ANSWER_TO_REPORT_DAYS = 10
REMINDERS = DEFAULTS["applications"] if "applications" in DEFAULTS else DEFAULTS["validations"]


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


def needs_help(sent_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether an application waits for so long that its recruiter is offered help."""
    return now - sent_at >= HELP


def may_rectify(answered_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether an answer may still be changed."""
    return answered_at is not None and now <= answered_at + RECTIFY


def may_apply_again(last_sent_at: dt.datetime, *, is_spontaneous: bool, now: dt.datetime) -> bool:
    """Tell whether somebody may write to the same employer again: never to the same offer."""
    return is_spontaneous and now - last_sent_at >= AGAIN


def shows_name(*, is_chosen: bool, is_space_certified: bool, is_entered_by_adviser: bool) -> bool:
    """Tell whether the employer sees the name: chosen by the person, and the employer is known to be who they say."""
    return is_chosen and (is_space_certified or is_entered_by_adviser)


def good_slots(slots: Iterable[dt.datetime], now: dt.datetime) -> list[dt.datetime]:
    """Return the moments that may be proposed: to come, within two months, once each, in order."""
    return sorted({slot for slot in slots if now < slot <= now + FURTHEST_SLOT})


def parts_kept(chosen: Collection[str], known: Sequence[str]) -> list[str]:
    """Return the parts to show, in their usual order."""
    return [part for part in known if part in chosen]
