"""The shapes of badge images: an outline and a pictogram for each family of skills, as points."""

import math
from collections.abc import Callable

Point = tuple[float, float]
Line = list[Point]

SIDE = 480  # the drawing is a square of this side
CENTRE = SIDE / 2
RADIUS = 218.0  # of the outline where it is the widest
STEPS = 180  # points of an outline
LEAST = 0.9  # of the radius: nothing of the text leaves the outline, whatever the shape
GRID = 24.0  # pictograms are drawn on a grid of this side


def _lobes(count: int, depth: float) -> Callable[[float], float]:
    return lambda angle: 1 - depth + depth * math.cos(count * angle)


def _polygon(sides: int, roundness: float = 0.35) -> Callable[[float], float]:
    def radius(angle: float) -> float:
        sector = 2 * math.pi / sides
        straight = math.cos(sector / 2) / math.cos(angle % sector - sector / 2)
        return straight + (1 - straight) * roundness

    return radius


def _squircle(turn: float) -> Callable[[float], float]:
    def radius(angle: float) -> float:
        x, y = abs(math.cos(angle + turn)), abs(math.sin(angle + turn))
        return 1.08 * float((x**4 + y**4) ** -0.25) / 2**0.25

    return radius


def _gear(teeth: int) -> Callable[[float], float]:
    return lambda angle: 1 - 0.045 * (1 - math.tanh(4 * math.cos(teeth * angle)))


OUTLINES: dict[str, Callable[[float], float]] = {
    "care": _lobes(5, 0.05),
    "office": _squircle(0.0),
    "industry": _gear(12),
    "people": _lobes(1, 0.0),
    "building": _polygon(6),
    "sales": _lobes(20, 0.025),
    "cooking": _lobes(8, 0.04),
    "logistics": _polygon(8, 0.0),
    "nature": _lobes(3, 0.055),
    "digital": _squircle(math.pi / 4),
    "transport": _polygon(5, 0.42),
    "arts": _lobes(12, 0.05),
    "safety": _polygon(7, 0.1),
}
ANY = _lobes(16, 0.03)  # a skill of no family


def outline(family: str, scale: float = 1.0) -> Line:
    """Return the outline of a family's badges, one vertex upwards."""
    radius = OUTLINES.get(family, ANY)
    points = []
    for step in range(STEPS):
        angle = 2 * math.pi * step / STEPS
        reach = RADIUS * scale * max(LEAST, radius(angle))
        points.append((CENTRE + reach * math.sin(angle), CENTRE - reach * math.cos(angle)))
    return points


def _arc(x: float, y: float, radius: float, start: float = 0, end: float = 360) -> Line:
    count = max(4, int(abs(end - start) / 12))
    angles = [math.radians(start + (end - start) * step / count) for step in range(count + 1)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def _box(left: float, top: float, right: float, bottom: float) -> Line:
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _to(points: str) -> Line:
    pairs = [one.split(",") for one in points.split()]
    return [(float(x), float(y)) for x, y in pairs]


def _heart() -> Line:
    def point(turn: float) -> Point:
        x = 16 * math.sin(turn) ** 3
        y = 13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)
        return 12 + x * 0.58, 11.4 - y * 0.58

    return [point(2 * math.pi * step / 48) for step in range(49)]


def _star() -> Line:
    reach = [(9.5 if step % 2 == 0 else 4.2) for step in range(11)]
    angles = [math.pi * step / 5 for step in range(11)]
    return [(12 + r * math.sin(a), 12.6 - r * math.cos(a)) for r, a in zip(reach, angles, strict=True)]


PICTOGRAMS: dict[str, tuple[Line, ...]] = {
    "care": (_heart(), _to("12,8 12,14"), _to("9,11 15,11")),
    "office": (_box(5, 3, 19, 21), _to("9,8 15,8"), _to("9,12 15,12"), _to("9,16 13,16")),
    "industry": (_to("3,21 3,10 9,14 9,10 15,14 15,4 20,4 20,21 3,21"), _to("8,18 15,18")),
    "people": (
        _arc(9, 8, 3.6),
        _arc(9, 20.5, 6.4, 180, 360),
        _arc(17, 8.6, 2.7, -120, 120),
        _arc(16, 20, 5.6, 285, 360),
    ),
    "building": (_to("2.5,12 12,3.5 21.5,12"), _to("5,10.5 5,21 19,21 19,10.5"), _to("10,21 10,15 14,15 14,21")),
    "sales": (_to("2,4 5,4 8,15.5 18,15.5 21,7.5 6,7.5"), _arc(9.5, 19.5, 1.5), _arc(17, 19.5, 1.5)),
    "cooking": (
        _to("2.5,10.5 21.5,10.5"),
        _to("5,10.5 5,18 7,20.5 17,20.5 19,18 19,10.5"),
        _to("9,7.5 10,6 8.5,4.5 9.5,3"),
        _to("14,7.5 15,6 13.5,4.5 14.5,3"),
    ),
    "logistics": (
        _to("12,2.5 20.5,7 20.5,17 12,21.5 3.5,17 3.5,7 12,2.5"),
        _to("3.5,7 12,11.5 20.5,7"),
        _to("12,11.5 12,21.5"),
    ),
    "nature": (
        _arc(4.5, 4.5, 15.5, 8, 82),
        _to("19.85,6.66 20.5,3.5 17.2,4.1"),
        _arc(19.5, 19.5, 15.5, 188, 262),
        _to("3.5,20.5 15,9"),
    ),
    "digital": (
        _box(3, 4, 21, 16),
        _to("12,16 12,20"),
        _to("8,20 16,20"),
        _to("9.5,7.5 7,10 9.5,12.5"),
        _to("14.5,7.5 17,10 14.5,12.5"),
    ),
    "transport": (
        _to("5,17 2,17 2,6 14,6 14,17 9.4,17"),
        _to("14,10 18.5,10 22,13.5 22,17 19.6,17"),
        _arc(7.2, 17.4, 2.1),
        _arc(17.4, 17.4, 2.1),
        _to("14,17 15.2,17"),
    ),
    "arts": (_arc(6.5, 18, 2.8), _arc(17, 15.6, 2.8), _to("9.3,18 9.3,5.6 19.8,3.2 19.8,15.6")),
    "safety": (_to("12,2.5 20,5.5 20,12 18,16.6 12,21.5 6,16.6 4,12 4,5.5 12,2.5"), _to("8.5,12 11,14.5 15.8,9")),
}
ANY_PICTOGRAM: tuple[Line, ...] = (_star(),)


def pictogram(family: str, left: float, top: float, side: float) -> list[Line]:
    """Return the lines of a family's pictogram, in the square that is given."""
    ratio = side / GRID
    lines = PICTOGRAMS.get(family, ANY_PICTOGRAM)
    return [[(left + x * ratio, top + y * ratio) for x, y in line] for line in lines]
