"""How well an offer fits somebody, and how she holds what it asks for."""

from collections.abc import Iterable

from entremise.matching.enums import PartName
from entremise.matching.enums_fit import Fit, Holding
from entremise.matching.rules import Part

VERY_WELL, WELL = 75, 45  # at least so much of a hundred of the points that depend on the offer
OF_THE_PERSON = PartName.AVAILABILITY  # the same for every offer: it says nothing of this one


def fit(parts: Iterable[Part]) -> Fit:
    """Say how well an offer fits, by the parts of its score that depend on it."""
    counted = [part for part in parts if part.name != OF_THE_PERSON]
    share = 100 * sum(part.points for part in counted) // max(sum(part.maximum for part in counted), 1)
    if share >= VERY_WELL:
        return Fit.VERY_WELL
    return Fit.WELL if share >= WELL else Fit.PARTLY


def holding(assurance: int | None, *, is_shown: bool) -> Holding:
    """Say how a skill is held; `assurance` is None when it is not."""
    if assurance is None:
        return Holding.MISSING
    if not is_shown:
        return Holding.HIDDEN
    return Holding.CONFIRMED if assurance else Holding.SAID
