"""Who recruits people like me: establishments near a person whose offers, hires and answers of two years tell it.

The hidden market counts as much as offers: an employer who answered well to a profile promoted without any offer, for
the same occupations, is shown too. Each establishment comes with the facts that put it there.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from entremise.employers.models import Establishment
from entremise.kernel import access
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_recruiting
from entremise.matching.models import PoolEntry
from entremise.matching.queries import metres_between
from entremise.matching.queries_entry import entry_for_herself
from entremise.matching.queries_links import links_of
from entremise.matching.queries_reverse import OfferCriteria, request_for
from entremise.matching.queries_rows_offers import first_told
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.promotions.enums import GOOD_NEWS, Answer, Outcome
from entremise.promotions.models import Promotion
from entremise.territories.models import Commune

READ_OFFERS = 500  # the best of those that fit: enough to know the employers of a life's radius
SHOWN = 20
WELCOME = frozenset({*GOOD_NEWS, Answer.KEPT})


@dataclass(frozen=True, slots=True)
class Recruiter:
    """An establishment that recruits people like somebody, and why it is said so."""

    establishment: Establishment
    evidence: rules_recruiting.Evidence
    distance_m: int
    link_points: int  # of the closest occupation it recruits
    score: int


def recruiters_for(person: Person, *, actor: Actor, limit: int = SHOWN) -> list[Recruiter]:
    """Return the establishments that recruit people like this one within her mobility, the best told first."""
    access.require("matching.see_offers", actor, person)
    entry = entry_for_herself(person)
    if entry is None or person.commune is None:
        return []
    evidence, links = _told(entry, actor)
    rows = Establishment.objects.filter(pk__in=evidence, closed_on=None).select_related("commune", "naf")
    found = [_recruiter(row, evidence[row.pk], links[row.pk], entry, person.commune) for row in rows]
    near = [one for one in found if one.distance_m <= 1000 * entry.mobility_km]
    return sorted(near, key=lambda one: (-one.score, one.distance_m, one.establishment.pk))[:limit]


def _told(entry: PoolEntry, actor: Actor) -> tuple[dict[UUID, rules_recruiting.Evidence], dict[UUID, int]]:
    """Return what offers, hires and answers tell of each establishment, and its closest occupation's points."""
    points = links_of(entry)
    offers, links = _from_offers(entry, actor, points)
    answers = _from_answers(entry, points, links)
    evidence = {
        pk: rules_recruiting.Evidence(**offers.get(pk, {}), **answers.get(pk, {}))
        for pk in offers.keys() | answers.keys()
    }
    return evidence, links


def _from_offers(
    entry: PoolEntry, actor: Actor, points: Mapping[int, int]
) -> tuple[dict[UUID, dict[str, int]], dict[UUID, int]]:
    """Count the open offers and those filled or closed, among the best for the profile, whatever they require."""
    request = replace(
        request_for(entry, actor, OfferCriteria()), asked={}, forbidden=(), wanted=READ_OFFERS, with_counts=False
    )
    (answer,) = feed.OFFERS.search([request])
    rows: Any = Offer.objects.unscoped("who recruits is public; no offer is shown, they are counted").filter(
        number__in=[hit.number for hit in answer.hits]
    )
    counts: dict[UUID, Counter[str]] = {}
    links: dict[UUID, int] = {}
    told = rows.values_list("establishment_id", "state", "close_reason", "occupation__rome_code")
    for pk, state, reason, code in told if answer.hits else ():
        kind = (
            "open_count"
            if state == OfferState.OPEN
            else "filled_count"
            if reason == CloseReason.FILLED
            else "past_count"
        )
        counts.setdefault(pk, Counter())[kind] += 1
        links[pk] = max(links.get(pk, 0), points.get(rules.occupation_number(code), 0))
    return {pk: dict(counter) for pk, counter in counts.items()}, links


def _from_answers(entry: PoolEntry, points: Mapping[int, int], links: dict[UUID, int]) -> dict[UUID, dict[str, int]]:
    """Count who was hired, and who was welcomed, among the profiles promoted for the same occupations."""
    rows: Any = Promotion.objects.unscoped("counts by establishment: nobody is shown").filter(
        person__wishes__occupation__rome_code__in={*entry.occupation_codes, *entry.experience_codes},
        establishment__commune__department=entry.department,
        answered_at__gte=first_told(),
    )
    told = rows.values_list("pk", "establishment_id", "outcome", "answer", "person__wishes__occupation__rome_code")
    found: dict[UUID, Counter[str]] = {}
    counted = set()  # a person may seek two of the occupations
    for promotion, pk, outcome, answer, code in told:
        is_hired, is_welcome = outcome == Outcome.HIRED, answer in WELCOME
        if not (is_hired or is_welcome):
            continue
        links[pk] = max(links.get(pk, 0), points.get(rules.occupation_number(code), 0))
        if promotion not in counted:
            found.setdefault(pk, Counter())["hired_count" if is_hired else "welcomed_count"] += 1
            counted.add(promotion)
    return {pk: dict(counter) for pk, counter in found.items()}


def _recruiter(
    row: Establishment, evidence: rules_recruiting.Evidence, link: int, entry: PoolEntry, home: Commune
) -> Recruiter:
    metres = metres_between(home, row.commune) or 0
    score = rules_recruiting.score(evidence, link, metres, entry.mobility_km)
    return Recruiter(row, evidence, metres, link, score)
