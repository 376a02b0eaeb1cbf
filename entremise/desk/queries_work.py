"""What an adviser owes, in one query: offers to read, tasks, spaces to certify, visits, complaints, opinions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Cast

from entremise.desk import rules
from entremise.desk.enums import DueKind
from entremise.desk.models import Visit
from entremise.desk.queries_complaints import due_complaints
from entremise.desk.queries_rows import ANY_TIME, NO_TEXT, ONE, counted, kind, text
from entremise.desk.queries_voice import voices
from entremise.employers.models_spaces import RecruiterSpace
from entremise.employers.queries import due_next_actions
from entremise.kernel import clock
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.offers.queries_followup import due_tasks


@dataclass(frozen=True, slots=True)
class Work:
    """One thing owed: what it is about, by when, and what it says."""

    kind: DueKind
    pk: UUID | None
    due_on: dt.date
    since: dt.date
    place: str
    title: str
    code: str
    words: str
    count: int


def work(actor: Actor, now: dt.datetime) -> Iterator[Work]:
    """Return what the actor has to do for employers in the coming days."""
    today = clock.local(now).date()
    horizon = today + dt.timedelta(days=rules.COMING_DAYS)
    parts = [_visits(actor, horizon), _complaints(actor), *voices(actor)]
    if actor.has(Role.BUSINESS_ADVISER, *LEADS):
        parts += [_tasks(actor, horizon), _spaces(actor), _offers(actor)]
    rows: Any = _next_actions(actor, today).union(*parts, all=True)
    for of, pk, due_at, since_at, place, title, code, words, count in rows:
        if count:
            days = (clock.local(due_at).date(), clock.local(since_at).date())
            yield Work(DueKind(of), pk, *days, place, title, code, words, count)


def _next_actions(actor: Actor, today: dt.date) -> QuerySet[Any, Any]:
    """Return what was promised to an employer, up to today."""
    return due_next_actions(actor, today).values_list(
        kind(DueKind.NEXT_ACTION), "establishment_id", Cast("next_on", ANY_TIME), "at",
        text("establishment__name"), text("next_action"), NO_TEXT, NO_TEXT, ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _tasks(actor: Actor, horizon: dt.date) -> QuerySet[Any, Any]:
    return due_tasks(actor, horizon).values_list(
        kind(DueKind.TASK), "offer_id", Cast("due_on", ANY_TIME), "created_at",
        text("offer__establishment__name"), text("offer__title"), text("kind"), text("words"), ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _visits(actor: Actor, horizon: dt.date) -> QuerySet[Any, Any]:
    """Return the visits planned and not told yet."""
    rows: Any = Visit.objects.visible_to(actor).filter(
        plan__adviser_id=actor.user_id, done_at=None, plan__on__lte=horizon
    )
    return rows.order_by("plan__on", "rank").values_list(  # type: ignore[no-any-return]
        kind(DueKind.VISIT), "plan_id", Cast("plan__on", ANY_TIME), "plan__created_at",
        text("establishment__name"), NO_TEXT, NO_TEXT, text("why"), ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _complaints(actor: Actor) -> QuerySet[Any, Any]:
    return due_complaints(actor).values_list(
        kind(DueKind.COMPLAINT), "pk", "due_at", "received_at", NO_TEXT, NO_TEXT, text("about"), NO_TEXT, ONE
    )[: rules.LONGEST_LIST]


def _spaces(actor: Actor) -> QuerySet[Any, Any]:
    """Count the spaces that the actor's agencies must decide on, in one line: the team shares them."""
    rows: Any = RecruiterSpace.objects.visible_to(actor).filter(agency__in=actor.agency_ids)
    return counted(DueKind.SPACE, rows.exclude(due_at=None), due="due_at", since="clock_at")


def _offers(actor: Actor) -> QuerySet[Any, Any]:
    """Count the offers that wait for an adviser, in one line; a space not certified is what the others wait for."""
    rows: Any = Offer.objects.visible_to(actor).filter(agency__in=actor.agency_ids, state=OfferState.WAITING)
    ready = rows.filter(space__state="certified")
    return counted(DueKind.PUBLISH, ready, due="submitted_at", since="submitted_at")
