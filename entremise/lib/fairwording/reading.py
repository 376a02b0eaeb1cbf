"""Turn a text into plain tokens that remember where they come from.

Whatever is done to hide a word (tags, entities, invisible characters, look-alike letters, letters spaced out)
is undone here, without ever moving a position: the first step keeps the length of the text.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from entremise.lib.fairwording.words import word_set

LONGEST_READ: Final = 20_000  # characters; an offer holds 5 000 at most
_LONGEST_SENTENCE: Final = 80  # words: a text without stops is cut, so that its cost stays in proportion

_TAG = re.compile(r"<(/?)([A-Za-z]{1,10})[^<>]{0,400}>")
_INLINE_TAGS: Final = word_set("""a abbr b big em font i mark s small span strong sub sup tt u wbr""")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{2,10};")
_INVISIBLE: Final = "\u200b"
# Cyrillic and Greek letters that look like Latin ones.
_LOOK_ALIKE: Final = dict(zip("асеорхуікѕԁјαορνι", "aceopxyiksdjaopvi", strict=True))
_SAME_SIGN: Final = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
}
_LIGATURES: Final = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}

_SPACED_OUT: Final = r"(?<![a-z0-9'])[a-z](?:[ .\-_*][a-z]){3,}(?![a-z0-9'])"
_NUMBER: Final = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)|\d+"
_TENS: Final = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_TEENS: Final = {
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_ONES: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
}  # fmt: skip
_BELOW_TWENTY: Final = "|".join((*_ONES, *_TEENS))
_SPELT: Final = (
    rf"(?<![a-z])(?:(?:{'|'.join(_TENS)}|dix)(?:[ -](?:et[ -])?(?:{_BELOW_TWENTY}))?|{'|'.join(_TEENS)}"
    rf"|(?:{'|'.join(list(_ONES)[2:])})(?= (?:ans|mois|semaines|jours|heures|euros|annees)\b))(?![a-z])"
)
_COUNT: Final = "|".join((*_ONES, *_TEENS, *_TENS, "vingts", "cents", "cent", "mille", "et"))
_AMOUNT: Final = rf"(?<![a-z])(?:(?:{_COUNT})[ -]){{1,9}}(?=euros?\b)"
_TOKEN = re.compile(
    rf"(?P<spaced>{_SPACED_OUT})|(?P<amount>{_AMOUNT})|(?P<number>{_NUMBER})|(?P<spelt>{_SPELT})"
    rf"|[a-z]+|[€%/]|(?P<stop>[.!?;\n•●▪|]+)|-"
)
_PAUSE: Final = re.compile(r"[,:()/]| - ")
_PUNCTUATION: Final = re.compile(r"[^a-z]+")


class _Folds(dict[str, str]):
    """What each character becomes once case, accents and disguise are gone."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _fold(character)
        return folded


def _fold(character: str) -> str:
    if character == "\n":
        return "\n"
    if character in _SAME_SIGN:
        return _SAME_SIGN[character]
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category[0] in "ZC":
        return " "
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", character).casefold() if not unicodedata.combining(letter)
    )
    return "".join(_LIGATURES.get(letter, _LOOK_ALIKE.get(letter, letter)) for letter in plain)


_FOLDS: Final = _Folds()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text ready to be matched: its tokens, their places in the original, and the sentence each belongs to."""

    folded: str
    where: tuple[int, ...]  # place in the original of each folded character
    words: tuple[str, ...]
    numbers: tuple[float | None, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    vocabulary: Mapping[int, frozenset[str]]  # the words of each sentence
    pauses: frozenset[int] = frozenset()  # tokens right after a comma, a colon, a bracket, a slash or a spaced hyphen

    def __len__(self) -> int:
        return len(self.words)

    def bounds(self, index: int) -> tuple[int, int]:
        """Return the first and past-last tokens of the sentence a piece belongs to."""
        number = self.sentences[index]
        return bisect_left(self.sentences, number), bisect_right(self.sentences, number)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text is in the original."""
        return self.where[start], self.where[end - 1] + 1


def read(text: str, longest: int = LONGEST_READ) -> Reading:
    """Read a text: at most its first 20 000 characters."""
    original = text[:longest]
    shown = _without_markup(original)
    folded, where = _folded(shown)
    words: list[str] = []
    numbers: list[float | None] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    pauses: set[int] = set()
    sentence = since = past = 0
    for match in _TOKEN.finditer(folded):
        piece, start, end = match.group(), match.start(), match.end()
        if match.group("stop"):
            if _ends_sentence(piece, folded, end, shown, where):
                sentence, since = sentence + 1, len(words)
            continue
        if piece == "-" and not _between_digits(folded, start):
            continue
        if len(words) - since >= _LONGEST_SENTENCE:
            sentence, since = sentence + 1, len(words)
        if words and _PAUSE.search(folded, past, start):
            pauses.add(len(words))
        past = end if piece != "/" else past
        words.append(_word(match))
        numbers.append(_number(match))
        starts.append(where[start])
        ends.append(where[end - 1] + 1)
        sentences.append(sentence)
    return Reading(
        folded,
        tuple(where),
        tuple(words),
        tuple(numbers),
        tuple(starts),
        tuple(ends),
        tuple(sentences),
        _vocabulary(words, sentences),
        frozenset(pauses),
    )


def _vocabulary(words: list[str], sentences: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for word, sentence in zip(words, sentences, strict=True):
        found.setdefault(sentence, set()).add(word)
    return {sentence: frozenset(own) for sentence, own in found.items()}


def _word(match: re.Match[str]) -> str:
    piece = match.group()
    if match.group("number") or match.group("spelt") or match.group("amount"):
        return "#"
    if match.group("spaced"):
        return _PUNCTUATION.sub("", piece)
    return {"€": "euros", "-": "a", "%": "pourcent"}.get(piece, piece)


def _number(match: re.Match[str]) -> float | None:
    if match.group("number"):
        return _value(match.group())
    if match.group("spelt"):
        values = _TENS | _TEENS | _ONES
        return float(sum(values.get(word, 0) for word in re.split(r"[ -]", match.group())))
    if match.group("amount"):
        return _counted(re.split(r"[ -]+", match.group().strip(" -")))
    return None


def _counted(words: list[str]) -> float:
    """Return the number some words spell: « mille trois cent quatre-vingts »."""
    values = _TENS | _TEENS | _ONES
    total = part = 0
    for word in words:
        if word == "mille":
            total, part = total + max(part, 1) * 1000, 0
        elif word in {"cent", "cents"}:
            part = max(part, 1) * 100
        elif word in {"vingt", "vingts"} and part % 100 == _ONES["quatre"]:
            part += 76  # four twenties
        else:
            part += values.get(word, 0)
    return float(total + part)


def _value(piece: str) -> float:
    plain = piece.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", ".")[:15])


def _between_digits(folded: str, at: int) -> bool:
    before, after = (
        folded[:at].rstrip()[-1:] if at < 3 else folded[max(0, at - 3) : at].rstrip()[-1:],
        folded[at + 1 :][:3],
    )
    return before.isdigit() and after.lstrip()[:1].isdigit()


def _ends_sentence(piece: str, folded: str, end: int, shown: str, where: list[int]) -> int:
    """Say whether a stop ends the sentence: a dot inside a word or a soft line break does not."""
    if piece == ".":
        return int(end >= len(folded) or not folded[end].isalnum())
    if piece == "\n":
        rest = end
        while rest < len(folded) and folded[rest] == " ":
            rest += 1
        return int(rest >= len(folded) or shown[where[rest]].isupper() or not folded[rest].isalnum())
    return 1


def _folded(shown: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    where: list[int] = []
    for place, character in enumerate(shown):
        folded = _FOLDS[character]
        if folded:
            pieces.append(folded)
            if len(folded) == 1:
                where.append(place)
            else:
                where.extend([place] * len(folded))
    return "".join(pieces), where


def _without_markup(text: str) -> str:
    """Blank tags and entities, keeping the length so that places stay true."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        text = _TAG.sub(_tag, text)
    return text


def _entity(match: re.Match[str]) -> str:
    plain = html.unescape(match.group())
    if plain == match.group() or len(plain) > 1:
        return match.group()
    return plain + _INVISIBLE * (len(match.group()) - 1)


def _tag(match: re.Match[str]) -> str:
    length = len(match.group())
    if match.group(2).lower() in _INLINE_TAGS:
        return _INVISIBLE * length
    return "\n" + " " * (length - 1)
