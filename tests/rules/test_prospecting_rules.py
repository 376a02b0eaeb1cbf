"""Whom to visit first, and by which road."""

import datetime as dt
from itertools import permutations
from random import Random

from entremise.desk.rules_prospecting import Signals, Why, reasons, road_km, route, score, timetable
from entremise.lib.geo import Point

TODAY = dt.date(2026, 11, 22)
VALENCE = Point(44.93, 4.89)


def points(**told) -> int:
    return score(reasons(Signals(**told), TODAY))


def test_each_signal_counts_and_what_is_certain_counts_more() -> None:
    assert points() < points(offer_count=1) < points(hire_count=1) < points(forecast_count=1)
    assert points(open_offer_count=2) > points(open_offer_count=1)
    assert points(offer_count=50) == points(offer_count=5)  # beyond five, the same is said
    assert points(pool_count=50) > points(pool_count=5) > points()


def test_a_recent_talk_counts_against_and_an_old_one_calls() -> None:
    lately, long_ago = TODAY - dt.timedelta(days=10), TODAY - dt.timedelta(days=500)
    assert points(offer_count=1, last_talk_on=lately) < points(offer_count=1, last_talk_on=TODAY.replace(month=6))
    assert points(last_talk_on=long_ago) == points()
    told = reasons(Signals(offer_count=2, last_talk_on=lately), TODAY)
    assert told[-1].count == 10
    assert [one.why for one in told] == [Why.OFFERS, Why.RECENT_TALK]


def test_the_road_is_never_longer_than_the_nearest_first_and_close_to_the_best() -> None:
    chance = Random(7)
    for _world in range(20):
        stops = [Point(44.5 + chance.random(), 4.5 + chance.random()) for _stop in range(6)]
        order = route(VALENCE, stops)
        assert sorted(order) == list(range(6))
        best = min(road_km(VALENCE, stops, some) for some in permutations(range(6)))
        assert road_km(VALENCE, stops, order) <= 1.15 * best
    assert route(VALENCE, []) == []


def test_hours_follow_the_road() -> None:
    start = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
    (first, second) = timetable(start, VALENCE, [VALENCE, Point(45.04, 5.05)], [45, 30])
    assert first == (start, start + dt.timedelta(minutes=45))
    assert second[0] > first[1]
    assert second[0].minute % 5 == 0
    assert second[1] - second[0] == dt.timedelta(minutes=30)
