"""Working time in France: opening hours, public holidays (Alsace-Moselle and overseas too), deadlines.

Moments are timezone-aware. Working time is real elapsed time, so that a night when clocks change counts
for what it lasts; opening hours are wall-clock times of the calendar's own place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
# Ten years without one working day is a mistake in the opening hours, not a holiday.
_LONGEST_CLOSURE_DAYS = 3660


class HolidayArea(StrEnum):
    """A part of France with its own list of public holidays."""

    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"
    SAINT_PIERRE_ET_MIQUELON = "saint-pierre-et-miquelon"
    SAINT_BARTHELEMY = "saint-barthelemy"
    SAINT_MARTIN = "saint-martin"
    WALLIS_ET_FUTUNA = "wallis-et-futuna"
    POLYNESIE = "polynesie"
    NOUVELLE_CALEDONIE = "nouvelle-caledonie"


# Subdivision in the package "holidays", and the zone whose clocks are followed.
_AREAS: dict[HolidayArea, tuple[str | None, str]] = {
    HolidayArea.METROPOLE: (None, "Europe/Paris"),
    HolidayArea.ALSACE_MOSELLE: ("57", "Europe/Paris"),
    HolidayArea.GUADELOUPE: ("971", "America/Guadeloupe"),
    HolidayArea.MARTINIQUE: ("972", "America/Martinique"),
    HolidayArea.GUYANE: ("973", "America/Cayenne"),
    HolidayArea.REUNION: ("974", "Indian/Reunion"),
    HolidayArea.MAYOTTE: ("976", "Indian/Mayotte"),
    HolidayArea.SAINT_PIERRE_ET_MIQUELON: ("PM", "America/Miquelon"),
    HolidayArea.SAINT_BARTHELEMY: ("BL", "America/St_Barthelemy"),
    HolidayArea.SAINT_MARTIN: ("MF", "America/Marigot"),
    HolidayArea.WALLIS_ET_FUTUNA: ("WF", "Pacific/Wallis"),
    HolidayArea.POLYNESIE: ("PF", "Pacific/Tahiti"),
    HolidayArea.NOUVELLE_CALEDONIE: ("NC", "Pacific/Noumea"),
}

_AREA_BY_DEPARTMENT: dict[str, HolidayArea] = {
    **dict.fromkeys(("57", "67", "68"), HolidayArea.ALSACE_MOSELLE),
    "971": HolidayArea.GUADELOUPE,
    "972": HolidayArea.MARTINIQUE,
    "973": HolidayArea.GUYANE,
    "974": HolidayArea.REUNION,
    "975": HolidayArea.SAINT_PIERRE_ET_MIQUELON,
    "976": HolidayArea.MAYOTTE,
    "977": HolidayArea.SAINT_BARTHELEMY,
    "978": HolidayArea.SAINT_MARTIN,
    "986": HolidayArea.WALLIS_ET_FUTUNA,
    "987": HolidayArea.POLYNESIE,
    "988": HolidayArea.NOUVELLE_CALEDONIE,
}


def area_of_department(code: str) -> HolidayArea:
    """Return the holiday area of a department code."""
    return _AREA_BY_DEPARTMENT.get(code, HolidayArea.METROPOLE)


def timezone_of(area: HolidayArea) -> ZoneInfo:
    """Return the time zone of a holiday area."""
    return ZoneInfo(_AREAS[area][1])


@lru_cache(maxsize=1024)
def public_holidays(area: HolidayArea, year: int) -> frozenset[date]:
    """Return the public holidays of an area in a year."""
    return frozenset(holidays.country_holidays("FR", subdiv=_AREAS[area][0], years=year))


@dataclass(frozen=True, slots=True)
class Span:
    """One opening period of a day, by the clock on the wall; midnight as an end is the end of the day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("opening hours are wall-clock times, without a time zone")
        if self.end != time.min and self.end <= self.start:
            raise ValueError("an opening period ends after it starts")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The opening periods of each weekday, Monday first."""

    week: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        if not any(self.week):
            raise ValueError("a calendar opens at least once a week")
        for spans in self.week:
            for earlier, later in pairwise(spans):
                if earlier.end == time.min or later.start < earlier.end:
                    raise ValueError("opening periods of a day follow each other without overlap")

    @classmethod
    def of(cls, *days: str) -> "OpeningHours":
        """Build from one text a day, Monday first: "9:00-12:30 13:30-17:00", empty when closed."""
        padded = [*days, *[""] * (7 - len(days))]
        return cls(tuple(tuple(_span(text) for text in day.split()) for day in padded))


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return Span(_wall_time(start), _wall_time(end))


def _wall_time(text: str) -> time:
    hours, _, minutes = text.partition(":")
    if int(hours) == 24 and int(minutes or 0) == 0:
        return time.min
    return time(int(hours), int(minutes or 0))


# PRODUCT: Monday to Thursday 9:00-17:00, Friday 9:00-12:00.
SERVICE_HOURS = OpeningHours.of("9:00-17:00", "9:00-17:00", "9:00-17:00", "9:00-17:00", "9:00-12:00")


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a service works: its opening hours, its public holidays, its exceptional closures, its clock."""

    hours: OpeningHours = SERVICE_HOURS
    area: HolidayArea = HolidayArea.METROPOLE
    closures: frozenset[date] = field(default_factory=frozenset)

    @property
    def timezone(self) -> ZoneInfo:
        """Return the time zone of the place."""
        return timezone_of(self.area)

    def is_holiday(self, day: date) -> bool:
        """Say whether the day is a public holiday here."""
        return day in public_holidays(self.area, day.year)

    def is_working_day(self, day: date) -> bool:
        """Say whether the service opens at all on that day."""
        return bool(self.hours.week[day.weekday()]) and day not in self.closures and not self.is_holiday(day)

    def is_open(self, moment: datetime) -> bool:
        """Say whether the service is open at that moment; the closing minute is closed."""
        _check_aware(moment)
        return any(start <= moment < end for start, end in self._periods(self._day(moment)))

    def closing(self, moment: datetime) -> datetime | None:
        """Return when the doors close again, None when they are closed at that moment."""
        _check_aware(moment)
        ends = (end for start, end in self._periods(self._day(moment)) if start <= moment < end)
        return next(ends, None)

    def next_opening(self, moment: datetime) -> datetime:
        """Return the moment itself when open, else the next time the doors open."""
        start, _ = next(self._periods_after(moment))
        return max(start, moment).astimezone(self.timezone)

    def next_working_day(self, day: date) -> date:
        """Return the day itself when it is worked, else the next one that is."""
        for offset in range(_LONGEST_CLOSURE_DAYS):
            candidate = day + timedelta(days=offset)
            if self.is_working_day(candidate):
                return candidate
        raise ValueError("no working day in the next ten years: check the opening hours")

    def add_working_hours(self, moment: datetime, hours: float) -> datetime:
        """Return when that much working time has passed; exactly at closing time stays on that day."""
        if hours < 0:
            raise ValueError("deadlines are counted forwards")
        left = timedelta(hours=hours)
        if left == _NOTHING:
            return self.next_opening(moment)
        for start, end in self._periods_after(moment):
            begin = max(start, moment)
            if left <= end - begin:
                return (begin + left).astimezone(self.timezone)
            left -= end - begin
        raise ValueError("the deadline is out of reach")

    def add_working_days(self, day: date, days: int) -> date:
        """Return the nth working day after the day; zero gives the day itself or the next worked one."""
        if days < 0:
            raise ValueError("deadlines are counted forwards")
        if days == 0:
            return self.next_working_day(day)
        for _ in range(days):
            day = self.next_working_day(day + _ONE_DAY)
        return day

    def working_days_later(self, moment: datetime, days: int) -> datetime:
        """Return the nth working day after the moment at the same clock time, brought into opening hours."""
        _check_aware(moment)
        if days == 0:
            return self.next_opening(moment)
        local = moment.astimezone(self.timezone)
        target = self.add_working_days(local.date(), days)
        return self._within_hours(target, _instant(target, local.time(), self.timezone))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments, nothing when the end comes first."""
        _check_aware(start)
        _check_aware(end)
        total = _NOTHING
        day, last = self._day(start), self._day(end)
        while day <= last:
            for opening, closing in self._periods(day):
                total += max(_NOTHING, min(closing, end) - max(opening, start))
            day += _ONE_DAY
        return total

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days come after the start, up to and including the end."""
        count = max(0, (end - start).days)
        return sum(self.is_working_day(start + timedelta(days=offset)) for offset in range(1, count + 1))

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.timezone).date()

    def _periods(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if not self.is_working_day(day):
            return
        for span in self.hours.week[day.weekday()]:
            last_day = day + _ONE_DAY if span.end == time.min else day
            start = _instant(day, span.start, self.timezone)
            end = _instant(last_day, span.end, self.timezone, last=True)
            if start < end:
                yield start, end

    def _periods_after(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        _check_aware(moment)
        day = self._day(moment)
        while True:
            day = self.next_working_day(day)
            for start, end in self._periods(day):
                if end > moment:
                    yield start, end
            day += _ONE_DAY

    def _within_hours(self, day: date, wanted: datetime) -> datetime:
        periods = list(self._periods(day))
        for start, end in periods:
            if wanted <= end:
                return max(start, wanted).astimezone(self.timezone)
        return periods[-1][1].astimezone(self.timezone)


def _check_aware(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")


def _instant(day: date, wall: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Return the UTC instant of a wall-clock time, the last one when the clocks show it twice.

    A time that the clocks skip is brought to the instant of the change.
    """
    local = datetime.combine(day, wall, zone).replace(fold=1 if last else 0)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0):
        return instant
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)
    return _clock_change(before, after, zone)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(microseconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
