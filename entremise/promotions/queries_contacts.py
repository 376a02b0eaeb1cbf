"""Whom to ask: the contacts that a promotion of one person should reach first, and why."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from entremise.employers import queries as employers
from entremise.employers.models import Contact, Establishment
from entremise.kernel import clock, suppression
from entremise.kernel.actors import Actor
from entremise.lib.geo import Point, bounding_box, distance_km, rounded_km
from entremise.people.models import Person
from entremise.promotions import rules
from entremise.promotions.enums import GOOD_NEWS, Answer
from entremise.promotions.models import Promotion
from entremise.territories.models import Commune

SUGGESTED = 8
CANDIDATES = 60
WELCOMING = GOOD_NEWS | {Answer.KEPT}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One contact with what an adviser should know before asking."""

    contact: Contact
    is_same_trade: bool
    is_same_sector: bool
    distance_km: int | None
    last_answer: str
    last_answered_at: dt.datetime | None
    last_sent_at: dt.datetime | None  # anybody, to this establishment
    same_person_sent_at: dt.datetime | None
    is_duplicate: bool
    can_be_asked: bool
    paused_until: dt.datetime | None = None  # the profile would leave then

    @property
    def days_since_last(self) -> int | None:
        """Return how many days ago this employer last received a promotion."""
        return (clock.now() - self.last_sent_at).days if self.last_sent_at else None

    @property
    def last_answer_label(self) -> str:
        """Return the last answer of this employer, in words."""
        return str(Answer(self.last_answer).label) if self.last_answer else ""


def suggested_contacts(person: Person, actor: Actor, codes: Sequence[str], limit: int = SUGGESTED) -> list[Suggestion]:
    """Return whom to ask first about a person: same trade, privileged, last to answer; one an establishment."""
    rows = _near(_reachable(actor), person.commune, person.mobility_km)
    ranked = _annotated(rows, person, codes).order_by(
        F("is_same_trade").desc(),
        F("is_same_sector").desc(),
        "-is_privileged",
        F("last_answered_at").desc(nulls_last=True),
        "name",
        "pk",
    )
    best = _suggestions(_one_each(ranked[:CANDIDATES]), person)
    return sorted(best, key=lambda one: one.is_duplicate)[:limit]  # who knows her already comes last


def contacts_at(
    establishment_ids: Collection[UUID], person: Person, actor: Actor, codes: Sequence[str]
) -> list[Suggestion]:
    """Return every contact of some establishments, with the same facts."""
    rows = Contact.objects.visible_to(actor).filter(establishment_id__in=establishment_ids)
    return _suggestions(list(employers.by_suggestion(_annotated(rows, person, codes))), person)


def contacts(ids: Iterable[UUID], actor: Actor) -> list[Contact]:
    """Return the contacts chosen by an adviser, among those of the territory."""
    rows = Contact.objects.visible_to(actor).filter(pk__in=list(ids))
    return list(rows.select_related("establishment__commune").order_by("establishment__name", "name"))


def _reachable(actor: Actor) -> QuerySet[Contact]:
    today = clock.today()
    is_open = Q(establishment__closed_on=None) | Q(establishment__closed_on__gt=today)
    return Contact.objects.visible_to(actor).filter(is_open, opposed_at=None).exclude(email="")


def _near(rows: QuerySet[Contact], commune: Commune | None, radius_km: int) -> QuerySet[Contact]:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return rows
    box = bounding_box(Point(commune.latitude, commune.longitude), max(radius_km, 1))
    return rows.filter(
        establishment__commune__latitude__range=(box.south, box.north),
        establishment__commune__longitude__range=(box.west, box.east),
    )


def _annotated(rows: QuerySet[Contact], person: Person, codes: Sequence[str]) -> QuerySet[Contact]:
    here = Promotion.objects.unscoped("only counts and dates about the establishment").filter(
        establishment=OuterRef("establishment")
    )
    welcomed = here.filter(answer__in=WELCOMING, person__wishes__occupation__rome_code__in=list(codes))
    answered = here.exclude(answered_at=None).order_by("-answered_at")
    sector = Q(pk__in=[])
    for division in sorted(rules.sectors_of(codes)):
        sector |= Q(establishment__naf__code__startswith=division)
    return rows.select_related("establishment__commune", "establishment__naf").annotate(
        is_same_trade=Exists(welcomed),
        is_same_sector=ExpressionWrapper(sector, output_field=BooleanField()),
        last_answer=Subquery(answered.values("answer")[:1]),
        last_answered_at=Subquery(answered.values("answered_at")[:1]),
        last_sent_at=Subquery(here.exclude(sent_at=None).order_by("-sent_at").values("sent_at")[:1]),
        same_person_sent_at=Subquery(
            here.filter(person=person).exclude(sent_at=None).order_by("-sent_at").values("sent_at")[:1]
        ),
    )


def _one_each(rows: Iterable[Contact]) -> list[Contact]:
    best: dict[UUID, Contact] = {}
    for contact in rows:
        best.setdefault(contact.establishment_id, contact)
    return list(best.values())


def _suggestions(rows: list[Contact], person: Person) -> list[Suggestion]:
    now = clock.now()
    today = clock.today()
    paused = suppression.pauses_of(row.email for row in rows)
    return [
        Suggestion(
            contact=row,
            is_same_trade=bool(row.is_same_trade),  # type: ignore[attr-defined]  # annotated above, as the others
            is_same_sector=bool(row.is_same_sector),  # type: ignore[attr-defined]
            distance_km=_distance(person.commune, row.establishment.commune),
            last_answer=row.last_answer or "",  # type: ignore[attr-defined]
            last_answered_at=row.last_answered_at,  # type: ignore[attr-defined]
            last_sent_at=row.last_sent_at,  # type: ignore[attr-defined]
            same_person_sent_at=row.same_person_sent_at,  # type: ignore[attr-defined]
            is_duplicate=rules.is_duplicate(row.same_person_sent_at, now),  # type: ignore[attr-defined]
            can_be_asked=bool(row.email) and row.opposed_at is None and _is_open(row.establishment, today),
            paused_until=paused.get(row.email),
        )
        for row in rows
    ]


def _is_open(establishment: Establishment, today: dt.date) -> bool:
    return establishment.closed_on is None or establishment.closed_on > today


def _distance(here: Commune | None, there: Commune) -> int | None:
    if here is None or None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    return rounded_km(
        distance_km(Point(here.latitude or 0, here.longitude or 0), Point(there.latitude or 0, there.longitude or 0))
    )
