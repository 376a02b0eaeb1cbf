"""Reads of the promotions: lists, one promotion and its life, what is due, whom to ask."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from entremise.accounts.models import User
from entremise.employers.models import Establishment
from entremise.kernel import clock, mail
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.lib.text import normalise
from entremise.people.enums import ConsentKind
from entremise.people.models import Consent, Person
from entremise.promotions import rules
from entremise.promotions.enums import GOOD_NEWS, PromotionState
from entremise.promotions.models import Promotion, Segment
from entremise.promotions.workflow import OPEN

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """Which promotions a list shows."""

    stage: str = ""  # waiting, good, answered, expired, closed, withdrawn, overdue
    is_mine: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, by key: the next one starts after its last row."""

    rows: Sequence[Promotion]
    total: int
    next_key: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One step in the life of a promotion: `state` is done, current or next."""

    kind: str
    state: str
    at: dt.datetime | None


def complete(rows: Any) -> QuerySet[Promotion]:
    """Read with a promotion what every page shows of it."""
    found: QuerySet[Promotion] = rows.select_related(
        "person__commune", "establishment__commune", "establishment__naf", "contact", "adviser", "agency__organisation"
    )
    return found


def promotion(pk: UUID, actor: Actor) -> Promotion:
    """Return one promotion that the actor may see, or raise Promotion.DoesNotExist."""
    return complete(Promotion.objects.visible_to(actor)).get(pk=pk)


def by_link(link: MailLink) -> Promotion:
    """Return the promotion that an employer's link leads to."""
    return complete(Promotion.objects.unscoped("reached through its mail link")).get(pk=link.target_id)


def promotable(pk: UUID, actor: Actor) -> Person:
    """Return a person of the territory whom the actor may promote, or raise Person.DoesNotExist."""
    return Person.objects.visible_to(actor).select_related("commune", "department").get(pk=pk)


def of_person(person: Person, actor: Actor) -> QuerySet[Promotion]:
    """Return the promotions of one person, the newest first."""
    rows = complete(Promotion.objects.visible_to(actor)).filter(person=person)
    return rows.exclude(state=PromotionState.PREPARED).order_by("-sent_at", "-pk")


def of_establishment(establishment: Establishment, actor: Actor) -> QuerySet[Promotion]:
    """Return the promotions made to one establishment, the newest first."""
    rows = complete(Promotion.objects.visible_to(actor)).filter(establishment=establishment)
    return rows.exclude(sent_at=None).order_by("-sent_at", "-pk")


def listed(filters: Filters, actor: Actor, *, after: str = "", now: dt.datetime | None = None) -> Page:
    """Return one page of the promotions of a territory, the newest first."""
    rows = _filtered(filters, actor, now or clock.now())
    total = rows.count()
    if after:
        sent_at, _, pk = after.partition("_")
        moment = dt.datetime.fromtimestamp(float(sent_at), dt.UTC)
        rows = rows.filter(Q(sent_at__lt=moment) | Q(sent_at=moment, pk__lt=UUID(pk)))
    found = list(complete(rows).order_by("-sent_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], total, f"{last.sent_at.timestamp():.6f}_{last.pk}" if last and last.sent_at else "")


def exported(filters: Filters, actor: Actor, limit: int, now: dt.datetime | None = None) -> list[Promotion]:
    """Return the promotions that a list shows, whole, and one more than the limit when there are too many."""
    rows = complete(_filtered(filters, actor, now or clock.now()))
    return list(rows.order_by("-sent_at", "-pk")[: limit + 1])


def stage_counts(actor: Actor, *, is_mine: bool = False, now: dt.datetime | None = None) -> dict[str, int]:
    """Return how many promotions each stage of the filters holds."""
    moment = now or clock.now()
    rows = _filtered(Filters(is_mine=is_mine), actor, moment)
    counts: dict[str, int] = rows.aggregate(
        **{stage: Count("pk", filter=condition) for stage, condition in _stages(moment).items()}
    )
    return counts


def waiting_for_adviser(actor: Actor, now: dt.datetime) -> QuerySet[Promotion]:
    """Return the actor's own promotions where the next step is theirs: good answers to follow up, silences to call."""
    mine = complete(Promotion.objects.visible_to(actor)).filter(adviser_id=actor.user_id)
    return mine.filter(_needs_adviser(now)).order_by("answered_at", "expires_at", "pk")


def new_answers(actor: Actor, since: dt.datetime) -> QuerySet[Promotion]:
    """Return the answers to the actor's own promotions since a moment, the newest first."""
    mine = complete(Promotion.objects.visible_to(actor)).filter(adviser_id=actor.user_id)
    return mine.filter(answered_at__gte=since).order_by("-answered_at")


def due_reminders(now: dt.datetime) -> QuerySet[Promotion]:
    """Return the promotions whose reminder must leave."""
    rows = Promotion.objects.unscoped("periodic job: reminders of every territory")
    due = rows.filter(state__in=OPEN, next_reminder_at__lte=now, expires_at__gt=now)
    return complete(due).order_by("next_reminder_at")


def due_expiries(now: dt.datetime) -> QuerySet[Promotion]:
    """Return the promotions that nobody answered in time."""
    rows = Promotion.objects.unscoped("periodic job: expiry in every territory")
    return complete(rows.filter(state__in=OPEN, expires_at__lte=now)).order_by("expires_at")


def employers_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of the employer that each promotion was sent to, for its person to read who looked."""
    rows: Any = Promotion.objects.unscoped("the person's own history")
    return dict(rows.filter(pk__in=list(ids)).values_list("pk", "establishment__name"))


def under_way(person_id: UUID) -> QuerySet[Promotion]:
    """Return the promotions of a person that an employer may still look at."""
    rows = Promotion.objects.unscoped("everything stops when the person withdraws the consent")
    return complete(rows.filter(person_id=person_id).exclude(state=PromotionState.WITHDRAWN)).order_by("pk")


def open_at(establishment_id: UUID) -> QuerySet[Promotion]:
    """Return the promotions that wait for an answer from an establishment."""
    rows = Promotion.objects.unscoped("everything stops when the establishment closes")
    return complete(rows.filter(establishment_id=establishment_id, state__in=OPEN)).order_by("pk")


def open_to(email: str) -> QuerySet[Promotion]:
    """Return the promotions that wait for an answer from the owner of an address."""
    rows = Promotion.objects.unscoped("an opposition stops what was sent from every territory")
    return complete(rows.filter(contact__email__iexact=email, state__in=OPEN)).order_by("pk")


def last_sent(establishment_ids: Collection[UUID], person: Person | None = None) -> dict[UUID, dt.datetime]:
    """Return when each establishment last received a promotion: of anybody, or of one person."""
    rows = Promotion.objects.unscoped("only dates: nobody asks the same employer twice without knowing it")
    sent = rows.filter(establishment_id__in=establishment_ids).exclude(sent_at=None)
    if person is not None:
        sent = sent.filter(person=person)
    return dict(sent.values_list("establishment_id").annotate(at=Max("sent_at")))


def locked_consent(person: Person) -> Consent | None:
    """Return the consent in force and hold it until the end of the transaction: it cannot be withdrawn meanwhile."""
    rows: Any = Consent.objects.unscoped("whether a consent is in force protects the person, whoever asks")
    mine = rows.select_for_update(no_key=True).filter(person=person, kind=ConsentKind.PROMOTION, withdrawn_at=None)
    found: Consent | None = mine.first()
    return found


def segments(actor: Actor) -> QuerySet[Segment]:
    """Return the saved searches: the actor's own, and those shared in the territory."""
    shared = Q(is_shared=True) | Q(author_id=actor.user_id)
    rows: Any = Segment.objects.visible_to(actor).filter(shared)
    found: QuerySet[Segment] = rows.select_related("agency", "author").order_by("name", "pk")
    return found


def segment(pk: UUID, actor: Actor) -> Segment:
    """Return one saved search that the actor may see, or raise Segment.DoesNotExist."""
    return segments(actor).get(pk=pk)


def ball(promotion: Promotion) -> rules.Ball:
    """Return who has to act next."""
    return rules.ball(promotion.state, is_good_news=promotion.answer in GOOD_NEWS)


def by_message(about_id: str) -> Promotion | None:
    """Return the promotion that a message is about."""
    rows = Promotion.objects.unscoped("notice: its own message came back")
    found: Promotion | None = rows.filter(pk=about_id).first()
    return found


def undelivered_at(promotion: Promotion) -> dt.datetime | None:
    """Return when the last message to the employer was given up, None when it left or waits."""
    last = mail.sent_about(promotion).filter(kind__in=["promotions.profile", "promotions.reminder"]).first()
    is_lost = last is not None and last.state in (OutboxMessage.State.FAILED, OutboxMessage.State.SUPPRESSED)
    return last.created_at if last is not None and is_lost else None


def timeline(promotion: Promotion) -> list[Moment]:
    """Return the life of a promotion: what happened, where it stands, what comes next."""
    is_open = promotion.state in OPEN
    known = [("sent", promotion.sent_at), ("opened", promotion.opened_at), ("answered", promotion.answered_at)]
    moments = [Moment(kind, "done", at) for kind, at in known if at]
    if promotion.state == PromotionState.CLOSED:
        moments.append(Moment("closed", "done", promotion.closed_at))
    if promotion.state in (PromotionState.EXPIRED, PromotionState.WITHDRAWN):
        moments.append(Moment(promotion.state, "done", promotion.closed_at or promotion.expires_at))
    if is_open and (lost_at := undelivered_at(promotion)):
        moments.append(Moment("undelivered", "current", lost_at))
        moments.append(Moment("expiry", "next", promotion.expires_at))
    elif is_open:
        moments.append(Moment("waiting", "current", promotion.opened_at or promotion.sent_at))
        moments += [Moment("reminder", "next", at) for at in [promotion.next_reminder_at] if at]
        moments.append(Moment("expiry", "next", promotion.expires_at))
    elif ball(promotion) is rules.Ball.ADVISER:
        moments.append(Moment("follow_up", "current", promotion.answered_at or promotion.expires_at))
    return moments


def adviser_name(user: User | None) -> str:
    """Return the name under which an adviser signs."""
    return user.full_name if user else ""


def _filtered(filters: Filters, actor: Actor, now: dt.datetime) -> Any:
    rows = Promotion.objects.visible_to(actor).exclude(sent_at=None)
    if filters.is_mine:
        rows = rows.filter(adviser_id=actor.user_id)
    if filters.stage:
        rows = rows.filter(_stages(now).get(filters.stage, Q()))
    for word in normalise(filters.text).split()[:5]:
        rows = rows.filter(Q(person__reference__icontains=word) | Q(establishment__search_name__contains=word))
    return rows


def _stages(now: dt.datetime) -> dict[str, Q]:
    answered = Q(state=PromotionState.ANSWERED)
    return {
        "overdue": _is_overdue(now),
        "waiting": Q(state__in=OPEN),
        "good": answered & Q(answer__in=GOOD_NEWS),
        "answered": answered & ~Q(answer__in=GOOD_NEWS),
        "expired": Q(state=PromotionState.EXPIRED),
        "closed": Q(state=PromotionState.CLOSED),
        "withdrawn": Q(state=PromotionState.WITHDRAWN),
    }


def _needs_adviser(now: dt.datetime) -> Q:
    good = Q(state=PromotionState.ANSWERED, answer__in=GOOD_NEWS)
    silent = Q(state=PromotionState.EXPIRED, expires_at__gt=now - rules.LATE_ANSWER)
    return good | silent


def _is_overdue(now: dt.datetime) -> Q:
    good = Q(state=PromotionState.ANSWERED, answer__in=GOOD_NEWS, answered_at__lt=now - rules.FOLLOW_UP)
    silent_since = (now - rules.LATE_ANSWER, now - rules.FOLLOW_UP)
    return good | Q(state=PromotionState.EXPIRED, expires_at__range=silent_since)
