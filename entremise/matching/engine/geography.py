"""Communes laid out for search: neighbours side by side, whole metres between any two.

A commune is a point of the globe in metres (x, y, z). The distance between two is the straight line, rounded down:
0.03 % shorter than the arc at 500 km, a metre at 60 km, and a whole number that anyone can recompute.
"""

from collections.abc import Sequence
from math import isqrt
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entremise.lib.geo import EARTH_RADIUS_KM
from entremise.matching.engine.layout import table

EARTH_RADIUS_M = round(1000 * EARTH_RADIUS_KM)
CHUNK = 64  # communes of one bounding sphere
HILBERT_ORDER = 16  # cells of about 600 by 300 metres


class Place(NamedTuple):
    """A commune as it is told to the engine."""

    code: str
    department: str
    latitude: float
    longitude: float


class Geography(NamedTuple):
    """Arrays over communes in search order; the kernels read them."""

    x: NDArray[np.int32]
    y: NDArray[np.int32]
    z: NDArray[np.int32]
    department: NDArray[np.uint16]  # number of the department, in search order
    chunk_x: NDArray[np.int32]
    chunk_y: NDArray[np.int32]
    chunk_z: NDArray[np.int32]
    chunk_radius: NDArray[np.int32]  # metres from the chunk's centre to its farthest commune


class Atlas:
    """A geography with the codes that the rest of the product uses."""

    def __init__(self, codes: Sequence[str], departments: Sequence[str], geography: Geography) -> None:
        self.codes = codes
        self.departments = departments
        self.geography = geography
        self.number = {code: number for number, code in enumerate(codes)}
        self.department_number = {code: number for number, code in enumerate(departments)}
        self._table = table(geography)
        self.address = self._table.ctypes.data  # where the kernels read it

    @classmethod
    def drawn(cls, places: Sequence[Place]) -> "Atlas":
        """Lay communes out for search."""
        ordered = _in_search_order(places)
        departments = list(dict.fromkeys(place.department for place in ordered))
        numbers = {code: number for number, code in enumerate(departments)}
        return cls([place.code for place in ordered], departments, _laid_out(ordered, numbers))

    def point(self, code: str) -> tuple[int, int, int] | None:
        """Return a commune's place in metres, None when it is not known."""
        at = self.number.get(code)
        if at is None:
            return None
        geography = self.geography
        return int(geography.x[at]), int(geography.y[at]), int(geography.z[at])


def metres(here: tuple[int, int, int], there: tuple[int, int, int]) -> int:
    """Return the straight distance between two points, in metres rounded down."""
    return isqrt(sum((one - other) ** 2 for one, other in zip(here, there, strict=True)))


def point(latitude: float, longitude: float) -> tuple[int, int, int]:
    """Return the point of the globe in whole metres, from degrees."""
    phi, theta = np.radians(latitude), np.radians(longitude)
    return (
        round(float(EARTH_RADIUS_M * np.cos(phi) * np.cos(theta))),
        round(float(EARTH_RADIUS_M * np.cos(phi) * np.sin(theta))),
        round(float(EARTH_RADIUS_M * np.sin(phi))),
    )


def _in_search_order(places: Sequence[Place]) -> list[Place]:
    """Put departments along a space-filling curve, and communes along it inside each department."""
    of_department: dict[str, list[Place]] = {}
    for place in places:
        of_department.setdefault(place.department, []).append(place)
    centres = {
        code: _curve(fmean(place.latitude for place in inside), fmean(place.longitude for place in inside))
        for code, inside in of_department.items()
    }
    return sorted(
        places,
        key=lambda place: (
            centres[place.department], place.department, _curve(place.latitude, place.longitude), place.code,
        ),
    )  # fmt: skip


def _curve(latitude: float, longitude: float) -> int:
    """Return the rank of a place along a Hilbert curve."""
    side = 1 << HILBERT_ORDER
    x, y = int((longitude + 180) / 360 * (side - 1)), int((latitude + 90) / 180 * (side - 1))
    rank, half = 0, side >> 1
    while half:
        right, upper = int(bool(x & half)), int(bool(y & half))
        rank += half * half * ((3 * right) ^ upper)
        if not upper:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        half >>= 1
    return rank


def _laid_out(ordered: list[Place], numbers: dict[str, int]) -> Geography:
    points = np.array([point(place.latitude, place.longitude) for place in ordered], dtype=np.int64).reshape(-1, 3)
    centres, radii = [], []
    for start in range(0, len(points), CHUNK):
        inside = points[start : start + CHUNK]
        centre = inside.mean(axis=0).round().astype(np.int64)
        centres.append(centre)
        radii.append(int(np.sqrt(((inside - centre) ** 2).sum(axis=1)).max()) + 1)
    chunks = np.array(centres, dtype=np.int64).reshape(-1, 3)
    columns = [np.ascontiguousarray(points[:, axis], dtype=np.int32) for axis in range(3)]
    chunk_columns = [np.ascontiguousarray(chunks[:, axis], dtype=np.int32) for axis in range(3)]
    departments = np.array([numbers[place.department] for place in ordered], dtype=np.uint16)
    arrays: list[NDArray[Any]] = [*columns, departments, *chunk_columns, np.array(radii, dtype=np.int32)]
    for array in arrays:
        array.flags.writeable = False
    return Geography(*arrays)
