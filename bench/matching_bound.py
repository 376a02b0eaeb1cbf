"""How quick a search could be at the very best: what it must read, at the speed at which this machine reads.

Memory comes in lines of 64 bytes. The least that a search must read is every line of the index, as it is laid out,
that holds something which a search that scores all it keeps cannot do without:

- of each word of 64 rows with one in reach (place, mobilities, departments): who lives, each fact asked or forbidden;
- of each such word with a row that is kept: all facts, since all are counted;
- of the rows in reach: each link to an occupation asked (2 bytes), each skill asked (2 bytes, and 1 for its weight);
- of the rows kept: availability, and proofs when no skill is asked; of the rows shown, their number.

The bound is what all these lines weigh, divided by the speed at which one core sums a large array. Finding who is in
reach and computing count for nothing, nor does waiting for lines that are not side by side; that the processor keeps
some lines from one search to the next is not counted either. The engine skips skills that cannot matter, so a search
may be below its bound; most are above.
"""

import time

import numba
import numpy as np
from numpy.typing import NDArray

from bench.matching_plain import KEPT, Columns
from entremise.matching.engine.layout import AVAILABLE_BIT, BITS, BLOCK_BITS, EXERCISED, WISHED, Segment
from entremise.matching.engine.search import Request

LINE, LINE_BITS, WORD_BITS = 64, 6, 6
FACTS_A_LINE = 8  # words of 8 bytes, one a fact
PASSES = 5
Places = NDArray[np.int64]


def bandwidth(megabytes: int = 1000) -> float:
    """Return how many bytes a second one core reads: the best of a few sums over a large array."""
    array = np.ones(megabytes * 125_000, np.uint64)
    _sum(array[:1000])
    best = 0.0
    for _pass in range(PASSES):
        started = time.perf_counter()
        total = int(_sum(array))
        best = max(best, array.nbytes / (time.perf_counter() - started))
        if total != len(array):
            raise RuntimeError("the sum of ones is not their number")
    return best


class Bound:
    """Weighs what searches must read of a segment."""

    def __init__(self, segment: Segment, plain: Columns) -> None:
        self.segment, self.plain = segment, plain
        row_of = np.zeros(int(plain.rows.number.max()) + 1, np.int64)
        row_of[plain.rows.number] = np.arange(len(plain.rows.number))
        self._order = row_of[segment.number]  # of each row of the segment: where it is among those as they come
        self._blocks = (segment.row_count >> BLOCK_BITS) + 1

    def bytes_of(self, request: Request) -> int:
        """Return what a search must read, in bytes."""
        self.plain.look(request)
        state = self.plain.state[self._order]
        reached, kept = np.flatnonzero(state), np.flatnonzero(state == KEPT)
        count = _lines(kept, 2) + min(len(kept), request.wanted)
        if not request.skills:
            count += _lines(kept, 1)
        count += self._fact_lines(request, np.unique(reached >> WORD_BITS), np.unique(kept >> WORD_BITS))
        count += sum(self._posting_lines(skill, state, weighted=True) for skill in request.skills)
        count += sum(self._posting_lines(WISHED + code, state, weighted=False) for code in request.wished)
        count += sum(self._posting_lines(EXERCISED + code, state, weighted=False) for code in request.exercised)
        return LINE * count

    def _fact_lines(self, request: Request, words: Places, kept_words: Places) -> int:
        asked = {bit // FACTS_A_LINE for bit in (*request.asked, *request.forbidden) if bit < BITS}
        count = _lines(words, 8) + len(kept_words) * BITS // FACTS_A_LINE
        count += (len(words) - len(kept_words)) * len(asked)
        of_the_day = words if any(bit >= AVAILABLE_BIT for bit in request.asked) else kept_words
        return count + _lines(of_the_day, 16)

    def _posting_lines(self, term: int, state: NDArray[np.uint8], *, weighted: bool) -> int:
        segment, blocks = self.segment, self._blocks
        at = int(np.searchsorted(segment.term, term))
        if at == len(segment.term) or segment.term[at] != term:
            return 0
        starts = segment.posting_at[at * blocks : (at + 1) * blocks + 1].astype(np.int64)
        first, last = int(starts[0]), int(starts[-1])
        block = np.repeat(np.arange(blocks, dtype=np.int64), np.diff(starts))
        rows = (block << BLOCK_BITS) + segment.posting_row[first:last]
        places = first + np.flatnonzero(state[rows])
        return _lines(places, 2) + (_lines(places, 1) if weighted else 0)


def _lines(places: Places, size: int) -> int:
    """Return how many lines hold these places, sorted, of an array whose entries have this many bytes."""
    lines = places * size >> LINE_BITS
    return int((np.diff(lines) > 0).sum()) + bool(len(lines))


@numba.njit
def _sum(array):  # type: ignore[no-untyped-def]  # compiled
    total = np.uint64(0)
    for value in array:
        total += value
    return total
