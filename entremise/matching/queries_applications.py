"""Why a candidate fits the offer she applied to: three reasons, from what her application shows and nothing else.

Whoever applies need not be in the pool: her row is worked out from her profile, as it is for herself.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from entremise.kernel import clock
from entremise.matching import rules
from entremise.matching.enums import PartName
from entremise.matching.models import PoolEntry
from entremise.matching.queries import Search, facts_of
from entremise.matching.queries_cards import SHOWN_REASONS, reasons
from entremise.matching.queries_entry import COLUMNS, ROWS, asked
from entremise.matching.queries_offers import searches_for
from entremise.matching.queries_reverse import skills_by_offer
from entremise.offers.models import Offer
from entremise.territories.models import Commune

WITH_WISHES = frozenset({PartName.DISTANCE, PartName.AVAILABILITY})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an application shows, for the score not to tell the rest; and where the person lives."""

    home: Commune | None
    has_experiences: bool
    has_said_skills: bool
    has_wishes: bool


@dataclass(frozen=True, slots=True)
class Match:
    """How a candidate fits: hundredths of what could be reached with what she shows; why, when it is asked."""

    percent: int
    facts: rules.Facts
    today: dt.date
    has_wishes: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the sentences that count most: they are said for the few that a page shows."""
        told = [
            one for one in reasons(self.facts, self.today) if one.points > 0 and _is_told(one.name, self.has_wishes)
        ]
        best = sorted(told, key=lambda one: -one.points / one.maximum)[:SHOWN_REASONS]
        return tuple(one.sentence for one in told if one in best)


def matches(offer: Offer, candidates: Mapping[UUID, Candidate]) -> dict[UUID, Match]:
    """Return why each of these people fits an offer; who has no place on the map yet has no match."""
    return matches_by_offer({offer: candidates})[offer] if candidates else {}


def matches_by_offer(wanted: Mapping[Offer, Mapping[UUID, Candidate]]) -> dict[Offer, dict[UUID, Match]]:
    """Return the same for several offers, in as many queries as for one."""
    skills, today = skills_by_offer(wanted), clock.today()
    searches = searches_for({offer: skills.get(offer.pk, []) for offer in wanted})
    rows = _rows({pk for candidates in wanted.values() for pk in candidates})
    return {
        offer: {pk: _match(_entry(rows[pk]), one, search, today) for pk, one in candidates.items() if pk in rows}
        for (offer, candidates), search in zip(wanted.items(), searches, strict=True)
    }


def _rows(ids: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, asked(list(ids)))
        return {row[0]: row for row in cursor.fetchall()}  # the first of `COLUMNS` is the person


def _entry(row: tuple[Any, ...]) -> PoolEntry:
    """Return an entry of its own for each application, since what one does not show is taken out of it."""
    return PoolEntry(**dict(zip(COLUMNS, row, strict=True)), number=0)


def _match(entry: PoolEntry, one: Candidate, search: Search, today: dt.date) -> Match:
    if not one.has_said_skills:
        entry.skill_numbers = entry.skill_numbers[: entry.validated_count]
        entry.skill_facts = entry.skill_facts[: entry.validated_count]
    if not one.has_experiences:
        entry.experience_codes = []
    facts = facts_of(entry, search, one.home)
    told = [part for part in rules.parts(facts, today) if _is_told(part.name, one.has_wishes)]
    reached, most = sum(part.points for part in told), sum(part.maximum for part in told)
    return Match(100 * reached // most if most else 0, facts, today, one.has_wishes)


def _is_told(name: PartName, has_wishes: bool) -> bool:
    return has_wishes or name not in WITH_WISHES
