"""Rows put together and taken apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine.layout import Rows

LISTS = (("skill_at", ("skill", "weight")), ("wished_at", ("wished",)), ("exercised_at", ("exercised",)))
COLUMNS = ("number", "commune", "km", "bits", "available", "promoted", "confirmed", "proved", "need")


def empty() -> Rows:
    """Return no rows."""
    kinds = {
        "number": np.uint32, "commune": np.int32, "km": np.uint16, "bits": np.uint64, "available": np.uint16,
        "promoted": np.uint16, "confirmed": np.uint16, "proved": np.uint8, "need": np.uint16, "skill": np.uint32,
        "weight": np.uint8, "wished": np.uint32, "exercised": np.uint32,
    }  # fmt: skip
    columns: dict[str, NDArray[Any]] = {name: np.zeros(0, kind) for name, kind in kinds.items()}
    columns |= {name: np.zeros(1, np.int64) for name, _values in LISTS}
    return Rows(**columns)


def together(parts: Sequence[Rows]) -> Rows:
    """Return the rows of all parts, one after the other."""
    if not parts:
        return empty()
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    for at, values in LISTS:
        for name in values:
            joined[name] = np.concatenate([getattr(part, name) for part in parts])
        lengths = [np.diff(getattr(part, at)) for part in parts]
        joined[at] = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    return Rows(**joined)


def kept(rows: Rows, mask: NDArray[np.bool_]) -> Rows:
    """Return the rows of a mask."""
    chosen = {name: getattr(rows, name) for name in COLUMNS}
    chosen = {name: column[mask] if len(column) else column for name, column in chosen.items()}
    for at, values in LISTS:
        lengths = np.diff(getattr(rows, at))
        of_kept = np.repeat(mask, lengths)
        for name in values:
            chosen[name] = getattr(rows, name)[of_kept]
        chosen[at] = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths[mask])]).astype(np.int64)
    return Rows(**chosen)
