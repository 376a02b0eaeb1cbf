"""Periods compared, figures of a group of promotions, what a difference is worth."""

import datetime as dt
from dataclasses import dataclass

from entremise.lib.measures import Interval, Rate, difference_of_rates, rate

# PRODUCT.md, table of yardsticks: what the pilot (form and shared spreadsheet) reached, and the country today.
PILOT_GROWTH = 136  # % more promotions
PILOT_ANSWER_RATE = 40  # %
PILOT_DELAY_DAYS = 12
PILOT_PROMOTIONS, PILOT_HIRED, PILOT_KEPT = 113, 8, 6
PILOT_ADOPTION = (78, 67)  # % of advisers, in the two groups of the pilot
COUNTRY_PROMOTED = 2  # % of consenting jobseekers ever promoted
LONGEST_PERIOD_DAYS = 1_100  # three years


@dataclass(frozen=True, slots=True)
class Span:
    """A period and the one of the same length just before; `end` is the day after the last one."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """Return how many days the period lasts."""
        return (self.end - self.start).days

    @property
    def last(self) -> dt.date:
        """Return the last day of the period."""
        return self.end - dt.timedelta(days=1)

    @property
    def previous(self) -> "Span":
        """Return the period of the same length that ends where this one starts."""
        return Span(self.start - dt.timedelta(days=self.days), self.start)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group of promotions gave."""

    promotions: int = 0
    answered: int = 0
    good: int = 0  # a meeting, an immersion or an offer
    meetings: int = 0
    kept: int = 0
    hired: int = 0
    delay_mean: float | None = None
    delay_median: float | None = None

    @property
    def answer_rate(self) -> Rate | None:
        """Return the share of promotions that were answered."""
        return rate(self.answered, self.promotions)


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many; `rate` is nothing out of nothing."""

    hits: int = 0
    total: int = 0

    @property
    def rate(self) -> Rate | None:
        """Return the share with its interval."""
        return rate(self.hits, self.total)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.total + other.total)


def span_of(days: int, today: dt.date) -> Span:
    """Return the last days, today included."""
    return Span(today - dt.timedelta(days=days - 1), today + dt.timedelta(days=1))


def chosen_span(start: dt.date, last: dt.date) -> Span | None:
    """Return the period between two days, both included, unless it makes no sense."""
    span = Span(start, last + dt.timedelta(days=1))
    return span if 1 <= span.days <= LONGEST_PERIOD_DAYS else None


def growth(now: int, before: int) -> float | None:
    """Return by how many per cent a count grew, nothing when it starts from nothing."""
    return 100 * (now - before) / before if before else None


def points(now: Rate | None, before: Rate | None) -> Interval | None:
    """Return by how many points a share moved, with the interval of that difference."""
    if now is None or before is None:
        return None
    gap = difference_of_rates(now, before)
    return Interval(100 * gap.value, 100 * gap.low, 100 * gap.high)


def months_before(day: dt.date, count: int) -> dt.date:
    """Return the first day of the month that many months earlier."""
    index = day.year * 12 + day.month - 1 - count
    return dt.date(index // 12, index % 12 + 1, 1)
