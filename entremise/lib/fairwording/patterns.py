"""The small language the tables are written in, one pattern a line (or several between semicolons).

    homme               the word, its plural and feminine too (homme, hommes, femme, femmes…)
    =port               exactly this word
    celibat*            any word that begins so
    homme|garcon        one of these
    ?un                 may be missing
    @want               one of a named set (`WORD_SETS`)
    %                   a word written with a capital inside the sentence: a town, a person
    #                   a number; #18-75 a number in this range
    ..3                 up to three words of the same sentence, none of which turns to somebody else (`TURNS`)
    ...3                up to three words of the same sentence, whichever
    ^                   the beginning of a sentence; $ its end
    {G}                 (frames only) a group of people or a trait named by the family

Words are written without accents or capitals; an apostrophe or a hyphen is a space: « d abstenir », « non fumeur ».
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

_ENDINGS: Final = ("", "s", "e", "es")
_CONTINUED: Final = re.compile(r"\|\s+")  # a line that ends with a bar goes on with the next one
_NUMBER: Final = re.compile(r"#(\d+(-\d+)?)?")

WORD_SETS: Final[dict[str, str]] = {
    "want": "rech|recherche|recherchons|recherchent|rechercher|cherche|cherchons|recrute|recrutons|souhaitons|voulons"
    "|embauch*|recrut*|retiendrons|prendrons|prenons|priorisons|privilegi*|favoris*|selectionn*|engageons"
    "|privilegie|privilegions|preferons|prefere|attendons|retenons|exigeons|desirons",
    "req": "exige|requis|demande|obligatoire|imperatif|imperative|imperativement|souhaite|indispensable|necessaire"
    "|recherche|apprecie|prefere|privilegie|voulu|attendu|desire|favorise|prioritaire|imposee|souhaitable|preferable|conseille|recommande|=exiger|=souhaiter|=demander|vivement|incontournable",
    "only": "uniquement|exclusivement|seulement|strictement|only|exclusif",
    "out": "exclu|refuse|ecarte|interdit|proscrit|indesirable|evite|banni|rejete|elimine|inaptes|prohibe|eliminatoire"
    "|redhibitoire|disqualifie|ignore|incompatible|impossible|inadapte|inacceptable|malvenu|problematique|exclue",
    "taken": "accepte|admis|souhaite|retenu|desire|recherche|bienvenu|autorise|tolere|eligible|pris|etudie|traite"
    "|examine|convenu|embauche|recrute|considere|concerne|vise|convie",
    "never": "pas|plus|jamais|point|aucun",
    "job": "poste|emploi|travail|annonce|offre|job|mission|metier|place|embauche",
    "cue": "abstenir|exclu|exclue|=exclut|=excluent|=excluons|=excluant|=exclure|exclusivement|exclusif"
    "|refus*|evit*|interdi*|inutile|chemin|incompatible|deconseill*|postul*|=ecarte|=ecartes|=ecartee|=ecartees|=ecartons|=ecarter|=ecarterons"
    "|=ne|=n|=pas|jamais|sans|aucun|=ni|=non"
    "|exig*|requis|obligat*|imperat*|souhait*|prefer*|ideal*|atout|privilegi*|reserv*|uniquement|exclusivement"
    "|=seul|=seuls|=seule|=seules|profil"
    "|candidat*|etes|recherch*|cherch*|demand*|indispensable|bienvenu*|appreci*|priorit*|precis*|indiqu*|mention*"
    "|declar*|convien*|adresse"
    "|devra*|doit|doivent|faut|voulons|aimerions|embauch*|recrut*|accept*|retenu*|correspond*|plus|attendu*|recu"
    "|recus|recue|recues|etudi*|invit*|signal*|certifi*|retir*|chang*|qualite|voulu|=trop|=sauf|=hormis|recrue|futur*|penchons|envisage*|priez"
    "|rejet*|elimin*|interess*|merci|impossible|possible|autoris*|toler*|gene*|apport*|aim*|demandons|besoin"
    "|destin*|pourr*|peuvent|peut"
    "|passe|passez|parfait*|=attend|=attendons|=conseille|=conseillee|=conseilles|probleme|serait|seraient"
    "|compatible|tour|candidater|prie|priee|ignor*|class*|jete*|convoqu*|presenter|fuir|veut|veux|veulent|acceptons"
    "|recev*|rech|inscri*|dites",
    "ask": "etes|avez|prenez|souffrez|portez|pratiquez|attendez|prevoyez|envisagez|comptez|vivez|suivez|percevez"
    "|touchez|beneficiez|possedez|croyez|appartenez|militez|adherez|consommez|souhaitez|voulez|pensez|faites|seriez"
    "|auriez|acceptez|connaissez|desirez|utilisez",
    "tell": "=precisez|=preciser|=indiquez|=indiquer|=mentionnez|=mentionner|communiquez|communiquer|=dites|=dire"
    "|=donnez|=donner|=renseignez|=renseigner|=declarez|=declarer|=parlez|=decrivez|=decrire|=detaillez|=expliquez"
    "|=racontez|=informez|=repondez|=savoir|=connaitre",
    "give": "joindre|fournir|envoyer|preciser|mettre|indiquer|mentionner|donner|communiquer|transmettre|faire"
    "|renseigner|dire|produire|presenter|avancer|signaler|adresser",
    "be": "etes|serez|etre|est|soyez|sera|sont",
}
# A word after which the sentence speaks of somebody else than the candidate.
TURNS: Final = word_set(
    """pour aupres avec chez dans par vers contre entre qui que dont en sur sous comme specialise specialisee
    envers clientele accueil aider clients public publics association foyer centre soutenir former
    servir garder garde soins client parents mode pret collection rayon vetements"""
)

TURN_BEGINNINGS: Final = ("accompagn", "encadr", "accueill", "anim", "soutien", "aidez", "form", "gard", "specialis")


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    gap: int = 0
    is_strict: bool = True  # a gap that stops at a turn
    low: float = 0.0
    high: float = -1.0  # a number range when high >= low
    group: bool = False
    edge: str = ""
    optional: bool = False
    name: bool = False  # a proper name

    @property
    def is_plain(self) -> bool:
        """Say whether the step is a word of a list, without which nothing matches."""
        return bool(self.exact or self.prefixes) and not (self.optional or self.name or self.high >= self.low)

    def accepts(self, reading: Reading, at: int) -> bool:
        """Say whether the token at a place is this word or this number."""
        if self.name and at in reading.names:
            return True
        if self.high >= self.low:
            value = reading.numbers[at]
            if value is not None:
                return self.low <= value <= self.high
        word = reading.words[at]
        return word in self.exact or (bool(self.prefixes) and word.startswith(self.prefixes))


Mentions = Mapping[int, list[tuple[int, object]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of tokens a pattern has matched; `group` is what a frame has bound to {G}."""

    start: int
    end: int
    pattern: "Pattern"
    group: object = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a table, compiled."""

    source: str
    elements: tuple[Element, ...]
    owner: object = None
    needs: frozenset[int] = frozenset()  # the word lists (their numbers) it cannot match without: a quick refusal

    def match(self, reading: Reading, at: int, mentions: Mentions) -> tuple[int, object] | None:
        """Match from a token on; return the token after the match and the group bound, if any."""
        return self._from(reading, 0, at, mentions, None, reading.sentences[at])

    def _from(
        self, reading: Reading, step: int, at: int, mentions: Mentions, bound: object, sentence: int
    ) -> tuple[int, object] | None:
        while step < len(self.elements):
            element = self.elements[step]
            if element.gap:
                return self._gap(reading, step, at, mentions, bound, sentence)
            if element.group or element.optional:
                return self._choice(reading, step, at, mentions, bound, sentence)
            if element.edge:
                if not _at_edge(reading, at, sentence, element.edge):
                    return None
            elif at >= len(reading.words) or reading.sentences[at] != sentence or not element.accepts(reading, at):
                return None
            else:
                at += 1
            step += 1
        return at, bound

    def _choice(
        self, reading: Reading, step: int, at: int, mentions: Mentions, bound: object, sentence: int
    ) -> tuple[int, object] | None:
        """Match from a step that can be taken in several ways: a group, or a word that may be missing."""
        element = self.elements[step]
        if at < len(reading.words) and reading.sentences[at] == sentence:
            if element.group:
                for end, group in mentions.get(at, ()):
                    found = self._from(reading, step + 1, end, mentions, group, sentence)
                    if found:
                        return found
            elif element.accepts(reading, at):
                found = self._from(reading, step + 1, at + 1, mentions, bound, sentence)
                if found:
                    return found
        return self._from(reading, step + 1, at, mentions, bound, sentence) if element.optional else None

    def _gap(
        self, reading: Reading, step: int, at: int, mentions: Mentions, bound: object, sentence: int
    ) -> tuple[int, object] | None:
        element = self.elements[step]
        for skipped in range(element.gap + 1):
            found = self._from(reading, step + 1, at + skipped, mentions, bound, sentence)
            if found:
                return found
            place = at + skipped
            if place >= len(reading.words) or reading.sentences[place] != sentence:
                return None
            if element.is_strict and _turns(reading.words[place]):
                return None
        return None


def _turns(word: str) -> bool:
    return word in TURNS or word.startswith(TURN_BEGINNINGS)


def _at_edge(reading: Reading, at: int, sentence: int, edge: str) -> bool:
    if edge == "^":
        return at == 0 or reading.sentences[at - 1] != sentence
    return at >= len(reading.words) or reading.sentences[at] != sentence


def compile_pattern(source: str, owner: object = None) -> Pattern:
    """Compile one line; a mistake in a table is an error when the library is loaded, not when an offer is read."""
    elements = tuple(_element(piece) for piece in source.split())
    anchors = [element for element in elements if not element.edge]
    if not anchors or anchors[0].optional or anchors[0].gap or anchors[0].name:
        message = f"a pattern begins with a word: {source!r}"
        raise ValueError(message)
    return Pattern(source, elements, owner, frozenset(_need(one) for one in elements[1:] if one.is_plain))


_NEEDS: Final[dict[tuple[frozenset[str], tuple[str, ...]], int]] = {}
_NEEDS_BY_WORD: Final[dict[str, set[int]]] = {}
_NEEDS_BY_PREFIX: Final[dict[str, set[int]]] = {}


def _need(element: Element) -> int:
    """Return the number of the words of a step, the same for the same words."""
    words = (element.exact, element.prefixes)
    if words not in _NEEDS:
        number = _NEEDS[words] = len(_NEEDS)
        for word in element.exact:
            _NEEDS_BY_WORD.setdefault(word, set()).add(number)
        for prefix in element.prefixes:
            _NEEDS_BY_PREFIX.setdefault(prefix, set()).add(number)
    return _NEEDS[words]


@lru_cache(maxsize=20_000)
def _met_by(word: str) -> frozenset[int]:
    """Return the needs a word meets."""
    begun = (_NEEDS_BY_PREFIX.get(word[:length], ()) for length in range(1, len(word) + 1))
    return frozenset(_NEEDS_BY_WORD.get(word, ())).union(*begun)


def compile_table(table: str, owner: object = None) -> tuple[Pattern, ...]:
    """Compile a table: one pattern a line, or several between semicolons."""
    lines = (line.strip() for whole in _CONTINUED.sub("|", table).splitlines() for line in whole.split(";"))
    return tuple(compile_pattern(line, owner) for line in lines if line)


def _element(piece: str) -> Element:
    if piece in {"^", "$"}:
        return Element(edge=piece)
    optional = piece.startswith("?")
    piece = piece.removeprefix("?")
    if piece == "{G}":
        return Element(group=True, optional=optional)
    if piece.startswith(".."):
        return Element(gap=int(piece.lstrip(".")), is_strict=not piece.startswith("..."))
    return _words(piece, optional=optional)


def _words(piece: str, *, optional: bool) -> Element:
    exact: set[str] = set()
    prefixes: list[str] = []
    low, high, is_name = 0.0, -1.0, False
    for name in piece.split("|"):
        if name == "%":
            is_name = True
            continue
        if _NUMBER.fullmatch(name):
            least, _, most = (name[1:] or "0-1000000000").partition("-")
            low, high = float(least), float(most or least)
            continue
        for word in WORD_SETS[name[1:]].split("|") if name.startswith("@") else (name,):
            if not word.strip("=*").isalpha() and word not in {"/", "#"}:
                message = f"not a word without accents: {word!r}"
                raise ValueError(message)
            if word.endswith("*"):
                prefixes.append(word[:-1])
            elif word.startswith("="):
                exact.add(word[1:])
            else:
                exact.update(word + ending for ending in _ENDINGS)
    return Element(
        exact=frozenset(exact), prefixes=tuple(prefixes), low=low, high=high, optional=optional, name=is_name
    )


_PREFIX_KEY: Final = 3
_MOST_WORDS: Final = 20_000


@dataclass(slots=True)
class Index:
    """Patterns by the word they begin with, so that a text is read once whatever their number."""

    by_word: dict[str, list[Pattern]] = field(default_factory=dict)
    by_prefix: dict[str, list[Pattern]] = field(default_factory=dict)
    numbers: list[Pattern] = field(default_factory=list)
    groups: list[Pattern] = field(default_factory=list)
    by_start: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)  # both, for the words already read

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> "Index":
        """Index patterns."""
        index = cls()
        for pattern in patterns:
            index._add(pattern)
        return index

    def _add(self, pattern: Pattern) -> None:
        first = next(element for element in pattern.elements if not element.edge)
        if first.group:
            self.groups.append(pattern)
        elif first.high >= first.low:
            self.numbers.append(pattern)
        for word in first.exact:
            self.by_word.setdefault(word, []).append(pattern)
        for prefix in first.prefixes:
            self.by_prefix.setdefault(prefix[:_PREFIX_KEY], []).append(pattern)

    def hits(
        self,
        reading: Reading,
        mentions: Mentions | None = None,
        places: Iterable[int] | None = None,
        memo: dict[int, list[Pattern]] | None = None,
    ) -> Iterator[Hit]:
        """Return every match that begins at one of these places (anywhere by default), in the order of the text.

        `memo` keeps, between two readings of the same text, which patterns can begin at each token.
        """
        mentions = mentions or {}
        memo = {} if memo is None else memo
        for at in range(len(reading.words)) if places is None else places:
            candidates = memo.get(at)
            if candidates is None:
                candidates = memo[at] = self._possible(reading, at)
            if self.groups and at in mentions:
                candidates = candidates + [one for one in self.groups if one.needs <= _met(reading, at)]
            for pattern in candidates:
                found = pattern.match(reading, at, mentions)
                if found and found[0] > at:
                    yield Hit(at, found[0], pattern, found[1])

    def _possible(self, reading: Reading, at: int) -> list[Pattern]:
        """Return the patterns that can begin with a token and whose other words are in its sentence."""
        word = reading.words[at]
        begun = self.by_start.get(word)
        if begun is None:
            begun = (*self.by_word.get(word, ()), *self.by_prefix.get(word[:_PREFIX_KEY], ()))
            if len(self.by_start) < _MOST_WORDS:
                self.by_start[word] = begun
        if self.numbers and reading.numbers[at] is not None:
            begun = (*begun, *self.numbers)
        if not begun:
            return []
        met = _met(reading, at)
        return [one for one in begun if one.needs <= met]


def _met(reading: Reading, at: int) -> frozenset[int]:
    """Return the needs the sentence of a token meets."""
    sentence = reading.sentences[at]
    met = reading.known.get(sentence)
    if met is None:
        met = reading.known[sentence] = frozenset().union(*map(_met_by, reading.vocabulary[sentence]))
    return met
