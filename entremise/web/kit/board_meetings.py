"""The meetings of an inbox as a calendar opens them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from entremise.reciprok.models_following import Meeting
from entremise.web.kit.calendar_files import Appointment


def appointments(found: Iterable[Meeting]) -> list[Appointment]:
    """Return what a calendar shows of the meetings that are fixed: no name, the reference of the profile."""
    return [_appointment(one) for one in found if one.chosen_at is not None]


def _appointment(one: Meeting) -> Appointment:
    person, box = one.application.person, one.application.inbox
    told = {"what": one.get_kind_display(), "title": box.title, "reference": person.reference}
    return Appointment(
        uid=f"{one.pk}@entremise",
        starts_at=one.chosen_at or one.proposed_at,
        minutes=one.minutes,
        summary=_("%(title)s : %(what)s, profil %(reference)s") % told,
        place=one.place,
        words=one.words,
        sequence=one.sequence,
    )
