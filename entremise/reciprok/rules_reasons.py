"""What refusals say: counts that point at nobody, and the question that the most frequent reason puts to an offer."""

from collections.abc import Mapping
from dataclasses import dataclass

from entremise.lib.measures import SMALLEST_CELL, suppress
from entremise.reciprok.enums import RefusalReason

FIRST_SHARE = 0.25  # of the refusals: a reason given by so many is worth a question
QUESTIONED = (
    RefusalReason.EXPERIENCE,
    RefusalReason.SKILLS,
    RefusalReason.DISTANCE,
    RefusalReason.AVAILABILITY,
)  # the reasons that an offer can do something about


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why people were refused for one occupation; a cell of few people is None."""

    total: int
    cells: Mapping[str, int | None]

    def of(self, reason: str) -> int | None:
        """Return how many refusals gave this reason, None when it is too few to be told."""
        return self.cells.get(reason, 0)


@dataclass(frozen=True, slots=True)
class Hint:
    """A reason that refusals for one occupation give often."""

    reason: RefusalReason
    count: int
    total: int


def publishable(counts: Mapping[str, int]) -> Reasons | None:
    """Return counts that point at nobody, nothing when the whole is about too few people."""
    total = sum(counts.values())
    if total < SMALLEST_CELL:
        return None
    return Reasons(total, suppress(counts))


def hints(reasons: Reasons | None) -> list[Hint]:
    """Return the reasons that are worth a question, the most frequent first."""
    if reasons is None:
        return []
    found = [
        Hint(reason, count, reasons.total)
        for reason in QUESTIONED
        if (count := reasons.of(reason)) is not None and count >= FIRST_SHARE * reasons.total
    ]
    return sorted(found, key=lambda hint: -hint.count)
