"""Who is kept: geography, occupations, skills, days and yes-or-no facts, 64 rows at a time; counts on the way."""

import numpy as np

from entremise.matching.engine.compiled import inlined, kernel, lowest_bit, popcount
from entremise.matching.engine.layout import AVAILABLE_BIT, BITS, BLOCK, FRESH_BIT
from entremise.matching.engine.terms import ONE, ZERO, between, clear, first_from, keep_marked, mark, postings

ALL_SKILLS = 2
ANY_SKILL = 1


@inlined
def mark_ranges(scratch, base, first, last, low, high):
    clear(scratch.core, low, high)
    for i in range(first, last):
        start = np.int64(scratch.start[i]) - base
        end = min(np.int64(scratch.end[i]) - base, BLOCK)
        if start >= end:
            continue
        for word in range(start >> 6, ((end - 1) >> 6) + 1):
            scratch.core[word] |= between(word, start, end)


@inlined
def keep_living(live, excluded, scratch, base, low, high):
    offset = base >> 6
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        scratch.core[word] &= live[offset + word]
    first = first_from(excluded, 0, len(excluded), base)
    for i in range(first, first_from(excluded, first, len(excluded), base + BLOCK)):
        row = np.int64(excluded[i]) - base
        scratch.core[row >> 6] &= ~(ONE << np.uint64(row & 63))


@inlined
def mark_occupations(segment, query, scratch, block, low, high):
    """Note the points of each row linked to an occupation, best link first; keep only those when it is required."""
    words = scratch.linked
    clear(words, low, high)
    for i in range(len(query.occupation)):
        start, end = postings(segment, query.occupation[i], block, low, high)
        points = query.occupation_points[i]
        for j in range(start, end):
            row = np.int64(segment.posting_row[j])
            mask = ONE << np.uint64(row & 63)
            if not words[row >> 6] & mask:
                words[row >> 6] |= mask
                scratch.link_points[row] = points
    if query.occupation_required:
        keep_marked(scratch.core, words, low, high)


@inlined
def keep_skilled(segment, query, scratch, block, low, high):
    """Keep the rows that hold one of the skills, or all of them."""
    words = scratch.skilled
    clear(words, low, high)
    for i in range(len(query.skill)):
        mark(segment, query.skill[i], block, low, high, words)
        if query.skill_mode == ALL_SKILLS:
            keep_marked(scratch.core, words, low, high)
            clear(words, low, high)
    if query.skill_mode == ANY_SKILL:
        keep_marked(scratch.core, words, low, high)


@inlined
def keep_by_day(segment, query, scratch, base, low, high):
    """Keep who is available by a day, and not promoted since another."""
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        left = scratch.core[word]
        while left:
            row = base + (word << 6) + np.int64(lowest_bit(left))
            mask = left & (~left + ONE)
            left ^= mask
            available = np.int64(segment.available[row])
            late = query.available_by and (available == 0 or available > query.available_by)
            if late or (query.promoted_before and np.int64(segment.promoted[row]) >= query.promoted_before):
                scratch.core[word] ^= mask


@inlined
def keep_facts(segment, day_words, query, scratch, base, low, high):
    """Keep the rows that have what is asked and nothing forbidden; count on the way; return how many are kept."""
    kept, offset = np.int64(0), base >> 6
    words, core, counts = segment.words, scratch.core, scratch.counts
    asked, forbidden, with_counts = query.asked, query.forbidden, query.with_counts
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        found = core[word]
        if found == ZERO:
            continue
        for i in range(len(forbidden)):
            found &= ~_fact(words, day_words, offset + word, forbidden[i])
        if with_counts and len(asked):
            _count_asked(words, day_words, query.asked, query.asked_filter, query.asked_siblings,
                         scratch.sibling_counts, offset + word, found)  # fmt: skip
        for i in range(len(asked)):
            found &= _fact(words, day_words, offset + word, asked[i])
        core[word] = found
        if found:
            kept += np.int64(popcount(found))
            if with_counts:
                _count_facts(words, day_words, counts, offset + word, found)
    return kept


@kernel
def _fact(words, day_words, word, bit):
    if bit < BITS:
        return words[word, bit]
    return day_words[word, bit - AVAILABLE_BIT]


@kernel
def _count_facts(words, day_words, counts, word, found):
    for bit in range(BITS):
        counts[bit] += popcount(found & words[word, bit])
    counts[AVAILABLE_BIT] += popcount(found & day_words[word, 0])
    counts[FRESH_BIT] += popcount(found & day_words[word, 1])


@kernel
def _count_asked(words, day_words, asked, filters, siblings, counts, word, core):
    """Count the other values of each filter in use with what all the other filters keep."""
    for i in range(len(asked)):
        others = core
        for j in range(len(asked)):
            if filters[j] != filters[i]:
                others &= _fact(words, day_words, word, asked[j])
        left = siblings[i]
        while others and left:
            bit = np.int64(lowest_bit(left))
            left &= left - ONE
            counts[bit] += popcount(others & _fact(words, day_words, word, bit))


@inlined
def count_departments(segment, scratch, base, low, high):
    rows = segment.department_row
    department = first_from(rows, 0, len(rows), base + low + 1) - 1
    while department < len(rows) - 1 and np.int64(rows[department]) < base + high:
        start = max(np.int64(rows[department]) - base, low)
        end = min(np.int64(rows[department + 1]) - base, high)
        if start < end:
            scratch.by_department[department] += _count_between(scratch, start, end)
        department += 1


@kernel
def _count_between(scratch, start, end):
    found = np.int64(0)
    for word in range(start >> 6, ((end - 1) >> 6) + 1):
        found += np.int64(popcount(scratch.core[word] & between(word, start, end)))
    return found
