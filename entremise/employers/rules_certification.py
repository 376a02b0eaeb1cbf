"""The certification of a recruiter space: its clocks, what is due next, what is missing before it is certified."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from entremise.employers.enums_spaces import Acquaintance, CheckItem, CheckKind, CheckOutcome
from entremise.lib.identifiers import IdentifierRefused, gettext_noop, parse_phone
from entremise.lib.workcalendar import WorkCalendar

# FIELD_NOTES, decision 1: these two run from the creation of the space, nights and holidays included…
FIRST_CALL = dt.timedelta(hours=24)
END = dt.timedelta(days=8)
# … and these in the agency's own working hours: from the failed contact, then from the reminder.
REMINDER_HOURS = 48
LETTER_HOURS = 48
# 48 working hours last more than a week: who was told nothing yet is written to before the end comes.
LAST_REMINDER = dt.timedelta(days=3)
FORMER_CONTACT = dt.timedelta(hours=72)  # a contact that changed is not yet the one to call
DORMANT = dt.timedelta(days=182)  # without activity: looked at again when it wakes up
RANDOM_SHARE = 0.02  # of the certified spaces, in a year
FACE_TO_FACE = frozenset({CheckKind.VISIT, CheckKind.MEETING, CheckKind.VIDEO})
CALLS = frozenset({CheckKind.LANDLINE, CheckKind.PRIVILEGED, CheckKind.OTHER_CALL})
REMINDERS = frozenset({CheckKind.EMAIL, CheckKind.LETTER})
_FIXED = ("+331", "+332", "+333", "+334", "+335", "+339", "+590590", "+594594", "+596596", "+262262", "+262269",
          "+508")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clocks:
    """The deadlines known on the day a space is asked for."""

    call_by_at: dt.datetime
    ends_at: dt.datetime
    due_at: dt.datetime


def clocks(created_at: dt.datetime, calendar: WorkCalendar) -> Clocks:
    """Return the first deadlines of a space: 24 hours for the first call, eight days for everything.

    They are elapsed time, so that the agency's calendar only says in which zone they are written.
    """
    start = created_at.astimezone(dt.UTC)
    first = (start + FIRST_CALL).astimezone(calendar.timezone)
    return Clocks(first, (start + END).astimezone(calendar.timezone), first)


def remind_by(failed_at: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Return until when the company is reminded, by mail and by telephone, after a contact that failed."""
    return calendar.add_working_hours(failed_at, REMINDER_HOURS)


def letter_by(reminded_at: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Return until when the reminder letter leaves, after a reminder that nobody answered."""
    return calendar.add_working_hours(reminded_at, LETTER_HOURS)


def mail_reminder_at(remind_by_at: dt.datetime, ends_at: dt.datetime) -> dt.datetime:
    """Return when the platform reminds by itself, nobody having done it: never after the last days."""
    return min(remind_by_at, ends_at.astimezone(dt.UTC) - LAST_REMINDER)


@dataclass(frozen=True, slots=True)
class Course:
    """How far the contact with a company has come."""

    call_by_at: dt.datetime
    ends_at: dt.datetime
    remind_by_at: dt.datetime | None = None  # a contact failed
    letter_by_at: dt.datetime | None = None  # and the company was reminded
    is_letter_sent: bool = False
    is_reached: bool = False
    call_back_at: dt.datetime | None = None


class Step(StrEnum):
    """What is to be done next."""

    CALL = "call"
    REMIND = "remind"
    LETTER = "letter"
    WAIT = "wait"  # every reminder left: an answer, or the end
    DECIDE = "decide"  # the company was reached
    CALL_BACK = "call_back"


def next_step(course: Course) -> Step:
    """Return what is to be done next for a space that nobody has decided about."""
    if course.call_back_at is not None:
        return Step.CALL_BACK
    if course.is_reached:
        return Step.DECIDE
    if course.remind_by_at is None:
        return Step.CALL
    if course.letter_by_at is None:
        return Step.REMIND
    return Step.WAIT if course.is_letter_sent else Step.LETTER


def due_at(course: Course) -> dt.datetime:
    """Return the nearest deadline: that of the next step, and never later than the end."""
    wanted = {
        Step.CALL: course.call_by_at,
        Step.REMIND: course.remind_by_at,
        Step.LETTER: course.letter_by_at,
        Step.CALL_BACK: course.call_back_at,
    }.get(next_step(course))
    return min(wanted, course.ends_at) if wanted else course.ends_at


def is_overdue(due: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a deadline has passed; the very minute is still in time."""
    return due is not None and now > due


@dataclass(frozen=True, slots=True)
class CheckMade:
    """One line of the log of checks, as the rules read it."""

    kind: str
    outcome: str
    at: dt.datetime
    number: str = ""  # that was called, E.164


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to certify, and what was done for it."""

    acquaintance: str
    items: frozenset[str]
    checks: tuple[CheckMade, ...]  # since the clocks were started
    recorded_numbers: frozenset[str] = frozenset()  # of the known contacts; within 72 hours of a change, the former
    unanswered_count: int = 0  # vigilance points that hold


class Missing(StrEnum):
    """What is missing before a space may be certified."""

    ITEMS = "items"
    HELD = "held"
    LANDLINE = "landline"
    PRIVILEGED = "privileged"


SENTENCES = {
    Missing.ITEMS: gettext_noop("Cochez chaque ligne de la liste : chacune dit une vérification que vous avez faite."),
    Missing.HELD: gettext_noop("Répondez d'abord aux points de vigilance qui bloquent."),
    Missing.LANDLINE: gettext_noop(
        "Pour une entreprise peu connue, il faut un appel confirmé sur sa ligne fixe, ou une visite, un rendez-vous "
        "ou une visio confirmés avec une pièce vue."
    ),
    Missing.PRIVILEGED: gettext_noop(
        "Pour une entreprise connue, il faut un appel confirmé au contact privilégié, au numéro que nous avions déjà, "
        "ou une visite, un rendez-vous ou une visio confirmés avec une pièce vue."
    ),
}


def missing(request: Request) -> list[Missing]:
    """Return what is missing before a space is certified, in the order in which it is done."""
    found = []
    if not is_proved(request):
        found.append(Missing.PRIVILEGED if request.acquaintance == Acquaintance.KNOWN else Missing.LANDLINE)
    if request.unanswered_count:
        found.append(Missing.HELD)
    if request.items != frozenset(CheckItem.values):
        found.append(Missing.ITEMS)
    return found


def is_proved(request: Request) -> bool:
    """Tell whether somebody of the company confirmed, in a way that its branch of the tree asks for."""
    confirmed = [check for check in request.checks if check.outcome == CheckOutcome.CONFIRMED]
    if any(check.kind in FACE_TO_FACE for check in confirmed) and has_seen_document(request.checks):
        return True
    if request.acquaintance == Acquaintance.KNOWN:
        return any(c.kind == CheckKind.PRIVILEGED and c.number in request.recorded_numbers for c in confirmed)
    return any(check.kind == CheckKind.LANDLINE and is_fixed_line(check.number) for check in confirmed)


def has_seen_document(checks: tuple[CheckMade, ...]) -> bool:
    """Tell whether a document was seen and nothing in it was doubtful."""
    seen = (CheckOutcome.DONE, CheckOutcome.CONFIRMED)
    return any(check.kind == CheckKind.DOCUMENT and check.outcome in seen for check in checks)


def is_fixed_line(number: str) -> bool:
    """Tell whether a number is one of a place in France, and not a mobile, a foreign or a premium one."""
    try:
        return parse_phone(number).e164.startswith(_FIXED)
    except IdentifierRefused:
        return False


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A known contact's number, what it was before, and since when."""

    number: str
    former: str
    changed_at: dt.datetime


def trusted_numbers(current: frozenset[str], changes: tuple[NumberChange, ...], now: dt.datetime) -> frozenset[str]:
    """Return the recorded numbers that may be called: for 72 hours after a change, the former one counts only."""
    recent = [change for change in changes if now - change.changed_at < FORMER_CONTACT]
    new = {change.number for change in recent}
    old = {change.former for change in recent if change.former}
    return frozenset((current - new) | (old - new)) - {""}


def is_dormant(last_active_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether a space slept so long that it is certified again when it wakes up."""
    return now - last_active_at >= DORMANT


def is_drawn(chance: float) -> bool:
    """Tell whether a space is chosen this night, for a number drawn between 0 and 1."""
    return chance < RANDOM_SHARE / 365


def has_nobody_left(joined: list[dt.datetime | None], decided_at: dt.datetime) -> bool:
    """Tell whether nobody who was there at the certification is a member any more, others having come."""
    arrived = [moment for moment in joined if moment is not None]
    return bool(arrived) and all(moment > decided_at for moment in arrived)
