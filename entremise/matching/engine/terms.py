"""Postings of a term in a block, the marks they leave in words of 64 rows, and what words do with marks."""

import numpy as np

from entremise.matching.engine.compiled import inlined, kernel
from entremise.matching.engine.layout import BLOCK, BLOCK_BITS

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
def _term(terms, key):
    at = first_from(terms, 0, len(terms), key)
    return at if at < len(terms) and terms[at] == key else -1


@inlined
def find_terms(segment, query, scratch):
    """Find what is asked among the terms of a segment, once; sort its skills, the most frequent first."""
    blocks = (len(segment.posting_at) - 1) // max(len(segment.term), 1)
    for i in range(len(query.link)):
        scratch.link_term[i] = _term(segment.term, query.link[i])
    held, frequent = scratch.held, scratch.frequent
    for i in range(len(query.skill)):
        at = _term(segment.term, query.skill[i])
        scratch.skill_term[i], held[i] = at, 0
        if at >= 0:
            held[i] = np.int64(segment.posting_at[(at + 1) * blocks]) - np.int64(segment.posting_at[at * blocks])
        j = i
        while j > 0 and held[frequent[j - 1]] < held[i]:
            frequent[j] = frequent[j - 1]
            j -= 1
        frequent[j] = i


@kernel
def postings(segment, term, block, low, high):
    """Return where the postings of a term, told by its rank, between two rows of a block start and end."""
    if term < 0:
        return 0, 0
    blocks = (len(segment.posting_at) - 1) // len(segment.term)
    start = np.int64(segment.posting_at[term * blocks + block])
    end = np.int64(segment.posting_at[term * blocks + block + 1])
    first, last = start, end
    if low > 0:
        first = _first_near(segment.posting_row, start, end, low)
    if high < BLOCK:
        last = _first_near(segment.posting_row, start, end, high)
    return first, last


@kernel
def _first_near(rows, start, end, row):
    """Do as `first_from` in a list of a block, from where the row would be if the list were evenly spread.

    A few places side by side are read, where halving would read a dozen far apart: memory is what takes time.
    """
    guess = start + ((end - start) * row >> BLOCK_BITS)
    step = 4
    if guess < end and np.int64(rows[guess]) < row:
        while guess + step < end and np.int64(rows[guess + step]) < row:
            guess += step
            step += step
        return first_from(rows, guess + 1, min(guess + step, end), row)
    while guess - step >= start and np.int64(rows[guess - step]) >= row:
        guess -= step
        step += step
    return first_from(rows, max(guess - step, start), guess, row)


@kernel
def mark(segment, term, block, low, high, words):
    start, end = postings(segment, term, block, low, high)
    mark_rows(segment.posting_row, start, end, words)


@kernel
def mark_rows(rows, start, end, words):
    """Mark the places of a part of a list."""
    for j in range(start, end):
        row = np.uint64(rows[j])
        words[row >> np.uint64(6)] |= ONE << (row & np.uint64(63))
