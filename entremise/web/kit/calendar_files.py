"""Appointments and days as a file that calendars open (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment: when, what, where; `uid` stays the same each time the file is made."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """Something of a whole day, during which its owner stays free."""

    uid: str
    on: dt.date
    title: str
    url: str = ""


def calendar_file(name: str, events: Iterable[Appointment | Day], *, stamped_at: dt.datetime) -> HttpResponse:
    """Answer with a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.BRAND.name}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in events:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamped_at.astimezone(dt.UTC))
        event.add("summary", one.title)
        for field, value in (_of_day(one) if isinstance(one, Day) else _of_appointment(one)).items():
            if value:
                event.add(field, value)
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _of_appointment(one: Appointment) -> dict[str, Any]:
    starts_at, ends_at = one.starts_at.astimezone(dt.UTC), one.ends_at.astimezone(dt.UTC)
    return {"dtstart": starts_at, "dtend": ends_at, "location": one.place, "description": one.words}


def _of_day(one: Day) -> dict[str, Any]:
    return {"dtstart": one.on, "url": one.url, "transp": "TRANSPARENT"}
