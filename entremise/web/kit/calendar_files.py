"""Appointments as a file that calendars open (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

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


def calendar_file(name: str, appointments: Iterable[Appointment], *, stamped_at: dt.datetime) -> HttpResponse:
    """Answer with a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.BRAND.name}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in appointments:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamped_at)
        event.add("dtstart", one.starts_at.astimezone(dt.UTC))
        event.add("dtend", one.ends_at.astimezone(dt.UTC))
        event.add("summary", one.title)
        if one.place:
            event.add("location", one.place)
        if one.words:
            event.add("description", one.words)
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
