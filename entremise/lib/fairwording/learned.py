"""A second reader: what sentences judged by hand teach about wordings that no table names.

A sentence weighs what its words, their neighbours and their order weigh in `learned.tsv`, which `scripts/learned.py`
draws from the sentences of the tests. It is never sure: an adviser looks, nothing is refused on its word.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.reading import Reading

TABLE: Final = Path(__file__).with_name("learned.tsv")
STEM: Final = 5  # letters: « habitez », « habiter » and « habitant » are one
FEWEST_WORDS: Final = 4
THRESHOLD: Final = 0.65  # of 1: chosen on sentences kept apart while learning, see the script
SPECIFIC: Final = 3  # a trait of one criterion alone tells more of it than one shared by ten
BIAS: Final = ""  # the line of the table that every sentence has


@dataclass(frozen=True, slots=True)
class Trait:
    """What one trait of a sentence weighs, the code that has it most often, and how much more than the others."""

    weight: float
    code: Code | None
    share: float  # of the forbidden sentences that have it, those of this code


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sentence that looks like a forbidden wording: its first and past-last tokens."""

    code: Code
    start: int
    end: int


def likenesses(reading: Reading) -> Iterator[Likeness]:
    """Return the sentences of a text that look like a forbidden wording."""
    first = 0
    while first < len(reading):
        _first, last = reading.bounds(first)
        if last - first >= FEWEST_WORDS:
            likely, code = judged(reading.words[first:last])
            if likely >= THRESHOLD and code is not None:
                yield Likeness(code, first, last)
        first = last


def judged(words: Sequence[str]) -> tuple[float, Code | None]:
    """Return how much a sentence looks like a forbidden wording, from 0 to 1, and like which."""
    table, seen = _table(), traits(words)
    by_code: dict[Code, float] = defaultdict(float)
    total = 0.0
    for trait in seen:
        known = table.get(trait)
        if known is not None:
            total += known.weight
            if known.code is not None:
                by_code[known.code] += known.weight * known.share**SPECIFIC
    likeliest = max(by_code, key=lambda code: by_code[code]) if by_code else None
    return share(total, len(seen), table[BIAS].weight), likeliest


def share(total: float, count: int, bias: float) -> float:
    """Return how sure it is, from 0 to 1, of a sentence with so many traits that weigh so much together."""
    return 1 / (1 + math.exp(-(total / math.sqrt(max(count, 1)) + bias)))


def traits(words: Sequence[str]) -> set[str]:
    """Return what a sentence has: its words, their beginnings, and those that follow each other, by two or three."""
    plain = ["0" if word.isdigit() else word for word in words if word.isalnum()]
    stems = ["^", *(word[:STEM] for word in plain), "$"]
    apart = zip(stems, stems[2:], strict=False)
    return {
        *plain,
        *(f"{stem}*" for stem in stems),
        *(f"{one} {two}" for one, two in pairwise(stems)),
        *(f"{one} _ {two}" for one, two in apart),
        *(f"{one} {two} {three}" for one, two, three in zip(stems, stems[1:], stems[2:], strict=False)),
    }


@cache
def _table() -> dict[str, Trait]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            trait: Trait(float(weight), Code(code) if code else None, float(share or 0))
            for trait, weight, code, share in rows
        }
