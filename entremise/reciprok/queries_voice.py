"""Reads of what people say of a recruitment: ratings shown, ratings to read, reports to deal with."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, QuerySet
from django.db.models import Count as Total

from entremise.kernel import clock, journal
from entremise.kernel.actors import Actor
from entremise.offers.queries_public import is_shown
from entremise.reciprok import rules_voice as rules
from entremise.reciprok.enums import RatingState, ReportState, Verb
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Rating

MOST_WORDS = 20
WHOLE = ("application__inbox__offer", "application__person", "establishment__commune")


@dataclass(frozen=True, slots=True)
class Said:
    """One person's words, without any name: the month, and nothing that tells who."""

    words: str
    month: dt.date
    average: float


@dataclass(frozen=True, slots=True)
class ShownRatings:
    """What candidates say of an employer: averages out of five, and the words that somebody read before."""

    people: int
    courtesy: float
    clarity: float
    speed: float
    said: tuple[Said, ...]


def shown_ratings(establishment_id: UUID) -> ShownRatings | None:
    """Return the public ratings of an establishment, nothing before five different people gave theirs."""
    rows: Any = Rating.objects.unscoped("published ratings are public figures, without any name")
    published = rows.filter(establishment=establishment_id, state=RatingState.PUBLISHED)
    told = published.aggregate(
        people=Total("application__person", distinct=True),
        courtesy=Avg("courtesy"),
        clarity=Avg("clarity"),
        speed=Avg("speed"),
    )
    if not rules.are_shown(told["people"]):
        return None
    worded = published.exclude(words="").order_by("-given_at", "pk")[:MOST_WORDS]
    averages = {name: round(told[name], 1) for name in ("courtesy", "clarity", "speed")}
    return ShownRatings(people=told["people"], said=tuple(map(_said, worded)), **averages)


def ratings_waiting(actor: Actor) -> QuerySet[Rating]:
    """Return the ratings of the territory that somebody must read, the oldest first."""
    rows: Any = Rating.objects.visible_to(actor).filter(state=RatingState.WAITING)
    found: QuerySet[Rating] = rows.select_related(*WHOLE).order_by("given_at", "pk")
    return found


def rating(pk: UUID, actor: Actor) -> Rating:
    """Return one rating that the actor may see, or raise DoesNotExist."""
    rows: Any = Rating.objects.visible_to(actor)
    found: Rating = rows.select_related(*WHOLE, "application__inbox__agency").get(pk=pk)
    return found


def reports_open(actor: Actor) -> QuerySet[AbuseReport]:
    """Return the reports of the territory to deal with, the first due first."""
    rows: Any = AbuseReport.objects.visible_to(actor).filter(state=ReportState.OPEN)
    found: QuerySet[AbuseReport] = _of(rows).order_by("due_on", "reported_at", "pk")
    return found


def report(pk: UUID, actor: Actor) -> AbuseReport:
    """Return one report that the actor may see, or raise DoesNotExist."""
    rows: Any = AbuseReport.objects.visible_to(actor)
    found: AbuseReport = _of(rows).get(pk=pk)
    return found


def reports_of(application: Application, actor: Actor) -> QuerySet[AbuseReport]:
    """Return the reports about one application, the latest first; a person sees her own alone."""
    rows: Any = AbuseReport.objects.visible_to(actor).filter(application=application)
    if not actor.is_professional:
        rows = rows.filter(person__user_id=actor.user_id)
    found: QuerySet[AbuseReport] = rows.order_by("-reported_at", "-pk")
    return found


def may_rate(application: Application) -> bool:
    """Tell whether the process is over for this person, or for everybody."""
    offer = application.inbox.offer
    return rules.may_rate(application.state, is_offer_over=offer is not None and not is_shown(offer))


def was_contested(application: Application) -> bool:
    """Tell whether the person already said that she did not want this application."""
    return journal.history(application).filter(verb=str(Verb.CONTESTED_APPLICATION)).exists()


def _of(rows: Any) -> Any:
    return rows.select_related(
        "application__inbox__offer", "application__inbox__agency", "application__person",
        "application__establishment__commune", "person",
    )  # fmt: skip


def _said(row: Rating) -> Said:
    month = clock.local(row.given_at).date().replace(day=1)
    return Said(row.words, month, rules.average((row.courtesy, row.clarity, row.speed)))
