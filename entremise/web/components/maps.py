"""Geometry of the bubble map: places and numbers in, ready-to-print SVG coordinates out (as text, for any locale).

Equirectangular: east to west shrinks by the cosine of the middle latitude (46.5° for metropolitan France). What lies
overseas is not brought nearer: each department has a box of its own, in rows below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.lib.geo import Point

WIDTH, TALLEST = 480, 500
MARGIN = 44  # a whole circle and its name fit
LARGEST, SMALLEST = 36, 4  # radius: the area is proportional to the number, and one person is still seen
LARGEST_IN_A_CROWD = 25  # of a whole country
LETTER = 4.8  # half the width of a figure: what a circle has room for
NAMED = 12  # places at most for all names to be written
NARROWEST_DEGREES = 0.4  # a map is not enlarged beyond
BOX, BOX_HEIGHT, BOXES_A_ROW = 96, 104, 5


@dataclass(frozen=True)
class Spot:
    """A place with a number: its name, a shorter one, the number as it is written, both in a sentence, a link."""

    name: str
    short: str
    value: int
    figure: str
    spoken: str
    at: Point
    url: str
    is_apart: bool = False  # overseas: in a box of its own
    is_chosen: bool = False


@dataclass(frozen=True)
class DrawnSpot:
    """A circle; `inside` and `under` are empty when there is no room."""

    spoken: str
    url: str
    x: str
    y: str
    radius: str
    inside: str
    under: str
    under_y: str
    is_chosen: bool


@dataclass(frozen=True)
class DrawnBox:
    """The frame of a place that lies overseas."""

    x: str
    y: str


@dataclass(frozen=True)
class BubbleMap:
    """What the component draws."""

    spots: list[DrawnSpot]
    boxes: list[DrawnBox]
    ground: str  # path of the dots that give the shape of the territory
    width: int
    height: int
    box: int = BOX
    box_height: int = BOX_HEIGHT

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nobody to draw."""
        return not self.spots


@dataclass(frozen=True)
class _Frame:
    """How places become points of the drawing."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    height: int

    def point(self, at: Point) -> tuple[float, float]:
        """Return the x and y of a place."""
        x = self.left + (at.longitude - self.west) * self.shrink * self.scale
        return x, MARGIN + (self.north - at.latitude) * self.scale


@dataclass(frozen=True)
class _Scale:
    """How numbers become circles."""

    most: int
    largest: int

    def radius(self, value: int) -> float:
        """Return the radius of the circle whose area says a number."""
        return max(SMALLEST, self.largest * math.sqrt(value / self.most))


def bubble_map(spots: Sequence[Spot], *, ground: Sequence[Point] = ()) -> BubbleMap:
    """Draw one circle a place with somebody, the largest below; `ground` gives the shape, in small dots."""
    shown = sorted((spot for spot in spots if spot.value > 0), key=lambda spot: (-spot.value, spot.name))
    here, apart = [spot for spot in shown if not spot.is_apart], [spot for spot in shown if spot.is_apart]
    places = [*ground, *(spot.at for spot in here)]
    frame = _framed(places) if places else None
    top = frame.height if frame else 0
    corners = [_corner(rank, top) for rank in range(len(apart))]
    is_named = len(shown) <= NAMED
    most = max((spot.value for spot in shown), default=1)
    drawn_as = _Scale(most, LARGEST if is_named else LARGEST_IN_A_CROWD)
    drawn = [_drawn(spot, frame.point(spot.at), drawn_as, is_named=is_named) for spot in here] if frame else []
    drawn += [
        _drawn(spot, (x + BOX / 2, y + BOX_HEIGHT / 2 - 10), drawn_as, is_named=True)
        for spot, (x, y) in zip(sorted(apart, key=lambda spot: spot.short), corners, strict=True)
    ]
    return BubbleMap(
        spots=drawn,
        boxes=[DrawnBox(_number(x + 3), _number(y + 3)) for x, y in corners],
        ground="".join(f"M{_number(x)} {_number(y)}h0" for x, y in map(frame.point, ground)) if frame else "",
        width=WIDTH,
        height=top + BOX_HEIGHT * math.ceil(len(apart) / BOXES_A_ROW),
    )


def _framed(places: Sequence[Point]) -> _Frame:
    """Fit places in the drawing, as large as it goes, in the middle."""
    north, south = max(at.latitude for at in places), min(at.latitude for at in places)
    east, west = max(at.longitude for at in places), min(at.longitude for at in places)
    shrink = math.cos(math.radians((north + south) / 2))
    wide = max((east - west) * shrink, NARROWEST_DEGREES)
    tall = max(north - south, NARROWEST_DEGREES)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - (east - west) * shrink * scale) / 2
    return _Frame(west, north, shrink, scale, left, round((north - south) * scale + 2 * MARGIN))


def _corner(rank: int, top: int) -> tuple[float, float]:
    return BOX * (rank % BOXES_A_ROW), top + BOX_HEIGHT * (rank // BOXES_A_ROW)


def _drawn(spot: Spot, at: tuple[float, float], scale: _Scale, *, is_named: bool) -> DrawnSpot:
    """Write the number in the circle and the name under it when there are few, else the short name in the circle."""
    size = scale.radius(spot.value)
    inside = spot.figure if is_named else spot.short
    return DrawnSpot(
        spoken=spot.spoken,
        url=spot.url,
        x=_number(at[0]),
        y=_number(at[1]),
        radius=_number(size),
        inside=inside if size >= LETTER * (len(inside) + 1) else "",
        under=(spot.short if spot.is_apart else spot.name) if is_named else "",
        under_y=_number(at[1] + size + 15),
        is_chosen=spot.is_chosen,
    )


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
