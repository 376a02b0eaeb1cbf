"""The same searches written plainly: one loop over all rows, compiled. What the engine must agree with.

It shares with the engine what a match is worth (`score.py`) and where communes are, and nothing else: rows as they
come, no bit, no posting, no pruning.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import AVAILABLE_BIT, FRESH_BIT, Rows
from entremise.matching.engine.ranking import FARTHEST, NEAREST_FIRST, RECENT_FIRST
from entremise.matching.engine.search import Request

BITS = 64
NO_KEY = (1 << 63) - 1
REACHED, KEPT = 1, 2

skill_points = numba.njit(score.skill_points)
proof_points = numba.njit(score.proof_points)
distance_points = numba.njit(score.distance_points)
availability_points = numba.njit(score.availability_points)
tie = numba.njit(score.tie)


class Tally(NamedTuple):
    """What a search came across, written by the loop."""

    facts: NDArray[np.int64]  # rows found, by fact
    filters: NDArray[np.int64]  # the same without the filter of that fact
    departments: NDArray[np.int64]
    state: NDArray[np.uint8]  # of each row: out of reach, in reach, kept
    total: NDArray[np.int64]
    keys: NDArray[np.int64]
    rows: NDArray[np.int64]


class Asked(NamedTuple):
    """A request as the loop reads it."""

    has_place: bool
    metres: NDArray[np.int64]  # of each commune
    is_allowed: NDArray[np.bool_]  # each commune
    radius_m: int
    need: NDArray[np.int64]  # by skill
    need_total: int
    least_held: int  # of the skills asked
    wished: NDArray[np.int64]  # points by occupation
    exercised: NDArray[np.int64]
    occupation_required: bool
    bits: NDArray[np.int64]
    filters: NDArray[np.uint64]  # of each bit asked: all the bits of its filter
    forbidden: NDArray[np.int64]
    excluded: NDArray[np.int64]
    days: NDArray[np.int64]  # available by, promoted before, today, fresh since
    order: int
    below: int
    seed: int


@dataclass(frozen=True, slots=True)
class Plain:
    """The answer, in the same terms as the engine's."""

    total: int
    best: list[tuple[int, int, int]]  # number, rank, draw
    counts: list[int]
    by_department: dict[str, int]


class Columns:
    """All profiles as they come."""

    def __init__(self, rows: Rows, atlas: Atlas, fresh_since: int) -> None:
        self.rows, self.atlas, self.fresh_since = rows, atlas, fresh_since
        places = atlas.geography
        self.points = np.stack([places.x, places.y, places.z], axis=1).astype(np.int64)
        self.department = places.department.astype(np.int64)
        self.state = np.zeros(len(rows.number), np.uint8)  # as the last search left it
        self._keys, self._rows = np.zeros(len(rows.number), np.int64), np.zeros(len(rows.number), np.int64)

    def look(self, request: Request) -> Plain:
        """Search, one row after the other."""
        tally = Tally(
            np.zeros(BITS, np.int64), np.zeros(BITS, np.int64), np.zeros(len(self.atlas.departments), np.int64),
            self.state, np.zeros(1, np.int64), self._keys, self._rows,
        )  # fmt: skip
        asked = self._asked(request)
        self.state.fill(0)
        count = _look(self.rows, self.department, asked, tally)
        keys, rows = tally.keys[:count], tally.rows[:count]
        if count > request.wanted:
            most = np.argpartition(-keys, request.wanted)[: request.wanted]
            keys, rows = keys[most], rows[most]
        order = np.argsort(-keys)[: request.wanted]
        numbers = self.rows.number[rows[order]].tolist()
        in_use = int(np.bitwise_or.reduce(asked.filters, initial=np.uint64(0)))
        names = zip(self.atlas.departments, tally.departments.tolist(), strict=True)
        return Plain(
            total=int(tally.total[0]),
            best=[
                (number, key >> 32, key & 0xFFFFFFFF)
                for number, key in zip(numbers, keys[order].tolist(), strict=True)
            ],
            counts=[int((tally.filters if in_use >> bit & 1 else tally.facts)[bit]) for bit in range(BITS)],
            by_department={code: found for code, found in names if found},
        )  # fmt: skip

    def _asked(self, request: Request) -> Asked:
        place = self.atlas.point(request.commune)
        metres = np.zeros(len(self.points), np.int64)
        if place is not None:
            _measure(self.points, np.array(place, np.int64), metres)
        skills = request.skills
        return Asked(
            has_place=place is not None,
            metres=metres,
            is_allowed=self._allowed(request),
            radius_m=NO_KEY if request.radius_km is None else 1000 * request.radius_km,
            need=_table(skills, int(self.rows.skill.max(initial=0))),
            need_total=sum(skills.values()),
            least_held=(0, 1, len(skills))[request.skill_mode] if skills else 0,
            wished=_table(request.wished, int(self.rows.wished.max(initial=0))),
            exercised=_table(request.exercised, int(self.rows.exercised.max(initial=0))),
            occupation_required=request.occupation_required,
            bits=_whole(request.asked),
            filters=np.array(list(request.asked.values()), np.uint64),
            forbidden=_whole(request.forbidden),
            excluded=_whole(request.excluded),
            days=_whole([request.available_by, request.promoted_before, request.today, self.fresh_since]),
            order=request.order if place or request.order != NEAREST_FIRST else 0,
            below=NO_KEY if request.below is None else request.below[0] << 32 | request.below[1],
            seed=request.seed,
        )  # fmt: skip

    def _allowed(self, request: Request) -> NDArray[np.bool_]:
        allowed = np.ones(len(self.points), np.bool_)
        if request.departments is not None:
            allowed &= np.array([code in request.departments for code in self.atlas.departments])[self.department]
        if request.communes is not None:
            allowed &= np.array([code in request.communes for code in self.atlas.codes])
        return allowed


def _table(values: Any, last: int) -> NDArray[np.int64]:
    table = np.zeros(last + 1, np.int64)
    for number, value in values.items():
        if number <= last:
            table[number] = value
    return table


def _whole(values: Any) -> NDArray[np.int64]:
    return np.array(list(values), np.int64)


@numba.njit
def _measure(points, here, metres):  # type: ignore[no-untyped-def]  # compiled, as all below
    for i in range(len(points)):
        square = 0
        for axis in range(3):
            square += (points[i, axis] - here[axis]) ** 2
        root = int(math.sqrt(square))
        while root * root > square:
            root -= 1
        while (root + 1) * (root + 1) <= square:
            root += 1
        metres[i] = root


@numba.njit
def _look(rows, department, asked, tally):  # type: ignore[no-untyped-def]
    count = 0
    for row in range(len(rows.number)):
        home = rows.commune[row]
        metres, km = asked.metres[home], np.int64(rows.km[row])
        if not asked.is_allowed[home] or metres > asked.radius_m or (asked.has_place and metres > 1000 * km):
            continue
        if _is_excluded(asked.excluded, np.int64(rows.number[row])):
            continue
        tally.state[row] = REACHED
        link = _link(rows, row, asked)
        covered, held = _skills(rows, row, asked.need)
        if (asked.occupation_required and link == 0) or held < asked.least_held or _is_late(rows, row, asked.days):
            continue
        if not _is_kept(_facts(rows, row, asked.days), asked, tally):
            continue
        tally.state[row] = KEPT
        tally.total[0] += 1
        tally.departments[department[home]] += 1
        points = link + _points(rows, row, asked, covered)
        if asked.has_place:
            points += distance_points(metres, km)
        if asked.order == NEAREST_FIRST:
            points = FARTHEST - metres
        elif asked.order == RECENT_FIRST:
            points = np.int64(rows.confirmed[row])
        key = points << 32 | tie(np.int64(rows.number[row]), asked.seed)
        if key < asked.below:
            tally.keys[count], tally.rows[count] = key, row
            count += 1
    return count


@numba.njit
def _is_excluded(excluded, number):  # type: ignore[no-untyped-def]
    for other in excluded:  # noqa: SIM110  # compiled
        if other == number:
            return True
    return False


@numba.njit
def _link(rows, row, asked):  # type: ignore[no-untyped-def]
    """Return the points of the best link of a row to an occupation asked."""
    best = 0
    for i in range(rows.wished_at[row], rows.wished_at[row + 1]):
        best = max(best, asked.wished[rows.wished[i]])
    for i in range(rows.exercised_at[row], rows.exercised_at[row + 1]):
        best = max(best, asked.exercised[rows.exercised[i]])
    return best


@numba.njit
def _skills(rows, row, need):  # type: ignore[no-untyped-def]
    """Return the sum of need × weight over the skills asked that a row has, and how many it has."""
    covered, held = 0, 0
    for i in range(rows.skill_at[row], rows.skill_at[row + 1]):
        needed = need[rows.skill[i]]
        if needed > 0:
            covered += needed * np.int64(rows.weight[i])
            held += 1
    return covered, held


@numba.njit
def _is_late(rows, row, days):  # type: ignore[no-untyped-def]
    available = np.int64(rows.available[row])
    if days[0] > 0 and (available == 0 or available > days[0]):
        return True
    return days[1] > 0 and np.int64(rows.promoted[row]) >= days[1]


@numba.njit
def _facts(rows, row, days):  # type: ignore[no-untyped-def]
    facts = rows.bits[row]
    available = np.int64(rows.available[row])
    if available > 0 and available <= days[2]:
        facts |= np.uint64(1) << np.uint64(AVAILABLE_BIT)
    if np.int64(rows.confirmed[row]) >= days[3]:
        facts |= np.uint64(1) << np.uint64(FRESH_BIT)
    return facts


@numba.njit
def _has(facts, bit):  # type: ignore[no-untyped-def]
    return (facts >> np.uint64(bit)) & np.uint64(1) == np.uint64(1)


@numba.njit
def _is_kept(facts, asked, tally):  # type: ignore[no-untyped-def]
    """Tell whether a row has what is asked and nothing forbidden; count its facts."""
    for bit in asked.forbidden:
        if _has(facts, bit):
            return False
    kept = True
    for i in range(len(asked.bits)):
        kept &= _has(facts, asked.bits[i])
        is_first, others = True, True
        for j in range(len(asked.bits)):
            is_first &= j >= i or asked.filters[j] != asked.filters[i]
            others &= asked.filters[j] == asked.filters[i] or _has(facts, asked.bits[j])
        for bit in range(BITS):
            if is_first and others and _has(facts & asked.filters[i], bit):
                tally.filters[bit] += 1
    for bit in range(BITS):
        if kept and _has(facts, bit):
            tally.facts[bit] += 1
    return kept


@numba.njit
def _points(rows, row, asked, covered):  # type: ignore[no-untyped-def]
    points = availability_points(np.int64(rows.available[row]), asked.days[2])
    if asked.need_total > 0:
        return points + skill_points(covered, asked.need_total)
    return points + proof_points(np.int64(rows.proved[row]))
