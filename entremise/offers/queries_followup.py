"""Reads of the follow-up: who was presented, what is to do, offers for which nobody comes."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.offers import rules_followup as rules
from entremise.offers.enums import OfferState
from entremise.offers.enums_followup import TaskKind
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask, Introduction

WHY = "the platform tends the offers of everybody"


def introductions(offer: Offer, actor: Actor) -> QuerySet[Introduction]:
    """Return the people presented for an offer, newest first."""
    rows: Any = Introduction.objects.visible_to(actor).filter(offer=offer)
    return rows.select_related("person", "adviser").order_by("-at", "-pk")  # type: ignore[no-any-return]


def introduction(pk: UUID, actor: Actor) -> Introduction:
    """Return one introduction of the territory, or raise Introduction.DoesNotExist."""
    rows: Any = Introduction.objects.visible_to(actor)
    return rows.select_related("offer__agency", "offer__commune", "person").get(pk=pk)  # type: ignore[no-any-return]


def tasks(offer: Offer, actor: Actor) -> QuerySet[FollowUpTask]:
    """Return the tasks of an offer: to do first, by day."""
    rows: Any = FollowUpTask.objects.visible_to(actor).filter(offer=offer)
    return rows.select_related("assigned_to", "done_by").order_by("-done_at", "due_on", "pk")  # type: ignore[no-any-return]


def task(pk: UUID, actor: Actor) -> FollowUpTask:
    """Return one task of the territory, or raise FollowUpTask.DoesNotExist."""
    rows: Any = FollowUpTask.objects.visible_to(actor)
    return rows.select_related("offer__agency", "offer__commune").get(pk=pk)  # type: ignore[no-any-return]


def due_tasks(actor: Actor, until: dt.date) -> QuerySet[FollowUpTask]:
    """Return what the actor has to do about offers by a day, the oldest first."""
    rows: Any = (
        FollowUpTask.objects.visible_to(actor)
        .filter(assigned_to_id=actor.user_id, done_at=None, due_on__lte=until)
        .exclude(offer__state=OfferState.CLOSED)
    )
    return rows.select_related("offer__establishment").order_by("due_on", "pk")  # type: ignore[no-any-return]


def just_opened() -> QuerySet[Offer]:
    """Return the open offers whose opening planned nothing yet."""
    planned = FollowUpTask.objects.unscoped(WHY).filter(offer=OuterRef("pk"), kind=TaskKind.CALL)
    rows: Any = Offer.objects.unscoped(WHY).filter(state=OfferState.OPEN, partner=None)
    return rows.filter(~Exists(planned)).select_related("agency", "establishment")  # type: ignore[no-any-return]


def deserted(today: dt.date) -> list[Offer]:
    """Return the open offers entrusted to us for which nobody has come for too long, not told yet."""
    told = FollowUpTask.objects.unscoped(WHY).filter(offer=OuterRef("pk"), kind=TaskKind.NOBODY_CAME)
    since = today - dt.timedelta(days=rules.NOBODY_DAYS)
    rows: Any = Offer.objects.unscoped(WHY).filter(state=OfferState.OPEN, partner=None, opened_at__date__lte=since)
    rows = rows.filter(~Exists(told)).annotate(last_came_at=Max("introductions__at"))
    return [
        offer
        for offer in rows.select_related("agency")
        if rules.is_deserted(
            clock.local(offer.opened_at).date(),
            clock.local(offer.last_came_at).date() if offer.last_came_at else None,
            today,
        )
    ]
