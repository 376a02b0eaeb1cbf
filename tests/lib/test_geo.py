"""Distances and boxes."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entremise.lib.geo import EARTH_RADIUS_KM, Point, bounding_box, distance_km, rounded_km

VALENCE, LYON = Point(44.923, 4.9144), Point(45.76, 4.84)
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [(VALENCE, LYON, 93.3), (Point(0, 0), Point(0, 180), 20015.1), (Point(0, 0), Point(0, 1), 111.2)],
)
def test_known_distances(here: Point, there: Point, km: float) -> None:
    assert distance_km(here, there) == pytest.approx(km, rel=0.005)


@given(points, points)
def test_a_distance_is_symmetrical_and_at_most_half_the_earth(here: Point, there: Point) -> None:
    distance = distance_km(here, there)
    assert distance == pytest.approx(distance_km(there, here), abs=1e-6)
    assert 0 <= distance <= math.pi * EARTH_RADIUS_KM + 1e-6
    assert distance_km(here, here) == 0


@given(points, st.floats(0.01, 3000), st.floats(0, 2 * math.pi), st.floats(0, 1))
def test_the_box_holds_every_point_within_the_radius(
    centre: Point, radius: float, bearing: float, share: float
) -> None:
    assume(abs(centre.latitude) < 89)
    assert bounding_box(centre, radius).contains(_moved(centre, bearing, radius * share * 0.999))


def _moved(start: Point, bearing: float, km: float) -> Point:
    """Travel along a great circle: the inverse of the distance, written independently of it."""
    angle, phi = km / EARTH_RADIUS_KM, math.radians(start.latitude)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    latitude = math.asin(max(-1.0, min(1.0, sine)))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(latitude)
    )
    longitude = (start.longitude + math.degrees(turn) + 540) % 360 - 180
    return Point(math.degrees(latitude), longitude)


def test_a_box_over_the_antimeridian_says_so() -> None:
    box = bounding_box(Point(-13.3, -179.9), 50)
    assert box.crosses_antimeridian
    assert box.contains(Point(-13.3, 179.9))
    assert not box.contains(Point(-13.3, 0))


def test_a_box_around_a_pole_goes_all_around() -> None:
    assert bounding_box(Point(89.9, 0), 100).contains(Point(89.5, 180))


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-91, 0), (0, 181), (float("nan"), 0)])
def test_a_point_off_the_globe_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="out of range"):
        Point(latitude, longitude)


def test_a_negative_radius_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        bounding_box(VALENCE, -1)


@pytest.mark.parametrize(("distance", "shown"), [(0, 0), (0.3, 1), (1.4, 1), (12.6, 13)])
def test_kilometres_shown_to_people_are_whole_and_never_wrongly_zero(distance: float, shown: int) -> None:
    assert rounded_km(distance) == shown
