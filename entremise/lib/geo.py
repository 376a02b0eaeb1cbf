"""Distances on the globe, good enough to say how far a job is."""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius R1


@dataclass(frozen=True, slots=True)
class Point:
    """A place given by its latitude and longitude in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not -90 <= self.latitude <= 90:
            raise ValueError(f"latitude out of range: {self.latitude}")
        if not -180 <= self.longitude <= 180:
            raise ValueError(f"longitude out of range: {self.longitude}")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of latitudes and longitudes; one that crosses the antimeridian has west > east."""

    south: float
    west: float
    north: float
    east: float

    @property
    def crosses_antimeridian(self) -> bool:
        """Say whether the box goes over the line where longitudes jump from 180 to -180."""
        return self.west > self.east

    def contains(self, point: Point) -> bool:
        """Say whether the point is inside the box or on its edge."""
        if not self.south <= point.latitude <= self.north:
            return False
        if self.crosses_antimeridian:
            return point.longitude >= self.west or point.longitude <= self.east
        return self.west <= point.longitude <= self.east


def distance_km(here: Point, there: Point) -> float:
    """Return the great-circle distance between two points (haversine formula)."""
    phi_here, phi_there = radians(here.latitude), radians(there.latitude)
    half_phi = (phi_there - phi_here) / 2
    half_lambda = radians(there.longitude - here.longitude) / 2
    chord = sin(half_phi) ** 2 + cos(phi_here) * cos(phi_there) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def bounding_box(centre: Point, radius_km: float) -> Box:
    """Return the smallest box that holds every point within the radius: a cheap first filter."""
    if radius_km < 0:
        raise ValueError("a radius cannot be negative")
    angle = radius_km / EARTH_RADIUS_KM
    south = max(-90.0, centre.latitude - degrees(angle))
    north = min(90.0, centre.latitude + degrees(angle))
    ratio = sin(min(angle, radians(90))) / max(cos(radians(centre.latitude)), 1e-12)
    if south <= -90.0 or north >= 90.0 or ratio >= 1:
        return Box(south, -180.0, north, 180.0)
    width = degrees(asin(ratio))
    return Box(south, _wrapped(centre.longitude - width), north, _wrapped(centre.longitude + width))


def rounded_km(distance: float) -> int:
    """Return whole kilometres for people: never 0 for a place that is not here."""
    if distance < 0.05:
        return 0
    return max(1, round(distance))


def _wrapped(longitude: float) -> float:
    if longitude < -180:
        return longitude + 360
    if longitude > 180:
        return longitude - 360
    return longitude
