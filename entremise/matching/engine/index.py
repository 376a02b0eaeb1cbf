"""An index that is searched while it changes: a large segment, and small ones for what changed since it was built.

A row that changes is buried where it was (one bit) and written again in the smallest segment, rebuilt in less than a
millisecond; when that one is full it is merged into the next, sixteen times larger, and so on. Searches read a tuple
of segments that is replaced as a whole: they wait for nobody, and see each row once, as it was or as it is.
"""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import kernels, search
from entremise.matching.engine import rows as rows_of
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import WORD, Rows, Segment
from entremise.matching.engine.search import Answer, Living, Request

TIERS = (512, 8_192, 131_072)  # rows of the small segments; the last one takes all that comes


class Index:
    """Rows to search, that may change; safe to share between threads."""

    def __init__(self, atlas: Atlas, base: Segment, *, today: int, fresh_since: int) -> None:
        self.atlas = atlas
        self._day = (today, fresh_since)
        self._lock = threading.Lock()
        self._tiers: list[Rows] = [rows_of.empty() for _ in TIERS]
        empty = build(rows_of.empty(), atlas.geography)
        self._parts: tuple[Living, ...] = tuple(self._living(one) for one in (base, *[empty] * len(TIERS)))

    def search(self, request: Request) -> Answer:
        """Return the best rows, their number and the counts."""
        return search.run(request, self._parts, self.atlas)

    def put(self, changed: Rows) -> None:
        """Add rows, or replace those that have the same numbers; the last one wins when a number comes twice."""
        with self._lock:
            last = len(changed.number) - 1 - np.unique(changed.number[::-1], return_index=True)[1]
            mask = np.zeros(len(changed.number), np.bool_)
            mask[last] = True
            parts = self._without(changed.number)
            self._add(parts, 0, rows_of.kept(changed, mask))
            self._parts = tuple(parts)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take rows out; those that are not there are none of its business."""
        with self._lock:
            self._parts = tuple(self._without(np.array(numbers, np.uint32)))

    def fork(self) -> "Index":
        """Return an index that shares the segments and changes alone: what one transaction sees before it commits."""
        other = object.__new__(Index)
        with self._lock:
            other.atlas, other._day, other._lock = self.atlas, self._day, threading.Lock()
            other._tiers = list(self._tiers)
            other._parts = tuple(search.buried(part, part.live.copy()) for part in self._parts)
        return other

    def set_day(self, today: int, fresh_since: int) -> None:
        """Work out again the facts that depend on the day, when it has changed."""
        with self._lock:
            if self._day != (today, fresh_since):
                self._day = (today, fresh_since)
                self._parts = tuple(self._living(part.segment, part.live) for part in self._parts)

    @property
    def parts(self) -> tuple[Living, ...]:
        """Return the segments as a search reads them."""
        return self._parts

    @property
    def base(self) -> Segment:
        """Return the large segment."""
        return self._parts[0].segment

    @property
    def is_empty(self) -> bool:
        """Tell whether no row lives."""
        return not any(part.live.any() for part in self._parts)

    @property
    def changed_count(self) -> int:
        """Return how many rows wait in the small segments: when they are many, it is time to build again."""
        return sum(part.segment.row_count for part in self._parts[1:])

    def numbers(self) -> NDArray[np.uint32]:
        """Return the numbers of all living rows, sorted."""
        return np.sort(np.concatenate([part.segment.number[_alive(part)] for part in self._parts]))

    def _living(self, segment: Segment, live: NDArray[np.uint64] | None = None) -> Living:
        day_words = kernels.day_facts(segment, *self._day)
        day_words.flags.writeable = False
        return search.living(segment, search.all_live(segment) if live is None else live, day_words)

    def _without(self, numbers: NDArray[np.uint32]) -> list[Living]:
        """Return the segments with these rows buried; the present ones are left to the searches that read them."""
        parts = []
        for part in self._parts:
            rows = search.rows_of(part.segment, np.unique(numbers))
            if len(rows):
                live = part.live.copy()
                np.bitwise_and.at(live, rows // WORD, ~(np.uint64(1) << (rows % WORD).astype(np.uint64)))
                part = search.buried(part, live)
            parts.append(part)
        return parts

    def _add(self, parts: list[Living], tier: int, added: Rows) -> None:
        """Write rows in a tier, what still lives there kept; hand all over to the next tier when it is full."""
        mine = self._tiers[tier]
        alive = np.isin(mine.number, parts[tier + 1].segment.number[_alive(parts[tier + 1])])
        together = rows_of.together([rows_of.kept(mine, alive), added])
        if len(together.number) > TIERS[tier] and tier + 1 < len(TIERS):
            self._add(parts, tier + 1, together)
            together = rows_of.empty()
        self._tiers[tier] = together
        parts[tier + 1] = self._living(build(together, self.atlas.geography))


def _alive(part: Living) -> NDArray[np.bool_]:
    bits = np.unpackbits(part.live.view(np.uint8), bitorder="little")[: part.segment.row_count]
    return bits.astype(np.bool_)
