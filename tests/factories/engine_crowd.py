"""A crowd for the search engine: three blocks of rows, and a second way to answer, on whole columns at once."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas, Place, metres
from entremise.matching.engine.layout import AVAILABLE_BIT, FRESH_BIT, Rows
from entremise.matching.engine.ranking import FARTHEST, NEAREST_FIRST, RECENT_FIRST
from entremise.matching.engine.search import Answer, Hit, Request
from tests.factories.engine import FRESH_SINCE, TODAY

KILOMETRES = np.array([0, 5, 10, 20, 30, 50, 100], np.uint16)
SKILL_COUNT, OCCUPATION_COUNT = 400, 100
COUNTED_BITS = (*range(48), AVAILABLE_BIT, FRESH_BIT)


def places() -> list[Place]:
    """Return 2 500 communes in 25 departments."""
    chance = np.random.default_rng(11)
    return [
        Place(f"{department:02}{rank:03}", f"{department:02}", float(latitude), float(longitude))
        for department, centre in enumerate(chance.uniform((42.5, -4.5), (51.0, 8.0), (25, 2)))
        for rank, (latitude, longitude) in enumerate(centre + chance.normal(0, 0.25, (100, 2)))
    ]


def crowd(count: int, atlas: Atlas, *, offers: bool = False) -> Rows:
    """Return many rows: large towns, frequent skills, days and facts of all kinds."""
    chance = np.random.default_rng(12 + offers)
    skill_at, skill = _lists(chance, count, 7 if offers else 14, SKILL_COUNT)
    wished_at, wished = _lists(chance, count, 2, OCCUPATION_COUNT)
    exercised_at, exercised = _lists(chance, count, 3, OCCUPATION_COUNT)
    weight = chance.integers(1, 4 if offers else 13, len(skill)).astype(np.uint8)
    need = np.bincount(np.repeat(np.arange(count), np.diff(skill_at)), weight, count).astype(np.uint16)
    density = chance.uniform(0.02, 0.9, 48)
    bits = np.zeros(count, np.uint64)
    for bit, share in enumerate(density):
        bits |= (chance.random(count) < share).astype(np.uint64) << np.uint64(bit)
    return Rows(
        number=(np.arange(count, dtype=np.uint64) * np.uint64(2_654_435_761) % np.uint64(1 << 32)).astype(np.uint32),
        commune=(len(atlas.codes) * chance.random(count) ** 3).astype(np.int32),
        km=chance.choice(KILOMETRES, count),
        bits=bits,
        available=_days(chance, count, TODAY - 200, TODAY + 60),
        promoted=_days(chance, count, TODAY - 100, TODAY),
        confirmed=_days(chance, count, TODAY - 400, TODAY),
        proved=chance.integers(0, 8, count).astype(np.uint8),
        need=need if offers else np.zeros(0, np.uint16),
        skill_at=skill_at, skill=skill, weight=weight,
        wished_at=wished_at, wished=wished, exercised_at=exercised_at, exercised=exercised,
    )  # fmt: skip


def _days(chance: np.random.Generator, count: int, first: int, last: int) -> NDArray[np.uint16]:
    days = chance.integers(first, last + 1, count)
    return np.where(chance.random(count) < 0.2, 0, days).astype(np.uint16)


def _lists(
    chance: np.random.Generator, count: int, most: int, kinds: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return a list a row, without repetition: some values are in most rows, others in very few."""
    rows = np.repeat(np.arange(count), chance.integers(0, most + 1, count))
    values = 1 + (kinds * chance.random(len(rows)) ** 3).astype(np.int64)
    pairs = np.unique(rows * 1000 + values)
    lengths = np.bincount(pairs // 1000, minlength=count)
    return np.concatenate([[0], np.cumsum(lengths)]), (pairs % 1000).astype(np.uint32)


@dataclass(frozen=True)
class Columns:
    """The same rows as columns, and the answer to a request worked out without any short cut."""

    rows: Rows
    atlas: Atlas
    places: dict[str, Place]

    def answer(self, request: Request, gone: Collection[int] = ()) -> Answer:
        """Answer a request by reading every column from one end to the other."""
        reached = self._reached(request) & ~np.isin(self.rows.number, [*gone, *request.excluded])
        found = reached & self._has(request)
        ranks, draws = self._ranks(request)[found], score.tie(self.rows.number[found].astype(np.uint64), request.seed)
        keys = ranks.astype(np.int64) << 32 | draws.astype(np.int64)
        order = np.argsort(-keys)
        if request.below is not None:
            order = order[keys[order] < (request.below[0] << 32 | request.below[1])]
        order = order[: request.wanted]
        shown = zip(self.rows.number[found][order], ranks[order], draws[order], strict=True)
        return Answer(
            hits=[Hit(int(number), int(rank), int(draw)) for number, rank, draw in shown],
            total=int(found.sum()),
            counts=self._counts(request, reached),
            by_department=self._by_department(found),
        )

    @cached_property
    def facts(self) -> NDArray[np.uint64]:
        """Return the facts of each row, with those of the day."""
        available = (self.rows.available > 0) & (self.rows.available <= TODAY)
        fresh = self.rows.confirmed >= FRESH_SINCE
        day = available.astype(np.uint64) << np.uint64(AVAILABLE_BIT) | fresh.astype(np.uint64) << np.uint64(FRESH_BIT)
        return self.rows.bits | day

    @cached_property
    def department(self) -> NDArray[np.str_]:
        """Return the department of each row."""
        return np.array([self.places[code].department for code in self.atlas.codes])[self.rows.commune]

    def fact(self, bit: int) -> NDArray[np.bool_]:
        """Return who has a fact."""
        return (self.facts >> np.uint64(bit) & np.uint64(1)).astype(np.bool_)

    def _has(self, request: Request, but: int = 0) -> NDArray[np.bool_]:
        kept = np.ones(len(self.facts), np.bool_)
        for bit, siblings in request.asked.items():
            if siblings != but:
                kept &= self.fact(bit)
        return kept

    def _counts(self, request: Request, reached: NDArray[np.bool_]) -> list[int]:
        counts = [0] * 64
        found = reached & self._has(request)
        for bit in COUNTED_BITS:
            own = [siblings for siblings in request.asked.values() if siblings >> bit & 1]
            kept = reached & self._has(request, own[0]) if own else found
            counts[bit] = int((kept & self.fact(bit)).sum())
        return counts

    def _by_department(self, found: NDArray[np.bool_]) -> dict[str, int]:
        codes, counts = np.unique(self.department[found], return_counts=True)
        return {str(code): int(count) for code, count in zip(codes, counts, strict=True)}

    def _reached(self, request: Request) -> NDArray[np.bool_]:
        kept = np.ones(len(self.facts), np.bool_)
        if request.departments is not None:
            kept &= np.isin(self.department, list(request.departments))
        if request.commune:
            reach = self.rows.km.astype(np.int64)
            for km in (request.radius_km, request.own_km):
                reach = reach if km is None else np.minimum(reach, km)
            kept &= self._metres(request)[self.rows.commune] <= 1000 * reach
        if request.available_by:
            kept &= (self.rows.available > 0) & (self.rows.available <= request.available_by)
        if request.promoted_before:
            kept &= self.rows.promoted < request.promoted_before
        for bit in request.forbidden:
            kept &= ~self.fact(bit)
        if request.skill_mode and request.skills:
            held = np.bincount(self._row_of_skill[np.isin(self.rows.skill, list(request.skills))], None, len(kept))
            kept &= held >= (1 if request.skill_mode == 1 else len(request.skills))
        if request.occupation_required and (request.wished or request.exercised):
            kept &= self._links(request) > 0
        return kept

    def _metres(self, request: Request) -> NDArray[np.int64]:
        here = self.atlas.point(request.commune)
        return np.array([metres(here, self.atlas.point(code)) for code in self.atlas.codes])

    @cached_property
    def _row_of_skill(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.facts)), np.diff(self.rows.skill_at))

    def _links(self, request: Request) -> NDArray[np.int64]:
        best = np.zeros(len(self.facts), np.int64)
        for asked, at, values in (
            (request.wished, self.rows.wished_at, self.rows.wished),
            (request.exercised, self.rows.exercised_at, self.rows.exercised),
        ):
            row_of = np.repeat(np.arange(len(best)), np.diff(at))
            for code, points in asked.items():
                linked = row_of[values == code]
                best[linked] = np.maximum(best[linked], points)
        return best

    def _ranks(self, request: Request) -> NDArray[np.int64]:
        if request.order == RECENT_FIRST:
            return self.rows.confirmed.astype(np.int64)
        if request.order == NEAREST_FIRST and request.commune:
            return FARTHEST - self._metres(request)[self.rows.commune]
        days = np.array([score.availability_points(day, TODAY) for day in range(int(self.rows.available.max()) + 1)])
        points = days[self.rows.available] + self._links(request) + self._skill_points(request)
        if not request.commune:
            return points
        mobilities = KILOMETRES.tolist() if request.own_km is None else [request.own_km] * len(KILOMETRES)
        table = np.array(
            [[score.distance_points(away, km) for km in mobilities] for away in self._metres(request).tolist()]
        )
        return points + table[self.rows.commune, np.searchsorted(KILOMETRES, self.rows.km)]

    def _skill_points(self, request: Request) -> NDArray[np.int64]:
        needs = np.zeros(SKILL_COUNT + 2, np.int64)
        needs[list(request.skills)] = list(request.skills.values())
        covered = np.bincount(self._row_of_skill, needs[self.rows.skill] * self.rows.weight, len(self.facts))
        covered = covered.astype(np.int64)
        if len(self.rows.need):
            alone = score.proof_points(request.own_proved)
            pairs = zip(covered.tolist(), self.rows.need.tolist(), strict=True)
            return np.array([score.skill_points(held, need) if need else alone for held, need in pairs])
        if request.skills:
            total = sum(request.skills.values())
            return np.array([score.skill_points(held, total) for held in range(12 * total + 1)])[covered]
        return np.array([score.proof_points(count) for count in range(256)])[self.rows.proved]
