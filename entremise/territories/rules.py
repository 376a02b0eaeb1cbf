"""What official codes of places and activities mean."""

from collections.abc import Iterable
from statistics import fmean

from entremise.lib.geo import Point
from entremise.lib.identifiers import IdentifierRefused, parse_commune
from entremise.lib.workcalendar import HolidayArea, area_of_department

# Municipal arrondissements have their own INSEE codes; people live in the commune (INSEE, COG).
_ARRONDISSEMENTS = {
    **{f"751{number:02d}": "75056" for number in range(1, 21)},
    **{f"6938{number}": "69123" for number in range(1, 10)},
    **{f"132{number:02d}": "13055" for number in range(1, 17)},
}
# First division of each section of the NAF rev. 2 (INSEE).
_SECTIONS = (
    ("A", 1), ("B", 5), ("C", 10), ("D", 35), ("E", 36), ("F", 41), ("G", 45), ("H", 49), ("I", 55), ("J", 58),
    ("K", 64), ("L", 68), ("M", 69), ("N", 77), ("O", 84), ("P", 85), ("Q", 86), ("R", 90), ("S", 94), ("T", 97),
    ("U", 99),
)  # fmt: skip


def commune_of(insee_code: str) -> str:
    """Return the commune of an INSEE code, which may be a municipal arrondissement of Paris, Lyon or Marseille."""
    return _ARRONDISSEMENTS.get(insee_code, insee_code)


def is_commune_code(code: str) -> bool:
    """Tell whether this is written as an INSEE commune code."""
    try:
        return parse_commune(code) == code
    except IdentifierRefused:
        return False


def middle(points: Iterable[Point]) -> Point | None:
    """Return the mean of several points of one commune, nothing when there is none."""
    distinct = set(points)
    if not distinct:
        return None
    return Point(
        round(fmean(point.latitude for point in distinct), 4), round(fmean(point.longitude for point in distinct), 4)
    )


def point_from(text: str) -> Point | None:
    """Read "47.72, 7.00" as a point, nothing when it is not one."""
    latitude, comma, longitude = text.partition(",")
    try:
        return Point(float(latitude), float(longitude)) if comma else None
    except ValueError:
        return None


def naf_section(code: str) -> str:
    """Return the section letter of a NAF rev. 2 code, nothing when it has none."""
    if not code[:2].isdigit():
        return ""
    division = int(code[:2])
    return next((letter for letter, first in reversed(_SECTIONS) if division >= first), "")


def holiday_calendar_of(department: str) -> str:
    """Return the holiday area to record for a department, empty for the usual public holidays."""
    area = area_of_department(department)
    return "" if area is HolidayArea.METROPOLE else area.value


def area_named(holiday_calendar: str) -> HolidayArea:
    """Return the holiday area recorded for a department."""
    return HolidayArea(holiday_calendar) if holiday_calendar else HolidayArea.METROPOLE
