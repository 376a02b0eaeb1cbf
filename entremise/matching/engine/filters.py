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
def keep_living(live, excluded_count, scratch, base, low, high):
    offset = base >> 6
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        scratch.core[word] &= live[offset + word]
    for i in range(excluded_count):
        row = scratch.excluded[i] - base
        if 0 <= row < BLOCK:
            scratch.core[row >> 6] &= ~(ONE << np.uint64(row & 63))


@inlined
def mark_occupations(segment, query, scratch, block, low, high):
    """Note the points of each row's best link to an occupation; keep only the rows linked when that is required."""
    words = scratch.linked
    clear(words, low, high)
    for i in range(len(query.link)):
        start, end = postings(segment, scratch.link_term[i], block, low, high)
        _link(segment.posting_row, start, end, np.uint8(query.link_points[i]), words, scratch.link_points)
    if query.is_linked:
        keep_marked(scratch.core, words, low, high)


@kernel
def _link(rows, start, end, points, words, best):
    for j in range(start, end):
        row = np.int64(rows[j])
        mask = ONE << np.uint64(row & 63)
        before = best[row] if words[row >> 6] & mask else np.uint8(0)
        words[row >> 6] |= mask
        best[row] = max(before, points)


@inlined
def keep_skilled(segment, query, scratch, block, low, high):
    """Keep the rows that hold one of the skills, or all of them."""
    words = scratch.skilled
    clear(words, low, high)
    for i in range(len(query.skill)):
        mark(segment, scratch.skill_term[i], block, low, high, words)
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
    asked, forbidden, filters = query.asked, query.forbidden, query.asked_filter
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        found = core[word]
        if found == ZERO:
            continue
        for i in range(len(forbidden)):
            found &= ~_fact(words, day_words, offset + word, forbidden[i])
        for i in range(len(asked) if query.with_counts else 0):
            if i == 0 or first_of_filter(filters, i) == i:  # what all other filters keep, for the values of this one
                others = _kept_by_others(words, day_words, asked, filters, i, offset + word, found)
                _count_facts(words, day_words, counts[i + 1], offset + word, others)
        for i in range(len(asked)):
            found &= _fact(words, day_words, offset + word, asked[i])
        core[word] = found
        if found:
            kept += np.int64(popcount(found))
            if query.with_counts:
                _count_facts(words, day_words, counts[0], offset + word, found)
    return kept


@kernel
def _fact(words, day_words, word, bit):
    if bit < BITS:
        return words[word, bit]
    return day_words[word, bit - AVAILABLE_BIT]


@kernel
def first_of_filter(filters, which):
    """Return the first bit asked of the same filter: the one under which its values are counted."""
    first = 0
    while filters[first] != filters[which]:
        first += 1
    return first


@kernel
def _kept_by_others(words, day_words, asked, filters, which, word, found):
    for other in range(len(asked)):
        if filters[other] != filters[which]:
            found &= _fact(words, day_words, word, asked[other])
    return found


@kernel
def _count_facts(words, day_words, counts, word, found):
    """Count each fact among the rows of a word: written so plainly, eight facts are counted at a time."""
    for bit in range(BITS):
        counts[bit] += popcount(found & words[word, bit])
    counts[AVAILABLE_BIT] += popcount(found & day_words[word, 0])
    counts[FRESH_BIT] += popcount(found & day_words[word, 1])


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
