"""Reads of the contested results: what a result is made of now, who contests what, what waits for an answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from entremise.kernel import clock
from entremise.kernel.actors import LEADS, Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_contest
from entremise.matching.enums import PartName
from entremise.matching.enums_contest import ContestSide, ContestState, ContestVerdict
from entremise.matching.models import PoolEntry
from entremise.matching.models_contest import Contest
from entremise.matching.queries import Search, facts_of, prepare, request_of
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_entry import entry_for_herself, entry_of
from entremise.matching.queries_offers import explain_for
from entremise.matching.queries_words import part_title
from entremise.offers.models import Offer
from entremise.people.models import Person

SHOWN = 50  # waiting contests on the page: the oldest first
ANSWERED_SHOWN = 20
FIGURES_DAYS = 90
NOTHING: list[rules.Part] = []


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it stands: the parts of its score, and its rank when it is among the first thousand."""

    parts: list[rules.Part]
    position: int | None = None
    is_in_pool: bool = True


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One part of a score as a contest keeps it, in words."""

    label: str
    points: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contest that waits, with until when its answer is in time."""

    contest: Contest
    due_on: dt.date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the contests of the last ninety days."""

    received: int
    answered: int
    in_time: int
    corrected: int


def result_of_search(person: Person, criteria: PoolCriteria, actor: Actor) -> Result:
    """Return what a search says of a person now: what she has for each part, and where she stands."""
    entry = entry_of(person)
    if entry is None:
        return Result(NOTHING, is_in_pool=False)
    (search,) = prepare([criteria])
    return Result(rules.parts(facts_of(entry, search), search.today), _position(entry, search, actor))


def result_for_offer(person: Person, offer: Offer | None) -> Result:
    """Return what an offer, or no offer in particular, says of a person now; the rank of others is not hers to know.

    As on the page of her offers, the points are those that she would have if she agreed to be promoted.
    """
    entry = entry_for_herself(person)
    if entry is None:
        return Result(NOTHING, is_in_pool=False)
    if offer is not None:
        return Result(explain_for(entry, offer))
    (search,) = prepare([PoolCriteria()])
    return Result(rules.parts(facts_of(entry, search), search.today))


def offer_to_contest(pk: UUID, actor: Actor) -> Offer | None:
    """Return an offer that the person may see, None when there is none."""
    return Offer.objects.visible_to(actor).select_related("commune", "occupation").filter(pk=pk).first()


def person_in_territory(pk: UUID, actor: Actor) -> Person:
    """Return a person of the actor's territory, or raise Person.DoesNotExist."""
    return Person.objects.visible_to(actor).get(pk=pk)


def mine(person: Person, actor: Actor, *, query: str | None = None, offer: Offer | None = None) -> list[Contest]:
    """Return what the actor contested about a person, the newest first; of one search or offer when it is told."""
    rows = Contest.objects.visible_to(actor).filter(person=person, author_id=actor.user_id)
    if query is not None:
        rows = rows.filter(query=query, side=ContestSide.ADVISER)
    if offer is not None:
        rows = rows.filter(offer=offer)
    return list(_complete(rows).order_by("-created_at", "-pk"))


def contest_of(pk: UUID, actor: Actor) -> Contest:
    """Return one contest that the actor wrote or may answer, or raise Contest.DoesNotExist."""
    return _complete(Contest.objects.visible_to(actor)).get(pk=pk)


def waiting(actor: Actor) -> list[Waiting]:
    """Return the contests of the territory that wait for an answer, the oldest first."""
    today = clock.today()
    rows = _complete(_of_territory(actor).filter(state=ContestState.RECEIVED)).order_by("created_at", "pk")
    return [standing(contest, today) for contest in rows[:SHOWN]]


def standing(contest: Contest, today: dt.date) -> Waiting:
    """Say until when a contest waits in time."""
    received_on = clock.local(contest.created_at).date()
    return Waiting(contest, rules_contest.due_on(received_on), rules_contest.is_late(received_on, today))


def waiting_count(actor: Actor) -> int:
    """Return how many contests of the territory wait for an answer."""
    return _of_territory(actor).filter(state=ContestState.RECEIVED).count() if actor.has(*LEADS) else 0


def answered(actor: Actor) -> Sequence[Contest]:
    """Return the last contests of the territory that were answered."""
    rows = _complete(_of_territory(actor).filter(state=ContestState.ANSWERED))
    return list(rows.order_by("-answered_at", "-pk")[:ANSWERED_SHOWN])


def figures(actor: Actor) -> Figures:
    """Count what the last ninety days received, answered, answered within the week, and corrected."""
    since = clock.now() - dt.timedelta(days=FIGURES_DAYS)
    is_answered = Q(state=ContestState.ANSWERED)
    week = dt.timedelta(days=rules_contest.ANSWER_DAYS)
    counted: dict[str, int] = _of_territory(actor).filter(created_at__gte=since).aggregate(
        received=Count("pk", filter=~Q(state=ContestState.WITHDRAWN)),
        answered=Count("pk", filter=is_answered),
        in_time=Count("pk", filter=is_answered & Q(answered_at__date__lte=F("created_at__date") + week)),
        corrected=Count("pk", filter=is_answered & Q(verdict=ContestVerdict.CORRECTED)),
    )  # fmt: skip
    return Figures(**counted)


def answers_for(actor: Actor, since: dt.datetime) -> QuerySet[Contest]:
    """Return the answers given lately to what an adviser contested, the newest first."""
    rows = Contest.objects.visible_to(actor).filter(author_id=actor.user_id, side=ContestSide.ADVISER)
    return _complete(rows).filter(state=ContestState.ANSWERED, answered_at__gte=since).order_by("-answered_at", "-pk")


def kept_parts(contest: Contest) -> list[KeptPart]:
    """Return the parts of the score that a contest keeps, in words."""
    return [KeptPart(part_title(PartName(name)), points, maximum) for name, points, maximum in contest.parts]


def _of_territory(actor: Actor) -> QuerySet[Contest]:
    return Contest.objects.visible_to(actor).filter(person__department__in=actor.departments)


def _complete(rows: Any) -> QuerySet[Contest]:
    found: QuerySet[Contest] = rows.select_related("person", "author", "answered_by", "offer__commune")
    return found


def _position(entry: PoolEntry, search: Search, actor: Actor) -> int | None:
    request = replace(request_of(search, actor), wanted=rules_contest.RANKED, with_counts=False)
    (answer,) = feed.PEOPLE.search([request])
    numbers = [hit.number for hit in answer.hits]
    return numbers.index(entry.number) + 1 if entry.number in numbers else None
