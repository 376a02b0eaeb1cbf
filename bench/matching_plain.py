"""The same searches written plainly in NumPy, over whole columns: slow, and what the engine must agree with."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.ranking import FARTHEST, NEAREST_FIRST
from entremise.matching.engine.search import Request


class Columns:
    """All profiles as columns."""

    def __init__(self, rows: Rows, atlas: Atlas) -> None:
        self.rows, self.atlas = rows, atlas
        places = atlas.geography
        self.points = np.stack([places.x, places.y, places.z], axis=1).astype(np.int64)[rows.commune]
        self.wished = rows.wished.astype(np.int64)  # one a profile in this bench
        self.exercised = rows.exercised.astype(np.int64)

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """Return whose each skill is."""
        return np.repeat(np.arange(len(self.rows.number)), np.diff(self.rows.skill_at))

    def best(self, request: Request) -> tuple[int, list[tuple[int, int]]]:
        """Return how many profiles are found, and the numbers and ranks of the best."""
        rows, km = self.rows, self.rows.km.astype(np.int64)
        kept = np.ones(len(rows.number), np.bool_)
        metres = np.zeros(len(rows.number), np.int64)
        if request.commune:
            home = self.atlas.point(request.commune)
            squares = ((self.points - np.array(home)) ** 2).sum(axis=1)
            metres = np.sqrt(squares.astype(np.float64)).astype(np.int64)
            kept &= (metres <= 1000 * km) & (metres <= 1000 * (request.radius_km or 0))
        for bit in request.asked:
            kept &= (rows.bits >> np.uint64(bit) & np.uint64(1)).astype(np.bool_)
        links = self._links(request)
        if request.occupation_required:
            kept &= links > 0
        at = np.flatnonzero(kept)
        ranks = self._ranks(request, at, metres[at], links[at])
        draws = score.tie(rows.number[at].astype(np.uint64), request.seed)
        keys = ranks << 32 | draws.astype(np.int64)
        order = np.argsort(-keys)[: request.wanted]
        return len(at), list(zip(rows.number[at][order].tolist(), ranks[order].tolist(), strict=True))

    def _links(self, request: Request) -> NDArray[np.int64]:
        links = np.zeros(len(self.wished), np.int64)
        for column, asked in ((self.wished, request.wished), (self.exercised, request.exercised)):
            table = np.zeros(int(column.max()) + 2, np.int64)
            for code, points in asked.items():
                table[min(code, len(table) - 1)] = points
            links = np.maximum(links, table[column])
        return links

    def _ranks(
        self, request: Request, at: NDArray[np.int64], metres: NDArray[np.int64], links: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        if request.order == NEAREST_FIRST and request.commune:
            return FARTHEST - metres
        rows = self.rows
        need = np.zeros(int(rows.skill.max()) + 1, np.int64)
        for skill, count in request.skills.items():
            need[skill] = count
        covered = np.bincount(self.owner, need[rows.skill] * rows.weight, len(rows.number))[at].astype(np.int64)
        points = score.SKILL_POINTS * covered // (score.FULL_WEIGHT * sum(request.skills.values())) + links
        available = rows.available[at].astype(np.int64)
        soon = np.where(available <= request.today + score.SOON_DAYS, score.SOON_POINTS, 0)
        ready = np.where(available <= request.today, score.AVAILABILITY_POINTS, soon)
        points += np.where(available == 0, 0, ready)
        if request.commune:
            reach = np.maximum(1000 * rows.km[at].astype(np.int64), 1000)
            points += np.maximum(score.DISTANCE_POINTS * (reach - metres) // reach, 0)
        return points
