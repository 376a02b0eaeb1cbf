"""Who comes first: the rows that can still enter a short heap are weighed, scored and offered to it."""

import numpy as np

from entremise.matching.engine import score
from entremise.matching.engine.compiled import inlined, kernel, lowest_bit, popcount
from entremise.matching.engine.layout import BLOCK_BITS
from entremise.matching.engine.terms import FULL, ONE, ZERO, clear, first_from, keep_marked, mark_rows, postings

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
    linked_first = len(query.link) > 0 and query.order == BY_POINTS
    if scored:
        postings_count = _find_lists(segment, query, scratch, block, low, high)
    weighed = False
    for turn in range(2 if linked_first else 1):
        if linked_first:
            _choose(scratch.core, scratch.linked, scratch.promising, low, high, turn == 0)
        left = _keep_promising(segment, query, scratch, first, last, low, high, linked_first and turn == 1)
        scratch.total[1] += left  # how many rows were looked at: tests and benches read it
        if scored and left and not weighed:
            weighed = left * len(query.skill) * STEPS >= postings_count
            if weighed:
                _weigh_lists(segment, query, scratch, low, high)
            else:
                _look_up(segment, query, scratch, low, high)
        if left:
            _rank_rows(segment, query, scratch, block << BLOCK_BITS, first, low, high, scored)


@kernel
def _choose(core, linked, promising, low, high, is_linked):
    """Write the rows to look at: those linked to the occupation, or the others."""
    other = ZERO if is_linked else FULL
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        promising[word] = core[word] & (linked[word] ^ other)


@inlined
def _keep_promising(segment, query, scratch, first, last, low, high, unlinked):
    """Keep the rows that may still enter the heap; return how many. Nothing is lost.

    Once the heap is full, a row must bring by its skills what availability, distance and a link to the occupation
    leave missing: it is in an "essential list" of MaxScore (Turtle and Flood 1995), here the rarest that suffice.
    """
    promising = scratch.promising
    first_word, last_word = low >> 6, ((high - 1) >> 6) + 1
    if not len(query.link) or query.order != BY_POINTS:
        for word in range(first_word, last_word):
            promising[word] = scratch.core[word]
    if query.order == BY_POINTS and scratch.least[0] > 0:
        best_link = np.int64(0)
        for points in query.link_points:
            best_link = max(best_link, points)
        missing = scratch.least[0] - _beside(scratch.points, first, last) - (0 if unlinked else best_link)
        if missing > score.SKILL_POINTS:
            return np.int64(0)
        if len(query.skill) and missing > _most_without_skill(segment, query):
            _keep_essential(segment, query, scratch, low, high, missing)
    return _count(promising, first_word, last_word)


@kernel
def _count(words, first, last):
    left = np.int64(0)
    for word in range(first, last):
        left += np.int64(popcount(words[word]))
    return left


@kernel
def _most_without_skill(segment, query):
    """Return the most points that a row with none of the skills asked can have for skills: an offer may need none."""
    return proof_points(query.own_proved) if len(segment.need) else np.int64(0)


@kernel
def _beside(points, first, last):
    """Return the most points that a row of the block can have apart from its link and from the skills asked."""
    most = np.int64(0)
    for i in range(first, last):
        most = max(most, points[i])
    return most + score.AVAILABILITY_POINTS


@inlined
def _find_lists(segment, query, scratch, block, low, high):
    """Find the postings of each skill asked in the block; return how many there are in all."""
    total = np.int64(0)
    for i in range(len(query.skill)):
        start, end = postings(segment, scratch.skill_term[i], block, low, high)
        scratch.list_start[i], scratch.list_end[i] = start, end
        total += end - start
    return total


@inlined
def _keep_essential(segment, query, scratch, low, high, missing):
    """Keep the rows of some skills: those of the others, the most frequent, do not make up for what is missing."""
    words = scratch.skilled
    clear(words, low, high)
    without = np.int64(0)
    for i in range(len(query.skill)):
        skill = scratch.frequent[i]
        without += score.SKILL_POINTS if len(segment.need) else scratch.most[skill]
        if without >= missing:
            mark_rows(segment.posting_row, scratch.list_start[skill], scratch.list_end[skill], words)
    keep_marked(scratch.promising, words, low, high)


@inlined
def _weigh_lists(segment, query, scratch, low, high):
    """Sum need × weight over the skills of each row of the block, list by list."""
    scratch.covered[low:high] = 0
    for i in range(len(query.skill)):
        _weigh_list(
            segment.posting_row, segment.posting_weight, scratch.list_start[i], scratch.list_end[i],
            np.uint16(query.need[i]), scratch.covered,
        )  # fmt: skip


@kernel
def _weigh_list(rows, weights, start, end, need, covered):
    for j in range(start, end):
        covered[rows[j]] += np.uint16(need * weights[j])


@inlined
def _look_up(segment, query, scratch, low, high):
    """Sum need × weight over the skills of each promising row, row by row, when few are left."""
    starts, ends = scratch.list_start, scratch.list_end
    rows, weights = segment.posting_row, segment.posting_weight
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        left = scratch.promising[word]
        while left:
            row = (word << 6) + np.int64(lowest_bit(left))
            left &= left - ONE
            total = np.uint16(0)
            for i in range(len(query.need)):
                at = first_from(rows, starts[i], ends[i], row)
                if at < ends[i] and np.int64(rows[at]) == row:
                    total += np.uint16(np.uint16(query.need[i]) * weights[at])
            scratch.covered[row] = total


@inlined
def _rank_rows(segment, query, scratch, base, run, low, high, scored):
    """Go through the promising rows, each in its run, and offer those that may enter to the heap."""
    ends, run_points, run_metres = scratch.end, scratch.points, scratch.metres
    numbers, least = segment.number, scratch.least[0]
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        left = scratch.promising[word]
        while left:
            place = (word << 6) + np.int64(lowest_bit(left))
            left &= left - ONE
            row = base + place
            while ends[run] <= row:
                run += 1
            if query.order == BY_POINTS:
                rank = run_points[run] + _points(segment, query, scratch, row, place, scored)
            elif query.order == NEAREST_FIRST:
                rank = FARTHEST - run_metres[run]
            else:
                rank = np.int64(segment.confirmed[row])
            if rank >= least:
                key = (rank << 32) | np.int64(_draw(numbers[row], query.seed))
                if key < query.below:
                    least = _offer(scratch.heap, scratch.heap_number, scratch.size, query.wanted, key, numbers[row])
    scratch.least[0] = least


@inlined
def _points(segment, query, scratch, row, place, scored):
    """Return the points of a row, but for its distance."""
    points = availability_points(np.int64(segment.available[row]), query.today)
    if len(query.link) and (scratch.linked[place >> 6] >> np.uint64(place & 63)) & ONE:
        points += np.int64(scratch.link_points[place])
    if len(segment.need):  # offers: what they ask is written in their row
        if segment.need[row] == 0:
            points += proof_points(query.own_proved)
        elif scored:
            points += skill_points(np.int64(scratch.covered[place]), np.int64(segment.need[row]))
    elif scored:
        points += np.int64(scratch.skill_table[scratch.covered[place]])
    else:
        points += proof_points(np.int64(segment.proved[row]))
    return points


@kernel
def _offer(heap, numbers, size, wanted, key, number):
    """Put a row in the heap of the best, least first, when it deserves it; return the rank to reach from now on."""
    count = size[0]
    if count < wanted:
        at = count
        while at > 0 and heap[(at - 1) >> 1] > key:
            heap[at], numbers[at] = heap[(at - 1) >> 1], numbers[(at - 1) >> 1]
            at = (at - 1) >> 1
        size[0] = count + 1
        heap[at], numbers[at] = key, number
    elif key > heap[0]:
        at = sink(heap, numbers, count, key)
        heap[at], numbers[at] = key, number
    return heap[0] >> 32 if size[0] == wanted else np.int64(-1)


@kernel
def sink(heap, numbers, count, key):
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
