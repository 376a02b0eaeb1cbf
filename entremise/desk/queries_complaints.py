"""Reads of complaints: those to answer first, one, and how a period went."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.desk import rules_complaints as rules
from entremise.desk.models import Complaint
from entremise.kernel.actors import Actor

PAGE = 50


def complaints(actor: Actor, *, is_open: bool = True, is_mine: bool = False, about: str = "") -> QuerySet[Complaint]:
    """Return the complaints of the territory: those to answer by deadline, or the answered ones, newest first."""
    rows: Any = Complaint.objects.visible_to(actor).filter(answered_at__isnull=is_open)
    if is_mine:
        rows = rows.filter(assigned_to_id=actor.user_id)
    if about:
        rows = rows.filter(about=about)
    order = ("due_at", "pk") if is_open else ("-answered_at", "-pk")
    return rows.select_related("agency", "establishment", "person", "assigned_to").order_by(*order)  # type: ignore[no-any-return]


def complaint(pk: UUID, actor: Actor) -> Complaint:
    """Return one complaint of the territory, or raise Complaint.DoesNotExist."""
    rows: Any = Complaint.objects.visible_to(actor)
    return rows.select_related("agency", "establishment", "person", "assigned_to", "registered_by").get(pk=pk)  # type: ignore[no-any-return]


def due_complaints(actor: Actor) -> QuerySet[Complaint]:
    """Return the complaints given to the actor that wait for an answer, the first due first."""
    return complaints(actor, is_mine=True)


def counted(actor: Actor, since: dt.datetime) -> rules.Count:
    """Count the complaints received since a moment in the actor's territory."""
    rows: Any = Complaint.objects.visible_to(actor).filter(received_at__gte=since)
    return rules.counted(rows.values_list("received_at", "due_at", "answered_at"))
