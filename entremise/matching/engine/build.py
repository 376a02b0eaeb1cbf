"""From rows to a segment: sort by place, cut in blocks, turn lists into postings and facts into bits."""

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine.compiled import kernel
from entremise.matching.engine.geography import Geography
from entremise.matching.engine.layout import BITS, BLOCK_BITS, EXERCISED, WISHED, WORD, Rows, Segment, frozen


def build(rows: Rows, geography: Geography) -> Segment:
    """Lay rows out for search; the order of the rows given does not matter."""
    order = _in_search_order(rows)
    commune, km, number = rows.commune[order], rows.km[order], rows.number[order]
    group_at, group_row, group_km = _groups(commune, km, len(geography.x))
    blocks = (len(order) >> BLOCK_BITS) + 1
    lists = (
        (0, rows.skill_at, rows.skill, rows.weight),
        (WISHED, rows.wished_at, rows.wished, np.zeros(0, np.uint8)),
        (EXERCISED, rows.exercised_at, rows.exercised, np.zeros(0, np.uint8)),
    )
    term, posting_at, posting_row, posting_weight = _postings(lists, order, blocks)
    return frozen(
        Segment(
            number=number,
            by_number=np.argsort(number).astype(np.uint32),
            group_at=group_at,
            group_row=group_row,
            group_km=group_km,
            department_row=_department_rows(geography, group_at, group_row),
            words=_words(np.ascontiguousarray(rows.bits[order])),
            available=rows.available[order],
            promoted=rows.promoted[order],
            confirmed=rows.confirmed[order],
            proved=rows.proved[order],
            need=rows.need[order] if len(rows.need) else rows.need.copy(),
            term=term,
            posting_at=posting_at,
            posting_row=posting_row,
            posting_weight=posting_weight,
        )
    )


def _in_search_order(rows: Rows) -> NDArray[np.int64]:
    """Sort by commune, then the widest mobility first, then number."""
    by_number = np.argsort(rows.number, kind="stable")
    key = rows.commune.astype(np.int64) * 65536 + (65535 - rows.km.astype(np.int64))
    order: NDArray[np.int64] = by_number[np.argsort(key[by_number], kind="stable")]
    return order


def _groups(
    commune: NDArray[np.int32], km: NDArray[np.uint16], commune_count: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]:
    """Return where each commune's groups start, where each group's rows start, and each group's mobility."""
    key = commune.astype(np.int64) * 65536 + km
    first = np.flatnonzero(np.diff(key, prepend=-1)) if len(key) else np.zeros(0, np.int64)
    group_row = np.append(first, len(key)).astype(np.uint32)
    group_at = np.searchsorted(commune[first], np.arange(commune_count + 1)).astype(np.uint32)
    return group_at, group_row, km[first].astype(np.uint16)


def _department_rows(
    geography: Geography, group_at: NDArray[np.uint32], group_row: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    count = int(geography.department.max()) + 1 if len(geography.department) else 0
    first_commune = np.searchsorted(geography.department, np.arange(count + 1))
    rows: NDArray[np.uint32] = group_row[group_at[first_commune]].astype(np.uint32)
    return rows


def _postings(
    lists: tuple[tuple[int, NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8]], ...],
    order: NDArray[np.int64],
    blocks: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint8]]:
    """Turn the lists of the rows into lists of rows: sorted terms, and for each term and block its postings."""
    known = [np.flatnonzero(np.bincount(values)) for _, _, values, _ in lists]
    term = np.concatenate([kind + values for (kind, *_), values in zip(lists, known, strict=True)])
    counts = np.zeros(len(term) * blocks + 1, np.uint32)
    firsts = np.cumsum([0, *map(len, known)])
    ranks = [_ranks(values, int(first)) for values, first in zip(known, firsts, strict=False)]
    for (_, at, values, _), rank in zip(lists, ranks, strict=True):
        _count(order, at, values, rank, blocks, counts)
    posting_at = np.zeros(len(term) * blocks + 1, np.uint32)
    np.cumsum(counts[:-1], out=posting_at[1:])
    total = int(posting_at[-1])
    posting_row, posting_weight = np.zeros(total, np.uint16), np.ones(total, np.uint8)
    fill_at = posting_at.copy()
    for (_, at, values, weights), rank in zip(lists, ranks, strict=True):
        _fill(order, at, values, weights, rank, blocks, fill_at, posting_row, posting_weight)
    return term, posting_at, posting_row, posting_weight


def _ranks(values: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Return, by value, its rank among all terms."""
    ranks = np.zeros(int(values[-1]) + 1 if len(values) else 0, np.int64)
    ranks[values] = np.arange(first, first + len(values))
    return ranks


def _words(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    words = np.zeros(((len(bits) + WORD - 1) // WORD, BITS), np.uint64)
    _turn(bits, words)
    return words


@kernel
def _count(order, at, values, rank, blocks, counts):  # type: ignore[no-untyped-def]  # compiled
    for row in range(len(order)):
        block = row >> BLOCK_BITS
        for i in range(at[order[row]], at[order[row] + 1]):
            counts[rank[values[i]] * blocks + block] += np.uint32(1)


@kernel
def _fill(order, at, values, weights, rank, blocks, fill_at, posting_row, posting_weight):  # type: ignore[no-untyped-def]
    weighted = len(weights) > 0
    for row in range(len(order)):
        block = row >> BLOCK_BITS
        for i in range(at[order[row]], at[order[row] + 1]):
            cell = rank[values[i]] * blocks + block
            spot = fill_at[cell]
            fill_at[cell] = spot + np.uint32(1)
            posting_row[spot] = np.uint16(row & 65535)
            if weighted:
                posting_weight[spot] = weights[i]


@kernel
def _turn(bits, words):  # type: ignore[no-untyped-def]
    """Write the facts of 64 rows side by side: one word a fact."""
    one = np.uint64(1)
    for row in range(len(bits)):
        facts = bits[row]
        mask = one << np.uint64(row & 63)
        for bit in range(BITS):
            if (facts >> np.uint64(bit)) & one:
                words[row >> 6, bit] |= mask
