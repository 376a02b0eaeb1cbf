"""The search engine done again slowly: one row after the other, in plain Python, by the rules and nothing else.

Only the score and the distance come from the engine: what is checked here is that the blocks, bits, postings and
short cuts of the kernels find, count and order the very same rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from entremise.matching.engine import kernels, score, search
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place, metres, point
from entremise.matching.engine.layout import AVAILABLE_BIT, FRESH_BIT, Rows, Segment
from entremise.matching.engine.ranking import BY_POINTS, FARTHEST, NEAREST_FIRST, RECENT_FIRST
from entremise.matching.engine.search import Answer, Hit, Living, Request

TODAY = 20_780
FRESH_SINCE = TODAY - 180


@dataclass(frozen=True)
class Row:
    """A profile, or an offer when it says what it needs in all."""

    number: int
    commune: str
    km: int = 30
    bits: int = 0
    available: int = 0
    promoted: int = 0
    confirmed: int = 0
    proved: int = 0
    need: int | None = None
    skills: Mapping[int, int] = field(default_factory=dict)
    wished: frozenset[int] = frozenset()
    exercised: frozenset[int] = frozenset()

    @property
    def facts(self) -> int:
        """Return the yes-or-no facts, with the two that depend on the day."""
        available_today = 0 < self.available <= TODAY
        return self.bits | available_today << AVAILABLE_BIT | (self.confirmed >= FRESH_SINCE) << FRESH_BIT


def as_arrays(rows: Sequence[Row], atlas: Atlas) -> Rows:
    """Write rows the way the engine is given them."""

    def column(values: Iterable[int], kind: type[np.integer]) -> np.ndarray:
        return np.array(list(values), kind)

    def starts(lists: Iterable[Iterable[int]]) -> np.ndarray:
        return np.cumsum([0, *(len(list(values)) for values in lists)], dtype=np.int64)

    return Rows(
        number=column((row.number for row in rows), np.uint32),
        commune=column((atlas.number[row.commune] for row in rows), np.int32),
        km=column((row.km for row in rows), np.uint16),
        bits=column((row.bits for row in rows), np.uint64),
        available=column((row.available for row in rows), np.uint16),
        promoted=column((row.promoted for row in rows), np.uint16),
        confirmed=column((row.confirmed for row in rows), np.uint16),
        proved=column((row.proved for row in rows), np.uint8),
        need=column((row.need for row in rows if row.need is not None), np.uint16),
        skill_at=starts(row.skills for row in rows),
        skill=column((skill for row in rows for skill in row.skills), np.uint32),
        weight=column((weight for row in rows for weight in row.skills.values()), np.uint8),
        wished_at=starts(row.wished for row in rows),
        wished=column((code for row in rows for code in sorted(row.wished)), np.uint32),
        exercised_at=starts(row.exercised for row in rows),
        exercised=column((code for row in rows for code in sorted(row.exercised)), np.uint32),
    )


def living(segment: Segment, gone: Iterable[int] = ()) -> Living:
    """Return a segment ready to be searched today, some of its numbers replaced since it was built."""
    live = search.all_live(segment)
    for row in search.rows_of(segment, np.array(sorted(gone), np.uint32)).tolist():
        live[row >> 6] &= ~(np.uint64(1) << np.uint64(row & 63))
    return search.living(segment, live, kernels.day_facts(segment, TODAY, FRESH_SINCE))


def engine_answer(request: Request, atlas: Atlas, *parts: Living) -> Answer:
    """Ask the engine itself."""
    return search.run(request, parts, atlas)


def engine_answer_among(request: Request, rows: Sequence[Row], atlas: Atlas) -> Answer:
    """Ask the engine, with all rows in one segment."""
    return engine_answer(request, atlas, living(build(as_arrays(rows, atlas), atlas.geography)))


def slow_answer(request: Request, rows: Iterable[Row], places: Sequence[Place], gone: Iterable[int] = ()) -> Answer:
    """Answer a request by looking at every row."""
    slow = _Slow(request, {place.code: place for place in places})
    absent = {*gone, *request.excluded}
    reached = [row for row in rows if row.number not in absent and slow.keeps_all_but_facts(row)]
    found = [row for row in reached if slow.has_facts(row)]
    hits = sorted((slow.hit(row) for row in found), key=lambda hit: (hit.rank, hit.draw), reverse=True)
    if request.below is not None:
        hits = [hit for hit in hits if (hit.rank, hit.draw) < request.below]
    departments = [slow.places[row.commune].department for row in found]
    return Answer(
        hits=hits[: request.wanted],
        total=len(found),
        counts=slow.counts(reached) if request.with_counts else [0] * 64,
        by_department={code: departments.count(code) for code in departments} if request.with_counts else {},
    )


class _Slow:
    """What a request keeps, counts and gives, for one row at a time."""

    def __init__(self, request: Request, places: Mapping[str, Place]) -> None:
        self.request = request
        self.places = places

    def keeps_all_but_facts(self, row: Row) -> bool:
        """Tell whether a row passes everything but the facts asked for."""
        request = self.request
        return (
            self._keeps_place(row)
            and self._keeps_days(row)
            and self._keeps_skills(row)
            and not any(row.facts >> bit & 1 for bit in request.forbidden)
            and bool(not request.occupation_required or self._links(row) or not (request.wished or request.exercised))
        )

    def has_facts(self, row: Row, but: int = 0) -> bool:
        """Tell whether a row has the facts asked for, apart from those of one filter."""
        return all(row.facts >> bit & 1 for bit, siblings in self.request.asked.items() if siblings != but)

    def counts(self, reached: Sequence[Row]) -> list[int]:
        """Count each fact; those of a filter in use, as if this filter was not."""
        filters = set(self.request.asked.values())
        counts = []
        for bit in range(64):
            own = next((siblings for siblings in filters if siblings >> bit & 1), 0)
            counts.append(sum(1 for row in reached if row.facts >> bit & 1 and self.has_facts(row, own)))
        return counts

    def hit(self, row: Row) -> Hit:
        """Say what a row found is worth in this order."""
        away = self._metres(row)
        if self.request.order == RECENT_FIRST:
            rank = row.confirmed
        elif self.request.order == NEAREST_FIRST and away is not None:
            rank = FARTHEST - away
        else:
            assert self.request.order in {BY_POINTS, NEAREST_FIRST}
            rank = self._points(row, away)
        return Hit(row.number, rank, score.tie(row.number, self.request.seed))

    def _metres(self, row: Row) -> int | None:
        if self.request.commune not in self.places:
            return None
        here, there = self.places[self.request.commune], self.places[row.commune]
        return metres(point(here.latitude, here.longitude), point(there.latitude, there.longitude))

    def _keeps_place(self, row: Row) -> bool:
        request = self.request
        if request.departments is not None and self.places[row.commune].department not in request.departments:
            return False
        if request.communes is not None and row.commune not in request.communes:
            return False
        if not request.commune:
            return True
        away = self._metres(row)
        reaches = [row.km, request.radius_km, request.own_km]
        return away is not None and all(away <= 1000 * km for km in reaches if km is not None)

    def _keeps_days(self, row: Row) -> bool:
        by, before = self.request.available_by, self.request.promoted_before
        return (not by or 0 < row.available <= by) and (not before or row.promoted < before)

    def _keeps_skills(self, row: Row) -> bool:
        held = [skill in row.skills for skill in self.request.skills]
        if not held or self.request.skill_mode == 0:
            return True
        return any(held) if self.request.skill_mode == 1 else all(held)

    def _links(self, row: Row) -> list[int]:
        wished = [points for code, points in self.request.wished.items() if code in row.wished]
        return wished + [points for code, points in self.request.exercised.items() if code in row.exercised]

    def _points(self, row: Row, away: int | None) -> int:
        mobility = row.km if self.request.own_km is None else self.request.own_km
        return (
            (0 if away is None else score.distance_points(away, mobility))
            + score.availability_points(row.available, self.request.today)
            + max(self._links(row), default=0)
            + self._skill_points(row)
        )

    def _skill_points(self, row: Row) -> int:
        asked = self.request.skills
        covered = sum(need * row.skills.get(skill, 0) for skill, need in asked.items())
        if row.need is None:
            return score.skill_points(covered, sum(asked.values())) if asked else score.proof_points(row.proved)
        if row.need == 0:
            return score.proof_points(self.request.own_proved)
        return score.skill_points(covered, row.need) if asked else 0
