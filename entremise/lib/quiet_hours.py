"""When people are left alone: nights, Sundays and public holidays of the place where they live."""

from datetime import datetime
from functools import lru_cache

from entremise.lib.workcalendar import HolidayArea, OpeningHours, WorkCalendar, area_of_department

FIRST_HOUR, LAST_HOUR = 8, 20  # a message arrives between these hours, by the clock of the reader


def next_allowed(moment: datetime, department: str = "", hours: tuple[int, int] = (FIRST_HOUR, LAST_HOUR)) -> datetime:
    """Return the moment itself when a message may arrive then, else the end of the quiet hours."""
    return _calendar(area_of_department(department), hours).next_opening(moment)


def is_quiet(moment: datetime, department: str = "", hours: tuple[int, int] = (FIRST_HOUR, LAST_HOUR)) -> bool:
    """Tell whether people are left alone at that moment."""
    return not _calendar(area_of_department(department), hours).is_open(moment)


@lru_cache(maxsize=256)
def _calendar(area: HolidayArea, hours: tuple[int, int]) -> WorkCalendar:
    first, last = hours
    day = f"{first}:00-{last}:00"
    return WorkCalendar(OpeningHours.of(*[day] * 6), area)
