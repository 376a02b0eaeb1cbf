"""Circles on a map: where they are, how large, and what is written in them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.geo import Point
from entremise.web.components import maps
from entremise.web.components.maps import DrawnSpot, Spot, bubble_map

LILLE, NICE, BREST, STRASBOURG = Point(50.6, 3.1), Point(43.7, 7.3), Point(48.4, -4.5), Point(48.6, 7.8)
CORNERS = [LILLE, NICE, BREST, STRASBOURG]


def spot(value: int = 10, at: Point = LILLE, name: str = "Nord", *, is_apart: bool = False, short: str = "59") -> Spot:
    return Spot(name, short, value, str(value), f"{name} : {value} profils", at, f"?departement={short}", is_apart)


def at(drawn: DrawnSpot) -> tuple[float, float]:
    return float(drawn.x), float(drawn.y)


def test_north_is_up_and_east_is_right() -> None:
    drawn = bubble_map([spot(name=str(rank), at=point) for rank, point in enumerate(CORNERS)]).spots
    lille, nice, brest, strasbourg = (at(one) for one in sorted(drawn, key=lambda one: one.spoken))
    assert lille[1] == min(y for _x, y in (lille, nice, brest, strasbourg))
    assert nice[1] == max(y for _x, y in (lille, nice, brest, strasbourg))
    assert brest[0] < lille[0] < nice[0] < strasbourg[0]


def test_a_degree_east_is_shorter_than_a_degree_north_as_in_france() -> None:
    ground = [Point(42, 0), Point(51, 0)]  # the middle is at 46.5°
    drawn = bubble_map([spot(at=Point(46, 0)), spot(at=Point(47, 0)), spot(at=Point(46, 1))], ground=ground).spots
    here, north, east = (at(one) for one in drawn)
    assert (east[0] - here[0]) / (here[1] - north[1]) == pytest.approx(math.cos(math.radians(46.5)), abs=0.01)


def test_areas_say_numbers() -> None:
    large, small = bubble_map([spot(400), spot(100, NICE)]).spots
    assert (float(large.radius) / float(small.radius)) ** 2 == pytest.approx(4, rel=0.01)
    assert float(large.radius) == maps.LARGEST


def test_circles_are_smaller_when_they_are_many() -> None:
    crowd = bubble_map([spot(400, Point(45 + n / 10, 3)) for n in range(20)]).spots
    assert {float(one.radius) for one in crowd} == {maps.LARGEST_IN_A_CROWD}


def test_one_person_among_thousands_is_still_seen() -> None:
    assert float(bubble_map([spot(90_000), spot(1, NICE)]).spots[1].radius) == maps.SMALLEST


def test_the_largest_is_drawn_first_so_that_it_hides_nobody() -> None:
    first = bubble_map([spot(1, name="a"), spot(9, name="b")]).spots[0]
    assert first.spoken == "b : 9 profils"


def test_overseas_departments_have_boxes_in_rows_below() -> None:
    apart = [spot(value=3, at=Point(-21, 55), short=f"97{n}", is_apart=True) for n in range(6)]
    drawn = bubble_map([spot(), *apart], ground=CORNERS)
    assert len(drawn.boxes) == 6
    mainland = max(at(one)[1] for one in drawn.spots if one.url.endswith("59"))
    assert all(at(one)[1] > mainland for one in drawn.spots if not one.url.endswith("59"))
    assert len({box.y for box in drawn.boxes}) == 2
    assert all(0 <= at(one)[0] <= drawn.width and 0 <= at(one)[1] <= drawn.height for one in drawn.spots)


def test_only_overseas_draws_no_ground() -> None:
    drawn = bubble_map([spot(is_apart=True)])
    assert (drawn.ground, drawn.height) == ("", maps.BOX_HEIGHT)


def test_nobody_draws_nothing() -> None:
    assert bubble_map([]).is_empty
    assert bubble_map([spot(0)], ground=CORNERS).is_empty


def test_few_places_are_named_many_carry_a_code() -> None:
    few = bubble_map([spot(name="Drôme", at=NICE)]).spots[0]
    assert (few.inside, few.under) == ("10", "Drôme")
    many = bubble_map([spot(at=Point(45 + n / 10, 3)) for n in range(20)]).spots
    assert {(one.inside, one.under) for one in many} == {("59", "")}


def test_a_small_circle_holds_no_words() -> None:
    assert bubble_map([spot(90_000), spot(12_345, NICE), spot(3, BREST)]).spots[2].inside == ""


def test_one_place_alone_stands_in_the_middle() -> None:
    x, _y = at(bubble_map([spot()]).spots[0])
    assert x == maps.WIDTH / 2


PLACES = st.builds(Point, st.floats(-60, 60), st.floats(-170, 170))


@given(st.lists(PLACES, min_size=1, max_size=30), st.lists(PLACES, max_size=20), st.data())
def test_whatever_the_places_every_centre_is_in_the_drawing(
    places: list[Point], ground: list[Point], data: st.DataObject
) -> None:
    spots = [spot(data.draw(st.integers(1, 10**6)), point) for point in places]
    drawn = bubble_map(spots, ground=ground)
    assert len(drawn.spots) == len(places)
    for one in drawn.spots:
        x, y = at(one)
        assert maps.MARGIN - 1 <= x <= drawn.width - maps.MARGIN + 1
        assert maps.MARGIN - 1 <= y <= drawn.height - maps.MARGIN + 1
        assert maps.SMALLEST <= float(one.radius) <= maps.LARGEST
