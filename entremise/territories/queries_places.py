"""Where departments, zones and communes are on a map: means of public coordinates, the same for everybody."""

import datetime as dt
import functools
from collections.abc import Collection

from django.db import connection
from django.db.models import Avg, QuerySet

from entremise.kernel import clock
from entremise.lib.geo import Point
from entremise.territories.models import Commune

ZONES = """
select z.code, z.name, d.code, d.name from territories_employmentzone z
join territories_department d on d.code = z.department_id where d.code = any(%s) order by z.name
"""


def zone_names(departments: Collection[str]) -> list[tuple[str, str, str, str]]:
    """Return code and name of each zone of some departments, and of its department, by name: for lists to choose in.

    In plain SQL: every page of the pool asks it, and working the same query out costs ten times more than answering.
    """
    with connection.cursor() as cursor:
        cursor.execute(ZONES, [list(departments)])
        return [(code, name, department, its_name) for code, name, department, its_name in cursor.fetchall()]


def department_places(needed: Collection[str] = ()) -> dict[str, Point]:
    """Return the mean place of each department's communes; read once an hour, or when a needed one is new."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    places = _department_places(hour)
    if not set(needed) <= places.keys():
        _department_places.cache_clear()
        places = _department_places(hour)
    return places


def commune_places(department: str) -> list[tuple[str | None, Point]]:
    """Return the place of each commune of a department, with its employment zone when it has one."""
    rows = _located().filter(department=department).order_by("pk")
    told = rows.values_list("zone_id", "latitude", "longitude")
    return [(zone, Point(at or 0, by or 0)) for zone, at, by in told]


@functools.lru_cache(maxsize=1)
def _department_places(_hour: dt.datetime) -> dict[str, Point]:
    rows = _located().order_by().values_list("department_id").annotate(Avg("latitude"), Avg("longitude"))
    return {code: Point(at, by) for code, at, by in rows}


def _located() -> QuerySet[Commune]:
    return Commune.objects.filter(retired_on=None, latitude__isnull=False, longitude__isnull=False)
