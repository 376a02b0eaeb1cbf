"""Who some words are about: what is told of oneself or of somebody else is not held against who reads."""

from collections.abc import Iterable, Sequence
from typing import Final

from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

SOMEBODY_ELSE: Final = "somebody else"
HELD_AGAINST: Final = "held against"
_Span = tuple[int, int]  # in the tokens
# Who applies, or may: « notre candidate est enceinte » tells of no colleague. « que », « si »: another subject.
_JUDGED: Final = word_set(
    """vous votre vos tu te t toi ton ta tes candidat candidate candidats candidates candidature profil profils
    personne postulant postulante stagiaire apprenti apprentie recrue quelqu que qu si"""
)


def told_aside(reading: Reading, hits: Iterable[tuple[str, int, int]]) -> list[_Span]:
    """Return the stretches told of who writes or of another person, in sentences that hold them against nobody."""
    told, against = list[_Span](), set[int]()
    for section, start, end in hits:
        if section == HELD_AGAINST:
            against.add(reading.sentences[start])
        elif section == SOMEBODY_ELSE and _is_whole(reading, start, end):
            told.append((start, end))
    return [span for span in told if reading.sentences[span[0]] not in against]


def _is_whole(reading: Reading, start: int, end: int) -> bool:
    """Say whether a stretch names nobody who applies and no comma cuts it: « notre avis est : trop malade »."""
    return _JUDGED.isdisjoint(reading.words[start:end]) and reading.pauses.isdisjoint(range(start + 1, end))


def without(plain: str, reading: Reading, spans: Sequence[_Span]) -> str:
    """Return a text of the same length, those stretches blank."""
    letters = list(plain)
    for start, end in spans:
        first, last = reading.starts[start], reading.ends[end - 1]
        letters[first:last] = " " * (last - first)
    return "".join(letters)
