"""Whom to visit and in which order: signals that an employer recruits, and a short road (PRODUCT.md E5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from entremise.lib.geo import Point, distance_km

OFFER_POINTS, OPEN_POINTS, HIRE_POINTS, FORECAST_POINTS, POOL_POINTS = 4, 6, 6, 8, 10
MOST_COUNTED = 5  # offers, hires, forecasts: more of the same says little more
POOL_FULL = 50  # people looking for what an establishment recruits, from which the pool says all it can
RECENT_TALK_DAYS = 60  # visited or called lately: others first
OLD_TALK_DAYS = 365
RECENT_PENALTY, FORGOTTEN_POINTS = 12, 4
ROAD_FACTOR = 1.3  # roads are longer than the flight of a bird
KM_PER_HOUR = 45
MOST_STOPS: Final = 12


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of an establishment's recruitments, and of the pool for them."""

    open_offer_count: int = 0
    offer_count: int = 0  # of the last two years
    hire_count: int = 0
    forecast_count: int = 0  # posts foreseen in the coming year
    pool_count: int = 0  # people of the pool who look for its usual occupations
    last_talk_on: dt.date | None = None


class Why(StrEnum):
    """What a reason to visit is about; its sentence is written where plurals can be."""

    OPEN_OFFERS = "open_offers"
    OFFERS = "offers"
    HIRES = "hires"
    FORECASTS = "forecasts"
    POOL = "pool"
    FORGOTTEN = "forgotten"
    RECENT_TALK = "recent_talk"  # the count is in days


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to visit: points, what it is about and how many."""

    points: int
    why: Why
    count: int = 0


def reasons(signals: Signals, today: dt.date) -> list[Reason]:
    """Return why an establishment should be visited, the strongest first; a recent talk counts against it."""
    told = [
        (signals.open_offer_count, OPEN_POINTS, Why.OPEN_OFFERS),
        (signals.offer_count, OFFER_POINTS, Why.OFFERS),
        (signals.hire_count, HIRE_POINTS, Why.HIRES),
        (signals.forecast_count, FORECAST_POINTS, Why.FORECASTS),
    ]
    found = [Reason(points * min(count, MOST_COUNTED), why, count) for count, points, why in told if count]
    if signals.pool_count:
        share = min(signals.pool_count, POOL_FULL) / POOL_FULL
        found.append(Reason(round(POOL_POINTS * share), Why.POOL, signals.pool_count))
    talked = (today - signals.last_talk_on).days if signals.last_talk_on else None
    if talked is None or talked > OLD_TALK_DAYS:
        found.append(Reason(FORGOTTEN_POINTS, Why.FORGOTTEN))
    elif talked < RECENT_TALK_DAYS:
        found.append(Reason(-RECENT_PENALTY, Why.RECENT_TALK, talked))
    return sorted(found, key=lambda reason: -reason.points)


def score(found: Sequence[Reason]) -> int:
    """Return the sum of the reasons, which explains the order of the list."""
    return sum(reason.points for reason in found)


def route(start: Point, stops: Sequence[Point]) -> list[int]:
    """Return in which order to visit, from and back to a place: nearest first, then no crossing (2-opt)."""
    left, order, here = set(range(len(stops))), [], start
    while left:
        nearest = min(left, key=lambda stop: (distance_km(here, stops[stop]), stop))
        order.append(nearest)
        left.discard(nearest)
        here = stops[nearest]
    return _uncrossed(start, stops, order)


def road_km(start: Point, stops: Sequence[Point], order: Sequence[int]) -> float:
    """Return the length of a round trip by road, in kilometres."""
    path = [start, *(stops[stop] for stop in order), start]
    return ROAD_FACTOR * sum(distance_km(here, there) for here, there in pairwise(path))


def timetable(
    starts_at: dt.datetime, start: Point, stops: Sequence[Point], minutes: Sequence[int]
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when each visit begins and ends, in the order given; to the next five minutes."""
    times, now, here = [], starts_at, start
    for stop, length in zip(stops, minutes, strict=True):
        drive = ROAD_FACTOR * distance_km(here, stop) / KM_PER_HOUR * 60
        arrival = now + dt.timedelta(minutes=-(-drive // 5) * 5)
        now, here = arrival + dt.timedelta(minutes=length), stop
        times.append((arrival, now))
    return times


def _uncrossed(start: Point, stops: Sequence[Point], order: list[int]) -> list[int]:
    best, length = order, road_km(start, stops, order)
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for first in range(len(best) - 1):
            for last in range(first + 1, len(best)):
                tried = best[:first] + best[first : last + 1][::-1] + best[last + 1 :]
                tried_length = road_km(start, stops, tried)
                if tried_length < length - 1e-9:
                    best, length, is_shorter = tried, tried_length, True
    return best
