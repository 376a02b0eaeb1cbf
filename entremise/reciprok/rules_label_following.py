"""What follows the label: contests, the question to who stays silent, advice, pauses."""

import datetime as dt

from entremise.lib.workcalendar import WorkCalendar

LONGEST_CONTEST = 1_000
SHORTEST_CONTEST = 10
LONGEST_OUTCOME = 500
LONGEST_SILENCE = 500
LONGEST_LIFTED = 300  # why a pause is lifted
ANSWER_DAYS = 10  # working days to settle a contested count, or to give the advice that an employer asks for
ASKED_FROM = 3  # applications left without answer in the last 90 days: below, there is nothing to ask
LATELY = dt.timedelta(days=90)
ASKED_AGAIN_AFTER = dt.timedelta(days=60)
CONTACTS = 50  # applications received, none answered, in five months: new ones stop (issue of the sources, K3)
SILENT_MONTHS = 5
NOTICE = dt.timedelta(days=7)  # between the announcement of a pause and its beginning
OWN_WEEKS = (2, 4, 8)


def due_on(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """Return the last day for an answer, in the agency's working days."""
    return calendar.add_working_days(today, ANSWER_DAYS)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day some months before, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = dt.date(year, month + 1, 1)
    longest = ((first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)).day
    return first.replace(day=min(day.day, longest))


def is_long_silent(received: int, first_sent_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether an establishment received fifty applications in five months or more and answered none of them."""
    if first_sent_on is None or received < CONTACTS:
        return False
    return first_sent_on <= months_before(today, SILENT_MONTHS)


def silence_since(today: dt.date) -> dt.date:
    """Return the day on or before which a silence must have begun to be long."""
    return months_before(today, SILENT_MONTHS)
