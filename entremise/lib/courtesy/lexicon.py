"""Read the words and turns of our two files by section, in the language of `fairwording.patterns`."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

from entremise.lib.fairwording.patterns import Pattern, compile_pattern

SOURCE: Final = Path(__file__).with_name("rude_words.txt")
_OTHERS: Final = Path(__file__).with_name("told_of_others.txt")
ALLOWED: Final = "allowed"
ACCENTED: Final = "insult accented"
_SET: Final = re.compile(r"@(\w+)")
_EDGES: Final = frozenset("^$")


def _lines(source: Path) -> Iterator[tuple[str, str]]:
    """Return each line of a file with the section it is in, the named sets written in full."""
    section, sets, last = "", dict[str, str](), ""
    for line in source.read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if line[0].isspace():
            sets[last] += words
        elif named := re.fullmatch(r"@(\w+) = (.+)", words):
            last = named.group(1)
            sets[last] = named.group(2)
        elif words.startswith("["):
            section = words.strip("[]")
        else:
            yield section, _in_full(words, sets)


def _in_full(words: str, sets: Mapping[str, str]) -> str:
    """Return a line with its sets written out; a set may name another."""
    while "@" in words:
        words = _SET.sub(lambda match: sets[match.group(1)], words)
    return words


def _variants(line: str) -> Iterator[str]:
    """Return a line once for each way to take an edge: « a $|b » is « a $ » or « a b »."""
    pieces = []
    for piece in line.split():
        choices = piece.split("|")
        edges = [one for one in choices if one in _EDGES]
        words = "|".join(one for one in choices if one not in _EDGES)
        pieces.append([*edges, words] if words else edges)
    return (" ".join(chosen) for chosen in product(*pieces))


PATTERNS: Final[tuple[Pattern, ...]] = tuple(
    compile_pattern(variant, section)
    for source in (SOURCE, _OTHERS)
    for section, line in _lines(source)
    for variant in _variants(line)
)
# The insults that are one word: those that people disguise.
WORDS: Final[frozenset[str]] = frozenset(
    word
    for pattern in PATTERNS
    if pattern.owner == "insult" and len(pattern.elements) == 1
    for word in pattern.elements[0].exact
)
