"""Find the wordings of the tables in a text, then drop those the text itself makes lawful."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from entremise.lib.fairwording import families
from entremise.lib.fairwording.codes import Code, Kind, kind_of
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.patterns import Index, Mentions, Pattern, compile_table
from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.tables import FAMILIES
from entremise.lib.fairwording.tasks import HAS_ANOTHER_MEANING, is_added, is_task
from entremise.lib.fairwording.words import word_set

_NEAR_BEFORE: Final = 2  # words between « ne demandons pas » and what is not asked
_NEAR_AFTER: Final = 4
_SMALL: Final = word_set("""de d du des la le les l a au aux un une et ou en s nos vos leurs ces""")
_BUT: Final = frozenset({"mais", "sauf", "cependant", "toutefois", "excepte", "hormis", "neanmoins"})
_LOOK_BEHIND: Final = 3
_LOOSE: Final = frozenset({"chosen", "named"})  # frames of mere words, which have another meaning in a task
_REACH: Final = 16  # words between a wording and what, in its sentence, makes it lawful
# « vous accompagnez des… »: the sentence speaks of the people served, not of the candidate.
_SERVING: Final = word_set(
    """accompagnez accompagner accompagne accompagnons accompagnement aidez aider soignez soigner assistez
    assister suivez accueillez accueille accueillons encadrez encadrer animez animer suivre intervenez
    intervenir aupres hebergeons orienter orientez formez renseigner renseignez protegez protegeons
    preparez eduquez enseignez gerez traitez saisissez controlez servez conseillez rencontrez visitez
    coachez soutenez instruisez recevez livrons livrez desservez ecoutez visitez rencontrez"""
)
_SERVING_REACH: Final = 6


@dataclass(frozen=True, slots=True)
class _Group:
    """A group named in the text: whose table it comes from and which frames it fits."""

    family: Family
    frames: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording found: the family it belongs to and its tokens."""

    family: Family
    start: int
    end: int
    frame: str = ""  # what it was found by; none: a complete wording


def _table(table: str) -> Iterator[Pattern]:
    """Compile one table of every family, each pattern owned by its family."""
    return (pattern for family in FAMILIES for pattern in compile_table(getattr(family, table), family))


def _group_patterns() -> Iterator[Pattern]:
    for family in FAMILIES:
        for table, frames in (
            (family.groups, "excluded wanted"),
            (family.refused, "excluded"),
            (family.wanted, "wanted"),
            (family.lacking, "lacked"),
            (family.sensitive, "chosen"),
            (family.asked, "asked"),
            (family.strong, "named"),
        ):
            yield from compile_table(table, (family, frames))


_FRAMES: Final = {
    "excluded": Index.of(compile_table(families.EXCLUDED)),
    "wanted": Index.of(compile_table(families.WANTED)),
    "lacked": Index.of(compile_table(families.LACKED)),
    "chosen": Index.of(compile_table(families.CHOSEN)),
    "asked": Index.of(compile_table(families.ASKED)),
    "named": Index.of(compile_table(families.NAMED)),
}
_TABLES: Final[dict[str, Iterable[Pattern]]] = {
    "patterns": _table("patterns"),
    "allows": _table("allows"),
    "unless_sentence": _table("unless_sentence"),
    "groups": _group_patterns(),
    "served": compile_table(families.SERVED),
    "sent_away": compile_table(families.SENT_AWAY),
    "open_to_all": compile_table(families.OPEN_TO_ALL),
    "never_asked": compile_table(families.NEVER_ASKED),
    "not_asked": compile_table(families.NOT_ASKED),
}
# All the tables that do not need a group are read in one pass: the owner says which table a pattern comes from.
_ALL: Final = Index.of(
    replace(pattern, owner=(name, pattern.owner)) for name, patterns in _TABLES.items() for pattern in patterns
)
_UNLESS_TEXT: Final = Index.of(_table("unless_text"))
_NOT_AFTER: Final = {
    family: tuple(word.strip() for line in family.not_after.splitlines() for word in line.split("|") if word.strip())
    for family in FAMILIES
}
_NOT_AFTER_WORDS: Final = {
    family: frozenset(
        word.lstrip("=") + ending for word in words if not word.endswith("*") for ending in ("", "s", "e", "es")
    )
    for family, words in _NOT_AFTER.items()
}
_NOT_AFTER_BEGINNINGS: Final = {
    family: tuple(word[:-1] for word in words if word.endswith("*")) for family, words in _NOT_AFTER.items()
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a pattern of a table has matched."""

    start: int
    end: int
    owner: object


_Sight = dict[str, list[_Seen]]


def _see(reading: Reading) -> _Sight:
    """Read a text once, for all the tables."""
    sight: _Sight = {name: [] for name in _TABLES}
    for hit in _ALL.hits(reading):
        if isinstance(hit.pattern.owner, tuple):
            name, owner = hit.pattern.owner
            sight[name].append(_Seen(hit.start, hit.end, owner))
    return sight


def wordings(reading: Reading, other: Reading) -> list[Wording]:
    """Return the wordings of the tables found in a text; `other` is the other field of the offer, read for context."""
    sight = _see(reading)
    found = [*_direct(sight), *_framed(reading, sight)]
    if not found:
        return []
    lawful = _Lawful(reading, other, sight)
    kept = [wording for wording, core in found if not lawful.clears(wording, core)]
    return _without_overlaps(kept)


_Found = tuple[Wording, tuple[int, int]]


def _direct(sight: _Sight) -> Iterator[_Found]:
    for seen in sight["patterns"]:
        if isinstance(seen.owner, Family):
            yield Wording(seen.owner, seen.start, seen.end), (seen.start, seen.end)


def _framed(reading: Reading, sight: _Sight) -> Iterator[_Found]:
    """Return the groups of people and the traits that a sentence excludes or asks for."""
    groups: dict[tuple[Family, str], dict[int, list[tuple[int, object]]]] = {}
    for seen in sight["groups"]:
        if not isinstance(seen.owner, tuple):
            continue
        family, frames = seen.owner
        group = _Group(family, frames, seen.start, seen.end)
        for frame in frames.split():
            groups.setdefault((family, frame), {}).setdefault(seen.start, []).append((seen.end, group))
    served = _served_sentences(reading, sight)
    memos: dict[str, dict[int, list[Pattern]]] = {}
    for (family, frame), mentions in groups.items():
        if frame in {"chosen", "named"}:
            mentions = {at: found for at, found in mentions.items() if reading.sentences[at] not in served}
        places = _around(reading, mentions)
        for hit in _FRAMES[frame].hits(reading, mentions, places, memos.setdefault(frame, {})):
            if isinstance(hit.group, _Group):
                yield Wording(family, hit.start, hit.end, frame), (hit.group.start, hit.group.end)


def _served_sentences(reading: Reading, sight: _Sight) -> frozenset[int]:
    """Return the sentences that speak of the people served, and send no candidate away."""
    served = {reading.sentences[seen.start] for seen in sight["served"]}
    return frozenset(served - {reading.sentences[seen.start] for seen in sight["sent_away"]})


def _around(reading: Reading, mentions: Mentions) -> list[int]:
    """Return the tokens of the sentences that hold a mention: a frame cannot begin elsewhere."""
    places: set[int] = set()
    for at in mentions:
        first, last = reading.bounds(at)
        places.update(range(max(first, at - 12), min(last, at + 1)))
    return sorted(places)


class _Lawful:
    """The stretches of a text that make a wording lawful."""

    def __init__(self, reading: Reading, other: Reading, sight: _Sight) -> None:
        self.reading = reading
        self.allows = _by_family(sight["allows"])
        self.sentences = _by_family(sight["unless_sentence"])
        self.texts = {hit.pattern.owner for one in (reading, other) for hit in _UNLESS_TEXT.hits(one)}
        self.open_to_all = [(seen.start, seen.end) for seen in sight["open_to_all"]]
        self.never_asked = [seen.start for seen in sight["never_asked"]]
        self.not_asked = [(seen.start, seen.end) for seen in sight["not_asked"]]

    def clears(self, wording: Wording, core: tuple[int, int]) -> bool:
        """Say whether something in the text makes this wording lawful."""
        family = wording.family
        return (
            family in self.texts
            or (wording.frame != "asked" and self._is_allowed(core, family))
            or any(self._is_near(start, core) for start, _ in self.sentences.get(id(family), ()))
            or self._follows(core[0], family)
            or self._is_served(core[0], family)
            or (_is_loose(wording) and family.code in HAS_ANOTHER_MEANING and is_task(self.reading, core[0]))
            or (family.is_cleared and self._is_opened(wording, core))
        )

    def _is_allowed(self, core: tuple[int, int], family: Family) -> bool:
        return any(start < core[1] and core[0] < end for start, end in self.allows.get(id(family), ()))

    def _is_near(self, at: int, core: tuple[int, int]) -> bool:
        return self._same_sentence(at, core[0]) and core[0] - _REACH <= at < core[1] + _REACH

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.reading.sentences[one] == self.reading.sentences[other]

    def _is_served(self, at: int, family: Family) -> bool:
        """Say whether a verb shortly before speaks of people served, for a criterion of discrimination."""
        first = max(self.reading.bounds(at)[0], at - _SERVING_REACH)
        serves = bool(_SERVING & set(self.reading.words[first:at])) and not is_added(self.reading, at)
        return serves and kind_of(family.code) is Kind.DISCRIMINATION

    def _follows(self, at: int, family: Family) -> bool:
        """Say whether the last full word before a token is one of these."""
        for place in range(at - 1, max(-1, at - 1 - _LOOK_BEHIND), -1):
            word = self.reading.words[place]
            if not self._same_sentence(place, at) or place + 1 in self.reading.pauses:
                return False
            if word in _NOT_AFTER_WORDS[family] or word.startswith(_NOT_AFTER_BEGINNINGS[family]):
                return True
            if word not in _SMALL:
                return False
        return False

    def _is_opened(self, wording: Wording, core: tuple[int, int]) -> bool:
        start, end = wording.start, wording.end
        if kind_of(wording.family.code) is Kind.DISCRIMINATION and any(
            self._same_clause(low, core[0]) for low, _ in self.open_to_all
        ):
            return True
        if any(low <= core[0] and self._same_clause(low, core[0]) for low in self.never_asked):
            return True
        return any(
            self._same_clause(low, core[0]) and low - end <= _NEAR_AFTER and start - high <= _NEAR_BEFORE
            for low, high in self.not_asked
        )

    def _same_clause(self, one: int, other: int) -> bool:
        """Say whether what stands at `one` governs `other`: a « mais » after it takes it back."""
        return self._same_sentence(one, other) and not _BUT & set(self.reading.words[one:other])


def _is_loose(wording: Wording) -> bool:
    """Say whether a mere word has been found, rather than what is said of it."""
    return wording.frame in _LOOSE or (not wording.frame and wording.end - wording.start == 1)


def _by_family(sights: Iterable[_Seen]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for seen in sights:
        found.setdefault(id(seen.owner), []).append((seen.start, seen.end))
    return found


def _without_overlaps(found: list[Wording]) -> list[Wording]:
    """Keep, of the wordings of one family that overlap, the one that says most."""
    kept: list[Wording] = []
    taken: dict[Code, set[int]] = {}
    for wording in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        tokens = range(wording.start, wording.end)
        if taken.setdefault(wording.family.code, set()).isdisjoint(tokens):
            taken[wording.family.code].update(tokens)
            kept.append(wording)
    return sorted(kept, key=lambda one: (one.start, one.end))
