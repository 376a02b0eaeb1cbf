"""Find what is the same as an offer among candidates, the surest first."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from entremise.lib.nearduplicates.comparing import Match, compare_readings, may_be_one
from entremise.lib.nearduplicates.reading import OfferText, Reading, read

SURE = 0.85  # a match from which a whole file does not look for a better one

Key = TypeVar("Key", bound=Hashable)
Known = Callable[[Key], OfferText]


def found(
    reading: Reading, candidates: Iterable[Key], known: Known[Key], *, enough: float | None = None
) -> list[tuple[Key, Match]]:
    """Return which candidates are the same offer, the surest first; `known` gives the text of one.

    With `enough`, stop at the first match that is as sure: candidates come the most alike first.
    """
    same: list[tuple[Key, Match]] = []
    for key in candidates:
        offer = known(key)
        if may_be_one(reading.offer, offer) and (match := compare_readings(reading, read(offer))):
            same.append((key, match))
            if enough is not None and match.score >= enough:
                break
    return sorted(same, key=lambda one: -one[1].score)
