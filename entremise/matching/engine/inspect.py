"""Rows read back from an index, one by one: slow, to check that it says what the database says."""

from collections.abc import Collection
from typing import Any

import numpy as np

from entremise.matching.engine import search
from entremise.matching.engine.index import Index
from entremise.matching.engine.layout import BITS, BLOCK_BITS, EXERCISED, WISHED, WORD, Rows, Segment

Facts = dict[str, Any]
COLUMNS = ("available", "promoted", "confirmed", "proved")


def told_by_index(index: Index, numbers: Collection[int]) -> dict[int, Facts]:
    """Return what the index knows of some rows, by number; those that it does not have are left out."""
    found = {}
    for part in index.parts:
        for number in numbers:
            for row in search.rows_of(part.segment, np.array([number], np.uint32)).tolist():
                if part.live[row // WORD] >> np.uint64(row % WORD) & np.uint64(1):
                    found[number] = _facts(part.segment, row)
    return found


def told_by_rows(rows: Rows) -> dict[int, Facts]:
    """Return the same of rows as they are read, by number."""
    found = {}
    for i, number in enumerate(rows.number.tolist()):
        lists = [
            (0, rows.skill_at, rows.skill, rows.weight),
            (WISHED, rows.wished_at, rows.wished, None),
            (EXERCISED, rows.exercised_at, rows.exercised, None),
        ]
        terms: dict[int, int] = {}
        for kind, at, values, weights in lists:
            part = slice(at[i], at[i + 1])
            told = [1] * (at[i + 1] - at[i]) if weights is None else weights[part].tolist()
            terms |= dict(zip((kind + values[part].astype(np.int64)).tolist(), told, strict=True))
        found[number] = {
            "commune": int(rows.commune[i]), "km": int(rows.km[i]), "bits": int(rows.bits[i]), "terms": terms,
            "need": int(rows.need[i]) if len(rows.need) else 0,
            **{name: int(getattr(rows, name)[i]) for name in COLUMNS},
        }  # fmt: skip
    return found


def _facts(segment: Segment, row: int) -> Facts:
    group = int(np.searchsorted(segment.group_row, row, side="right")) - 1
    word, place = divmod(row, WORD)
    bits = segment.words[word, :BITS] >> np.uint64(place) & np.uint64(1)
    return {
        "commune": int(np.searchsorted(segment.group_at, group, side="right")) - 1,
        "km": int(segment.group_km[group]),
        "bits": sum(1 << bit for bit in np.flatnonzero(bits).tolist()),
        "terms": _terms(segment, row),
        "need": int(segment.need[row]) if len(segment.need) else 0,
        **{name: int(getattr(segment, name)[row]) for name in COLUMNS},
    }


def _terms(segment: Segment, row: int) -> dict[int, int]:
    """Look the row up in the postings of every term: there is no other way back."""
    blocks = (len(segment.posting_at) - 1) // max(len(segment.term), 1)
    block, place = row >> BLOCK_BITS, row & ((1 << BLOCK_BITS) - 1)
    cells = np.arange(len(segment.term)) * blocks + block
    found = {}
    for term, start, end in zip(
        segment.term.tolist(), segment.posting_at[cells].tolist(), segment.posting_at[cells + 1].tolist(), strict=True
    ):
        at = start + int(np.searchsorted(segment.posting_row[start:end], place))
        if at < end and segment.posting_row[at] == place:
            found[term] = int(segment.posting_weight[at])
    return found
