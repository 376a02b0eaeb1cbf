"""The pool search: one function over one flat table, behind which another engine can take its place.

The database computes the score with the whole points of `rules`; `explain` computes the same parts for one profile.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, Count, Expression, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ASin, Cast, Cos, Floor, Greatest, Least, Power, Radians, Sin, Sqrt

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.geo import EARTH_RADIUS_KM, Point, bounding_box, distance_km
from entremise.matching import rules
from entremise.matching.enums import SkillMode, Toggle
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import MAX_RADIUS_KM, PoolCriteria
from entremise.people import rules as people_rules
from entremise.people.enums import ContractKind, Licence, Schedule, WorkingTime
from entremise.people.models import Person
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility
from entremise.territories.models import Commune

Cursor = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """One profile found, with what its card shows."""

    person_id: UUID
    score: int
    distance_km: float | None
    entry: PoolEntry


@dataclass(frozen=True, slots=True)
class PoolPage:
    """One page of a search: best first, ties by identifier; counts per filter value given the other filters."""

    found: list[Found]
    total: int
    facets: dict[str, dict[str, int]]
    next_after: Cursor | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class _Search:
    """A search made ready: codes near the wished ones, the place's coordinates, today."""

    criteria: PoolCriteria
    today: dt.date
    near_codes: list[str] = field(default_factory=list)
    place: Point | None = None


def search_pool(criteria: PoolCriteria, *, actor: Actor, limit: int = 30, after: Cursor | None = None) -> PoolPage:
    """Return the best profiles that an actor may see, their number, and the counts of each filter value."""
    started = time.perf_counter()
    search = _prepare(criteria)
    core = _core(search, actor)
    dimensions = _dimensions(search)
    counts = core.aggregate(**_counters(dimensions))
    ranked = core.filter(*dimensions.values()).annotate(score=_score(search))
    if after:
        ranked = ranked.filter(Q(score__lt=after[0]) | Q(score=after[0], person_id__gt=after[1]))
    entries = list(ranked.order_by("-score", "person_id")[: limit + 1])
    found = [_found(entry, search) for entry in entries[:limit]]
    more = len(entries) > limit
    return PoolPage(
        found=found,
        total=counts["total"],
        facets=_facets(counts),
        next_after=(found[-1].score, found[-1].person_id) if more else None,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def count_pool(criteria: PoolCriteria, *, actor: Actor) -> int:
    """Return how many profiles a search finds (live counts of saved segments)."""
    search = _prepare(criteria)
    return _core(search, actor).filter(*_dimensions(search).values()).count()


def relaxations(criteria: PoolCriteria, *, actor: Actor) -> list[tuple[str, int]]:
    """Return, for each filter in use, how many profiles the search would find without it; most helpful first."""
    looser = {
        name: _without(criteria, name)
        for name in (
            "occupations",
            "commune",
            "radius_km",
            "department",
            "zone",
            "skills",
            "toggles",
            "contract",
            "not_promoted_days",
            "available_by",
            "working_time",
            "schedule",
            "licence",
            "language",
        )
        if getattr(criteria, name)
    }
    counted = [(name, count_pool(other, actor=actor)) for name, other in looser.items()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def explain(entry: PoolEntry, criteria: PoolCriteria) -> list[rules.Part]:
    """Return the named parts of one profile's score for a search: their sum is the score of the search."""
    search = _prepare(criteria)
    return rules.parts(facts_of(entry, search), search.today)


def entry_of(person: Person) -> PoolEntry | None:
    """Return the pool's row of a person, None when she is not in the pool."""
    return PoolEntry.objects.unscoped("the caller already read the person").filter(person=person).first()


def facts_of(entry: PoolEntry, search: "_Search") -> rules.Facts:
    """Return what the score needs of one row (the Python twin of the SQL score; a test compares them)."""
    asked = set(search.criteria.skills)
    codes = set(search.criteria.occupations)
    linked = rules.occupation_points(
        wished=bool(codes & set(entry.occupation_codes)),
        exercised=bool(codes & set(entry.experience_codes)),
        near=bool(set(search.near_codes) & set(entry.occupation_codes)),
    )
    return rules.Facts(
        asked_count=len(asked),
        held_count=len(asked & set(entry.skill_ids)),
        validated_count=len(asked & set(entry.validated_skill_ids)),
        all_validated_count=len(entry.validated_skill_ids),
        occupation_points=linked if codes else None,
        distance_km=distance_km(search.place, Point(entry.latitude, entry.longitude)) if search.place else None,
        mobility_km=entry.mobility_km,
        available_on=entry.available_on,
    )


def _prepare(criteria: PoolCriteria) -> _Search:
    near: list[str] = []
    if criteria.occupations and criteria.with_near:
        moves = Mobility.objects.filter(source__rome_code__in=criteria.occupations, kind=MobilityKind.CLOSE)
        near = sorted(set(moves.values_list("target__rome_code", flat=True)) - set(criteria.occupations))
    place = None
    if criteria.commune:
        commune = Commune.objects.filter(pk=criteria.commune, latitude__isnull=False).first()
        if commune and commune.latitude is not None and commune.longitude is not None:
            place = Point(commune.latitude, commune.longitude)
    return _Search(criteria, clock.today(), near, place)


def _core(search: _Search, actor: Actor) -> QuerySet[PoolEntry]:
    """Narrow by territory, occupation, place and skills: what has no counted values of its own."""
    criteria = search.criteria
    rows = PoolEntry.objects.visible_to(actor)
    if criteria.department:
        rows = rows.filter(department=criteria.department)
    if criteria.zone:
        rows = rows.filter(person__commune__zone_id=criteria.zone)
    if criteria.occupations:
        codes = [*criteria.occupations, *search.near_codes]
        rows = rows.filter(
            Q(occupation_codes__overlap=codes) | Q(experience_codes__overlap=list(criteria.occupations))
        )
    if criteria.skills:
        how = "contains" if criteria.skill_mode == SkillMode.ALL else "overlap"
        rows = rows.filter(**{f"skill_ids__{how}": list(criteria.skills)})
    return _near_place(rows, search)


def _near_place(rows: QuerySet[PoolEntry], search: _Search) -> QuerySet[PoolEntry]:
    """Keep who accepts to work there: within the person's own mobility and the search's radius."""
    if search.place is None:
        return rows
    radius = search.criteria.radius_km or MAX_RADIUS_KM
    box = bounding_box(search.place, radius)
    rows = rows.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)).annotate(
        km=_distance(search.place)
    )
    return rows.filter(km__lte=F("mobility_km")).filter(km__lte=radius)


def _distance(place: Point) -> Expression:
    """Return the great-circle distance in km (haversine), as `lib.geo.distance_km` does."""
    half_phi = Sin((Radians(F("latitude")) - Radians(Value(place.latitude))) / 2.0)
    half_lambda = Sin((Radians(F("longitude")) - Radians(Value(place.longitude))) / 2.0)
    both = Cos(Radians(F("latitude"))) * Cos(Radians(Value(place.latitude)))
    chord = Power(half_phi, Value(2.0)) + both * Power(half_lambda, Value(2.0))
    return Value(2 * EARTH_RADIUS_KM) * ASin(Sqrt(Least(Value(1.0), chord)), output_field=FloatField())


def _dimensions(search: _Search) -> dict[str, Q]:
    """Return the condition of each counted filter in use."""
    criteria, today = search.criteria, search.today
    used = {toggle: TOGGLES[toggle](today) for toggle in sorted(criteria.toggles)}
    if criteria.contract:
        used["contract"] = Q(contracts__contains=[criteria.contract])
    if criteria.schedule:
        used["schedule"] = Q(schedules__contains=[criteria.schedule])
    if criteria.licence:
        used["licence"] = Q(licences__contains=[criteria.licence])
    if criteria.language:
        used["language"] = Q(languages__contains=[criteria.language])
    if criteria.working_time:
        used["working_time"] = Q(working_time__in=[criteria.working_time, WorkingTime.ANY])
    if criteria.available_by:
        used["available_by"] = Q(available_on__lte=criteria.available_by)
    if criteria.not_promoted_days is not None:
        since = clock.now() - dt.timedelta(days=criteria.not_promoted_days)
        used["not_promoted_days"] = Q(last_promoted_at=None) | Q(last_promoted_at__lt=since)
    return used


TOGGLES: dict[str, Callable[[dt.date], Q]] = {
    Toggle.VALIDATED.value: lambda today: ~Q(validated_skill_ids=[]),
    Toggle.NEVER_PROMOTED.value: lambda today: Q(last_promoted_at=None),
    Toggle.AVAILABLE.value: lambda today: Q(available_on__lte=today),
    Toggle.FRESH.value: lambda today: Q(
        confirmed_at__date__gt=people_rules.months_after(today, -people_rules.FRESH_MONTHS)
    ),
}
VALUES = {
    "contract": [(value, Q(contracts__contains=[value])) for value in ContractKind.values],
    "schedule": [(value, Q(schedules__contains=[value])) for value in Schedule.values],
    "licence": [(value, Q(licences__contains=[value])) for value in Licence.values],
    "working_time": [(value, Q(working_time__in=[value, WorkingTime.ANY])) for value in ("full", "part")],
}


def _counters(dimensions: dict[str, Q]) -> dict[str, Count]:
    """Count the total and each filter value given all the other filters in use."""

    def others(name: str) -> Q:
        return Q(*(q for other, q in dimensions.items() if other != name))

    today = clock.today()
    counters = {"total": Count("pk", filter=Q(*dimensions.values()))}
    for toggle, holds in TOGGLES.items():
        counters[f"toggle:{toggle}"] = Count("pk", filter=others(toggle) & holds(today))
    for dimension, values in VALUES.items():
        for value, condition in values:
            counters[f"{dimension}:{value}"] = Count("pk", filter=others(dimension) & condition)
    return counters


def _facets(counts: dict[str, int]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        dimension, _, value = name.partition(":")
        if value:
            facets.setdefault(dimension, {})[value] = count
    return facets


def _score(search: _Search) -> Expression:
    """Write the sum of the parts of `rules` in SQL."""
    total = _skill_sql(search) + _availability_sql(search.today)
    if search.criteria.occupations:
        total = total + _occupation_sql(search)
    if search.place is not None:
        share = 1.0 - F("km") / Greatest(Cast("mobility_km", FloatField()), Value(1.0))
        points = Floor(Value(float(rules.DISTANCE_POINTS)) * share)
        total = total + Cast(Greatest(Value(0.0), Least(Value(float(rules.DISTANCE_POINTS)), points)), IntegerField())
    return total


def _skill_sql(search: _Search) -> Expression:
    asked = search.criteria.skills
    if not asked:
        return Least(Value(rules.SKILL_POINTS), Value(rules.PROOF_POINTS) * F("validated_skill_ids__len"))
    held: Expression = Value(0)
    for skill in asked:
        for column in ("skill_ids", "validated_skill_ids"):
            held = held + Case(When(**{f"{column}__contains": [skill]}, then=Value(1)), default=Value(0))
    return Value(rules.SKILL_POINTS) * held / Value(2 * len(asked))


def _occupation_sql(search: _Search) -> Expression:
    codes = list(search.criteria.occupations)
    whens = [
        When(occupation_codes__overlap=codes, then=Value(rules.WISHED)),
        When(experience_codes__overlap=codes, then=Value(rules.EXERCISED)),
    ]
    if search.near_codes:
        whens.append(When(occupation_codes__overlap=search.near_codes, then=Value(rules.NEAR)))
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _availability_sql(today: dt.date) -> Expression:
    return Case(
        When(available_on__lte=today, then=Value(rules.AVAILABILITY_POINTS)),
        When(available_on__lte=today + dt.timedelta(days=rules.SOON_DAYS), then=Value(rules.SOON_POINTS)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _found(entry: PoolEntry, search: _Search) -> Found:
    return Found(entry.person_id, entry.score, getattr(entry, "km", None), entry)  # type: ignore[attr-defined]  # annotated


def _without(criteria: PoolCriteria, name: str) -> PoolCriteria:
    empty = PoolCriteria()
    values = {f: getattr(criteria, f) for f in criteria.__dataclass_fields__}
    values[name] = getattr(empty, name)
    if name == "commune":
        values["radius_km"] = None
    return PoolCriteria(**values)
