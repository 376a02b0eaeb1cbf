"""Known offers by their keys, in flat arrays: what may be the same as an offer, without looking at every one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.lib.nearduplicates.signing import SKETCH_BYTES, Signature, alike

FULLEST = 20_000  # offers under one key above which it tells nothing: the other keys do
CROWDED = 1_000  # offers under one key above which they must share another one: one usual word, in one department
LIKELIEST = 16
LEAST_ALIKE = 0.5  # of the shorter text, about: an excerpt of 300 characters of an offer is above 95 times in 100

Numbers = NDArray[np.int64]
Sieve = Callable[[NDArray[np.int32]], NDArray[np.bool_]]


class Index:
    """Signatures added in numbers, numbered from 0 in the order they came; searched by any number of readers."""

    def __init__(self) -> None:
        self._keys: NDArray[np.int64] = np.zeros(0, np.int64)
        self._owners: NDArray[np.int32] = np.zeros(0, np.int32)
        self._sketches: NDArray[np.uint8] = np.zeros((0, SKETCH_BYTES), np.uint8)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def size_bytes(self) -> int:
        """Return how much memory the arrays take."""
        return self._keys.nbytes + self._owners.nbytes + self._sketches.nbytes

    def add_many(self, signatures: Iterable[Signature]) -> range:
        """Add signatures; return their numbers."""
        told = list(signatures)
        lengths = np.array([len(one.keys) for one in told], np.int64)
        keys = np.fromiter((key for one in told for key in one.keys), np.int64, int(lengths.sum()))
        sketches = np.frombuffer(b"".join(one.sketch for one in told), np.uint8).reshape(-1, SKETCH_BYTES)
        return self.add_arrays(keys, lengths, sketches)

    def add_arrays(self, keys: NDArray[np.int64], lengths: Numbers, sketches: NDArray[np.uint8]) -> range:
        """Add signatures laid out: all their keys in order, how many each has, their sketches."""
        first = self._count
        owners = np.repeat(np.arange(first, first + len(lengths), dtype=np.int32), lengths)
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        places = np.searchsorted(self._keys, keys, "right")  # what is there is in order: only the new ones are sorted
        self._keys, self._owners = np.insert(self._keys, places, keys), np.insert(self._owners, places, owners)
        self._sketches = np.concatenate([self._sketches, sketches])
        self._count = first + len(lengths)
        return range(first, self._count)

    def candidates(self, signature: Signature, limit: int = LIKELIEST, may_be: Sieve | None = None) -> list[int]:
        """Return the numbers of the offers that may be the same, the most alike first; of those that a sieve keeps."""
        wanted = np.array(signature.keys, np.int64)
        starts = np.searchsorted(self._keys, wanted, "left").tolist()
        ends = np.searchsorted(self._keys, wanted, "right").tolist()
        found = [self._owners[a:b] for a, b in zip(starts, ends, strict=True) if 0 < b - a <= FULLEST]
        if not found:
            return []
        times = np.zeros(self._count, np.uint8)
        for owners in found:  # an offer is once under a key
            times[owners] += 1
        parts = [owners if len(owners) <= CROWDED else owners[times[owners] > 1] for owners in found]
        numbers = np.sort(np.concatenate(parts))
        numbers = numbers[np.diff(numbers, prepend=-1) > 0]
        if may_be is not None:
            numbers = numbers[may_be(numbers)]
        best = likeliest(signature.sketch, self._sketches[numbers], times[numbers], limit)
        found_alike: list[int] = numbers[best].tolist()
        return found_alike


def likeliest(
    sketch: bytes, sketches: NDArray[np.uint8], shared: Sequence[int] | NDArray[np.integer[Any]], limit: int
) -> Numbers:
    """Return the places of the most alike: by their text first, then by the keys they share."""
    share = alike(sketch, sketches)
    near = np.flatnonzero(share >= LEAST_ALIKE)
    score = share[near] + 0.02 * np.asarray(shared, np.float32)[near]
    if len(score) > limit:
        best = np.argpartition(score, -limit)[-limit:]
        near, score = near[best], score[best]
    kept: Numbers = near[np.argsort(-score, kind="stable")]
    return kept
