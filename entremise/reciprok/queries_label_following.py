"""Reads of what follows the label: who stays silent, whom to ask, contests and advice that wait, pauses."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count as Total
from django.db.models import F, Q, QuerySet

from entremise.accounts.models import Agency
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.reciprok import rules_label_following as rules
from entremise.reciprok.enums import ContestState, Count, LabelLevel, PauseKind
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_label import CountContest, LabelScore, Pause, Silence

WHOLE = ("establishment__commune", "agency")


def contests_due(actor: Actor) -> QuerySet[CountContest]:
    """Return the contested counts that wait for an adviser of the territory, the most urgent first."""
    rows: Any = CountContest.objects.visible_to(actor).filter(state=ContestState.OPEN)
    waiting: QuerySet[CountContest] = rows.select_related("establishment__commune", "application__inbox__offer")
    return waiting.order_by("due_on", "pk")


def contest(pk: UUID, actor: Actor) -> CountContest:
    """Return a contested count of the actor's territory or establishment."""
    rows: Any = CountContest.objects.visible_to(actor)
    found: CountContest = rows.select_related("establishment__commune", "application__inbox__offer").get(pk=pk)
    return found


def advice_due(actor: Actor) -> QuerySet[Silence]:
    """Return the recruitment advice that employers of the territory wait for, the most urgent first."""
    rows: Any = Silence.objects.visible_to(actor).filter(done_at=None).exclude(due_on=None)
    waiting: QuerySet[Silence] = rows.select_related(*WHOLE, "assigned_to")
    return waiting.order_by("due_on", "pk")


def advice(pk: UUID, actor: Actor) -> Silence:
    """Return one request for advice of the actor's territory."""
    rows: Any = Silence.objects.visible_to(actor).exclude(due_on=None).select_related(*WHOLE)
    found: Silence = rows.get(pk=pk)
    return found


def silence_of(inbox: Inbox) -> Silence | None:
    """Return the last question put to an establishment about its silence."""
    rows: Any = Silence.objects.unscoped("what was asked to the employer who reads this inbox")
    last: Silence | None = rows.filter(establishment=inbox.establishment_id).order_by("-asked_at").first()
    return last


def to_ask(now: dt.datetime) -> list[Inbox]:
    """Return, for each establishment to ask why it stays silent, the inbox where it left most people waiting."""
    applications: Any = Application.objects.unscoped("a job: who left people without any answer")
    silent = applications.filter(count=Count.SILENT, counted_at__gt=now - rules.LATELY, counted_at__lte=now)
    labelled = LabelScore.objects.filter(level__gt=LabelLevel.NONE).values("establishment")
    asked: Any = Silence.objects.unscoped("a job: who was asked lately")
    lately = asked.filter(asked_at__gt=now - rules.ASKED_AGAIN_AFTER).values("establishment")
    places = silent.filter(establishment__closed_on=None).exclude(establishment__in=labelled)
    places = places.exclude(establishment__in=lately).values("establishment").annotate(n=Total("pk"))
    wanted = places.filter(n__gte=rules.ASKED_FROM).order_by().values("establishment")
    rows: Any = Inbox.objects.unscoped("a job: where people wait").filter(establishment__in=wanted)
    waited = Total("applications", filter=Q(applications__count=Count.SILENT))
    found: dict[UUID, Inbox] = {}
    for inbox in rows.annotate(n=waited).select_related(*WHOLE, "offer__space").order_by("-n", "-created_at"):
        found.setdefault(inbox.establishment_id, inbox)
    return list(found.values())


def silent_lately(establishment_id: UUID, now: dt.datetime) -> int:
    """Return how many people an establishment left without any answer lately."""
    rows: Any = Application.objects.unscoped("a figure told to the employer itself")
    lately = rows.filter(count=Count.SILENT, counted_at__gt=now - rules.LATELY, counted_at__lte=now)
    count: int = lately.filter(establishment_id=establishment_id).count()
    return count


def agency_of(establishment: Establishment) -> Agency | None:
    """Return the agency that follows the applications of an establishment."""
    rows: Any = Inbox.objects.unscoped("which agency to call")
    last = rows.filter(establishment=establishment).select_related("agency").order_by("-created_at").first()
    return last.agency if last else None


def current_pause(establishment_id: UUID) -> Pause | None:
    """Return the pause announced or under way at an establishment."""
    now = clock.now()
    rows: Any = Pause.objects.unscoped("a public fact: this employer receives nothing for a while")
    found: Pause | None = (
        rows.filter(Q(ends_at=None) | Q(ends_at__gt=now), establishment=establishment_id, lifted_at=None)
        .select_related("establishment__commune")
        .first()
    )
    return found


def pause(pk: UUID, actor: Actor) -> Pause:
    """Return a pause of the actor's territory or establishment."""
    rows: Any = Pause.objects.visible_to(actor).select_related("establishment__commune")
    found: Pause = rows.distinct().get(pk=pk)
    return found


def pauses_of_silence(actor: Actor) -> QuerySet[Pause]:
    """Return the pauses of the territory that an adviser may lift, the oldest first."""
    rows: Any = Pause.objects.visible_to(actor).filter(kind=PauseKind.AUTO, lifted_at=None)
    waiting: QuerySet[Pause] = rows.select_related("establishment__commune").order_by("starts_at", "pk")
    return waiting


def answered_meanwhile() -> list[Pause]:
    """Return the pauses announced for a silence that an answer broke before they began."""
    rows: Any = Pause.objects.unscoped("a job: pauses that have no reason any more")
    since = Q(establishment__applications__answered_at__gte=F("announced_at"))
    before = Q(establishment__applications__answered_at__lt=F("starts_at"))
    told = rows.filter(since & before, kind=PauseKind.AUTO, lifted_at=None)
    return list(told.select_related("establishment").distinct())


def ended(now: dt.datetime) -> list[Pause]:
    """Return the pauses whose last day is past."""
    rows: Any = Pause.objects.unscoped("a job: pauses that are over")
    return list(rows.filter(lifted_at=None, ends_at__lte=now).select_related("establishment"))


def long_silent_ids(now: dt.datetime) -> list[UUID]:
    """Return the open establishments that received fifty applications in five months and answered none of them.

    It counts from the last answer, or from the last pause that an adviser lifted.
    """
    rows: Any = Application.objects.unscoped("a job: who answers nobody")
    quiet = rows.exclude(count=Count.ASIDE).filter(answered_at=None, establishment__closed_on=None)
    many = quiet.values_list("establishment_id").annotate(n=Total("pk")).filter(n__gte=rules.CONTACTS)
    places = [pk for pk, _count in many.order_by()]
    paused: Any = Pause.objects.unscoped("a job: who is paused, or was")
    stopped = set(paused.filter(lifted_at=None).values_list("establishment_id", flat=True))
    today = clock.local(now).date()
    return [pk for pk in places if pk not in stopped and _is_long_silent(pk, today)]


def _lifted(paused: Any) -> dt.datetime | None:
    """Return when an adviser last lifted a pause: one that the employer asked for themselves restarts nothing."""
    by_adviser = paused.filter(kind=PauseKind.AUTO).exclude(lifted_at=None).exclude(lifted_by=None)
    last: dt.datetime | None = by_adviser.order_by("-lifted_at").values_list("lifted_at", flat=True).first()
    return last


def _is_long_silent(establishment_id: UUID, today: dt.date) -> bool:
    rows: Any = Application.objects.unscoped("a job: who answers nobody").filter(establishment_id=establishment_id)
    paused: Any = Pause.objects.unscoped("a job: who was paused").filter(establishment_id=establishment_id)
    ends = (
        rows.exclude(answered_at=None).order_by("-answered_at").values_list("answered_at", flat=True).first(),
        _lifted(paused),
    )
    counted = rows.exclude(count=Count.ASIDE)
    for end in ends:
        counted = counted.filter(sent_at__gt=end) if end else counted
    sent = list(counted.order_by("sent_at").values_list("sent_at", flat=True))
    return rules.is_long_silent(len(sent), clock.local(sent[0]).date() if sent else None, today)
