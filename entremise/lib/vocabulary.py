"""The words of an index, and which of them a typed word may stand for: inflected, begun or misspelt."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from entremise.lib.text import stem

EXACT = 1.0
SAME_STEM = 0.97
BEGUN = 0.92
BEGUN_INSIDE = 0.78  # an abbreviated word that is not the last one: "resp compta"
_SHORTEST_MISSPELT = 4
_SHORTEST_ABBREVIATION = 3
_BEGUN_AND_MISSPELT = 0.88  # factor on the similarity when the word is both incomplete and wrong

Ids = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matches:
    """Words a typed word may stand for, from the least to the most similar."""

    words: Ids
    similarities: Weights

    @property
    def best(self) -> float:
        """Return the highest similarity, zero when no word fits."""
        return float(self.similarities[-1]) if len(self.words) else 0.0


class Vocabulary:
    """A sorted list of normalised words, with what is needed to find the neighbours of one in well under 1 ms."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.id_of = {word: number for number, word in enumerate(self.words)}
        by_stem: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            by_stem.setdefault(stem(word), []).append(number)
        self._by_stem = by_stem
        self.stem_of = np.zeros(len(self.words), dtype=np.int32)
        for stem_id, members in enumerate(by_stem.values()):
            self.stem_of[members] = stem_id
        self.stem_count = len(by_stem)
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int16)
        self._letters = np.array([_letters(word) for word in self.words], dtype=np.uint64)

    def __len__(self) -> int:
        return len(self.words)

    def matches(self, typed: str, *, may_be_begun: bool) -> Matches:
        """Return the words the typed word may stand for; the word being typed may be only begun."""
        found: dict[int, float] = {}
        if typed.isalpha() and len(typed) >= _SHORTEST_MISSPELT:
            if may_be_begun:
                _keep_best(found, self._begun_and_misspelt(typed))
            _keep_best(found, self._misspelt(typed))
        if may_be_begun or len(typed) >= _SHORTEST_ABBREVIATION:
            similarity = BEGUN if may_be_begun else BEGUN_INSIDE
            low, high = self._begun(typed)
            _keep_best(found, ((number, similarity) for number in range(low, high)))
        _keep_best(found, ((number, SAME_STEM) for number in self._by_stem.get(stem(typed), ())))
        if typed in self.id_of:
            found[self.id_of[typed]] = EXACT
        numbers = np.fromiter(found.keys(), dtype=np.int32, count=len(found))
        similarities = np.fromiter(found.values(), dtype=np.float32, count=len(found))
        order = np.argsort(similarities, kind="stable")
        return Matches(numbers[order], similarities[order])

    def knows(self, typed: str) -> bool:
        """Say whether the word, or another form of it, is in the vocabulary."""
        return typed in self.id_of or stem(typed) in self._by_stem

    def _begun(self, typed: str) -> tuple[int, int]:
        return bisect_left(self.words, typed), bisect_left(self.words, typed + "\U0010ffff")

    def _misspelt(self, typed: str) -> list[tuple[int, float]]:
        errors = _errors_allowed(len(typed))
        # One error changes at most two letters of the set: this leaves a few hundred words to compare.
        near = np.bitwise_count(self._letters ^ np.uint64(_letters(typed))) <= 2 * errors
        near &= np.abs(self._lengths - len(typed)) <= errors
        numbers = np.flatnonzero(near)
        candidates = [self.words[number] for number in numbers.tolist()]
        return _within(typed, numbers, candidates, errors)

    def _begun_and_misspelt(self, typed: str) -> list[tuple[int, float]]:
        errors = 1 if len(typed) < 8 else 2
        missing = np.bitwise_count(np.uint64(_letters(typed)) & ~self._letters) <= errors
        missing &= self._lengths > len(typed)
        numbers = np.flatnonzero(missing)
        candidates = [self.words[number][: len(typed)] for number in numbers.tolist()]
        return [(n, s * _BEGUN_AND_MISSPELT) for n, s in _within(typed, numbers, candidates, errors)]


def _within(typed: str, numbers: NDArray[np.intp], candidates: list[str], errors: int) -> list[tuple[int, float]]:
    if not candidates:
        return []
    distances = process.cdist([typed], candidates, scorer=OSA.distance, score_cutoff=errors, dtype=np.int32)[0]
    kept = np.flatnonzero(distances <= errors)
    return [(int(numbers[k]), 0.95 - 0.9 * float(distances[k]) / max(len(typed), 5)) for k in kept]


def _keep_best(found: dict[int, float], proposals: Iterable[tuple[int, float]]) -> None:
    for number, similarity in proposals:
        if similarity > found.get(number, 0.0):
            found[number] = similarity


def _errors_allowed(length: int) -> int:
    if length < 6:
        return 1
    return 2 if length < 11 else 3


def _letters(word: str) -> int:
    """Return the set of characters of a word as 64 bits; rare ones share a bit, which only costs a comparison."""
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) & 63)
    return bits
