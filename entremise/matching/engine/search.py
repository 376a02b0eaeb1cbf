"""A search asked and answered: from a request in plain values to the arrays of the kernels, and back."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import kernels, ranking
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import BLOCK, EXERCISED, WISHED, WORD, Segment
from entremise.matching.engine.score import FULL_WEIGHT, SKILL_POINTS, skill_points

ALL_BITS = 64
NOTHING_BELOW = (1 << 63) - 1  # above any key: next door, the rank is `ranking.FARTHEST`
WHOLE_GLOBE_M = 1 << 25
MOST_SKILLS = 300  # of one search: more would not fit the sums of the kernels


@dataclass(frozen=True, slots=True)
class Request:
    """What is searched for, in plain values; everything is optional."""

    today: int  # days since 1970
    departments: frozenset[str] | None = None  # None: everywhere
    communes: frozenset[str] | None = None  # only these, among those of the departments; None: all
    commune: str = ""
    radius_km: int | None = None
    own_km: int | None = None  # mobility of the one person who searches offers; None when rows are people
    own_proved: int = 0
    skills: Mapping[int, int] = field(default_factory=dict)  # number: need (or the person's weight, among offers)
    skill_mode: int = 0
    wished: Mapping[int, int] = field(default_factory=dict)  # occupation: points
    exercised: Mapping[int, int] = field(default_factory=dict)
    occupation_required: bool = False
    asked: Mapping[int, int] = field(default_factory=dict)  # bit: bits of the same filter
    forbidden: Sequence[int] = ()
    available_by: int = 0
    promoted_before: int = 0  # keep who was not promoted on this day or later
    excluded: Sequence[int] = ()  # numbers
    order: int = ranking.BY_POINTS
    wanted: int = 50
    below: tuple[int, int] | None = None  # key of the last one shown
    seed: int = 0
    with_counts: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found; rank, then draw, order it and say where the next page starts."""

    number: int
    rank: int
    draw: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The best rows in order, how many there are in all, and the counts of each fact and department."""

    hits: list[Hit]
    total: int
    counts: list[int]  # by bit; for the values of a filter in use: what choosing this value would find
    by_department: dict[str, int]


class Query(NamedTuple):
    """A request as the kernels read it."""

    has_place: bool
    x: int
    y: int
    z: int
    reach_m: int
    own_km: int
    own_proved: int
    departments: NDArray[np.bool_]
    communes: NDArray[np.int64]  # sorted; empty: all
    skill: NDArray[np.int64]
    need: NDArray[np.int64]
    skill_table: NDArray[np.uint8]  # points of skills by sum of need × weight
    skill_mode: int
    occupation: NDArray[np.int64]
    occupation_points: NDArray[np.uint8]
    occupation_required: bool
    most: NDArray[np.int64]  # points that each skill can bring
    most_link: int  # points that a link to an occupation can bring
    asked: NDArray[np.int64]
    asked_filter: NDArray[np.int64]
    asked_siblings: NDArray[np.uint64]
    forbidden: NDArray[np.int64]
    available_by: int
    promoted_before: int
    today: int
    order: int
    wanted: int
    below: int
    seed: int
    with_counts: bool


class Scratch(NamedTuple):
    """Working memory of one search at a time; a thread keeps its own."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    points: NDArray[np.int64]
    metres: NDArray[np.int64]
    core: NDArray[np.uint64]
    linked: NDArray[np.uint64]
    skilled: NDArray[np.uint64]
    promising: NDArray[np.uint64]
    list_start: NDArray[np.int64]
    list_end: NDArray[np.int64]
    frequent: NDArray[np.int64]
    link_points: NDArray[np.uint8]
    covered: NDArray[np.uint16]
    heap: NDArray[np.int64]
    heap_number: NDArray[np.uint32]
    size: NDArray[np.int64]
    least: NDArray[np.int64]
    total: NDArray[np.int64]  # rows found, rows looked at
    counts: NDArray[np.uint64]
    sibling_counts: NDArray[np.uint64]
    by_department: NDArray[np.int64]


class Living(NamedTuple):
    """A segment with what changes around it: rows replaced since, facts of the day."""

    segment: Segment
    live: NDArray[np.uint64]
    day_words: NDArray[np.uint64]


_own = threading.local()


def prepared(request: Request, atlas: Atlas) -> Query:
    """Turn a request into arrays; an unknown commune finds nothing."""
    place = atlas.point(request.commune) if request.commune else None
    allowed = _departments(request, atlas)
    communes = _communes(request, atlas, allowed)
    if (request.commune and place is None) or (request.communes is not None and not len(communes)):
        allowed, communes = np.zeros_like(allowed), communes[:0]  # an unknown place, or none that is allowed: nowhere
    x, y, z = place or (0, 0, 0)
    reach_km = [km for km in (request.radius_km, request.own_km) if km is not None]
    skills = dict(list(request.skills.items())[:MOST_SKILLS])
    links = _links(request)
    filters = {siblings: rank for rank, siblings in enumerate(dict.fromkeys(request.asked.values()))}
    counting = {siblings: bit for bit, siblings in reversed(list(request.asked.items()))}  # a filter is counted once
    return Query(
        has_place=place is not None,
        x=x, y=y, z=z,
        reach_m=1000 * min(reach_km) if reach_km else WHOLE_GLOBE_M,
        own_km=-1 if request.own_km is None else request.own_km,
        own_proved=request.own_proved,
        departments=allowed, communes=communes,
        skill=_whole(skills), need=_whole(skills.values()),
        skill_table=_table(sum(skills.values()) if request.own_km is None else 0),  # an offer has its own needs
        skill_mode=request.skill_mode if skills else 0,
        occupation=_whole(code for _points, code in links),
        occupation_points=np.array([points for points, _code in links], np.uint8),
        occupation_required=request.occupation_required,
        most=_most(skills),
        most_link=max([points for points, _code in links], default=0),
        asked=_whole(request.asked),
        asked_filter=_whole(filters[siblings] for siblings in request.asked.values()),
        asked_siblings=np.array(
            [siblings if counting[siblings] == bit else 0 for bit, siblings in request.asked.items()], np.uint64
        ),
        forbidden=_whole(request.forbidden),
        available_by=request.available_by, promoted_before=request.promoted_before, today=request.today,
        order=request.order if place or request.order != ranking.NEAREST_FIRST else ranking.BY_POINTS,
        wanted=request.wanted,
        below=_below(request),
        seed=request.seed,
        with_counts=request.with_counts,
    )  # fmt: skip


def run(query: Query, excluded: Sequence[int], parts: Sequence[Living], atlas: Atlas) -> Answer:
    """Search every segment, with one heap for all."""
    scratch = _scratch(max((len(part.segment.group_km) for part in parts), default=0), query, atlas)
    for part in parts:
        if not part.segment.row_count:
            continue  # a call costs more than what it would find
        rows = rows_of(part.segment, np.array(excluded, np.uint32)) if excluded else np.zeros(0, np.int64)
        kernels.search_segment(part.segment, part.live, part.day_words, rows, atlas.geography, query, scratch)
    size = int(scratch.size[0])
    ordered = sorted(zip(scratch.heap[:size].tolist(), scratch.heap_number[:size].tolist(), strict=True), reverse=True)
    return Answer(
        hits=[Hit(number, key >> 32, key & 0xFFFFFFFF) for key, number in ordered],
        total=int(scratch.total[0]),
        counts=_counts(query, scratch),
        by_department={
            code: found
            for code, found in zip(atlas.departments, scratch.by_department.tolist(), strict=False)
            if found
        },
    )  # fmt: skip


def rows_of(segment: Segment, numbers: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the rows of these numbers that the segment has, sorted."""
    rows: NDArray[np.int64] = kernels.find_rows(segment.number, segment.by_number, numbers)
    return np.sort(rows[rows >= 0])


def all_live(segment: Segment) -> NDArray[np.uint64]:
    """Return the bits of a segment none of whose rows was replaced."""
    live = np.full(len(segment.words), 0xFFFFFFFFFFFFFFFF, np.uint64)
    if over := segment.row_count % WORD:
        live[-1] = np.uint64((1 << over) - 1)
    return live


def _links(request: Request) -> list[tuple[int, int]]:
    """Return the points and the term of each link to an occupation, the best first."""
    wished = [(points, WISHED + code) for code, points in request.wished.items()]
    exercised = [(points, EXERCISED + code) for code, points in request.exercised.items()]
    return sorted(wished + exercised, key=lambda link: (-link[0], link[1]))


def _below(request: Request) -> int:
    """Return the key that all rows must be under; one that no row can have is as if there were none."""
    if request.below is None:
        return NOTHING_BELOW
    rank, draw = request.below
    return min(rank << 32 | draw, NOTHING_BELOW)


def _departments(request: Request, atlas: Atlas) -> NDArray[np.bool_]:
    if request.departments is None:
        return np.ones(len(atlas.departments), np.bool_)
    return np.array([code in request.departments for code in atlas.departments], np.bool_)


def _communes(request: Request, atlas: Atlas, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    known = sorted(atlas.number[code] for code in request.communes or () if code in atlas.number)
    return _whole(number for number in known if allowed[atlas.geography.department[number]])


def _most(skills: Mapping[int, int]) -> NDArray[np.int64]:
    """Return the most points that each skill can bring to a profile; to an offer, one alone may bring them all."""
    total = sum(skills.values())
    return _whole(-(-SKILL_POINTS * need // total) for need in skills.values())


def _table(need_total: int) -> NDArray[np.uint8]:
    """Work out the points of skills once for each possible sum, rather than once a row."""
    if need_total == 0:
        return np.zeros(1, np.uint8)
    covered: Any = np.arange(FULL_WEIGHT * need_total + 1)
    points: NDArray[np.uint8] = np.asarray(skill_points(covered, need_total)).astype(np.uint8)
    return points


def _whole(values: Any) -> NDArray[np.int64]:
    return np.array(list(values), np.int64)


def _counts(query: Query, scratch: Scratch) -> list[int]:
    counts: list[int] = scratch.counts.tolist()
    for siblings in set(query.asked_siblings.tolist()):
        for bit in range(ALL_BITS):
            if siblings >> bit & 1:
                counts[bit] = int(scratch.sibling_counts[bit])
    return counts


def _scratch(group_count: int, query: Query, atlas: Atlas) -> Scratch:
    """Return this thread's working memory, emptied of what is read before it is written."""
    known: Scratch | None = getattr(_own, "scratch", None)
    ranges = group_count + len(atlas.departments) + 1
    if known is None or len(known.start) < ranges or len(known.by_department) != len(atlas.departments):
        known = _own.scratch = _allocated(ranges, len(atlas.departments))
    if len(known.heap) < query.wanted:
        known = _own.scratch = known._replace(
            heap=np.zeros(query.wanted, np.int64), heap_number=np.zeros(query.wanted, np.uint32)
        )
    for name in ("size", "total", "counts", "sibling_counts", "by_department"):
        getattr(known, name).fill(0)
    known.least[0] = -1
    return known


def _allocated(ranges: int, departments: int) -> Scratch:
    return Scratch(
        start=np.zeros(ranges, np.int64), end=np.zeros(ranges, np.int64), points=np.zeros(ranges, np.int64),
        metres=np.zeros(ranges, np.int64), core=np.zeros(BLOCK // WORD, np.uint64),
        linked=np.zeros(BLOCK // WORD, np.uint64), skilled=np.zeros(BLOCK // WORD, np.uint64),
        promising=np.zeros(BLOCK // WORD, np.uint64), list_start=np.zeros(MOST_SKILLS, np.int64),
        list_end=np.zeros(MOST_SKILLS, np.int64), frequent=np.zeros(MOST_SKILLS, np.int64),
        link_points=np.zeros(BLOCK, np.uint8), covered=np.zeros(BLOCK, np.uint16),
        heap=np.zeros(64, np.int64), heap_number=np.zeros(64, np.uint32), size=np.zeros(1, np.int64),
        least=np.zeros(1, np.int64), total=np.zeros(2, np.int64), counts=np.zeros(ALL_BITS, np.uint64),
        sibling_counts=np.zeros(ALL_BITS, np.uint64), by_department=np.zeros(departments, np.int64),
    )  # fmt: skip
