"""What may be said after an application: who may rate, answer back, report; when ratings are shown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.lib.workcalendar import WorkCalendar
from entremise.reciprok.enums import ApplicationState, AsideReason, Count, ReportKind
from entremise.reciprok.rules import ANSWER_TO_REPORT_DAYS

MARKS = range(1, 6)
FEWEST_RATINGS = 5  # below, an average says who wrote (PRODUCT.md K4)
LONGEST_JUDGED = 300
LONGEST_OUTCOME = 500
SHORTEST_OUTCOME = 10
TOLD_EVERY = dt.timedelta(hours=20)  # an employer hears of answers back once a day at most
AFTER = frozenset(
    {
        ApplicationState.FAVOURABLE,
        ApplicationState.HIRED,
        ApplicationState.REFUSED,
        ApplicationState.UNANSWERED,
    }
)  # an answer, or the end of the wait: somebody has something to answer to
ENDED = frozenset(
    {
        ApplicationState.HIRED,
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.UNANSWERED,
    }
)
ANSWERS = frozenset({ApplicationState.FAVOURABLE, ApplicationState.HIRED, ApplicationState.REFUSED})
URGENT = frozenset({ReportKind.MONEY, ReportKind.FALSE_JOB})
ABOUT_THE_EMPLOYER = frozenset({ReportKind.NONSENSE, ReportKind.FALSE_JOB})
EMPLOYER_KINDS = frozenset(ReportKind) - ABOUT_THE_EMPLOYER  # what an employer may report


@dataclass(frozen=True, slots=True)
class Marks:
    """What one person gave: three marks from 1 to 5."""

    courtesy: int
    clarity: int
    speed: int

    @property
    def are_possible(self) -> bool:
        """Tell whether each mark is from 1 to 5."""
        return all(mark in MARKS for mark in (self.courtesy, self.clarity, self.speed))


def may_reply(state: str) -> bool:
    """Tell whether there is something to answer back to."""
    return state in AFTER


def may_rate(state: str, *, is_offer_over: bool) -> bool:
    """Tell whether the process is over, for this person or for everybody."""
    return state in ENDED or is_offer_over


def is_nothing_to_rate(count: str, aside_reason: str, answered_at: dt.datetime | None) -> bool:
    """Tell whether a person withdrew before anything happened: there is no process to rate."""
    return count == Count.ASIDE and aside_reason == AsideReason.WITHDRAWN and answered_at is None


def are_shown(people: int) -> bool:
    """Tell whether enough different people rated an employer."""
    return people >= FEWEST_RATINGS


def average(marks: Sequence[int]) -> float:
    """Return the average of marks, to one decimal."""
    return round(sum(marks) / len(marks), 1)


def is_urgent(kind: str) -> bool:
    """Tell whether a report may be about a fraud that goes on meanwhile."""
    return kind in URGENT


def due_on(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """Return the last day to deal with a report, in the agency's working days."""
    return calendar.add_working_days(today, ANSWER_TO_REPORT_DAYS)


def turns_to_silence(kind: str, state: str, count: str) -> bool:
    """Tell whether a report that is upheld changes what an answer counts for: one that says nothing true is none."""
    return kind == ReportKind.NONSENSE and state in ANSWERS and count == Count.ANSWERED
