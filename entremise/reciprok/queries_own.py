"""The applications as the person who made them reads them: her list, where one stands, what it lacked for an offer."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from entremise.credentials.models_certificates import CertifiedCv
from entremise.employers import queries as employers
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.offers import queries as offers
from entremise.offers.enums import Need
from entremise.offers.models import Offer
from entremise.passport.models import HeldSkill
from entremise.passport.rules_card import Card
from entremise.people.models import Person
from entremise.reciprok import queries, queries_label, rules
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import OVER, RUNNING, WAITING

PAGE = 20
GOOD = frozenset({ApplicationState.FAVOURABLE, ApplicationState.HIRED})
FILTERS: dict[str, frozenset[str]] = {
    "attente": frozenset(WAITING),
    "oui": frozenset(GOOD),
    "non": frozenset({ApplicationState.REFUSED}),
    "silence": frozenset({ApplicationState.UNANSWERED}),
    "retirees": frozenset({ApplicationState.WITHDRAWN}),
}
Key = tuple[bool, dt.datetime, UUID]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a person's applications, those under way first; the next page starts after a key."""

    rows: Sequence[Application]
    next_key: str


def listed(person: Person, actor: Actor, *, shown: str = "", after: str = "", limit: int = PAGE) -> Page:
    """Return one page of a person's applications: under way first, then over, the latest first in each."""
    rows = _ordered(queries.of_person(person, actor))
    if shown in FILTERS:
        rows = rows.filter(state__in=FILTERS[shown])
    if key := _read_key(after):
        rows = rows.filter(_after(key))
    found = list(rows[: limit + 1])
    return Page(found[:limit], _written_key(found[limit - 1]) if len(found) > limit else "")


def counts(person: Person, actor: Actor) -> dict[str, int]:
    """Return how many applications of a person each filter shows; all of them under the empty name."""
    rows: Any = Application.objects.visible_to(actor)
    by_state = dict(rows.filter(person=person).order_by().values_list("state").annotate(count=Count("pk")))
    told = {name: sum(by_state.get(state, 0) for state in states) for name, states in FILTERS.items()}
    return {"": sum(by_state.values()), **told}


def exported(person: Person, actor: Actor, most: int) -> list[Application]:
    """Return a person's applications for a file, one more than it may hold when there are too many."""
    return list(_ordered(queries.of_person(person, actor))[: most + 1])


def moving(person: Person, actor: Actor, limit: int) -> list[Application]:
    """Return the applications that moved last, those under way first."""
    return list(_ordered(queries.of_person(person, actor), "-changed_at")[:limit])


def application(pk: UUID, actor: Actor) -> Application:
    """Return one application of the actor's own with what she said of it, or raise DoesNotExist."""
    rows = queries.complete(Application.objects.visible_to(actor)).select_related("rating")
    return rows.get(pk=pk, person__user=actor.user_id)


def application_by_link(link: MailLink) -> Application:
    """Return the application that its person's own link leads to."""
    return queries.complete(Application.objects.unscoped("reached through its mail link")).get(pk=link.target_id)


def past_of(
    person: Person, offer: Offer | None, establishment: Establishment, now: dt.datetime
) -> tuple[Application | None, rules.Allowance]:
    """Return in one query what a person sent there, and how many she may still send anywhere."""
    week, day = now - dt.timedelta(days=7), now - dt.timedelta(days=1)
    there = Q(is_current=True, inbox__offer=offer, inbox__establishment=establishment)
    rows: Any = Application.objects.unscoped("the person's own, asked before she writes").filter(person=person)
    known = list(rows.filter(there | Q(sent_at__gt=week)).annotate(is_there=there).order_by("-sent_at"))
    sent = [one.sent_at for one in known if one.sent_at > week]
    last = next((one for one in known if one.is_there), None)
    return last, rules.Allowance(sum(at > day for at in sent), len(sent))


def applied_to(person: Person, offer_ids: Collection[UUID]) -> set[UUID]:
    """Return to which of these offers a person already applied."""
    rows: Any = Application.objects.unscoped("the person's own, so that she is not sent there twice")
    return set(rows.filter(person=person, inbox__offer__in=list(offer_ids)).values_list("inbox__offer", flat=True))


def draft(
    person: Person,
    offer: Offer | None,
    establishment: Establishment,
    *,
    parts: Iterable[str] = (),
    words: str = "",
    cv: CertifiedCv | None = None,
) -> Application:
    """Return an application that is not sent: to show what the employer would receive."""
    inbox = Inbox(offer=offer, establishment=establishment)
    return Application(inbox=inbox, establishment=establishment, person=person, parts=list(parts), words=words, cv=cv)


def preview(one: Application, *, is_named: bool | None = None) -> Card:
    """Return what the employer sees of an application, sent or not; its name may be kept from who prepares it."""
    named = queries.names_are_shown(one) if is_named is None else is_named
    return queries.card_of(one.person, one.parts, is_named=named)


def why_not(offer: Offer | None, establishment: Establishment, allowed: rules.Allowance) -> str:
    """Return why nobody may apply there now, or why this person may not today; empty when she may."""
    try:
        require_left(allowed)
    except ApplicationRefused as refusal:
        return why_closed(offer, establishment) or refusal.reason
    return why_closed(offer, establishment)


def why_closed(offer: Offer | None, establishment: Establishment) -> str:
    """Return why nobody may apply there now; empty when one may."""
    try:
        require_open(offer, establishment)
    except ApplicationRefused as refusal:
        return refusal.reason
    return ""


def require_open(offer: Offer | None, establishment: Establishment) -> None:
    """Raise when nobody may apply there now, with the sentence that says why and what to do."""
    try:
        employers.require_open(establishment, clock.now())
    except employers.EstablishmentClosed as closed:
        raise ApplicationRefused(closed.reason) from closed
    if queries_label.pause_of(establishment.pk, clock.now(), to_offer=offer is not None) is not None:
        raise ApplicationRefused(
            _("Cet employeur ne reçoit pas de nouvelle candidature en ce moment. Revenez dans quelques semaines.")
        )
    if offer is not None and offer.apply_url:
        raise ApplicationRefused(_("Pour cette offre, on postule sur le site du partenaire qui l'a publiée."))
    if offer is not None and not queries.is_open_to_applications(offer):
        raise ApplicationRefused(_("Cette offre n'est plus ouverte : elle ne prend plus de candidature."))
    if offer is None and not queries.recipients(None, establishment):
        raise ApplicationRefused(
            _("Personne ne lit encore les candidatures de cet employeur ici. Votre agence peut l'appeler.")
        )


def require_left(allowed: rules.Allowance) -> None:
    """Raise when a person sent enough for now."""
    if allowed.left < 1:
        raise ApplicationRefused(
            _("Vous avez envoyé beaucoup de candidatures ces derniers jours. Reprenez demain, et soignez chacune.")
        )


class Moment(StrEnum):
    """What happens, or will, to an application."""

    SENT = "sent"
    RECEIVED = "received"
    READ = "read"
    WAITING = "waiting"
    REMINDER = "reminder"
    ANSWER_BY = "answer_by"
    OVER = "over"  # by the state that closed it
    FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline: done, current (somebody has to act) or next."""

    kind: Moment
    state: str
    at: dt.datetime | None = None


def timeline(one: Application) -> list[Line]:
    """Return what happened to an application, who has to act, and what comes next."""
    past = [
        (Moment.SENT, one.sent_at),
        (Moment.RECEIVED, one.acknowledged_at),
        (Moment.READ, one.read_at),
    ]
    lines = [Line(kind, "done", at) for kind, at in past if at]
    if one.state in WAITING:
        lines.append(Line(Moment.WAITING, "current"))
        reminder = one.inbox.next_reminder_at
        if reminder and clock.now() < reminder < one.expires_at:
            lines.append(Line(Moment.REMINDER, "next", reminder))
        lines.append(Line(Moment.ANSWER_BY, "next", one.expires_at))
    elif one.state == ApplicationState.FAVOURABLE:
        lines.append(Line(Moment.FAVOURABLE, "current", one.answered_at))
    else:
        lines.append(Line(Moment.OVER, "done", one.closed_at or one.changed_at))
    return lines


@dataclass(frozen=True, slots=True)
class GapLine:
    """One skill that the offer asks for: held with a proof, only said (to have confirmed), or not in the passport."""

    skill_id: UUID
    label: str
    is_essential: bool
    held_id: UUID | None
    assurance: int

    @property
    def is_proved(self) -> bool:
        """Tell whether somebody confirmed it."""
        return self.assurance > 0


@dataclass(frozen=True, slots=True)
class Gap:
    """What the offer asked for beside what the passport shows."""

    lines: tuple[GapLine, ...] = ()

    @property
    def missing(self) -> list[GapLine]:
        """Return what the passport does not have."""
        return [line for line in self.lines if line.held_id is None]

    @property
    def to_prove(self) -> list[GapLine]:
        """Return what the person says, and nobody confirmed yet."""
        return [line for line in self.lines if line.held_id is not None and not line.is_proved]

    @property
    def proved(self) -> list[GapLine]:
        """Return what is confirmed already."""
        return [line for line in self.lines if line.is_proved]


def gap(one: Application) -> Gap:
    """Return the skills that the offer asks for, beside those of the person today; nothing for no offer."""
    offer = one.inbox.offer
    asked = offers.skills_asked(offer) if offer else []
    if not asked:
        return Gap()
    rows: Any = HeldSkill.objects.unscoped("the person reads her own")
    mine = rows.filter(person=one.person_id, skill__in=[row.skill_id for row in asked])
    held = {skill: (pk, assurance) for skill, pk, assurance in mine.values_list("skill_id", "pk", "assurance")}
    return Gap(tuple(_line(row, *held.get(row.skill_id, (None, 0))) for row in asked))


def _line(row: Any, held_id: UUID | None, assurance: int) -> GapLine:
    return GapLine(row.skill_id, row.skill.label, row.need == Need.ESSENTIAL, held_id, assurance)


def _ordered(rows: QuerySet[Application], by: str = "-sent_at") -> QuerySet[Application]:
    over = Case(When(state__in=OVER, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(is_over=over).order_by("is_over", by, "-pk")


def _after(key: Key) -> Q:
    is_over, sent_at, pk = key
    group = Q(state__in=OVER if is_over else RUNNING)
    later = group & (Q(sent_at__lt=sent_at) | Q(sent_at=sent_at, pk__lt=pk))
    return later if is_over else later | Q(state__in=OVER)


def _read_key(text: str) -> Key | None:
    """Read where the previous page ended; a key that was cut or changed starts from the beginning."""
    group, _cut, rest = text.partition("_")
    moment, _cut, pk = rest.partition("_")
    try:
        return group == "1", dt.datetime.fromtimestamp(int(moment) / 1_000_000, dt.UTC), UUID(pk)
    except (ValueError, OverflowError, OSError):
        return None


def _written_key(one: Application) -> str:
    micro = int(one.sent_at.timestamp()) * 1_000_000 + one.sent_at.microsecond
    return f"{int(one.state in OVER)}_{micro}_{one.pk}"
