"""Merkle trees as transparency logs make them (RFC 6962 §2.1, RFC 9162 §2.1): roots, proofs, their verification.

A tree is over hashes of leaves (`leaf_hash`). Proofs need the hashes of a few ranges of leaves only: a short tree
computes them from its leaves (`ranges_of`), a long one looks them up among the perfect subtrees it kept (`Peaks`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

EMPTY = hashlib.sha256(b"").digest()
Range = tuple[int, int]  # leaves from the first one on, the second one excluded
HashOfRange = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from its two children's."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the hash of the tree over hashes of leaves: level by level, the odd one out goes up as it is."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    sha256 = hashlib.sha256
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def ranges_of(leaves: Sequence[bytes]) -> HashOfRange:
    """Return what gives the hash of any range of these leaves."""
    return lambda start, end: root(leaves[start:end])


def inclusion_path(index: int, size: int, hash_of_range: HashOfRange) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            path.append(hash_of_range(middle, end))
            end = middle
        else:
            path.append(hash_of_range(start, middle))
            start = middle
    return path[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Tell whether a proof leads from the hash of a leaf to the root of the tree (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def consistency_path(former: int, size: int, hash_of_range: HashOfRange) -> list[bytes]:
    """Return the proof that the tree of `size` leaves begins with that of the `former` ones (RFC 9162 §2.1.4.1)."""
    if not 0 < former <= size:
        raise IndexError(f"no former tree of {former} leaves in a tree of {size}")
    path: list[bytes] = []
    start, end, is_whole = 0, size, True
    while former != end:
        middle = start + _largest_power_below(end - start)
        if former <= middle:
            path.append(hash_of_range(middle, end))
            end = middle
        else:
            path.append(hash_of_range(start, middle))
            start, is_whole = middle, False
    if not is_whole:
        path.append(hash_of_range(start, end))
    return path[::-1]


def is_consistent(former: int, size: int, former_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that one tree begins with another (RFC 9162 §2.1.4.2)."""
    if former == size:
        return not path and former_root == new_root
    if not 0 < former < size or not path:
        return False
    steps = [former_root, *path] if former & (former - 1) == 0 else list(path)
    place, last = former - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == former_root and new == new_root


def perfect_ranges(start: int, end: int) -> Iterator[Range]:
    """Cut a range of a tree into its perfect subtrees, the largest first; `start` is where a subtree may begin."""
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        yield start, start + width
        start += width


class Peaks:
    """A long tree of which only perfect subtrees are known: looked up, or kept while leaves are added.

    Adding the leaf number n (from 1) completes the subtrees of 1, 2, 4… leaves that end with it, as many as n can be
    halved: `add` returns them. Kept with the leaf, they are all that proofs will need: `at(end, level)` reads one.
    """

    def __init__(self, size: int, at: Callable[[int, int], bytes]) -> None:
        self.size = size
        self._at = at
        self._edge = [at(end, (end - start).bit_length() - 1) for start, end in perfect_ranges(0, size)]

    def add(self, leaf: bytes) -> list[bytes]:
        """Add a leaf; return the subtrees it completes, from itself on."""
        self.size += 1
        completed = [leaf]
        for _ in range((self.size & -self.size).bit_length() - 1):
            completed.append(node_hash(self._edge.pop(), completed[-1]))
        self._edge.append(completed[-1])
        return completed

    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        return _fold(self._edge)

    def hash_of_range(self, start: int, end: int) -> bytes:
        """Return the hash of a range of leaves, from the subtrees that were kept."""
        pieces = perfect_ranges(start, end)
        return _fold([self._at(stop, (stop - begin).bit_length() - 1) for begin, stop in pieces])


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found


def _largest_power_below(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)
