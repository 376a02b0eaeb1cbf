"""Postings of a term in a block, the marks they leave in words of 64 rows, and what words do with marks."""

import numpy as np

from entremise.matching.engine.compiled import kernel
from entremise.matching.engine.layout import BLOCK

ONE, ZERO, FULL = np.uint64(1), np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)


@kernel
def first_from(rows, start, end, row):
    """Return where the first place from `row` on is in a sorted list, between two bounds."""
    while start < end:
        middle = (start + end) >> 1
        if np.int64(rows[middle]) < row:
            start = middle + 1
        else:
            end = middle
    return start


@kernel
def clear(words, low, high):
    """Forget the marks of the words that hold the places from `low` to `high`."""
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        words[word] = ZERO


@kernel
def keep_marked(words, marks, low, high):
    """Keep the places that are marked too."""
    for word in range(low >> 6, ((high - 1) >> 6) + 1):
        words[word] &= marks[word]


@kernel
def between(word, start, end):
    """Return the bits of a word whose places are from `start` to before `end`; the word must hold some of them."""
    bits = FULL
    if word == start >> 6:
        bits &= FULL << np.uint64(start & 63)
    if word == (end - 1) >> 6:
        bits &= FULL >> np.uint64(63 - ((end - 1) & 63))
    return bits


@kernel
def _term(segment, key):
    at = first_from(segment.term, 0, len(segment.term), key)
    return at if at < len(segment.term) and segment.term[at] == key else -1


@kernel
def postings(segment, key, block, low, high):
    """Return where the postings of a term between two rows of a block start and end."""
    at = _term(segment, key)
    if at < 0:
        return 0, 0
    blocks = (len(segment.posting_at) - 1) // len(segment.term)
    start = np.int64(segment.posting_at[at * blocks + block])
    end = np.int64(segment.posting_at[at * blocks + block + 1])
    if low > 0:
        start = first_from(segment.posting_row, start, end, low)
    if high < BLOCK:
        end = first_from(segment.posting_row, start, end, high)
    return start, end


@kernel
def mark(segment, key, block, low, high, words):
    start, end = postings(segment, key, block, low, high)
    rows = segment.posting_row
    for j in range(start, end):
        row = np.uint64(rows[j])
        words[row >> np.uint64(6)] |= ONE << (row & np.uint64(63))


@kernel
def sort_by_frequency(segment, query, scratch):
    """Write the ranks of the skills asked, the most frequent of the segment first."""
    blocks = (len(segment.posting_at) - 1) // max(len(segment.term), 1)
    for i in range(len(query.skill)):
        at = _term(segment, query.skill[i])
        held = np.int64(0)
        if at >= 0:
            held = np.int64(segment.posting_at[(at + 1) * blocks]) - np.int64(segment.posting_at[at * blocks])
        scratch.list_end[i] = held
        j = i
        while j > 0 and scratch.list_end[scratch.frequent[j - 1]] < held:
            scratch.frequent[j] = scratch.frequent[j - 1]
            j -= 1
        scratch.frequent[j] = i
