"""When an agency is open, in words for whoever may want to call it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from entremise.lib.workcalendar import Span, WorkCalendar


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Days that follow each other and open alike."""

    days: str
    hours: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The week of an agency, and whether somebody answers right now."""

    lines: list[OpeningLine]
    now: str
    is_open: bool


def opening_of(calendar: WorkCalendar, now: dt.datetime) -> Opening:
    """Return the week in a few lines, and what to expect at this moment."""
    alike = groupby(range(7), key=lambda weekday: calendar.hours.week[weekday])
    lines = [OpeningLine(_days(list(weekdays)), _hours(spans)) for spans, weekdays in alike]
    closes = calendar.closing(now)
    if closes:
        until = _hour(closes.astimezone(calendar.timezone).time())
        return Opening(lines, _("Ouverte en ce moment, jusqu'à %(hour)s.") % {"hour": until}, is_open=True)
    opens = calendar.next_opening(now)
    words = {"day": date_format(opens.date(), "l j F"), "hour": _hour(opens.time())}
    return Opening(lines, _("Fermée en ce moment, ouvre %(day)s à %(hour)s.") % words, is_open=False)


def _days(weekdays: Sequence[int]) -> str:
    first, last = str(WEEKDAYS[weekdays[0]]), str(WEEKDAYS[weekdays[-1]])
    if len(weekdays) == 1:
        return capfirst(first)
    words = _("%(first)s et %(last)s") if len(weekdays) == 2 else _("du %(first)s au %(last)s")
    return capfirst(words % {"first": first, "last": last})


def _hours(spans: Sequence[Span]) -> str:
    if not spans:
        return _("fermée")
    return ", ".join(f"{_hour(s.start)} – {_hour(s.end)}" for s in spans)


def _hour(time: dt.time) -> str:
    return date_format(dt.datetime.combine(dt.date.min, time), _("G \\h i"))
