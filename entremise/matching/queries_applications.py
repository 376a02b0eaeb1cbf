"""Why a candidate fits the offer she applied to: three reasons, from what her application shows and nothing else.

Whoever applies need not be in the pool: her row is worked out from her profile, as it is for herself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from entremise.kernel import clock
from entremise.matching.enums import PartName
from entremise.matching.models import PoolEntry
from entremise.matching.queries import Search, facts_of
from entremise.matching.queries_cards import SHOWN_REASONS, Reason, reasons
from entremise.matching.queries_entry import COLUMNS, ROWS, asked
from entremise.matching.queries_offers import searches_for
from entremise.offers.models import Offer
from entremise.offers.queries import skills_asked
from entremise.people.models import Person

WITH_WISHES = frozenset({PartName.DISTANCE, PartName.AVAILABILITY})


@dataclass(frozen=True, slots=True)
class Shown:
    """What an application shows, for the score not to tell the rest."""

    has_experiences: bool
    has_said_skills: bool
    has_wishes: bool


@dataclass(frozen=True, slots=True)
class Match:
    """How a candidate fits: hundredths of what could be reached with what she shows, and the best reasons."""

    percent: int
    reasons: tuple[str, ...]


def matches(offer: Offer, people: Mapping[Person, Shown]) -> dict[UUID, Match]:
    """Return why each of these people fits an offer; who has no place on the map yet has no match."""
    if not people:
        return {}
    (search,) = searches_for({offer: skills_asked(offer)})
    by_id = {person.pk: person for person in people}
    return {
        entry.person_id: _match(entry, by_id[entry.person_id], people[by_id[entry.person_id]], search)
        for entry in _entries(by_id.keys())
    }


def _entries(ids: Collection[UUID]) -> list[PoolEntry]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, asked(list(ids)))
        return [PoolEntry(**dict(zip(COLUMNS, row, strict=True)), number=0) for row in cursor.fetchall()]


def _match(entry: PoolEntry, person: Person, shown: Shown, search: Search) -> Match:
    entry.person = person
    if not shown.has_said_skills:
        entry.skill_numbers = entry.skill_numbers[: entry.validated_count]
        entry.skill_facts = entry.skill_facts[: entry.validated_count]
    if not shown.has_experiences:
        entry.experience_codes = []
    told = [one for one in reasons(facts_of(entry, search), clock.today()) if _is_told(one, shown)]
    reached, most = sum(one.points for one in told), sum(one.maximum for one in told)
    kept = [one for one in told if one.points > 0]
    best = sorted(kept, key=lambda one: -one.points / one.maximum)[:SHOWN_REASONS]
    return Match(100 * reached // most if most else 0, tuple(one.sentence for one in kept if one in best))


def _is_told(reason: Reason, shown: Shown) -> bool:
    return shown.has_wishes or reason.name not in WITH_WISHES
