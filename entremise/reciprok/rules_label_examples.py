"""Worked examples of the formula: small invented histories, computed by the formula itself."""

import datetime as dt
from dataclasses import dataclass

from entremise.reciprok.enums import Count
from entremise.reciprok.rules_label import Counted, Figures, figures

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SILENCE_DAYS = 60
# Of each application: whose it is, how many days after the first it was sent, how many days its answer took.
Row = tuple[str, int, int | None]
QUICK: list[Row] = [("A", 0, 1), ("B", 1, 2), ("C", 3, 2), ("D", 7, 4), ("E", 8, 3), ("F", 12, None)]
SLOW: list[Row] = [("A", 0, 20), ("B", 2, 9), ("C", 3, 30), ("D", 9, 28), ("E", 11, 22)]
FEW: list[Row] = [("A", 0, 1), ("B", 1, 1), ("C", 2, 1), ("D", 4, 1), ("D", 60, 1)]
HALF: list[Row] = [("A", 0, 1), ("B", 1, None), ("C", 3, 1), ("D", 4, None), ("E", 6, 1), ("F", 8, None)]


@dataclass(frozen=True, slots=True)
class Line:
    """One application of an example: the day when it was sent and how long its answer took."""

    person: str
    sent_on: dt.date
    days: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """A history and what the formula makes of it."""

    key: str
    lines: tuple[Line, ...]
    figures: Figures


def examples() -> list[Example]:
    """Return the worked examples, in the order of the page."""
    return [_example(key, rows) for key, rows in (("quick", QUICK), ("slow", SLOW), ("few", FEW), ("half", HALF))]


def _example(key: str, rows: list[Row]) -> Example:
    counted = [_counted(person, START + dt.timedelta(days=day), days) for person, day, days in rows]
    lines = tuple(Line(person, (START + dt.timedelta(days=day)).date(), days) for person, day, days in rows)
    return Example(key, lines, figures(counted))


def _counted(person: str, sent_at: dt.datetime, days: int | None) -> Counted:
    if days is None:
        return Counted(person, Count.SILENT, sent_at, None, sent_at + dt.timedelta(days=SILENCE_DAYS))
    answered_at = sent_at + dt.timedelta(days=days)
    return Counted(person, Count.ANSWERED, sent_at, answered_at, answered_at)
