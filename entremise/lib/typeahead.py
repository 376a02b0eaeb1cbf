"""Instant suggestions over labels, forgiving accents, plurals, gender, order, small words and small typos.

An index is built once and only read afterwards: any number of threads may search it, and `save`/`load`
let processes share it through a folder.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from entremise.lib.text import SMALL_WORDS, normalise, stem, words_of
from entremise.lib.vocabulary import Ids, Matches, Vocabulary, Weights

FORMAT = 1
_CANDIDATES = 160
_LITERAL_CANDIDATES = 40
_LONGEST_QUERY = 120  # characters; what comes after cannot change the answer usefully
_MOST_WORDS = 10
_SHORTEST_JOINED = 8  # letters from which an unknown word may be two

# Shares of the final score, set on the bench (bench/typeahead.py).
_ALIKE = 0.22
_STARTS_ALIKE = 0.10
_LITERAL_START = 0.08
_COVERAGE = 0.30


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest: its id, its label, other words for it, and how common it is."""

    id: str
    label: str
    weight: float = 0
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A suggestion, with the wording that matched when it is not the label itself."""

    id: str
    label: str
    score: float
    matched: str


class IndexUnreadable(Exception):
    """The folder does not hold an index this version can read: build it again."""


class Index:
    """A read-only index of labels; build it with `Index.build` or `Index.load`."""

    def __init__(
        self, ids: list[str], wordings: list[str], owners: Ids, weights: Weights, *, weight_share: float
    ) -> None:
        self._ids = ids
        self._wordings = wordings
        self._owners = owners
        self._weights = weights
        self._weight_share = weight_share
        self._first = np.searchsorted(owners, np.arange(len(ids)))
        self._plain = [normalise(wording) for wording in wordings]
        word_lists = [_meaningful(words_of(plain)) for plain in self._plain]
        self._neutral = [_neutral(words) for words in word_lists]
        self._words = Vocabulary(word for words in word_lists for word in words)
        self._fill_postings(word_lists)
        self._alphabetical = np.array(sorted(range(len(wordings)), key=self._plain.__getitem__), dtype=np.int32)
        self._sorted_plain = [self._plain[number] for number in self._alphabetical]

    @classmethod
    def build(cls, entries: Iterable[Entry], *, weight_share: float = 0.05) -> "Index":
        """Build an index; weight_share says how much being common counts against being alike."""
        ids: list[str] = []
        wordings: list[str] = []
        owners: list[int] = []
        weights: list[float] = []
        for entry in entries:
            for wording in dict.fromkeys((entry.label, *entry.synonyms)):
                owners.append(len(ids))
                wordings.append(wording)
            ids.append(entry.id)
            weights.append(entry.weight)
        logged = np.log1p(np.maximum(np.array(weights, dtype=np.float32), 0))
        scaled = (logged / max(float(logged.max(initial=0)), 1e-9)).astype(np.float32)
        return cls(ids, wordings, np.array(owners, dtype=np.int32), scaled, weight_share=weight_share)

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best suggestions for what has been typed so far, best first."""
        plain = normalise(query[:_LONGEST_QUERY])
        typed = _meaningful(words_of(plain))[:_MOST_WORDS]
        if not typed or not self._ids or limit < 1:
            return []
        open_ended = not query[:_LONGEST_QUERY].endswith((" ", ",", "'", "’"))
        scores = self._word_scores(self._split_unknown(typed), open_ended=open_ended)
        numbers = self._candidates(scores, plain)
        if not len(numbers):
            return []
        final = self._refined(numbers, scores[numbers], plain, _neutral(typed))
        return self._hits(numbers, final, limit)

    def save(self, folder: Path) -> None:
        """Write the index into a folder, so that another process can load it."""
        folder.mkdir(parents=True, exist_ok=True)
        texts = {"format": FORMAT, "weight_share": self._weight_share, "ids": self._ids, "wordings": self._wordings}
        np.savez(folder / "index.npz", owners=self._owners, weights=self._weights)
        (folder / "index.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Index":
        """Read an index written by `save`."""
        try:
            texts = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            if texts["format"] != FORMAT:
                raise IndexUnreadable("written by another version")
            with np.load(folder / "index.npz", allow_pickle=False) as arrays:
                owners, weights = arrays["owners"], arrays["weights"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexUnreadable(str(error)) from error
        if len(owners) != len(texts["wordings"]) or len(weights) != len(texts["ids"]):
            raise IndexUnreadable("its two files do not belong together")
        return cls(texts["ids"], texts["wordings"], owners, weights, weight_share=texts["weight_share"])

    def _fill_postings(self, word_lists: Sequence[Sequence[str]]) -> None:
        """Lay out, word after word, the wordings that contain it; and what each word is worth."""
        pairs = np.array(
            [(self._words.id_of[word], number) for number, words in enumerate(word_lists) for word in set(words)],
            dtype=np.int32,
        ).reshape(-1, 2)
        order = np.argsort(pairs[:, 0], kind="stable")
        self._postings = pairs[order, 1].copy()
        self._starts = np.searchsorted(pairs[order, 0], np.arange(len(self._words) + 1)).astype(np.int64)
        stems = self._words.stem_of[pairs[:, 0]].astype(np.int64)
        stem_pairs = np.unique(stems * max(len(word_lists), 1) + pairs[:, 1])
        stem_ids, owners = np.divmod(stem_pairs, max(len(word_lists), 1))
        frequency = np.bincount(stem_ids, minlength=self._words.stem_count)
        worth = np.log1p(len(word_lists) / np.maximum(frequency, 1)).astype(np.float32)
        self._worth = worth[self._words.stem_of]
        self._total_worth = np.bincount(owners, weights=worth[stem_ids], minlength=len(word_lists)).astype(np.float32)
        self._rarest = float(np.log1p(max(len(word_lists), 1)))

    def _split_unknown(self, typed: list[str]) -> list[str]:
        """Cut a word nobody knows into two known ones: "agentdaccueil" was typed without spaces."""
        words: list[str] = []
        for word in typed:
            words.extend(self._pieces(word) if len(word) >= _SHORTEST_JOINED else [word])
        return words

    def _pieces(self, word: str) -> list[str]:
        if self._words.knows(word):
            return [word]
        known = self._words.id_of
        for cut in range(len(word) - 3, 2, -1):
            if word[:cut] in known:
                # The elision of "d'accueil" or "l'accueil" was swallowed with its apostrophe.
                ends = (word[cut:], word[cut + 1 :]) if word[cut] in "dl" else (word[cut:],)
                for end in ends:
                    if len(end) > 2 and end in known:
                        return [word[:cut], end]
        return [word]

    def _word_scores(self, typed: list[str], *, open_ended: bool) -> Weights:
        """Score each wording by the typed words it holds and by how much of it they cover."""
        count = len(self._wordings)
        found, covered = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
        expected = 0.0
        for position, word in enumerate(typed):
            matches = self._words.matches(word, may_be_begun=open_ended and position == len(typed) - 1)
            wordings, similarities, worths = self._spread(matches)
            importance = self._importance(matches, wordings)
            expected += importance
            similarity, worth = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
            # Matches come from the least to the most similar: the last one written is the best.
            similarity[wordings] = similarities
            worth[wordings] = similarities * worths
            found += importance * similarity
            covered += worth
        coverage = np.minimum(1, covered / np.maximum(self._total_worth, 1e-6))
        scores = (found / max(expected, 1e-6)) * (1 - _COVERAGE + _COVERAGE * coverage)
        return np.asarray(scores, dtype=np.float32)

    def _spread(self, matches: Matches) -> tuple[Ids, Weights, Weights]:
        starts = self._starts[matches.words]
        lengths = self._starts[matches.words + 1] - starts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
        worths = self._worth[matches.words]
        return self._postings[places], np.repeat(matches.similarities, lengths), np.repeat(worths, lengths)

    def _importance(self, matches: Matches, wordings: NDArray[np.int32]) -> float:
        """Return what a typed word is worth: the rarer what it stands for, the more."""
        if not len(matches.words):
            return self._rarest
        best = matches.similarities >= matches.best - 0.04
        frequency = int((self._starts[matches.words + 1] - self._starts[matches.words])[best].sum())
        return float(np.log1p(len(self._wordings) / max(frequency, 1)))

    def _candidates(self, scores: Weights, plain: str) -> NDArray[np.int64]:
        """Keep the best wordings by their words, and those that literally start with what was typed."""
        low = bisect_left(self._sorted_plain, plain)
        high = bisect_left(self._sorted_plain, plain + "\U0010ffff", lo=low)
        literal = self._alphabetical[low : min(high, low + _LITERAL_CANDIDATES)]
        floor = max(0.45 * float(scores.max(initial=0)), 1e-6)
        numbers = np.flatnonzero(scores >= floor)
        if len(numbers) > _CANDIDATES:
            ranked = scores[numbers] + 0.5 * self._weight_share * self._weights[self._owners[numbers]]
            numbers = numbers[np.argpartition(ranked, -_CANDIDATES)[-_CANDIDATES:]]
        return np.union1d(numbers, literal[scores[literal] >= floor])

    def _refined(self, numbers: NDArray[np.int64], scores: Weights, plain: str, neutral: str) -> Weights:
        """Add to the score of the words the order of the letters, the beginning, and how common it is."""
        neutrals = [self._neutral[number] for number in numbers]
        beginnings = [text[: len(neutral)] for text in neutrals]
        alike = process.cdist([neutral], neutrals, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
        starts = process.cdist([neutral], beginnings, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
        literal = np.array([self._plain[number].startswith(plain) for number in numbers], dtype=np.float32)
        refined: Weights = (
            (1 - _ALIKE - _STARTS_ALIKE) * scores
            + _ALIKE * alike
            + _STARTS_ALIKE * starts
            + _LITERAL_START * literal
            + self._weight_share * self._weights[self._owners[numbers]]
        )
        return refined

    def _hits(self, numbers: NDArray[np.int64], final: Weights, limit: int) -> list[Hit]:
        hits: dict[int, Hit] = {}
        # Equal scores: the shorter wording first, then the alphabet, so that the order never changes.
        order = sorted(range(len(numbers)), key=lambda k: (-float(final[k]), *self._tie(int(numbers[k]))))
        for place in order:
            number = int(numbers[place])
            owner = int(self._owners[number])
            if owner not in hits:
                label = self._wordings[int(self._first[owner])]
                hits[owner] = Hit(self._ids[owner], label, round(float(final[place]), 4), self._wordings[number])
                if len(hits) == limit:
                    break
        return list(hits.values())

    def _tie(self, number: int) -> tuple[int, str]:
        return len(self._plain[number]), self._plain[number]


def _meaningful(words: list[str]) -> list[str]:
    """Drop the small words, unless there is nothing else."""
    return [word for word in words if word not in SMALL_WORDS] or words


def _neutral(words: Iterable[str]) -> str:
    """Join the stems, each once: "conducteur / conductrice d'engins" and "conductrice d'engin" are the same."""
    return " ".join(dict.fromkeys(stem(word) for word in words))
