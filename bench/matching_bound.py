"""How quick a search could be at the very best: what it must read, at the speed at which this machine reads.

For each search, the bytes that a search which scores everybody it keeps cannot do without, had they been laid out for
it alone, side by side:

- for 64 rows in reach (place, mobilities, departments), 8 bytes for who lives, and 8 for each fact asked or forbidden;
- 2 bytes for each link to an occupation asked, and 3 (row and weight) for each skill asked, of the rows in reach;
- 2 bytes for each kept row (availability), 1 more (proofs) when no skill is asked, 2 for each day asked;
- for counts, the facts of the rows kept: 8 bytes a row, or 50 bits a row in reach when that is less;
- 4 bytes (number) for each row shown.

Finding the rows in reach, computing, and waiting for memory that is not read in one piece count for nothing. The
engine skips skills that cannot matter, so a search may even be below its bound; most are above, by what is computed.
"""

import time

import numba
import numpy as np

from bench.matching_plain import Plain
from entremise.matching.engine.search import Request

WORD_BYTES, ROWS_A_WORD, FACTS = 8, 64, 50
PASSES = 5


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


def least_bytes(request: Request, found: Plain) -> int:
    """Return what a search must read."""
    words = -(-found.reached // ROWS_A_WORD)
    filters = WORD_BYTES * words * (1 + len(request.asked) + len(request.forbidden))
    lists = 2 * found.links + 3 * found.skills
    days = 2 * found.reached * (bool(request.available_by) + bool(request.promoted_before))
    columns = found.total * (2 if request.skills else 3)
    counts = min(WORD_BYTES * found.total, WORD_BYTES * FACTS * words) if request.with_counts else 0
    return filters + lists + days + columns + counts + 4 * len(found.best)


@numba.njit
def _sum(array):  # type: ignore[no-untyped-def]  # compiled
    total = np.uint64(0)
    for value in array:
        total += value
    return total
