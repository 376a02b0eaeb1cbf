"""Reads of the agencies' teams: who waits for too long and whom to call, the applications of an offer, one history."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from entremise.employers.models import Contact
from entremise.employers.models_spaces import SpaceMember
from entremise.kernel.actors import Actor
from entremise.offers.models import Offer
from entremise.reciprok.enums import ApplicationState, MeetingState, RefusalReason
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.queries import complete, whole_inbox
from entremise.reciprok.workflow import WAITING

LONG_DAYS = 30  # somebody who waits for so long deserves that the employer is called
DELAYS = (LONG_DAYS, 45)
MOST_CALLS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """Which silences are looked at."""

    days: int = LONG_DAYS
    is_unread: bool = False
    is_mine: bool = False  # of the actor's own agencies
    text: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call at an employer."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Call:
    """An employer to call about one recruitment: how many wait there, since when, whom to ask for."""

    inbox: Inbox
    waiting: int
    oldest_at: dt.datetime
    caller: Caller
    applications: list[Application]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to an application, in words."""

    at: dt.datetime
    title: str
    words: str = ""
    who: str = ""


def long_waiting(filters: Filters, actor: Actor, now: dt.datetime) -> QuerySet[Application]:
    """Return the applications that nobody answered for long, in the actor's territory, the oldest first."""
    rows = complete(Application.objects.visible_to(actor)).filter(
        state__in=WAITING, sent_at__lte=now - dt.timedelta(days=filters.days)
    )
    if filters.is_unread:
        rows = rows.filter(read_at=None)
    if filters.is_mine:
        rows = rows.filter(inbox__agency__in=actor.agency_ids)
    if filters.text:
        rows = rows.filter(establishment__name__icontains=filters.text)
    return rows.order_by("sent_at", "pk")


def to_call(filters: Filters, actor: Actor, now: dt.datetime) -> list[Call]:
    """Return whom to call first: where most people wait, and for longest."""
    rows = long_waiting(filters, actor, now)
    counted = rows.order_by().values("inbox").annotate(n=Count("pk"), oldest=Min("sent_at"))
    first = list(counted.order_by("-n", "oldest", "inbox")[:MOST_CALLS])
    boxes = whole_inbox(Inbox.objects.unscoped("inboxes of the applications that the actor may see"))
    known = boxes.in_bulk([one["inbox"] for one in first])
    waiting: dict[UUID, list[Application]] = {}
    for one in rows.filter(inbox__in=known):
        waiting.setdefault(one.inbox_id, []).append(one)
    phones = callers([box.establishment_id for box in known.values()])
    return [
        Call(box, one["n"], one["oldest"], _caller(box, phones), waiting.get(box.pk, []))
        for one in first
        if (box := known.get(one["inbox"])) is not None
    ]


def callers(establishment_ids: Sequence[UUID]) -> dict[UUID, Caller]:
    """Return whom to call at each of these establishments: who recruits there, else a known contact with a number."""
    contacts: Any = Contact.objects.unscoped("whom to call about people who wait")
    kept = contacts.filter(establishment__in=establishment_ids, opposed_at=None).exclude(phone="")
    found = {row.establishment_id: Caller(row.name, row.phone) for row in kept.order_by("is_privileged", "-pk")}
    members: Any = SpaceMember.objects.unscoped("whom to call about people who wait")
    here = members.filter(
        space__establishment__in=establishment_ids, space__state="certified", left_at=None, joined_at__isnull=False
    )
    for row in here.exclude(phone="").select_related("space").order_by("-rank", "-joined_at"):
        found[row.space.establishment_id] = Caller(row.full_name, row.phone)
    return found


def caller_of(application: Application) -> Caller:
    """Return whom to call about one application."""
    return _caller(application.inbox, callers([application.establishment_id]))


def of_offer(offer: Offer, actor: Actor) -> QuerySet[Application]:
    """Return the applications to one offer that the actor may see, the latest first."""
    rows = complete(Application.objects.visible_to(actor))
    return rows.filter(inbox__offer=offer).order_by("-sent_at", "-pk")


def counts_of_offer(offer: Offer, actor: Actor) -> list[tuple[str, int]]:
    """Return how many applications to an offer stand in each state, in the order of their life."""
    rows: Any = Application.objects.visible_to(actor).filter(inbox__offer=offer)
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    return [(capfirst(str(label)), counted[value]) for value, label in ApplicationState.choices if value in counted]


def waiting_count(offer: Offer, actor: Actor) -> int:
    """Return how many people wait for an answer on an offer."""
    rows: Any = Application.objects.visible_to(actor).filter(inbox__offer=offer, state__in=WAITING)
    count: int = rows.count()
    return count


def reasons_of_offer(offer: Offer, actor: Actor) -> list[tuple[str, int]]:
    """Return why people were refused on an offer, the most frequent first."""
    rows: Any = Application.objects.visible_to(actor).filter(~Q(reason=""), inbox__offer=offer)
    counted = rows.order_by().values_list("reason").annotate(n=Count("pk")).order_by("-n", "reason")
    return [(capfirst(str(RefusalReason(reason).label)), count) for reason, count in counted]


def moments(application: Application) -> list[Moment]:
    """Return what happened to an application, the oldest first."""
    return sorted(_moments(application), key=lambda one: one.at)


def _moments(one: Application) -> Iterator[Moment]:
    who = one.adviser.full_name if one.adviser else ""
    yield Moment(one.sent_at, _("Candidature envoyée"), one.words, who)
    if one.read_at:
        yield Moment(one.read_at, _("Lue par l'employeur"))
    if one.answered_at:
        told = one.get_step_display() if one.state == ApplicationState.FAVOURABLE else one.get_reason_display()
        title = _("Réponse reçue : %(state)s") % {"state": one.get_state_display()}
        words = " ".join(part for part in (f"{capfirst(told)}." if told else "", one.answer_words) if part)
        yield Moment(one.answered_at, title, words, str(one.get_channel_display()))
    meetings: Any = one.meetings.all()
    for meeting in meetings:
        yield Moment(meeting.proposed_at, _("Rendez-vous proposé : %(what)s") % {"what": meeting.get_kind_display()})
        if meeting.answered_at:
            state = meeting.get_state_display()
            if meeting.state == MeetingState.DECLINED and meeting.chosen_at:
                state = _("le moment fixé ne convient plus")
            yield Moment(meeting.answered_at, _("Rendez-vous : %(state)s") % {"state": state})
    if one.replied_at:
        yield Moment(one.replied_at, _("Réponse de la personne à l'employeur"), one.reply)
    if one.closed_at and not one.answered_at:
        yield Moment(one.closed_at, _("Fin : %(state)s") % {"state": one.get_state_display()})
    if one.count and one.counted_at:
        told = one.get_aside_reason_display() or one.get_count_display()
        yield Moment(one.counted_at, _("Compte pour le label : %(count)s") % {"count": told})


def _caller(box: Inbox, known: dict[UUID, Caller]) -> Caller:
    return known.get(box.establishment_id) or Caller("", box.establishment.phone)
