"""Who comes first: the rows that can still enter a short heap are weighed, scored and offered to it."""

import numpy as np

from entremise.matching.engine import score
from entremise.matching.engine.compiled import inlined, kernel, lowest_bit, popcount
from entremise.matching.engine.layout import BLOCK, BLOCK_BITS
from entremise.matching.engine.terms import ONE, ZERO, between, clear, first_from, keep_marked, mark, postings

BY_POINTS, NEAREST_FIRST, RECENT_FIRST = 0, 1, 2
STEPS = 12  # of a search by halving in a list of one block
FARTHEST = 1 << 30  # metres, more than between any two places

skill_points = kernel(score.skill_points)
proof_points = kernel(score.proof_points)
availability_points = kernel(score.availability_points)


@inlined
def rank_block(segment, query, scratch, block, first, last, low, high):
    """Offer the best rows kept of a block to the heap: first those linked to the occupation, who raise the bar."""
    scored = query.order == BY_POINTS and len(query.skill) > 0
    linked_first = len(query.occupation) > 0 and query.order == BY_POINTS
    for turn in range(2 if linked_first else 1):
        if linked_first:
            _choose(scratch, low, high, turn == 0)
        left = _keep_promising(segment, query, scratch, block, first, last, low, high, linked_first and turn == 1)
        scratch.total[1] += left  # how many rows were looked at: tests and benches read it
        if scored and left:
            _weigh_skills(segment, query, scratch, block, left, low, high)
        if left:
            _rank_rows(segment, query, scratch, block << BLOCK_BITS, first, last, scored)


@kernel
def _choose(scratch, low, high, linked):
    """Write the rows to look at: those linked to the occupation, or the others."""
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        mask = scratch.linked[word] if linked else ~scratch.linked[word]
        scratch.promising[word] = scratch.core[word] & mask


@inlined
def _keep_promising(segment, query, scratch, block, first, last, low, high, unlinked):
    """Keep the rows that may still enter the heap; return how many. Nothing is lost.

    Once the heap is full, a row must bring by its skills what availability, distance and a link to the occupation
    leave missing: it is in an "essential list" of MaxScore (Turtle and Flood 1995), here the rarest that suffice.
    """
    promising = scratch.promising
    first_word, last_word = low >> 6, ((high - 1) >> 6) + 1
    if not len(query.occupation) or query.order != BY_POINTS:
        for word in range(first_word, last_word):
            promising[word] = scratch.core[word]
    if query.order == BY_POINTS and scratch.least[0] > 0:
        missing = scratch.least[0] - _beside(query, scratch, first, last) - (0 if unlinked else query.most_link)
        if missing > score.SKILL_POINTS:
            return np.int64(0)
        if len(query.skill) and missing > _most_without_skill(segment, query):
            _keep_essential(segment, query, scratch, block, low, high, missing)
    left = np.int64(0)
    for word in range(first_word, last_word):
        left += np.int64(popcount(promising[word]))
    return left


@kernel
def _most_without_skill(segment, query):
    """Return the most points that a row with none of the skills asked can have for skills: an offer may need none."""
    return proof_points(query.own_proved) if len(segment.need) else np.int64(0)


@kernel
def _beside(query, scratch, first, last):
    """Return the most points that a row of the block can have apart from its link and from the skills asked."""
    most = np.int64(0)
    for i in range(first, last):
        most = max(most, np.int64(scratch.points[i]))
    return most + score.AVAILABILITY_POINTS


@kernel
def _keep_essential(segment, query, scratch, block, low, high, missing):
    """Keep the rows of some skills: those of the others, the most frequent, do not make up for what is missing."""
    words = scratch.skilled
    clear(words, low, high)
    without = np.int64(0)
    for i in range(len(query.skill)):
        skill = scratch.frequent[i]
        without += score.SKILL_POINTS if len(segment.need) else query.most[skill]
        if without >= missing:
            mark(segment, query.skill[skill], block, low, high, words)
    keep_marked(scratch.promising, words, low, high)


@inlined
def _weigh_skills(segment, query, scratch, block, left, low, high):
    """Sum need × weight over the skills of each promising row: list by list, or row by row when few are left."""
    total = np.int64(0)
    for i in range(len(query.skill)):
        start, end = postings(segment, query.skill[i], block, low, high)
        scratch.list_start[i], scratch.list_end[i] = start, end
        total += end - start
    if left * len(query.skill) * STEPS < total:
        lists = (scratch.list_start, scratch.list_end, segment.posting_row, segment.posting_weight)
        _look_up(lists, query.need, scratch.promising, scratch.covered, low, high)
        return
    covered, rows, weights = scratch.covered, segment.posting_row, segment.posting_weight
    for row in range(low, high):
        covered[row] = np.uint16(0)
    for i in range(len(query.skill)):
        need = np.uint16(query.need[i])
        for j in range(scratch.list_start[i], scratch.list_end[i]):
            covered[rows[j]] += np.uint16(need * weights[j])


@kernel
def _look_up(lists, needs, promising, covered, low, high):
    starts, ends, rows, weights = lists
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        left = promising[word]
        while left:
            row = (word << 6) + np.int64(lowest_bit(left))
            left &= left - ONE
            total = np.uint16(0)
            for i in range(len(needs)):
                at = first_from(rows, starts[i], ends[i], row)
                if at < ends[i] and np.int64(rows[at]) == row:
                    total += np.uint16(np.uint16(needs[i]) * weights[at])
            covered[row] = total


@inlined
def _rank_rows(segment, query, scratch, base, first, last, scored):
    """Go through the promising rows, run by run, and offer each to the heap.

    What the inner loops read is taken out of the tuples first: a tuple is copied at each call, an array is not.
    """
    promising, numbers, confirmed = scratch.promising, segment.number, segment.confirmed
    heap = (scratch.heap, scratch.heap_number, scratch.size, scratch.least)
    bounds = (query.wanted, query.below, query.seed)
    rows = (numbers, segment.available, segment.proved, segment.need)
    found = (scratch.covered, scratch.linked, scratch.link_points, query.skill_table)
    facts = (query.today, query.own_proved, len(query.occupation) > 0, scored)
    for i in range(first, last):
        start = np.int64(scratch.start[i]) - base
        end = min(np.int64(scratch.end[i]) - base, BLOCK)
        if start >= end:
            continue
        points, metres = scratch.points[i], scratch.metres[i]
        for word in range(start >> 6, ((end - 1) >> 6) + 1):
            left = promising[word] & between(word, start, end)
            if not left:
                continue
            if query.order == BY_POINTS:
                _score_word(rows, found, facts, heap, bounds, base, word, left, points)
            else:
                rank = FARTHEST - metres if query.order == NEAREST_FIRST else np.int64(-1)
                _order_word(numbers, confirmed, heap, bounds, base + (word << 6), left, rank)


@kernel
def _order_word(numbers, confirmed, heap, bounds, row, left, rank):
    """Offer up to 64 rows by their distance, or by the day they were confirmed when no rank is given."""
    while left:
        at = row + np.int64(lowest_bit(left))
        left &= left - ONE
        own = rank if rank >= 0 else np.int64(confirmed[at])
        if own >= heap[3][0]:
            _offer(heap, bounds, own, numbers[at])


@kernel
def _score_word(rows, found, facts, heap, bounds, base, word, left, distance):
    """Score up to 64 rows that share their distance points."""
    numbers, available, proved, needs = rows
    covered, linked_words, link_points, skill_table = found
    today, own_proved, has_links, scored = facts
    linked = linked_words[word] if has_links else ZERO
    while left:
        bit = lowest_bit(left)
        left &= left - ONE
        place = (word << 6) + np.int64(bit)
        row = base + place
        points = distance + availability_points(np.int64(available[row]), today)
        if (linked >> bit) & ONE:
            points += np.int64(link_points[place])
        if len(needs):  # offers: what they ask is written in their row
            if needs[row] == 0:
                points += proof_points(own_proved)
            elif scored:
                points += skill_points(np.int64(covered[place]), np.int64(needs[row]))
        elif scored:
            points += np.int64(skill_table[covered[place]])
        else:
            points += proof_points(np.int64(proved[row]))
        if points >= heap[3][0]:
            _offer(heap, bounds, points, numbers[row])


@kernel
def _offer(best, bounds, rank, number):
    """Put a row in the heap of the best, least first, when it deserves it."""
    heap, numbers, size, least = best
    wanted, below, seed = bounds
    key = (rank << 32) | np.int64(_draw(number, seed))
    if key >= below:
        return
    count = size[0]
    if count < wanted:
        at = count
        while at > 0 and heap[(at - 1) >> 1] > key:
            heap[at], numbers[at] = heap[(at - 1) >> 1], numbers[(at - 1) >> 1]
            at = (at - 1) >> 1
        size[0] = count + 1
    elif key > heap[0]:
        at = _sink(heap, numbers, count, key)
    else:
        return
    heap[at], numbers[at] = key, number
    if size[0] == wanted:
        least[0] = heap[0] >> 32


@kernel
def _sink(heap, numbers, count, key):
    """Take the least out; return where a key now belongs."""
    at = 0
    while True:
        child = 2 * at + 1
        if child + 1 < count and heap[child + 1] < heap[child]:
            child += 1
        if child >= count or heap[child] >= key:
            return at
        heap[at], numbers[at] = heap[child], numbers[child]
        at = child


@kernel
def _draw(number, seed):
    """Return `score.tie`, in 32-bit words."""
    mixed = np.uint32(number) ^ np.uint32(seed)
    mixed ^= mixed >> np.uint32(16)
    mixed = np.uint32(mixed * np.uint32(0x85EBCA6B))
    mixed ^= mixed >> np.uint32(13)
    mixed = np.uint32(mixed * np.uint32(0xC2B2AE35))
    return mixed ^ (mixed >> np.uint32(16))
