"""Reads of the meetings that employers propose: the one under way, those of an inbox, the candidate's own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.kernel.actors import Actor
from entremise.reciprok.enums import ApplicationState, MeetingState
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Meeting

WHY = "the policy decided on the application that it hangs from"
WHOLE = (
    "application__person", "application__inbox__offer", "application__inbox__agency",
    "application__establishment__commune",
)  # fmt: skip
LIVE = (MeetingState.PROPOSED, MeetingState.CHOSEN)
GOING_ON = (ApplicationState.FAVOURABLE, ApplicationState.HIRED)


def current(application: Application) -> Meeting | None:
    """Return the meeting proposed or fixed now, nothing once the application is over."""
    if application.state not in GOING_ON:
        return None
    return _of(application).filter(state__in=LIVE).first()


def last(application: Application) -> Meeting | None:
    """Return the last meeting proposed, whatever became of it."""
    return _of(application).order_by("-proposed_at", "-pk").first()


def current_of(ids: Iterable[UUID]) -> dict[UUID, Meeting]:
    """Return the meetings proposed or fixed now, by application, in one query."""
    rows: Any = Meeting.objects.unscoped(WHY).filter(application__in=list(ids), state__in=LIVE)
    return {one.application_id: one for one in rows}


def fixed_in(box: Inbox) -> list[Meeting]:
    """Return the meetings of an inbox whose moment was chosen, the next first: also those that are off since."""
    rows: Any = Meeting.objects.unscoped(WHY).filter(application__inbox=box).exclude(chosen_at=None)
    return list(rows.select_related(*WHOLE).order_by("chosen_at", "pk"))


def is_on(meeting: Meeting) -> bool:
    """Tell whether a moment that was chosen still holds: nobody called it off, and the application goes on."""
    return meeting.state == MeetingState.CHOSEN and meeting.application.state in GOING_ON


def meeting(pk: UUID, actor: Actor) -> Meeting:
    """Return one meeting that the actor may see, or raise DoesNotExist."""
    rows: Any = Meeting.objects.visible_to(actor)
    found: Meeting = rows.select_related(*WHOLE).get(pk=pk)
    return found


def _of(application: Application) -> QuerySet[Meeting]:
    rows: Any = Meeting.objects.unscoped(WHY)
    found: QuerySet[Meeting] = rows.select_related(*WHOLE).filter(application=application)
    return found
