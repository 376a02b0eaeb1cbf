"""Decisions about contested results: until when an answer is due, what may be written."""

import datetime as dt

ANSWER_DAYS = 7  # a contested result is looked into within the week
LONGEST_WORDS = 1_000
LONGEST_SEARCH = 2_000  # as a saved segment
RANKED = 1_000  # a position is told among so many


def due_on(received_on: dt.date) -> dt.date:
    """Return the last day on which an answer is in time."""
    return received_on + dt.timedelta(days=ANSWER_DAYS)


def is_late(received_on: dt.date, today: dt.date) -> bool:
    """Tell whether the answer should have come."""
    return today > due_on(received_on)


def is_answered_in_time(received_on: dt.date, answered_on: dt.date) -> bool:
    """Tell whether an answer came within the week."""
    return answered_on <= due_on(received_on)
