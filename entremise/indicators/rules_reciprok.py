"""Figures of the applications: rates, delays, cells too few to be told, criteria of the score beside the refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entremise.lib.measures import SMALLEST_CELL, Rate, rate, suppress


@dataclass(frozen=True, slots=True)
class Answers:
    """What employers answered: how many applications were counted and answered, by how many people, how fast."""

    counted: int = 0
    answered: int = 0
    people: int = 0
    median_hours: float | None = None

    @property
    def rate(self) -> Rate | None:
        """Return the share of answers with its interval."""
        return rate(self.answered, self.counted)

    @property
    def median_days(self) -> float | None:
        """Return the median delay in days."""
        return None if self.median_hours is None else self.median_hours / 24


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the score beside what employers say: its weight, and the refusals that give its reason."""

    name: str
    points: int
    refused: int
    refusals: int  # all those that are about the person
    good: int  # favourable opinions and hires, meanwhile

    @property
    def share(self) -> Rate | None:
        """Return the share of the refusals that this criterion explains."""
        return rate(self.refused, self.refusals) if self.refusals >= SMALLEST_CELL else None

    @property
    def is_heavier(self) -> bool:
        """Tell whether refusals give this reason more often than the score weighs it, beyond chance."""
        return self.share is not None and self.share.low > self.points / 100

    @property
    def is_lighter(self) -> bool:
        """Tell whether refusals give this reason less often than the score weighs it, beyond chance."""
        return self.share is not None and self.share.high < self.points / 100

    @property
    def per_good(self) -> float | None:
        """Return the refusals for this reason for a hundred good answers."""
        if self.share is None or self.good < SMALLEST_CELL:
            return None
        return 100 * self.refused / self.good


def shown(lines: Mapping[str, Answers]) -> dict[str, Answers | None]:
    """Hide the lines that would point at few people, and as many more as stop their recovery."""
    kept = suppress({key: one.people for key, one in lines.items()})
    return {key: lines[key] if people is not None else None for key, people in kept.items()}


def whole(one: Answers) -> Answers | None:
    """Hide the whole when it is about few people."""
    return one if one.people >= SMALLEST_CELL or one.people == 0 else None


def criteria(
    points: Mapping[str, int], reason_of: Mapping[str, str], refused: Mapping[str, int], good: int
) -> Sequence[Criterion]:
    """Return each criterion of the score with the refusals that give its reason."""
    about = sum(refused.get(reason, 0) for reason in reason_of.values())
    return [Criterion(name, points[name], refused.get(reason_of[name], 0), about, good) for name in points]
