"""The pool search: criteria in, a page of explained profiles out; the engine finds, the database has the last word."""

import datetime as dt
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_traits
from entremise.matching.engine import filters, geography, ranking
from entremise.matching.engine.index import Index
from entremise.matching.engine.score import EXERCISED, NEAR, USUAL_NEED, WISHED
from entremise.matching.engine.search import Answer, Request
from entremise.matching.enums import PoolSort, SkillMode
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import MAX_RADIUS_KM, PoolCriteria
from entremise.matching.queries_links import near_of
from entremise.skills.models import Skill
from entremise.territories.models import Commune

Cursor = tuple[int, int]
Row = TypeVar("Row")
PAGE = 20  # profiles on one page of the pool
SPARE = 10  # rows asked beyond a page: some may have left the pool since the index last read it
UNKNOWN = -1  # numbers of skills that do not exist: -1, -2…
ORDERS = {
    PoolSort.RELEVANCE: ranking.BY_POINTS,
    PoolSort.NEAREST: ranking.NEAREST_FIRST,
    PoolSort.RECENT: ranking.RECENT_FIRST,
}
MODES = {SkillMode.ANY: filters.ANY_SKILL, SkillMode.ALL: filters.ALL_SKILLS}
SHOWN = (
    "number", "mobility_km", "validated_count", "available_on", "last_promoted_at", "occupation_codes",
    "experience_codes", "skill_numbers", "skill_facts", "person__reference", "person__commune__name",
    "person__commune__latitude", "person__commune__longitude",
)  # fmt: skip
RELAXED = (
    "occupations", "commune", "radius_km", "department", "zone", "skills", "contract", "not_promoted_days",
    "available_by", "working_time", "schedule", "licence", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One profile found, with what its card shows."""

    person_id: UUID
    score: int
    distance_km: float | None
    entry: PoolEntry
    facts: rules.Facts


@dataclass(frozen=True, slots=True)
class PoolPage:
    """One page of a search: best first, ties drawn; counts per filter value given the other filters."""

    found: list[Found]
    total: int
    facets: dict[str, dict[str, int]]
    next_after: Cursor | None
    place: Commune | None = None
    by_department: dict[str, int] = field(default_factory=dict)
    relaxed: list[tuple[str, int]] = field(default_factory=list)  # when few are found: see `relaxations`


@dataclass(frozen=True, slots=True)
class Search:
    """A search made ready: what its words are in numbers, the place, today."""

    criteria: PoolCriteria
    today: dt.date
    near_codes: list[str] = field(default_factory=list)
    commune: Commune | None = None
    skills: Mapping[UUID, int] = field(default_factory=dict)
    zone: frozenset[str] | None = None
    need_of: Mapping[UUID, int] = field(default_factory=dict)  # of each skill, where it is not the usual one

    @property
    def needs(self) -> dict[int, int]:
        """Return the need of each skill asked for, by its number."""
        asked = enumerate(self.criteria.skills)
        return {self.skills.get(pk, UNKNOWN - rank): self.need_of.get(pk, USUAL_NEED) for rank, pk in asked}

    def without(self, name: str) -> "Search":
        """Return the same search with one filter less."""
        looser = without(self.criteria, name)
        return replace(
            self,
            criteria=looser,
            near_codes=self.near_codes if looser.occupations else [],
            commune=self.commune if looser.commune else None,
            zone=self.zone if looser.zone else None,
        )


def search_pool(
    criteria: PoolCriteria, *, actor: Actor, limit: int = PAGE, after: Cursor | None = None, few: int = 1
) -> PoolPage:
    """Return the best profiles that an actor may see, their number, and the counts of each filter value.

    When fewer than `few` are found, say too which filter to leave out to find more.
    """
    (search,) = prepare([criteria])
    request = replace(request_of(search, actor), wanted=limit + SPARE, below=after)
    index = feed.PEOPLE.current()
    answer = index.search(request)
    page = page_of(answer, search, actor, limit)
    return replace(page, relaxed=_relaxed(index, search, actor)) if answer.total < few else page


def best_of_pool(criteria: PoolCriteria, *, actor: Actor, limit: int) -> list[Found]:
    """Return the best profiles of a search, without counting the others."""
    (search,) = prepare([criteria])
    request = replace(request_of(search, actor), wanted=limit + SPARE, with_counts=False)
    (answer,) = feed.PEOPLE.search([request])
    return _shown(answer, search, actor, limit)[0]


def count_each(asked: Sequence[PoolCriteria], *, actor: Actor) -> list[int]:
    """Return how many profiles each search finds (live counts of saved segments)."""
    requests = [replace(request_of(one, actor), wanted=0, with_counts=False) for one in prepare(asked)]
    return [answer.total for answer in feed.PEOPLE.search(requests)] if requests else []


def relaxations(criteria: PoolCriteria, *, actor: Actor) -> list[tuple[str, int]]:
    """Return, for each filter in use, how many profiles the search would find without it; most helpful first."""
    (search,) = prepare([criteria])
    return _relaxed(feed.PEOPLE.current(), search, actor)


def _relaxed(index: Index, search: Search, actor: Actor) -> list[tuple[str, int]]:
    criteria = search.criteria
    names = [name for name in RELAXED if getattr(criteria, name)] + sorted(criteria.toggles)
    if not names:
        return []
    looser = [replace(request_of(search.without(name), actor), wanted=0, with_counts=False) for name in names]
    counts = [index.search(one).total for one in looser]
    return sorted(zip(names, counts, strict=True), key=lambda pair: (-pair[1], pair[0]))


def without(criteria: PoolCriteria, name: str) -> PoolCriteria:
    """Return the same search with one filter less; a radius goes with its place."""
    if name in criteria.toggles:
        return replace(criteria, toggles=criteria.toggles - {name})
    looser = replace(criteria, **{name: getattr(PoolCriteria(), name)})
    return replace(looser, radius_km=None) if name == "commune" else looser


def explain(entry: PoolEntry, criteria: PoolCriteria) -> list[rules.Part]:
    """Return the named parts of one profile's score for a search: their sum is the score of the search."""
    (search,) = prepare([criteria])
    return rules.parts(facts_of(entry, search), search.today)


def page_of(answer: Answer, search: Search, actor: Actor, limit: int) -> PoolPage:
    """Return the page that shows an answer of the engine, read again in the database for its reader."""
    found, last = _shown(answer, search, actor, limit)
    return PoolPage(
        found=found,
        total=answer.total,
        facets=facets_of(answer, rules_traits.names()),
        next_after=last,
        place=search.commune,
        by_department=answer.by_department,
    )


def _shown(answer: Answer, search: Search, actor: Actor, limit: int) -> tuple[list[Found], Cursor | None]:
    """Read the rows found, in their order, without those that left; say where the next page starts."""
    numbers = [hit.number for hit in answer.hits]
    usual, spare = numbers[: limit + 1], numbers[limit + 1 :]
    by_number = _rows(usual, actor)
    if len(by_number) < len(usual):  # some have left
        by_number |= _rows(spare, actor)
    living, last = living_rows(answer, by_number, limit)
    return [found_of(row, search) for row in living], last


def _rows(numbers: Sequence[int], actor: Actor) -> dict[int, PoolEntry]:
    """Read rows by number, with what a card shows of them and nothing more: making objects is what costs."""
    rows: Any = PoolEntry.objects.visible_to(actor).filter(number__in=numbers)
    return {row.number: row for row in rows.select_related("person__commune").only(*SHOWN)} if numbers else {}


def living_rows(answer: Answer, by_number: Mapping[int, Row], limit: int) -> tuple[list[Row], Cursor | None]:
    """Return the first rows found that the database still has, in their order, and where the next page starts."""
    living = [hit for hit in answer.hits if hit.number in by_number]
    last = living[limit - 1] if 0 < limit < len(living) else None
    return [by_number[hit.number] for hit in living[:limit]], (last.rank, last.draw) if last else None


def found_of(entry: PoolEntry, search: Search) -> Found:
    """Return a row of the pool as a search gives it."""
    facts = facts_of(entry, search)
    km = None if facts.distance_m is None else facts.distance_m / 1000
    return Found(entry.person_id, rules.score(facts, search.today), km, entry, facts)


def facts_of(entry: PoolEntry, search: Search, home: Commune | None = None) -> rules.Facts:
    """Return what the score needs of one row, read from the database: what is shown adds up by itself.

    `home` spares the person to who knows already where she lives.
    """
    codes, asked = set(search.criteria.occupations), search.needs
    linked = rules.occupation_points(
        wished=bool(codes & set(entry.occupation_codes)),
        exercised=bool(codes & set(entry.experience_codes)),
        near=bool(set(search.near_codes) & set(entry.occupation_codes)),
    )
    today = rules.day_number(search.today)
    held_count, proved_count, covered, need_total = rules.skill_facts(asked, entry.held if asked else {}, today)
    return rules.Facts(
        asked_count=len(asked),
        held_count=held_count,
        validated_count=proved_count,
        covered=covered,
        need_total=need_total,
        all_validated_count=entry.validated_count,
        occupation_points=linked if codes else None,
        distance_m=metres_between(search.commune, home or entry.person.commune),
        mobility_km=entry.mobility_km,
        available_on=entry.available_on,
    )


def metres_between(place: Commune | None, home: Commune | None) -> int | None:
    """Return the whole metres between two communes, None when one is not told."""
    if place is None or home is None:
        return None
    return geography.metres(*(_point(one.latitude or 0, one.longitude or 0) for one in (place, home)))


@lru_cache(maxsize=65_536)  # there are 35 000 communes
def _point(latitude: float, longitude: float) -> tuple[int, int, int]:
    return geography.point(latitude, longitude)


def prepare(
    asked: Sequence[PoolCriteria],
    *,
    known_places: Mapping[str, Commune] | None = None,
    known_numbers: Mapping[UUID, int] | None = None,
) -> list[Search]:
    """Read what the words of searches are, in one query for each kind; places and skills known already are not."""
    codes = {code for criteria in asked if criteria.with_near for code in criteria.occupations}
    near = near_of(codes)
    places = {criteria.commune for criteria in asked if criteria.commune}
    communes = _communes(places) if known_places is None else known_places
    skills = {pk for criteria in asked for pk in criteria.skills}
    numbers = _numbers(skills) if known_numbers is None else known_numbers
    zones = _zones({criteria.zone for criteria in asked if criteria.zone})
    return [
        Search(
            criteria,
            clock.today(),
            _near_codes(criteria, near),
            communes.get(criteria.commune),
            {pk: numbers[pk] for pk in criteria.skills if pk in numbers},
            zones.get(criteria.zone, frozenset()) if criteria.zone else None,
        )
        for criteria in asked
    ]


def _communes(codes: Collection[str]) -> dict[str, Commune]:
    return Commune.objects.filter(latitude__isnull=False).in_bulk(list(codes)) if codes else {}


def _numbers(skills: Collection[UUID]) -> dict[UUID, int]:
    return dict(Skill.objects.filter(pk__in=skills).values_list("pk", "number")) if skills else {}


def _zones(codes: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the communes of each employment zone."""
    found: dict[str, set[str]] = {}
    if codes:
        for commune, zone in Commune.objects.filter(zone__in=codes).values_list("pk", "zone_id"):
            found.setdefault(zone, set()).add(commune)
    return {zone: frozenset(communes) for zone, communes in found.items()}


def _near_codes(criteria: PoolCriteria, near: Mapping[str, Sequence[str]]) -> list[str]:
    if not criteria.with_near:
        return []
    return sorted({other for code in criteria.occupations for other in near.get(code, ())} - set(criteria.occupations))


def request_of(search: Search, actor: Actor) -> Request:
    """Say a search in the engine's numbers, limited to what the actor may see."""
    criteria = search.criteria
    departments = actor.departments if actor.is_professional else frozenset()
    if criteria.department:
        departments &= {criteria.department}
    wished = dict.fromkeys(criteria.occupations, WISHED) | dict.fromkeys(search.near_codes, NEAR)
    since = 0
    if criteria.not_promoted_days is not None:
        since = rules.day_number(search.today - dt.timedelta(days=criteria.not_promoted_days))
    return Request(
        today=rules.day_number(search.today),
        departments=departments,
        communes=search.zone,
        commune=criteria.commune if search.commune else "",
        radius_km=(criteria.radius_km or MAX_RADIUS_KM) if search.commune else None,
        skills=search.needs,
        skill_mode=MODES[SkillMode(criteria.skill_mode)],
        wished={rules.occupation_number(code): points for code, points in wished.items()},
        exercised={rules.occupation_number(code): EXERCISED for code in criteria.occupations},
        occupation_required=bool(criteria.occupations),
        asked={rules_traits.place(name): rules_traits.siblings(name) for name in criteria.asked_traits},
        available_by=rules.day_number(criteria.available_by),
        promoted_before=since,
        order=ORDERS[PoolSort(criteria.sort)],
        seed=zlib.crc32(criteria.query_string().encode()),
    )


def facets_of(answer: Answer, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counts of these filter values, by filter."""
    facets: dict[str, dict[str, int]] = {}
    for name in names:
        kind, _, value = name.partition(":")
        facets.setdefault(kind, {})[value] = answer.counts[rules_traits.place(name)]
    return facets
