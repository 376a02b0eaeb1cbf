"""The search itself, compiled: block after block, bits for what is asked, a short heap for the best.

A block is 65 536 rows: its scratch (a few bits, two bytes of skills and one of occupation a row) stays in the cache of
the processor. Filters and counts read 64 rows a word. Skills are added only where somebody is left to be scored.
"""

import numpy as np

from entremise.matching.engine import score
from entremise.matching.engine.compiled import inlined, kernel
from entremise.matching.engine.filters import (
    count_departments,
    first_of_filter,
    keep_by_day,
    keep_facts,
    keep_living,
    keep_skilled,
    mark_occupations,
    mark_ranges,
)
from entremise.matching.engine.layout import BLOCK, BLOCK_BITS
from entremise.matching.engine.memory import (
    BEST,
    COUNTS,
    FACTS,
    FOUND,
    LOOKED_AT,
    PLACES,
    SHOWN,
    geography_at,
    query_at,
    scratch_at,
    segment_at,
)
from entremise.matching.engine.ranges import find_ranges
from entremise.matching.engine.ranking import rank_block, sink, skill_points
from entremise.matching.engine.terms import ONE, find_terms


@kernel
def search(request, workspace, places):
    """Search every segment, with one heap for all; the numbers are addresses. Return how long the answer is."""
    query, scratch, geography = query_at(request), scratch_at(workspace), geography_at(places)
    _begin(query, scratch)
    for part in range(len(query.parts)):
        segment, live, day_words = segment_at(query.parts[part])
        _search_segment(segment, live, day_words, geography, query, scratch)
    return _tell(query, scratch)


@inlined
def _begin(query, scratch):
    """Forget the search before, and work out what all segments share."""
    scratch.size[0], scratch.least[0] = 0, -1
    scratch.total[:] = 0
    scratch.counts[: len(query.asked) + 1] = 0
    scratch.by_department[:] = 0
    scratch.allowed[:] = 1 if not len(query.departments) else 0
    for i in range(len(query.departments)):
        scratch.allowed[query.departments[i]] = 1
    total = np.int64(0)
    for i in range(len(query.need)):
        total += query.need[i]
    for i in range(len(query.need)):  # to an offer, one alone may bring them all
        scratch.most[i] = -(-score.SKILL_POINTS * query.need[i] // total) if total else 0
    if query.need_total:
        for covered in range(score.FULL_WEIGHT * query.need_total + 1):
            scratch.skill_table[covered] = skill_points(covered, query.need_total)


@inlined
def _search_segment(segment, live, day_words, geography, query, scratch):
    """Add a segment to a search: its best rows to the heap, its numbers to the counts."""
    range_count = find_ranges(segment, geography, query, scratch)
    find_terms(segment, query, scratch)
    if len(query.excluded):
        find_rows(segment.number, segment.by_number, query.excluded, scratch.excluded)
    first = 0
    while first < range_count:
        block = np.int64(scratch.start[first]) >> BLOCK_BITS
        base = block << BLOCK_BITS
        last = first
        while last < range_count and np.int64(scratch.start[last]) < base + BLOCK:
            last += 1
        _search_block(segment, live, day_words, query, scratch, block, first, last)
        if np.int64(scratch.end[last - 1]) > base + BLOCK:  # the last run goes on in the next block
            scratch.start[last - 1] = base + BLOCK
            first = last - 1
        else:
            first = last


@inlined
def _search_block(segment, live, day_words, query, scratch, block, first, last):
    base = block << BLOCK_BITS
    low = np.int64(scratch.start[first]) - base
    high = min(np.int64(scratch.end[last - 1]) - base, BLOCK)
    mark_ranges(scratch, base, first, last, low, high)
    keep_living(live, len(query.excluded), scratch, base, low, high)
    if len(query.link):
        mark_occupations(segment, query, scratch, block, low, high)
    if query.skill_mode:
        keep_skilled(segment, query, scratch, block, low, high)
    if query.available_by or query.promoted_before:
        keep_by_day(segment, query, scratch, base, low, high)
    kept = keep_facts(segment, day_words, query, scratch, base, low, high)
    scratch.total[0] += kept
    if query.with_counts and kept:
        count_departments(segment, scratch, base, low, high)
    if kept and query.wanted:
        rank_block(segment, query, scratch, block, first, last, low, high)


@inlined
def _tell(query, scratch):
    """Write the answer, the best first; return its length."""
    answer, size = scratch.answer, scratch.size[0]
    answer[SHOWN], answer[FOUND], answer[LOOKED_AT] = size, scratch.total[0], scratch.total[1]
    for bit in range(FACTS):
        answer[COUNTS + bit] = np.int64(scratch.counts[0, bit])
    for i in range(len(query.asked)):  # of a filter in use: what choosing each of its values would find
        first = first_of_filter(query.asked_filter, i)
        for bit in range(FACTS):
            if (query.asked_filter[i] >> np.uint64(bit)) & ONE:
                answer[COUNTS + bit] = np.int64(scratch.counts[first + 1, bit])
    heap, numbers = scratch.heap, scratch.heap_number
    for left in range(size - 1, -1, -1):
        key, number = heap[0], numbers[0]
        at = sink(heap, numbers, left, heap[left])
        heap[at], numbers[at] = heap[left], numbers[left]
        answer[BEST + left], answer[BEST + size + left] = np.int64(number), key >> 32
        answer[BEST + 2 * size + left] = key & 0xFFFFFFFF
    at, places = BEST + 3 * size, 0
    for department in range(len(scratch.by_department)):
        if scratch.by_department[department]:
            answer[at], answer[at + 1] = department, scratch.by_department[department]
            at, places = at + 2, places + 1
    answer[PLACES] = places
    return at


@kernel
def find_rows(numbers, by_number, wanted, rows):
    """Write the row of each number, by halving; -1 for those that the segment does not have."""
    for i in range(len(wanted)):
        number = np.int64(wanted[i])
        low, high = 0, len(by_number)
        while low < high:
            middle = (low + high) >> 1
            if np.int64(numbers[by_number[middle]]) < number:
                low = middle + 1
            else:
                high = middle
        rows[i] = -1
        if low < len(by_number) and np.int64(numbers[by_number[low]]) == number:
            rows[i] = np.int64(by_number[low])


@kernel
def day_facts(segment, today, fresh_since):
    """Return the facts that depend on the day: available today, profile confirmed recently."""
    words = np.zeros((len(segment.words), 2), np.uint64)
    for row in range(len(segment.number)):
        mask = ONE << np.uint64(row & 63)
        available = np.int64(segment.available[row])
        if available and available <= today:
            words[row >> 6, 0] |= mask
        if np.int64(segment.confirmed[row]) >= fresh_since:
            words[row >> 6, 1] |= mask
    return words
