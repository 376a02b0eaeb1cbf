"""Offers for a person: the same engine and the same score as people for an offer, read from the other side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from entremise.kernel import access, clock
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_traits
from entremise.matching.engine import ranking
from entremise.matching.engine.search import Answer, Request
from entremise.matching.enums import OfferSort
from entremise.matching.models import PoolEntry
from entremise.matching.queries import PAGE, SPARE, Cursor, facets_of, facts_of, living_rows
from entremise.matching.queries_entry import entry_for_herself
from entremise.matching.queries_links import links_of
from entremise.matching.queries_offers import searches_for
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.queries import complete
from entremise.people.models import Person

WIDER_KM = 20  # proposed when the distance keeps offers away
ORDERS = {
    OfferSort.RELEVANCE: ranking.BY_POINTS,
    OfferSort.NEAREST: ranking.NEAREST_FIRST,
    OfferSort.RECENT: ranking.RECENT_FIRST,
}
OPEN = {rules_traits.OPEN_OFFER_BIT: 1 << rules_traits.OPEN_OFFER_BIT}


@dataclass(frozen=True, slots=True)
class OfferCriteria:
    """Which of the offers that fit a person are shown; everything is optional."""

    contract: str = ""
    working_time: str = ""
    radius_km: int | None = None  # nearer than the person's own mobility
    sort: str = OfferSort.RELEVANCE


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """One offer found, with what its card shows."""

    offer: Offer
    asked: Sequence[OfferSkill]
    facts: rules.Facts
    score: int


@dataclass(frozen=True, slots=True)
class OffersPage:
    """One page of the offers for a person, best first; counts of each filter value; what keeps others away."""

    found: list[FoundOffer]
    total: int
    facets: dict[str, dict[str, int]]
    next_after: Cursor | None
    lacks_place: bool = False  # the profile says no commune, or one that is not on the map
    lacks_job: bool = False  # the profile names no occupation, wished or exercised


def offers_for(
    person: Person,
    *,
    actor: Actor,
    criteria: OfferCriteria | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
) -> OffersPage:
    """Return the open offers that a person fits, best first; where her profile says too little, say what it lacks."""
    access.require("matching.see_offers", actor, person)
    entry = entry_for_herself(person)
    if entry is None or not (entry.occupation_codes or entry.experience_codes):
        return OffersPage([], 0, {}, None, lacks_place=entry is None, lacks_job=entry is not None)
    asked = request_for(entry, actor, criteria or OfferCriteria())
    (answer,) = feed.OFFERS.search([replace(asked, wanted=limit + SPARE, below=after)])
    found, last = _shown(answer, entry, actor, limit)
    return OffersPage(found, answer.total, facets_of(answer, rules_traits.required()), last)


def count_offers(person: Person, *, actor: Actor) -> int:
    """Return how many open offers a person fits."""
    return offers_for(person, actor=actor, limit=0).total


def more_offers(person: Person, *, actor: Actor) -> list[tuple[str, int]]:
    """Return, for each thing that keeps offers away, how many more there would be without it; most helpful first.

    Names are filter values that the profile does not have ("licence:b"), or "mobility" for twenty kilometres more.
    """
    access.require("matching.see_offers", actor, person)
    entry = entry_for_herself(person)
    if entry is None:
        return []
    usual = replace(request_for(entry, actor, OfferCriteria()), wanted=0, with_counts=False)
    wider = {"mobility": replace(usual, own_km=entry.mobility_km + WIDER_KM)}
    for rank in usual.forbidden:
        name = rules_traits.TRAITS[rank]
        wider[name] = replace(usual, forbidden=[other for other in usual.forbidden if other != rank])
    now, *then = (answer.total for answer in feed.OFFERS.search([usual, *wider.values()]))
    gained = [(name, count - now) for name, count in zip(wider, then, strict=True) if count > now]
    return sorted(gained, key=lambda pair: (-pair[1], pair[0]))


def explain_offer(person: Person, offer: Offer) -> rules.Facts | None:
    """Return what the score of one offer is made of for a person; None when her profile has no place yet."""
    entry = entry_for_herself(person)
    if entry is None:
        return None
    (search,) = searches_for({offer: skills_by_offer([offer]).get(offer.pk, [])})
    return facts_of(entry, search)


def request_for(entry: PoolEntry, actor: Actor, criteria: OfferCriteria) -> Request:
    """Say a profile in the engine's numbers: what she holds, seeks, accepts. A professional keeps to the territory."""
    today = rules.day_number(clock.today())
    lacking = rules_traits.lacking(entry.traits)
    if criteria.working_time:
        lacking += [
            rules_traits.place(f"working_time:{other}") for other in {"full", "part"} - {criteria.working_time}
        ]
    contract = f"contract:{criteria.contract}"
    asked = {rules_traits.place(contract): rules_traits.siblings(contract)} if criteria.contract else {}
    return Request(
        today=today,
        departments=actor.departments if actor.is_professional else None,
        commune=entry.commune_code,
        radius_km=criteria.radius_km,
        own_km=entry.mobility_km,
        own_proved=entry.validated_count,
        skills={number: skill.weight(today) for number, skill in entry.held.items()},
        wished=links_of(entry),
        occupation_required=True,
        asked=OPEN | asked,
        forbidden=sorted(set(lacking)),
        order=ORDERS[OfferSort(criteria.sort)],
        seed=entry.number,
    )


def _shown(answer: Answer, entry: PoolEntry, actor: Actor, limit: int) -> tuple[list[FoundOffer], Cursor | None]:
    """Read the offers found, in their order, without those closed since; say where the next page starts."""
    numbers = [hit.number for hit in answer.hits]
    rows = (
        complete(Offer.objects.visible_to(actor).filter(number__in=numbers, state=OfferState.OPEN)) if numbers else []
    )
    by_number = {row.number: row for row in rows}
    living, last = living_rows(answer, by_number, limit)
    return found_offers(living, entry), last


def found_offers(offers: Sequence[Offer], entry: PoolEntry) -> list[FoundOffer]:
    """Return offers with what links each to a profile."""
    asked = skills_by_offer(offers)
    searches = searches_for({offer: asked.get(offer.pk, []) for offer in offers})
    found = []
    for offer, search in zip(offers, searches, strict=True):
        facts = facts_of(entry, search)
        found.append(FoundOffer(offer, asked.get(offer.pk, []), facts, rules.score(facts, search.today)))
    return found


def skills_by_offer(offers: Iterable[Offer]) -> Mapping[UUID, list[OfferSkill]]:
    """Return the skills that each offer asks for, the most needed first."""
    rows: Any = OfferSkill.objects.unscoped("the offers were read by who may see them").filter(offer__in=list(offers))
    found: dict[UUID, list[OfferSkill]] = {}
    for row in rows.select_related("skill").order_by("-need", "skill__label"):
        found.setdefault(row.offer_id, []).append(row)
    return found
