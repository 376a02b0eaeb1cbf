"""Find insults whose letters are hidden: figures for letters, stars, dots, spaces, letters repeated, a word cut."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from entremise.lib.courtesy.lexicon import WORDS
from entremise.lib.fairwording.reading import Reading

Stretch = tuple[int, int]  # in the folded text

_MOST_STARRED: Final = 100  # chunks with a star looked at: beyond, the text is no letter
_LONGEST_CHUNK: Final = 30
_LONGEST_REPEATED: Final = 300
_LONG: Final = 5  # letters: a shorter word is met by chance
_LONGER: Final = 6
_CHUNK: Final = re.compile(r"[^\s'’,;:/()«»\"<>]+")
_OUTER: Final = "!?.-_…“”"
_FIGURES: Final = str.maketrans("01345789@$€!|+", "oieastbgaseilt")
_STARS: Final = re.compile(r"[*#%•✱✶]+|(?<=[a-z])(?:\.{2,3}|_+)(?=[a-z])")
_STARRED: Final = re.compile(r"[a-z](?:[a-z]|[*#%•✱✶.…_]){2,}")
_DOTTED: Final = re.compile(r"[a-z0-9@$](?:[.\-_*·•|/+][a-z0-9@$]){2,}")
_SPELT_OUT: Final = re.compile(r"(?<!\S)[a-z0-9@$*](?:[ \u00a0][a-z0-9@$*]){2,}(?![^\s.!?,])")
_SAME: Final = re.compile(r"(.)\1+")
_THRICE: Final = re.compile(r"(.)\1\1")
_BETWEEN: Final = frozenset({" ", "-", ".", "_"})
# Two ordinary words that make one of ours when they are put together.
_ORDINARY: Final = frozenset({("de", "bile"), ("de", "biles"), ("para", "sites"), ("pour", "riture"), ("sa", "lope")})


def _squeezed(word: str) -> str:
    return _SAME.sub(r"\1", word)


_SQUEEZED: Final = frozenset(_squeezed(word) for word in WORDS)
# « connerie » hides in « grosseconnerie »; « salope » is in « salopette » and « bâtard » in « batardeau ».
_GLUED: Final = ("connard", "connasse", "encule", "filsdepute", "tagueule")
_GLUED_ORDINARY: Final = ("pedoncule",)
_BY_LETTER: Final[dict[str, list[str]]] = defaultdict(list)
for _word in sorted(WORDS):
    _BY_LETTER[_word[0]].append(_word)


def disguised(reading: Reading) -> Iterator[Stretch]:
    """Return the stretches of the folded text where an insult is hidden."""
    yield from _in_chunks(reading.folded)
    for match in _SPELT_OUT.finditer(reading.folded):
        if _is_spelt(re.sub(r"\s", "", match.group())):
            yield match.span()


@lru_cache(maxsize=16_384)
def repeated(word: str) -> bool:
    """Say whether a word is an insult with letters repeated or dropped: « connnard », « conard », « konnard »."""
    if word in WORDS or len(word) > _LONGEST_REPEATED:
        return False
    plain = word.replace("k", "c") if "k" in word else word
    squeezed = _squeezed(plain)
    if squeezed in _SQUEEZED and (_THRICE.search(plain) or len(squeezed) > _LONG or plain in WORDS):
        return True
    return len(plain) > _LONGER and any(one in plain for one in _GLUED) and not plain.startswith(_GLUED_ORDINARY)


def cut_in_two(reading: Reading) -> Iterator[Stretch]:
    """Return the pairs of tokens that are one insult cut: « con nard »."""
    for at, pair in enumerate(pairwise(reading.words)):
        whole = pair[0] + pair[1]
        if len(whole) >= _LONGER and whole in WORDS and pair not in _ORDINARY:
            yield at, at + 2


def _in_chunks(folded: str) -> Iterator[Stretch]:
    starred = 0
    for match in _CHUNK.finditer(folded):
        chunk = match.group()
        if len(chunk) > _LONGEST_CHUNK or chunk.isalpha():
            continue
        starred += "*" in chunk or "#" in chunk
        if _is_hidden(chunk.strip(_OUTER), may_star=starred <= _MOST_STARRED):
            yield match.span()


@lru_cache(maxsize=4096)
def _is_hidden(chunk: str, *, may_star: bool) -> bool:
    if len(chunk) < 3 or chunk.isalpha():
        return False
    if _DOTTED.fullmatch(chunk) and _is_spelt(re.sub(r"[.\-_*·•|/+]", "", chunk)):
        return True
    letters = chunk.translate(_FIGURES)
    if letters[0].isalpha() and letters.isalpha() and not chunk[-2:].isdigit() and _is_one(letters):
        return True
    joined = re.sub(r"[.\-_]", "", letters)
    if len(joined) > _LONG and joined in WORDS:
        return True
    return may_star and bool(_STARRED.fullmatch(chunk)) and _is_starred(chunk)


def _is_one(letters: str) -> bool:
    return letters in WORDS or repeated(letters)


def _is_spelt(letters: str) -> bool:
    plain = letters.translate(_FIGURES)
    return _is_one(plain) or ("*" in plain and _is_starred(plain))


def _is_starred(chunk: str) -> bool:
    """Say whether a word with stars can be an insult: « m*rde », « conn*** »."""
    shape, known = "", 0
    past = 0
    for match in _STARS.finditer(chunk):
        known += match.start() - past
        count = match.end() - match.start()
        shape += re.escape(chunk[past : match.start()]) + (
            "[a-z]" if count == 1 else f"[a-z]{{{count - 1},{count + 1}}}"
        )
        past = match.end()
    if not past:
        return False
    shape += re.escape(chunk[past:])
    known += len(chunk) - past
    if known < 2 and chunk[1:].strip("*#"):
        return False
    pattern = re.compile(shape)
    return any(pattern.fullmatch(word) for word in _BY_LETTER.get(chunk[0], ()))
