"""The one entry point: what must not be sent in some words, where, and why."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from entremise.lib import lookalikes
from entremise.lib.courtesy import disguise, whom
from entremise.lib.courtesy.faults import Fault, Finding
from entremise.lib.courtesy.lexicon import ACCENTED, ALLOWED, PATTERNS
from entremise.lib.courtesy.nonsense import is_nonsense
from entremise.lib.fairwording.codes import Code, Kind, Severity, kind_of
from entremise.lib.fairwording.matching import wordings
from entremise.lib.fairwording.patterns import Index
from entremise.lib.fairwording.reading import Reading, read
from entremise.lib.fairwording.words import word_set

_Stretch = tuple[Fault, int, int]  # in the text

_INDEX: Final = Index.of(PATTERNS)
_NO_TITLE: Final = read("")
_FAULTS: Final = {
    "insult": Fault.INSULT,
    ACCENTED: Fault.INSULT,
    "contempt": Fault.CONTEMPT,
    "threat": Fault.THREAT,
    "personal": Fault.PERSONAL,
    "discrimination": Fault.DISCRIMINATION_HINT,
}
_ABOUT_SOMEBODY: Final = frozenset({Fault.PERSONAL, Fault.DISCRIMINATION_HINT})  # it matters who
_RUDE: Final = frozenset(_FAULTS.values()) - _ABOUT_SOMEBODY
# Faults of an offer that a refusal does not commit: it names the job as it was, the road to it, the people served.
_OF_OFFERS: Final = frozenset(
    {Code.GENDERED_TITLE, Code.RESIDENCE, Code.AUTONOMY_LOSS, Code.ELECTED_OFFICE, Code.BANK}
)
_CIVILITIES: Final = word_set("""monsieur madame mademoiselle m mr mme mlle maitre dr docteur""")
_TOLD: Final = word_set("""a ont avait avaient avez""")
_MINE: Final = word_set("""j ma mon mes me""")
# Of Spanish and Italian sentences, in which « con » is « avec ».
_SOUTHERN: Final = word_set(
    """el los las por para su sus nosotros nuestro nuestra gracias puesto usted otra otro esta busca buscamos personas
    experiencia esperienza cercasi cerchiamo personale per il lavoro"""
)
_FRENCH: Final = word_set("""vous tu t toi es etes est gros grosse sale pauvre ce quel bande""")
_SHOUTED: Final = word_set(
    """vous nous je il votre vos notre nos ne pas est sont merci avez etes tu te tes moi jamais plus lisez arretez
    suis ai sommes"""
)
_DRAWN: Final = {"ƒ": "f", "©": "c", "®": "r", "¢": "c", "£": "l", "¥": "y", "§": "s", "∂": "d", "µ": "u", "ß": "b"}
_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile(r"(?:[!?][ \u00a0\u202f]?){3,}[!?]")
_FEWEST_SHOUTED, _FEWEST_LETTERS = 4, 16


@dataclass(frozen=True, slots=True)
class _Sight:
    """A text read: what the words and turns of the file have matched, and the tokens that are lawful there."""

    reading: Reading
    hits: tuple[tuple[str, int, int], ...]
    lawful: frozenset[int]


def findings(text: str, *, tells_of_others: bool = True) -> tuple[Finding, ...]:
    """Return what must not be sent in a text, in its order; at most its first 20 000 characters are read.

    `tells_of_others`: whoever else it names is not the one it is about; false where « our waitress » may be her.
    """
    plain = text if text.isascii() else "".join(map(_ours, text))
    whole = held = _seen(plain)
    if tells_of_others and (aside := whom.told_aside(whole.reading, whole.hits)):
        held = _seen(whom.without(plain, whole.reading, aside))
    found = [
        *_worded(text, whole, _RUDE),
        *_worded(text, held, _ABOUT_SOMEBODY),
        *_hidden(text, whole.reading, whole.lawful),
        *_unfair(held.reading, held.lawful),
        *_shouted(text),
    ]
    if text.strip() and is_nonsense(plain):
        found.append((Fault.NONSENSE, len(text) - len(text.lstrip()), len(text.rstrip())))
    return tuple(Finding(fault, start, end, text[start:end]) for fault, start, end in _merged(found))


def _seen(plain: str) -> _Sight:
    reading = read(plain)
    hits = tuple((str(hit.pattern.owner), hit.start, hit.end) for hit in _INDEX.hits(reading))
    return _Sight(reading, hits, _tokens_of((start, end) for section, start, end in hits if section == ALLOWED))


@lru_cache(maxsize=4096)
def _ours(character: str) -> str:
    """Return the letter of ours that a letter is drawn as, in its case: the text keeps its length."""
    if character.isascii():
        return character
    letter = _DRAWN.get(character) or lookalikes.in_our_letters(character)
    if len(letter) != 1 or not letter.isascii():
        return character
    return letter.upper() if character.isupper() else letter


def _tokens_of(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))


def _worded(text: str, sight: _Sight, faults: frozenset[Fault]) -> Iterator[_Stretch]:
    """Return what the words and turns of the file have matched, unless the text makes it lawful."""
    reading, lawful = sight.reading, sight.lawful
    for section, start, end in sight.hits:
        fault = _FAULTS.get(section)
        if fault not in faults:
            continue
        first, last = reading.starts[start], reading.ends[end - 1]
        if not lawful.isdisjoint(range(start, end)) or (section == ACCENTED and text[first:last].isascii()):
            continue
        if (
            fault is Fault.INSULT
            and end - start == 1
            and (_is_surname(text, reading, start) or _is_with(reading, start))
        ):
            continue
        if fault in _ABOUT_SOMEBODY and _is_told(reading, start):
            continue
        yield fault, first, last


def _hidden(text: str, reading: Reading, lawful: frozenset[int]) -> Iterator[_Stretch]:
    """Return the insults whose letters are hidden."""
    for at, word in enumerate(reading.words):
        if at not in lawful and disguise.repeated(word) and not _is_surname(text, reading, at):
            yield Fault.INSULT, reading.starts[at], reading.ends[at]
    for start, end in disguise.cut_in_two(reading):
        yield Fault.INSULT, reading.starts[start], reading.ends[end - 1]
    for start, end in disguise.disguised(reading):
        first, last = reading.place(start, end)
        is_initial = text[first].isupper() and not any(map(str.isalnum, text[first + 1 : last]))
        if not is_initial:  # « M. D**** »: a name that is kept back
            yield Fault.INSULT, first, last


def _unfair(reading: Reading, lawful: frozenset[int]) -> Iterator[_Stretch]:
    """Return the wordings that would be discrimination in an offer."""
    for one in wordings(reading, _NO_TITLE):
        family, tokens = one.family, range(one.start, one.end)
        is_name = one.end - one.start == 1 and one.start in reading.names  # « Marie » is not « mariée »
        if family.code in _OF_OFFERS or family.severity is not Severity.BLOCKING or is_name:
            continue
        if (
            kind_of(family.code) is Kind.DISCRIMINATION
            and lawful.isdisjoint(tokens)
            and not _is_told(reading, one.start)
            and not _greets(reading, one.start)
        ):
            yield Fault.DISCRIMINATION_HINT, reading.starts[one.start], reading.ends[one.end - 1]


def _greets(reading: Reading, at: int) -> bool:
    """Say whether a wording begins by a civility: « Monsieur Martin, merci » greets a man, it asks for none."""
    return reading.words[at] in _CIVILITIES


def _is_surname(text: str, reading: Reading, at: int) -> bool:
    """Say whether a word is written as the name of somebody: « Monsieur Connard »."""
    word = text[reading.starts[at] : reading.ends[at]]
    if not word.istitle() or at == 0:
        return False
    return reading.words[at - 1] in _CIVILITIES


def _is_with(reading: Reading, at: int) -> bool:
    """Say whether « con » is the word of another language."""
    if reading.words[at] != "con":
        return False
    first, last = reading.bounds(at)
    words = set(reading.words[first:last])
    return bool(_SOUTHERN & words) and not _FRENCH & words


def _is_told(reading: Reading, at: int) -> bool:
    """Say whether a person tells what was said to them: « ils m’ont dit que j’étais trop vieux »."""
    first, last = reading.bounds(at)
    words = reading.words[first:last]
    told = any(words[place] == "m" and words[place + 1] in _TOLD for place in range(len(words) - 1))
    return told and bool(_MINE & set(words))


def _shouted(text: str) -> Iterator[_Stretch]:
    """Return the sentences in capitals (the name of a job or a firm is no sentence) and the rows of marks."""
    run: list[re.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        if match is not None and match.group().isupper():
            run.append(match)
            continue
        if _is_shout([one.group() for one in run]):
            yield Fault.SHOUTING, run[0].start(), run[-1].end()
        run = []
    for match in _MARKS.finditer(text):
        yield Fault.SHOUTING, match.start(), match.end()


def _is_shout(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 1]
    is_long = len(long) >= _FEWEST_SHOUTED and sum(map(len, long)) >= _FEWEST_LETTERS
    return is_long and any(read(word).words[:1] and read(word).words[0] in _SHOUTED for word in long)


def _merged(found: Iterable[_Stretch]) -> list[_Stretch]:
    """Return the stretches in the order of the text, those of one fault that overlap made one."""
    merged: list[_Stretch] = []
    last: dict[Fault, int] = {}
    for fault, start, end in sorted(found, key=lambda one: (one[1], one[2])):
        at = last.get(fault)
        if at is not None and start < merged[at][2]:
            merged[at] = (fault, merged[at][1], max(end, merged[at][2]))
        else:
            last[fault] = len(merged)
            merged.append((fault, start, end))
    return merged
