"""Say whether a text says anything: keys struck at random, one letter, one word again and again."""

import re
from typing import Final

from entremise.lib.fairwording.words import word_set
from entremise.lib.text import normalise

_LONGEST: Final = 2000  # characters read: a longer text that begins with two thousand of nothing says nothing
_ROWS: Final = (
    "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
_RUNS: Final = frozenset(
    way[at : at + 4] for row in _ROWS for way in (row, row[::-1]) for at in range(len(row) - 3)
) - word_set("erty poiu fdsa stuv rstu mnop trez ytre")  # fmt: skip
_SHORT_ROW: Final = 3  # « qsd », « sdf »: a word of three keys in a row
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[a-z]+")
_UNIT: Final = re.compile(r"(.{1,5}?)\1+")
_NO_VOWEL: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
_FIVE_CONSONANTS: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_FILLERS: Final = word_set("""test tests toto tata titi tutu blabla bla blah lorem ipsum truc azerty qwerty""")
_FEWEST_REPEATS: Final = 3
_SHORTEST: Final = 2
_LONGEST_ACRONYM: Final = 6
_MOST_REAL: Final = 0.25  # of the letters: « asdf qsdf ok » says nothing, « poste pourvu asdf » does


def is_nonsense(text: str) -> bool:
    """Say whether a text says nothing at all; a short honest word (« Merci », « Pourvu ») says something."""
    shown = text[:_LONGEST]
    capitals = {word.casefold() for word in _WORD.findall(shown) if word.isupper() and len(word) <= _LONGEST_ACRONYM}
    words = _WORD.findall(normalise(shown))
    letters = "".join(words)
    if len(set(letters)) < _SHORTEST or all(len(word) == 1 for word in words):
        return True
    if not all(map(_LATIN.fullmatch, words)):  # another alphabet: it is not ours to judge
        return False
    if len(words) >= _FEWEST_REPEATS and len({_unit(word) for word in words}) == 1:
        return True
    if words[:2] == ["lorem", "ipsum"]:
        return True
    real = sum(len(word) for word in words if not _is_empty(word, is_acronym=word in capitals))
    return real <= len(letters) * _MOST_REAL


def _unit(word: str) -> str:
    """Return what a word repeats: « blabla » is « bla » twice."""
    match = _UNIT.fullmatch(word)
    return match.group(1) if match else word


def _is_empty(word: str, *, is_acronym: bool) -> bool:
    """Say whether a word is no word."""
    if word in _FILLERS or _unit(word) in _FILLERS:
        return True
    unit = _unit(word)
    if len(unit) == 1 and len(word) > _SHORTEST:
        return True
    if _is_mostly_rows(word):
        return True
    if is_acronym:
        return False
    if len(word) > _SHORTEST and _NO_VOWEL.fullmatch(word) and word not in {"mrs", "mme", "mlle", "cdd", "cv", "svp"}:
        return len(word) > _SHORT_ROW or unit != word or any(word in row for row in _ROWS)
    return bool(_FIVE_CONSONANTS.search(word))


def _is_mostly_rows(word: str) -> bool:
    """Say whether the keys of a word follow each other on a keyboard, for half of it at least."""
    covered: set[int] = set()
    for at in range(len(word) - 3):
        if word[at : at + 4] in _RUNS:
            covered.update(range(at, at + 4))
    return bool(covered) and 2 * len(covered) >= len(word)
