"""A search asked and answered: from a request in plain values to the arrays of the kernels, and back."""

import threading
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import gt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import kernels, ranking
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import EXERCISED, WISHED, WORD, Segment, table
from entremise.matching.engine.memory import BEST, COUNTS, MOST_SKILLS, Scratch, allocated
from entremise.matching.engine.score import FULL_WEIGHT

NOTHING_BELOW = (1 << 63) - 1  # above any key: next door, the rank is `ranking.FARTHEST`
WHOLE_GLOBE_M = 1 << 25
ROOM = (1, 1, 16, 1, 64, 1024)  # at least: see `memory.allocated`


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


class Hit(NamedTuple):
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


class Living(NamedTuple):
    """A segment with what changes around it: rows replaced since, facts of the day."""

    segment: Segment
    live: NDArray[np.uint64]
    day_words: NDArray[np.uint64]
    table: NDArray[np.int64]  # of all these arrays, as the kernels read them
    address: int  # of the table; 0 when there is no row: a search does not go there
    run_count: int  # most runs of rows that a search may keep


class _Workspace(NamedTuple):
    """Working memory of one thread, and how much it has room for."""

    scratch: Scratch
    table: NDArray[np.int64]
    address: int
    room: tuple[int, ...]  # arguments of `memory.allocated`


_own = threading.local()


def living(segment: Segment, live: NDArray[np.uint64], day_words: NDArray[np.uint64]) -> Living:
    """Put together what a search reads of a segment."""
    places = table(segment, live, day_words)
    address = places.ctypes.data if segment.row_count else 0
    return Living(segment, live, day_words, places, address, len(segment.group_km) + len(segment.department_row) + 1)


def buried(part: Living, live: NDArray[np.uint64]) -> Living:
    """Return a segment with other living rows."""
    return living(part.segment, live, part.day_words)


def run(request: Request, parts: Sequence[Living], atlas: Atlas) -> Answer:
    """Search every segment, with one heap for all."""
    told = _told(request, [part.address for part in parts if part.address], atlas)
    workspace = _workspace(request, max([part.run_count for part in parts], default=0), atlas)
    length = kernels.search(told.buffer_info()[0], workspace.address, atlas.address)
    answer: list[int] = workspace.scratch.answer[:length].tolist()
    shown, found, _looked_at, _places = answer[:COUNTS]
    end = BEST + 3 * shown
    best = zip(answer[BEST : BEST + shown], answer[BEST + shown : end - shown], answer[end - shown : end], strict=True)
    names = atlas.departments
    return Answer(
        hits=list(map(Hit._make, best)),
        total=found,
        counts=answer[COUNTS:BEST],
        by_department={names[answer[at]]: answer[at + 1] for at in range(end, length, 2)},
    )


def rows_of(segment: Segment, numbers: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the rows of these numbers that the segment has, sorted."""
    rows = np.empty(len(numbers), np.int64)
    kernels.find_rows(segment.number, segment.by_number, numbers, rows)
    return np.sort(rows[rows >= 0])


def all_live(segment: Segment) -> NDArray[np.uint64]:
    """Return the bits of a segment none of whose rows was replaced."""
    live = np.full(len(segment.words), 0xFFFFFFFFFFFFFFFF, np.uint64)
    if over := segment.row_count % WORD:
        live[-1] = np.uint64((1 << over) - 1)
    return live


def _told(request: Request, parts: list[int], atlas: Atlas) -> "array[int]":
    """Write a request as the kernels read it: `memory.Query`, in that order; an unknown commune finds nothing."""
    place = atlas.number.get(request.commune, -1)
    departments = _departments(request, atlas)
    communes = _communes(request, atlas, departments)
    if (request.commune and place < 0) or departments == [] or communes == []:
        parts = []  # an unknown place, or none that is allowed: nowhere
    skills = request.skills
    if len(skills) > MOST_SKILLS:
        skills = dict(list(skills.items())[:MOST_SKILLS])
    lists = (
        parts, skills.keys(), skills.values(),
        [*[WISHED + code for code in request.wished], *[EXERCISED + code for code in request.exercised]],
        [*request.wished.values(), *request.exercised.values()],
        request.asked.keys(), [_signed(bits) for bits in request.asked.values()], request.forbidden,
        departments or (), communes or (), request.excluded,
    )  # fmt: skip
    return array("q", [*_singles(request, place, skills), *map(len, lists), *chain.from_iterable(lists)])


def _singles(request: Request, place: int, skills: Mapping[int, int]) -> tuple[int, ...]:
    """Return the single values of `memory.Query`, in its order."""
    are_people = request.own_km is None
    reach_km = [km for km in (request.radius_km, request.own_km) if km is not None]
    return (
        place,
        max(min(1000 * min(reach_km), WHOLE_GLOBE_M), -1) if reach_km else WHOLE_GLOBE_M,
        -1 if request.own_km is None else request.own_km,
        request.own_proved,
        request.skill_mode if skills else 0,
        request.occupation_required,
        request.available_by, request.promoted_before, request.today,
        request.order if place >= 0 or request.order != ranking.NEAREST_FIRST else ranking.BY_POINTS,
        request.wanted,
        _below(request),
        request.seed & 0xFFFFFFFF,
        request.with_counts,
        sum(skills.values()) if are_people else 0,  # an offer has its own needs
    )  # fmt: skip


def _signed(bits: int) -> int:
    """Return 64 bits as a whole number with its sign."""
    return bits - (1 << 64) if bits >> 63 else bits


def _below(request: Request) -> int:
    """Return the key that all rows must be under; one that no row can have is as if there were none."""
    if request.below is None:
        return NOTHING_BELOW
    rank, draw = request.below
    return min(rank << 32 | draw, NOTHING_BELOW)


def _departments(request: Request, atlas: Atlas) -> list[int] | None:
    """Return the numbers of the departments asked; None for all."""
    if request.departments is None:
        return None
    known = atlas.department_number
    return [known[code] for code in request.departments if code in known]


def _communes(request: Request, atlas: Atlas, departments: list[int] | None) -> list[int] | None:
    """Return the numbers of the communes asked that these departments have, sorted; None for all."""
    if request.communes is None:
        return None
    known = sorted(atlas.number[code] for code in request.communes if code in atlas.number)
    if departments is None:
        return known
    return [number for number in known if int(atlas.geography.department[number]) in departments]


def _workspace(request: Request, runs: int, atlas: Atlas) -> _Workspace:
    """Return this thread's working memory, made larger when a search needs more room."""
    known: _Workspace | None = getattr(_own, "workspace", None)
    sums = FULL_WEIGHT * sum(request.skills.values()) + 1
    links = len(request.wished) + len(request.exercised)
    room = (runs, len(atlas.departments), links, len(request.excluded), request.wanted, sums)
    if known is None or any(map(gt, room, known.room)):
        larger = tuple(map(max, room, known.room if known else ROOM))
        scratch = allocated(*larger)
        places = table(scratch)
        known = _own.workspace = _Workspace(scratch, places, places.ctypes.data, larger)
    return known
