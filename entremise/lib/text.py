"""Bring French words to a form that can be compared: no accents, no case, no plural, no gender."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
)
# "c++" and "c#" are skills; "1er" and "2a004" are words.
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)'(?=\w)")

_SMALL_WORDS = """
    a au aux avec ce ces d dans de des du en et l la le les leur leurs ou par pour sa se ses son sur un une vers
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())

# Plural endings, longest first: the first that fits is replaced.
_PLURALS = (
    ("eaux", "eau"),
    ("oux", "ou"),
    ("eux", "eux"),
    ("aux", "al"),
    ("ss", "ss"),
    ("us", "us"),
    ("s", ""),
    ("x", "x"),
)
# Feminine and masculine endings brought to one stem ("conductrice", "conducteur" -> "conduct").
_GENDERS = (
    ("atrice", "at"),
    ("ateur", "at"),
    ("trice", "t"),
    ("teuse", "t"),
    ("teure", "t"),
    ("teur", "t"),
    ("euse", ""),
    ("eure", ""),
    ("eresse", ""),
    ("eur", ""),
    ("eux", ""),
    ("iere", "i"),
    ("ier", "i"),
    ("enne", "en"),
    ("onne", "on"),
    ("elle", "el"),
    ("ette", "et"),
    ("ive", "if"),
    ("ere", "er"),
    ("esse", ""),
)
_SHORTEST_STEM = 3


def normalise(text: str) -> str:
    """Return the text in lower case, without accents, with single spaces and plain apostrophes."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Decomposed before and after: a mathematical or wide letter has a case only once it is a plain letter.
    plain = unicodedata.normalize("NFKD", text).translate(_LIGATURES).casefold()
    letters = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def tokens(text: str) -> list[str]:
    """Return the words of the text, normalised, elisions removed ("d'engins" gives "engins")."""
    return words_of(normalise(text))


def words_of(normalised: str) -> list[str]:
    """Return the words of a text that is already normalised."""
    return _WORD.findall(_ELISION.sub("", normalised))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem shared by the singular, plural, feminine and masculine forms of a normalised word."""
    if not word.isalpha():
        return word
    single = singular(word)
    for ending, replacement in _GENDERS:
        if single.endswith(ending) and len(single) - len(ending) + len(replacement) >= _SHORTEST_STEM:
            return single[: len(single) - len(ending)] + replacement
    if single.endswith("e") and len(single) > _SHORTEST_STEM:
        return single[:-1]
    return single


def singular(word: str) -> str:
    """Return the singular of a normalised French noun or adjective, by its ending."""
    for ending, replacement in _PLURALS:
        if word.endswith(ending):
            candidate = word[: len(word) - len(ending)] + replacement
            return candidate if len(candidate) >= _SHORTEST_STEM else word
    return word


def sort_key(text: str) -> str:
    """Return a key that sorts French labels as a reader expects, accents and case aside."""
    return " ".join(tokens(text))


def euros(cents: int) -> str:
    """Write cents in euros, without the sign and without useless decimals: « 12,50 », « 1 850 »."""
    whole = f"{cents // 100:_}".replace("_", "\u202f")
    return f"{whole},{cents % 100:02d}" if cents % 100 else whole
