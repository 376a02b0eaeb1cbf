"""The pool search: one function over one flat table, behind which another engine can take its place.

The database computes the score with the whole points of `rules`; `explain` computes the same parts for one profile.
"""

import datetime as dt
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Expression, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ASin, Cast, Cos, Extract, Floor, Greatest, Least, Power, Radians, Sin, Sqrt
from django.utils import timezone

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.geo import EARTH_RADIUS_KM, Point, bounding_box, distance_km
from entremise.matching import rules, rules_traits
from entremise.matching.enums import PoolSort, SkillMode
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import MAX_RADIUS_KM, PoolCriteria
from entremise.people.models import Person
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility
from entremise.territories.models import Commune

Cursor = tuple[float, UUID]
PAGE = 20  # profiles on one page of the pool
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
    """One page of a search: best first, ties by identifier; counts per filter value given the other filters."""

    found: list[Found]
    total: int
    facets: dict[str, dict[str, int]]
    next_after: Cursor | None
    took_ms: float
    place: Commune | None = None


@dataclass(frozen=True, slots=True)
class _Search:
    """A search made ready: codes near the wished ones, the place, today."""

    criteria: PoolCriteria
    today: dt.date
    near_codes: list[str] = field(default_factory=list)
    commune: Commune | None = None

    @property
    def place(self) -> Point | None:
        if self.commune is None or self.commune.latitude is None or self.commune.longitude is None:
            return None
        return Point(self.commune.latitude, self.commune.longitude)


def search_pool(criteria: PoolCriteria, *, actor: Actor, limit: int = PAGE, after: Cursor | None = None) -> PoolPage:
    """Return the best profiles that an actor may see, their number, and the counts of each filter value."""
    started = time.perf_counter()
    (search,) = _prepare([criteria])
    counts = _counts(search, actor)
    ranked = _ranked(search, actor, limit, after) if counts["total"] else []
    found = [_found(entry, search) for entry in ranked[:limit]]
    last = ranked[limit - 1] if len(ranked) > limit else None
    return PoolPage(
        found=found,
        total=counts["total"],
        facets=_facets(counts),
        next_after=(vars(last)["rank"], last.pk) if last else None,
        took_ms=(time.perf_counter() - started) * 1000,
        place=search.commune,
    )


def best_of_pool(criteria: PoolCriteria, *, actor: Actor, limit: int) -> list[Found]:
    """Return the best profiles of a search, without counting the others."""
    (search,) = _prepare([criteria])
    return [_found(entry, search) for entry in _ranked(search, actor, limit, None)[:limit]]


def count_pool(criteria: PoolCriteria, *, actor: Actor) -> int:
    """Return how many profiles a search finds."""
    return count_each([criteria], actor=actor)[0]


def count_each(asked: Sequence[PoolCriteria], *, actor: Actor) -> list[int]:
    """Return how many profiles each search finds, in one query (live counts of saved segments)."""
    if not asked:
        return []
    parts, values = [], []
    for search in _prepare(asked):
        inner, params = _compiled(_kept(search, actor).values("pk"))
        parts.append(f"(select count(*) from ({inner}) as kept)")  # noqa: S608  # the ORM's own text
        values += params
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(parts), values)
        return list(cursor.fetchone())


def relaxations(criteria: PoolCriteria, *, actor: Actor) -> list[tuple[str, int]]:
    """Return, for each filter in use, how many profiles the search would find without it; most helpful first."""
    names = [name for name in RELAXED if getattr(criteria, name)] + sorted(criteria.toggles)
    counts = count_each([without(criteria, name) for name in names], actor=actor)
    return sorted(zip(names, counts, strict=True), key=lambda pair: (-pair[1], pair[0]))


def without(criteria: PoolCriteria, name: str) -> PoolCriteria:
    """Return the same search with one filter less; a radius goes with its place."""
    if name in criteria.toggles:
        return replace(criteria, toggles=criteria.toggles - {name})
    looser = replace(criteria, **{name: getattr(PoolCriteria(), name)})
    return replace(looser, radius_km=None) if name == "commune" else looser


def explain(entry: PoolEntry, criteria: PoolCriteria) -> list[rules.Part]:
    """Return the named parts of one profile's score for a search: their sum is the score of the search."""
    (search,) = _prepare([criteria])
    return rules.parts(_facts(entry, search), search.today)


def entry_of(person: Person) -> PoolEntry | None:
    """Return the pool's row of a person, None when she is not in the pool."""
    return PoolEntry.objects.unscoped("the caller already read the person").filter(person=person).first()


def _facts(entry: PoolEntry, search: _Search) -> rules.Facts:
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
        all_validated_count=entry.validated_count,
        occupation_points=linked if codes else None,
        distance_km=distance_km(search.place, Point(entry.latitude, entry.longitude)) if search.place else None,
        mobility_km=entry.mobility_km,
        available_on=entry.available_on,
    )


def _prepare(asked: Sequence[PoolCriteria]) -> list[_Search]:
    codes = {code for criteria in asked if criteria.with_near for code in criteria.occupations}
    near = _near(codes) if codes else {}
    places = {criteria.commune for criteria in asked if criteria.commune}
    communes = Commune.objects.filter(latitude__isnull=False).in_bulk(list(places)) if places else {}
    today = clock.today()
    return [
        _Search(
            criteria,
            today,
            sorted({n for code in criteria.occupations for n in near.get(code, ())} - set(criteria.occupations))
            if criteria.with_near
            else [],
            communes.get(criteria.commune),
        )
        for criteria in asked
    ]


def _near(codes: Collection[str]) -> dict[str, list[str]]:
    """Return the occupations that are a short move away from each of these."""
    moves = Mobility.objects.filter(source__rome_code__in=list(codes), kind=MobilityKind.CLOSE)
    near: dict[str, list[str]] = {}
    for code, other in moves.values_list("source__rome_code", "target__rome_code"):
        near.setdefault(code, []).append(other)
    return near


def _core(search: _Search, actor: Actor) -> QuerySet[PoolEntry]:
    """Narrow by territory, occupation, place, skills, dates, language: what has no counted values of its own."""
    criteria = search.criteria
    rows = PoolEntry.objects.visible_to(actor)
    if criteria.department:
        rows = rows.filter(department=criteria.department)
    if criteria.zone:
        rows = rows.filter(zone=criteria.zone)
    if criteria.occupations:
        codes = [*criteria.occupations, *search.near_codes]
        rows = rows.filter(
            Q(occupation_codes__overlap=codes) | Q(experience_codes__overlap=list(criteria.occupations))
        )
    if criteria.skills:
        how = "contains" if criteria.skill_mode == SkillMode.ALL else "overlap"
        rows = rows.filter(**{f"skill_ids__{how}": list(criteria.skills)})
    if criteria.language:
        rows = rows.filter(languages__contains=[criteria.language])
    if criteria.available_by:
        rows = rows.filter(available_on__lte=criteria.available_by)
    if criteria.not_promoted_days is not None:
        since = clock.now() - dt.timedelta(days=criteria.not_promoted_days)
        rows = rows.filter(Q(last_promoted_at=None) | Q(last_promoted_at__lt=since))
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


def _bits(today: dt.date) -> Expression:
    """Return a row's filter values, with those that depend on the day."""
    fresh_since = timezone.make_aware(dt.datetime.combine(rules.first_fresh_day(today), dt.time.min))
    when = {
        "toggle:available": Q(available_on__lte=today),
        "toggle:fresh": Q(confirmed_at__gte=fresh_since),
    }
    bits: Any = F("traits")
    for name, holds in when.items():
        bits = bits + Case(When(holds, then=Value(rules_traits.bit(name))), default=Value(0))
    return bits  # type: ignore[no-any-return]  # an expression of the ORM


def _kept(search: _Search, actor: Actor) -> QuerySet[PoolEntry]:
    """Keep what all the filters keep."""
    rows, asked = _core(search, actor), rules_traits.traits_of(search.criteria.asked_traits)
    if not asked:
        return rows
    return rows.alias(kept=_bits(search.today)).alias(asked=F("kept").bitand(asked)).filter(asked=asked)


def _counts(search: _Search, actor: Actor) -> dict[str, int]:
    """Count the total and each filter value given all the other filters in use, in one pass over the rows."""
    inner, params = _compiled(_core(search, actor).annotate(bits=_bits(search.today)).values("bits"))
    masks = rules_traits.masks(search.criteria.asked_traits)
    counters = ", ".join(f"count(*) filter (where bits & {mask} = {mask})" for mask in masks.values())
    with connection.cursor() as cursor:
        # "offset 0": the bits are computed once a row, not once a counter.
        cursor.execute(f"select {counters} from ({inner} offset 0) as seen", params)  # noqa: S608  # numbers, the ORM's own text
        return dict(zip(masks, cursor.fetchone(), strict=True))


def _compiled(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    """Return the SQL of a scoped query: the compiler refuses one that nobody scoped."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # an actor who may see nothing
        return "select 0 as bits where false", []
    return sql, list(params)


def _facets(counts: dict[str, int]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        kind, _, value = name.partition(":")
        if value:
            facets.setdefault(kind, {})[value] = count
    return facets


def _ranked(search: _Search, actor: Actor, limit: int, after: Cursor | None) -> list[PoolEntry]:
    """Return the first rows in order, and one more to know whether others follow."""
    rows = _kept(search, actor).annotate(rank=_rank(search))
    if after:
        rows = rows.filter(Q(rank__lt=after[0]) | Q(rank=after[0], person_id__gt=after[1]))
    first = rows.order_by("-rank", "person_id").values("pk")[: limit + 1]
    page: Any = PoolEntry.objects.unscoped("the rows of the scoped search above").filter(pk__in=first)
    page = page.annotate(points=_score(search), rank=_rank(search))
    if search.place is not None:
        page = page.annotate(km=_distance(search.place))
    return list(page.select_related("person__commune").order_by("-rank", "person_id"))


def _rank(search: _Search) -> Expression:
    """Return the number by which profiles are ordered, highest first."""
    if search.criteria.sort == PoolSort.NEAREST and search.place is not None:
        return Value(0.0) - _distance(search.place)
    if search.criteria.sort == PoolSort.RECENT:
        said_at = Case(When(confirmed_at__isnull=False, then=Extract("confirmed_at", "epoch")), default=Value(0))
        return Cast(said_at, FloatField())
    return Cast(_score(search), FloatField())


def _score(search: _Search) -> Expression:
    """Write the sum of the parts of `rules` in SQL."""
    total = _skill_sql(search) + _availability_sql(search.today)
    if search.criteria.occupations:
        total = total + _occupation_sql(search)
    if search.place is not None:
        share = 1.0 - _distance(search.place) / Greatest(Cast("mobility_km", FloatField()), Value(1.0))
        points = Floor(Value(float(rules.DISTANCE_POINTS)) * share)
        total = total + Cast(Greatest(Value(0.0), Least(Value(float(rules.DISTANCE_POINTS)), points)), IntegerField())
    return total


def _skill_sql(search: _Search) -> Expression:
    asked = search.criteria.skills
    if not asked:
        return Least(Value(rules.SKILL_POINTS), Value(rules.PROOF_POINTS) * F("validated_count"))
    held: Expression = Value(0)
    for skill in asked:
        held = held + _holds(skill, "skill_ids") + _holds(skill, "validated_skill_ids")
    return Value(rules.SKILL_POINTS) * held / Value(2 * len(asked))


def _holds(skill: UUID, column: str) -> Expression:
    """Return 1 when the array has the skill, else 0: several times quicker than `@>`."""
    among = Func(Value(skill), F(column), template="(%(expressions)s))::int", arg_joiner=" = any(")
    among.output_field = IntegerField()
    return among


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
    annotated = vars(entry)
    return Found(entry.person_id, annotated["points"], annotated.get("km"), entry, _facts(entry, search))
