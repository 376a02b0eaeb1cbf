"""What the kernels read and write, told by its addresses: a search costs one number instead of seventy arrays.

To hand an array to compiled code takes half a microsecond, more than many searches spend on it. So each set of arrays
has a *table*, made once: the address and the length of each. Who holds a table holds its arrays too, so that they
live as long as it does. The kernels make the same named tuples of it, at no cost.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine.compiled import carray, inlined, kernel, pointer
from entremise.matching.engine.geography import Geography
from entremise.matching.engine.layout import BITS, BLOCK, WORD, Segment

FACTS = 64  # yes-or-no facts of a row and of the day
LINE = 8  # of 64 bits
MOST_SKILLS = 300  # of one search: more would not fit the sums of the kernels
# An answer in whole numbers: how many are shown, found, looked at; departments with somebody; the count of each fact;
# then the numbers, ranks and draws of those shown, and the departments and how many are there.
SHOWN, FOUND, LOOKED_AT, PLACES, COUNTS = 0, 1, 2, 3, 4
BEST = COUNTS + FACTS


class Query(NamedTuple):
    """A request as the kernels read it; first single values, then lists."""

    place: int  # number of a commune; -1: nowhere in particular
    reach_m: int
    own_km: int  # -1: rows are people, and have theirs
    own_proved: int
    skill_mode: int
    is_linked: int  # only rows linked to an occupation
    available_by: int
    promoted_before: int
    today: int
    order: int
    wanted: int
    below: int
    seed: int
    with_counts: int
    need_total: int  # 0 when rows are offers, which have their own needs
    parts: NDArray[np.int64]  # addresses of the tables of the segments
    skill: NDArray[np.int64]
    need: NDArray[np.int64]
    link: NDArray[np.int64]  # terms of occupations
    link_points: NDArray[np.int64]
    asked: NDArray[np.int64]
    asked_filter: NDArray[np.uint64]  # bits of the filter of each bit asked
    forbidden: NDArray[np.int64]
    departments: NDArray[np.int64]  # empty: all
    communes: NDArray[np.int64]  # sorted; empty: all
    excluded: NDArray[np.int64]  # numbers of rows


LISTS = 11
SINGLES = len(Query._fields) - LISTS
HEAD = SINGLES + LISTS  # single values and the length of each list come before the lists


class Scratch(NamedTuple):
    """Working memory of one search at a time; a thread keeps its own."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    points: NDArray[np.int64]
    metres: NDArray[np.int64]
    core: NDArray[np.uint64]
    linked: NDArray[np.uint64]
    skilled: NDArray[np.uint64]
    promising: NDArray[np.uint64]
    link_points: NDArray[np.uint8]
    covered: NDArray[np.uint16]
    link_term: NDArray[np.int64]  # rank of each occupation among the terms of the segment
    skill_term: NDArray[np.int64]
    held: NDArray[np.int64]  # how many rows of the segment have each skill
    frequent: NDArray[np.int64]  # skills, the most frequent first
    list_start: NDArray[np.int64]  # of each skill in the block: its postings
    list_end: NDArray[np.int64]
    most: NDArray[np.int64]  # points that each skill can bring
    skill_table: NDArray[np.uint8]  # points of skills by sum of need × weight
    excluded: NDArray[np.int64]  # rows of the segment
    allowed: NDArray[np.uint8]  # departments
    heap: NDArray[np.int64]
    heap_number: NDArray[np.uint32]
    size: NDArray[np.int64]
    least: NDArray[np.int64]
    total: NDArray[np.int64]  # rows found, rows looked at
    counts: NDArray[np.uint64]  # [0]: of what is found; [1 + i]: of what would be without the filter of bit i asked
    by_department: NDArray[np.int64]
    answer: NDArray[np.int64]


OF_SCRATCH, OF_GEOGRAPHY = 2 * len(Scratch._fields), 2 * len(Geography._fields)  # numbers in each table
OF_SEGMENT = 2 * len(Segment._fields) + 4


def allocated(runs: int, departments: int, links: int, excluded: int, wanted: int, sums: int) -> Scratch:
    """Return working memory with room for this much."""
    words = BLOCK // WORD
    whole = {
        "start": runs, "end": runs, "points": runs, "metres": runs, "link_term": links, "skill_term": MOST_SKILLS,
        "held": MOST_SKILLS, "frequent": MOST_SKILLS, "list_start": MOST_SKILLS, "list_end": MOST_SKILLS,
        "most": MOST_SKILLS, "excluded": excluded, "heap": wanted, "size": 1, "least": 1, "total": 2,
        "by_department": departments, "answer": BEST + 3 * wanted + 2 * departments,
    }  # fmt: skip
    arrays: dict[str, NDArray[Any]] = {name: np.zeros(count, np.int64) for name, count in whole.items()}
    arrays |= {name: np.zeros(words, np.uint64) for name in ("core", "linked", "skilled", "promising")}
    return Scratch(
        **arrays, link_points=np.zeros(BLOCK, np.uint8), covered=np.zeros(BLOCK, np.uint16),
        skill_table=np.zeros(sums, np.uint8), allowed=np.zeros(departments, np.uint8),
        heap_number=np.zeros(wanted, np.uint32), counts=_in_lines((FACTS + 1) * FACTS).reshape(FACTS + 1, FACTS),
    )  # fmt: skip


def _in_lines(count: int) -> NDArray[np.uint64]:
    """Return an array that begins with a line of the cache: what is written there is read again at once."""
    wide = np.zeros(count + LINE, np.uint64)
    start = -wide.ctypes.data // wide.itemsize % LINE
    return wide[start : start + count]


@kernel
def _at(places, which, kind):  # type: ignore[no-untyped-def]  # compiled
    """Return an array of a table."""
    return carray(pointer(places[2 * which]), places[2 * which + 1], kind)


@kernel
def _list(told, which):  # type: ignore[no-untyped-def]
    """Return a list of a request."""
    start = HEAD
    for before in range(SINGLES, SINGLES + which):
        start += told[before]
    return told[start : start + told[SINGLES + which]]


@inlined
def query_at(address):  # type: ignore[no-untyped-def]
    """Return a request from where it is written."""
    head = carray(pointer(address), HEAD, np.int64)
    told = carray(pointer(address), HEAD + head[SINGLES:].sum(), np.int64)
    return Query(
        told[0], told[1], told[2], told[3], told[4], told[5], told[6], told[7], told[8], told[9], told[10], told[11],
        told[12], told[13], told[14],
        _list(told, 0), _list(told, 1), _list(told, 2), _list(told, 3), _list(told, 4), _list(told, 5),
        _list(told, 6).view(np.uint64), _list(told, 7), _list(told, 8), _list(told, 9), _list(told, 10),
    )  # fmt: skip


@inlined
def scratch_at(address):  # type: ignore[no-untyped-def]
    """Return working memory from its table."""
    t = carray(pointer(address), OF_SCRATCH, np.int64)
    return Scratch(
        _at(t, 0, np.int64), _at(t, 1, np.int64), _at(t, 2, np.int64), _at(t, 3, np.int64), _at(t, 4, np.uint64),
        _at(t, 5, np.uint64), _at(t, 6, np.uint64), _at(t, 7, np.uint64), _at(t, 8, np.uint8), _at(t, 9, np.uint16),
        _at(t, 10, np.int64), _at(t, 11, np.int64), _at(t, 12, np.int64), _at(t, 13, np.int64), _at(t, 14, np.int64),
        _at(t, 15, np.int64), _at(t, 16, np.int64), _at(t, 17, np.uint8), _at(t, 18, np.int64), _at(t, 19, np.uint8),
        _at(t, 20, np.int64), _at(t, 21, np.uint32), _at(t, 22, np.int64), _at(t, 23, np.int64), _at(t, 24, np.int64),
        carray(pointer(t[50]), (FACTS + 1, FACTS), np.uint64), _at(t, 26, np.int64), _at(t, 27, np.int64),
    )  # fmt: skip


@inlined
def geography_at(address):  # type: ignore[no-untyped-def]
    """Return communes from their table."""
    t = carray(pointer(address), OF_GEOGRAPHY, np.int64)
    return Geography(
        _at(t, 0, np.int32), _at(t, 1, np.int32), _at(t, 2, np.int32), _at(t, 3, np.uint16), _at(t, 4, np.int32),
        _at(t, 5, np.int32), _at(t, 6, np.int32), _at(t, 7, np.int32),
    )  # fmt: skip


@inlined
def segment_at(address):  # type: ignore[no-untyped-def]
    """Return a segment, the bits of its living rows and its facts of the day from their table."""
    t = carray(pointer(address), OF_SEGMENT, np.int64)
    words = carray(pointer(t[12]), (t[13], BITS), np.uint64)
    segment = Segment(
        _at(t, 0, np.uint32), _at(t, 1, np.uint32), _at(t, 2, np.uint32), _at(t, 3, np.uint32), _at(t, 4, np.uint16),
        _at(t, 5, np.uint32), words, _at(t, 7, np.uint16), _at(t, 8, np.uint16), _at(t, 9, np.uint16),
        _at(t, 10, np.uint8), _at(t, 11, np.uint16), _at(t, 12, np.int64), _at(t, 13, np.uint32),
        _at(t, 14, np.uint16), _at(t, 15, np.uint8),
    )  # fmt: skip
    return segment, _at(t, 16, np.uint64), carray(pointer(t[34]), (t[35], 2), np.uint64)
