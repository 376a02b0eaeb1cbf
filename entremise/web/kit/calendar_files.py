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
    """One appointment: when, what, where.

    `uid` stays the same each time the file is made; a change or a cancellation bears a higher `sequence`, so that the
    calendar that holds the appointment replaces it (RFC 5545 §3.8.7.4). `contact` is who to ask, in words.
    """

    uid: str
    starts_at: dt.datetime
    minutes: int
    summary: str
    place: str = ""
    url: str = ""
    is_cancelled: bool = False
    sequence: int = 0
    words: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        """Refuse an hour of nowhere and an appointment of no time."""
        if self.starts_at.utcoffset() is None or self.minutes < 1:
            message = f"an appointment has a zone and lasts: {self.starts_at!r}, {self.minutes}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Day:
    """Something of a whole day, during which its owner stays free."""

    uid: str
    on: dt.date
    summary: str
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
        event.add("summary", one.summary)
        for field, value in (_of_day(one) if isinstance(one, Day) else _of_appointment(one)).items():
            if value not in ("", None):
                event.add(field, value)
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _of_appointment(one: Appointment) -> dict[str, Any]:
    starts_at = one.starts_at.astimezone(dt.UTC)
    return {
        "dtstart": starts_at,
        "dtend": starts_at + dt.timedelta(minutes=one.minutes),
        "location": one.place,
        "description": one.words,
        "contact": one.contact,
        "url": one.url,
        "sequence": one.sequence,
        # Said even in a published file: RFC 5546 §3.2.1; METHOD:CANCEL would need the address of an organiser.
        "status": "CANCELLED" if one.is_cancelled else "CONFIRMED",
    }


def _of_day(one: Day) -> dict[str, Any]:
    return {"dtstart": one.on, "url": one.url, "transp": "TRANSPARENT"}
