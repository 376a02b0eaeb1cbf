"""Figures that can be defended: rates with their interval, delays, differences, and cells too small to publish."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from statistics import NormalDist
from typing import TypeVar

SMALLEST_CELL = 11  # SAFETY S9: no published figure may describe fewer than 11 people
CONFIDENCE = 0.95

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the range in which the true value lies, at the stated confidence."""

    value: float
    low: float
    high: float

    def excludes(self, reference: float) -> bool:
        """Say whether the reference lies outside the range: the difference is then not chance alone."""
        return reference < self.low or reference > self.high


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a count: how many out of how many, with its Wilson interval."""

    hits: int
    total: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Durations:
    """What a series of delays looks like, in the unit it was given in."""

    count: int
    mean: float
    median: float
    lower_decile: float
    upper_decile: float


def rate(hits: int, total: int, *, confidence: float = CONFIDENCE) -> Rate | None:
    """Return hits out of total with its Wilson score interval (Wilson 1927), or nothing out of nothing."""
    _check_counts(hits, total)
    if total == 0:
        return None
    z, share = _z(confidence), hits / total
    scale = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / scale
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    high = 1.0 if hits == total else min(1.0, middle + reach)
    return Rate(hits, total, share, low, high)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which the given share of the values lies (linear, Hyndman-Fan type 7)."""
    if not values:
        raise ValueError("no quantile of an empty series")
    if not 0 <= share <= 1:
        raise ValueError("a quantile is asked between 0 and 1")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def durations(values: Iterable[float]) -> Durations | None:
    """Return count, mean, median and deciles of a series of delays, or nothing when there is none."""
    series = sorted(values)
    if not series:
        return None
    return Durations(
        count=len(series),
        mean=fsum(series) / len(series),
        median=quantile(series, 0.5),
        lower_decile=quantile(series, 0.1),
        upper_decile=quantile(series, 0.9),
    )


def difference_of_rates(first: Rate, second: Rate, *, confidence: float = CONFIDENCE) -> Interval:
    """Return first minus second with its interval (Newcombe 1998, method 10)."""
    one = _again(first, confidence)
    two = _again(second, confidence)
    gap = one.value - two.value
    below = sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(gap, gap - below, gap + above)


def ratio_of_rates(first: Rate, second: Rate, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Return first divided by second with its interval (Katz 1978), or nothing when a count is zero."""
    if first.hits == 0 or second.hits == 0:
        return None
    error = sqrt(1 / first.hits - 1 / first.total + 1 / second.hits - 1 / second.total)
    return _log_interval(first.value / second.value, error, confidence)


def ratio_of_means(
    first: Sequence[float], second: Sequence[float], *, confidence: float = CONFIDENCE
) -> Interval | None:
    """Return mean of first over mean of second with its interval (delta method), or nothing when it has no sense."""
    if len(first) < 2 or len(second) < 2:
        return None
    mean_one, error_one = _mean_and_error(first)
    mean_two, error_two = _mean_and_error(second)
    if mean_one <= 0 or mean_two <= 0:
        return None
    error = sqrt((error_one / mean_one) ** 2 + (error_two / mean_two) ** 2)
    return _log_interval(mean_one / mean_two, error, confidence)


def is_publishable(count: int, *, smallest: int = SMALLEST_CELL) -> bool:
    """Say whether a figure about this many people may be shown."""
    return count >= smallest


def suppress(cells: Mapping[Key, int], *, smallest: int = SMALLEST_CELL) -> dict[Key, int | None]:
    """Hide the small cells of a table row whose total is published, and as many more as stop their recovery.

    Empty cells stay: they describe nobody. The hidden cells together always hold at least the smallest
    publishable count, and are never alone, so that total minus shown cells tells nothing about a few people.
    """
    hidden = {key for key, count in cells.items() if 0 < count < smallest}
    if not hidden:
        return dict(cells)
    others = sorted((key for key in cells if key not in hidden and cells[key] > 0), key=lambda key: cells[key])
    while others and (len(hidden) < 2 or sum(cells[key] for key in hidden) < smallest):
        hidden.add(others.pop(0))
    return {key: None if key in hidden else count for key, count in cells.items()}


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("a confidence is asked strictly between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def _check_counts(hits: int, total: int) -> None:
    if hits < 0 or total < 0 or hits > total:
        raise ValueError(f"not a share: {hits} out of {total}")


def _again(known: Rate, confidence: float) -> Rate:
    again = rate(known.hits, known.total, confidence=confidence)
    if again is None:
        raise ValueError("a rate out of nothing cannot be compared")
    return again


def _mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    mean = fsum(values) / len(values)
    variance = fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, sqrt(variance / len(values))


def _log_interval(value: float, error: float, confidence: float) -> Interval:
    reach = _z(confidence) * error
    return Interval(value, exp(log(value) - reach), exp(log(value) + reach))
