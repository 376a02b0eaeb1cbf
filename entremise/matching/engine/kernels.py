"""The search itself, compiled: block after block, bits for what is asked, a short heap for the best.

A block is 65 536 rows: its scratch (a few bits, two bytes of skills and one of occupation a row) stays in the cache of
the processor. Filters and counts read 64 rows a word. Skills are added only where somebody is left to be scored.
"""

import numpy as np

from entremise.matching.engine.compiled import inlined, kernel
from entremise.matching.engine.filters import (
    count_departments,
    keep_by_day,
    keep_facts,
    keep_living,
    keep_skilled,
    mark_occupations,
    mark_ranges,
)
from entremise.matching.engine.layout import BLOCK, BLOCK_BITS
from entremise.matching.engine.ranges import find_ranges
from entremise.matching.engine.ranking import rank_block
from entremise.matching.engine.terms import ONE, sort_by_frequency


@kernel
def search_segment(segment, live, day_words, excluded, geography, query, scratch):
    """Add a segment to a search: its best rows to the heap, its numbers to the counts."""
    range_count = find_ranges(segment, geography, query, scratch)
    sort_by_frequency(segment, query, scratch)
    first = 0
    while first < range_count:
        block = np.int64(scratch.start[first]) >> BLOCK_BITS
        base = block << BLOCK_BITS
        last = first
        while last < range_count and np.int64(scratch.start[last]) < base + BLOCK:
            last += 1
        _search_block(segment, live, day_words, excluded, query, scratch, block, first, last)
        if np.int64(scratch.end[last - 1]) > base + BLOCK:  # the last run goes on in the next block
            scratch.start[last - 1] = base + BLOCK
            first = last - 1
        else:
            first = last


@inlined
def _search_block(segment, live, day_words, excluded, query, scratch, block, first, last):
    base = block << BLOCK_BITS
    low = np.int64(scratch.start[first]) - base
    high = min(np.int64(scratch.end[last - 1]) - base, BLOCK)
    mark_ranges(scratch, base, first, last, low, high)
    keep_living(live, excluded, scratch, base, low, high)
    if len(query.occupation):
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


@kernel
def find_rows(numbers, by_number, wanted):
    """Return the row of each number, by halving; -1 for those that the segment does not have."""
    rows = np.full(len(wanted), -1, np.int64)
    for i in range(len(wanted)):
        low, high = 0, len(by_number)
        while low < high:
            middle = (low + high) >> 1
            if numbers[by_number[middle]] < wanted[i]:
                low = middle + 1
            else:
                high = middle
        if low < len(by_number) and numbers[by_number[low]] == wanted[i]:
            rows[i] = np.int64(by_number[low])
    return rows


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
