"""How a segment is laid out in memory and on disk: plain arrays, opened by memory map and shared by all processes.

Rows are ordered by commune (neighbours side by side, departments in one piece), then by mobility, the widest first:
who accepts to come from a commune is a run of rows, and no row is looked at for geography. Rows are cut in blocks of
65 536; a posting is a place in its block (2 bytes) and a weight (1 byte). Yes-or-no facts are bits, 64 rows a word.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

BLOCK_BITS = 16
BLOCK = 1 << BLOCK_BITS
WORD = 64
BITS = 48  # yes-or-no facts kept for a row
AVAILABLE_BIT, FRESH_BIT = 62, 63  # facts that depend on the day: computed once a day in each process
WISHED, EXERCISED = 1 << 24, 2 << 24  # a term is a skill's number, or one of these plus an occupation's number
Arrays = TypeVar("Arrays", bound=tuple[NDArray[np.generic], ...])


class IndexUnreadable(Exception):
    """The files of an index are missing, cut, or of another format; build it again."""


class Rows(NamedTuple):
    """What a segment is built from: one entry a row, lists flattened (`skill_at[i]` to `skill_at[i + 1]`)."""

    number: NDArray[np.uint32]  # the row's key in the database
    commune: NDArray[np.int32]  # number in the geography
    km: NDArray[np.uint16]  # mobility of a person, or radius of an offer
    bits: NDArray[np.uint64]
    available: NDArray[np.uint16]  # days since 1970; 0 unknown
    promoted: NDArray[np.uint16]  # day of the last promotion; 0 never
    confirmed: NDArray[np.uint16]  # day the profile was confirmed; 0 never
    proved: NDArray[np.uint8]
    need: NDArray[np.uint16]  # total need of the skills (offers); empty for profiles
    skill_at: NDArray[np.int64]
    skill: NDArray[np.uint32]
    weight: NDArray[np.uint8]
    wished_at: NDArray[np.int64]
    wished: NDArray[np.uint32]
    exercised_at: NDArray[np.int64]
    exercised: NDArray[np.uint32]


class Segment(NamedTuple):
    """Rows laid out for search; the kernels read these arrays and nothing else."""

    number: NDArray[np.uint32]
    by_number: NDArray[np.uint32]  # rows in the order of their numbers
    group_at: NDArray[np.uint32]  # of each commune: its first group; a group has one commune and one mobility
    group_row: NDArray[np.uint32]  # of each group: its first row
    group_km: NDArray[np.uint16]
    department_row: NDArray[np.uint32]
    words: NDArray[np.uint64]  # [word, bit]
    available: NDArray[np.uint16]
    promoted: NDArray[np.uint16]
    confirmed: NDArray[np.uint16]
    proved: NDArray[np.uint8]
    need: NDArray[np.uint16]
    term: NDArray[np.int64]  # sorted
    posting_at: NDArray[np.uint32]  # [term, block], flattened
    posting_row: NDArray[np.uint16]
    posting_weight: NDArray[np.uint8]

    @property
    def row_count(self) -> int:
        """Return how many rows there are, living or not."""
        return len(self.number)

    @property
    def byte_count(self) -> int:
        """Return the size of all arrays."""
        return sum(array.nbytes for array in self)


def frozen(segment: Segment) -> Segment:
    """Make the arrays read-only, as those of a memory map are: one compiled version serves both."""
    for array in segment:
        array.flags.writeable = False
    return segment


@lru_cache
def _kinds(kind: type) -> tuple[Any, ...]:
    """Return what each array of a named tuple holds, as its annotations say."""
    return tuple(get_args(get_args(hint)[1])[0] for hint in get_type_hints(kind).values())


def table(arrays: Arrays, *more: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the address and the length of each array, as kernels read them; whoever keeps it keeps the arrays."""
    kinds = (*_kinds(type(arrays)), *[np.uint64] * len(more))
    for array, kind in zip((*arrays, *more), kinds, strict=True):
        if array.dtype != kind or not array.flags.c_contiguous:
            raise IndexUnreadable("an array is not as the kernels read it")
    places = [(array.__array_interface__["data"][0], len(array)) for array in (*arrays, *more)]
    return np.array(places, np.int64).reshape(-1)


def save(arrays: NamedTuple, folder: Path) -> dict[str, int]:
    """Write arrays, one file each; return the length of each, to be kept in the header."""
    kind = type(arrays).__name__.lower()
    for name, array in arrays._asdict().items():
        np.save(folder / f"{kind}-{name}.npy", array)
    return {name: len(array) for name, array in arrays._asdict().items()}


def opened(kind: type[Arrays], folder: Path, sizes: dict[str, int]) -> Arrays:
    """Open arrays by memory map, whatever their size; raise `IndexUnreadable` when one is missing or cut."""
    names = kind._fields  # type: ignore[attr-defined]  # a named tuple of arrays
    files = {name: folder / f"{kind.__name__.lower()}-{name}.npy" for name in names}
    try:
        arrays = {name: np.asarray(np.load(path, mmap_mode="r")) for name, path in files.items()}
    except (OSError, ValueError, EOFError) as fault:
        raise IndexUnreadable(f"a file is missing or cut: {fault}") from fault
    if sizes != {name: len(array) for name, array in arrays.items()}:
        raise IndexUnreadable("a file does not have its size")
    return kind(**arrays)
