"""Turn a text into plain tokens that remember where they come from.

Whatever is done to hide a word (tags, entities, invisible characters, look-alike letters, letters spaced out)
is undone here, without ever moving a position: the first step keeps the length of the text.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from entremise.lib.fairwording.tables.spelling import ABBREVIATIONS, SHORTENED, SPELLINGS
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
# « domicilié(e) », « motivé·e·s »: the other ending of a word is no word.
_OTHER_ENDING: Final = (
    r"(?<=[a-z])(?:\((?:e|s|es|ne|nes|le|les|te|tes|se|ses|ve|ere|euse|trice)\)"
    r"|[.·∙](?:e|ne|nes|le|te|se|ve|ere|es|s)(?:[.·∙]s)?(?![a-z]))"
)
_BOUND: Final = r"(?<![\d\w])[-<>+](?= ?(?:de )?\d\d ?ans\b)"  # « -30 ans », « + de 50 ans »
_TOKEN = re.compile(
    rf"(?P<ending>{_OTHER_ENDING})|(?P<bound>{_BOUND})|(?P<spaced>{_SPACED_OUT})|(?P<amount>{_AMOUNT})|(?P<number>{_NUMBER})|(?P<spelt>{_SPELT})"
    rf"|[a-z]+|[€%/]|(?P<stop>[.!?;\n•●▪|]+)|-"
)
_MEANT: Final = {
    **dict(pair.strip().split(" = ") for line in SPELLINGS.strip().splitlines() for pair in line.split(";")),
    "€": "euros",
    "-": "a",
    "%": "pourcent",
}
_ABBREVIATIONS: Final = word_set(ABBREVIATIONS)
_SHORTENED: Final = word_set(SHORTENED)
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
    where: Sequence[int]  # place in the original of each folded character
    words: tuple[str, ...]
    numbers: tuple[float | None, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    vocabulary: Mapping[int, frozenset[str]]  # the words of each sentence
    pauses: frozenset[int] = frozenset()  # tokens right after a comma, a colon, a bracket, a slash or a spaced hyphen
    names: frozenset[int] = frozenset()  # tokens written with a capital inside a sentence: a place, a person
    known: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)  # see patterns

    def __len__(self) -> int:
        return len(self.words)

    def bounds(self, index: int) -> tuple[int, int]:
        """Return the first and past-last tokens of the sentence a piece belongs to."""
        number = self.sentences[index]
        return bisect_left(self.sentences, number), bisect_right(self.sentences, number)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text is in the original."""
        return self.where[start], self.where[end - 1] + 1


@dataclass(slots=True)
class _Tokens:
    """What is read so far."""

    words: list[str] = field(default_factory=list)
    numbers: list[float | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    pauses: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)
    sentence: int = 0
    since: int = 0  # the first token of the sentence
    last: str = ""  # the last word, as written

    def cut(self) -> None:
        """End the sentence."""
        self.sentence, self.since = self.sentence + 1, len(self.words)

    def add(self, match: re.Match[str], start: int, end: int, *, is_name: bool) -> None:
        """Add a token, which is from `start` to `end` in the original."""
        if len(self.words) - self.since >= _LONGEST_SENTENCE:
            self.cut()
        if is_name and len(self.words) > self.since:
            self.names.add(len(self.words))
        self.last = match.group()
        self.words.append(_word(match))
        self.numbers.append(_number(match))
        self.starts.append(start)
        self.ends.append(end)
        self.sentences.append(self.sentence)

    def reading(self, folded: str, where: Sequence[int]) -> Reading:
        """Return the whole, which no longer changes."""
        return Reading(
            folded,
            where,
            tuple(self.words),
            tuple(self.numbers),
            tuple(self.starts),
            tuple(self.ends),
            tuple(self.sentences),
            _vocabulary(self.words, self.sentences),
            frozenset(self.pauses),
            frozenset(self.names),
        )


def read(text: str, longest: int = LONGEST_READ) -> Reading:
    """Read a text: at most its first 20 000 characters."""
    shown = _without_markup(text[:longest])
    folded, where = _folded(shown)
    tokens = _Tokens()
    past = 0
    for match in _TOKEN.finditer(folded):
        piece, start, end, kind = match.group(), match.start(), match.end(), match.lastgroup
        if kind == "stop":
            is_short = piece == "." and _is_abbreviation(tokens.last, folded, end, shown, where)
            if not is_short and _ends_sentence(piece, folded, end, shown, where):
                tokens.cut()
            continue
        if kind == "ending":
            past = end
            continue
        if piece == "-" and kind != "bound" and not _between_digits(folded, start):
            continue
        if tokens.words and _PAUSE.search(folded, past, start):
            tokens.pauses.add(len(tokens.words))
        past = end if piece != "/" else past
        first, last = where[start], where[end - 1] + 1
        tokens.add(match, first, last, is_name=_is_name(shown, first, last))
    return tokens.reading(folded, where)


_LONGEST_ACRONYM: Final = 5


def _is_name(shown: str, start: int, end: int) -> bool:
    """Say whether a word is written as a proper name; a short one all in capitals is an acronym."""
    return shown[start].isupper() and not (end - start <= _LONGEST_ACRONYM and shown[start:end].isupper())


def _is_abbreviation(word: str, folded: str, end: int, shown: str, where: Sequence[int]) -> bool:
    """Say whether the dot after a word belongs to it: « rech. serveur », « masculin de préf., CACES »."""
    rest = end
    while rest < len(folded) and folded[rest] == " ":
        rest += 1
    if rest >= len(folded) or folded[rest] == "\n":
        return False
    return word in _ABBREVIATIONS or (word in _SHORTENED and not shown[where[rest]].isupper())


def _vocabulary(words: list[str], sentences: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for word, sentence in zip(words, sentences, strict=True):
        found.setdefault(sentence, set()).add(word)
    return {sentence: frozenset(own) for sentence, own in found.items()}


def _word(match: re.Match[str]) -> str:
    piece, kind = match.group(), match.lastgroup
    if kind is None:
        return _MEANT.get(piece, piece)
    if kind == "spaced":
        return _PUNCTUATION.sub("", piece)
    if kind == "bound":
        return "moins" if piece in "-<" else "plus"
    return "#"


def _number(match: re.Match[str]) -> float | None:
    kind = match.lastgroup
    if kind == "number":
        return _value(match.group())
    if kind == "spelt":
        values = _TENS | _TEENS | _ONES
        return float(sum(values.get(word, 0) for word in re.split(r"[ -]", match.group())))
    if kind == "amount":
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


def _ends_sentence(piece: str, folded: str, end: int, shown: str, where: Sequence[int]) -> int:
    """Say whether a stop ends the sentence: a dot inside a word or a soft line break does not."""
    if piece == ".":
        return int(end >= len(folded) or not folded[end].isalnum())
    if piece == "\n":
        rest = end
        while rest < len(folded) and folded[rest] == " ":
            rest += 1
        return int(rest >= len(folded) or shown[where[rest]].isupper() or not folded[rest].isalnum())
    return 1


def _folded(shown: str) -> tuple[str, Sequence[int]]:
    """Return a text without case, accents or disguise, and where each of its characters was."""
    if all(len(_FOLDS[character]) == 1 for character in set(shown)):  # most texts: nothing moves
        return "".join(map(_FOLDS.__getitem__, shown)), range(len(shown))
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
