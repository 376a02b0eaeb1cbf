"""Meetings as a calendar opens them: those of an inbox for the employer, one's own for the candidate."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from entremise.reciprok.models_following import Meeting
from entremise.reciprok.queries_meetings import is_on
from entremise.web.kit.calendar_files import Appointment


def appointments(found: Iterable[Meeting]) -> list[Appointment]:
    """Return what the employer's calendar shows of the moments chosen: no name, the reference of the profile."""
    return [appointment(one, _("%(title)s : %(what)s, profil %(reference)s") % _told(one)) for one in found]


def appointment(one: Meeting, summary: str, url: str = "") -> Appointment:
    """Return a moment that was chosen; one that is off leaves the calendar that holds it."""
    return Appointment(
        uid=f"{one.pk}@entremise",
        starts_at=one.chosen_at or one.proposed_at,
        minutes=one.minutes,
        summary=summary,
        place=one.place,
        url=url,
        words=one.words,
        is_cancelled=not is_on(one),
        sequence=one.sequence + (not is_on(one)),
    )


def _told(one: Meeting) -> dict[str, str]:
    box = one.application.inbox
    return {"what": one.get_kind_display(), "title": box.title, "reference": one.application.person.reference}
