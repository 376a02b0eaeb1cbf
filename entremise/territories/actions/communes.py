"""Import the official files of communes: names and populations (Etalab), coordinates and postcodes (La Poste)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import clock, typeahead_store
from entremise.kernel.actions import Done
from entremise.kernel.actors import Actor
from entremise.kernel.models import IndexStamp
from entremise.kernel.reference_files import (
    ImportReport,
    Progress,
    Source,
    SourceRefused,
    import_action,
    retired,
    synchronise,
)
from entremise.lib.geo import Point
from entremise.territories import queries, rules
from entremise.territories.enums import Verb
from entremise.territories.models import Commune, Department, EmploymentZone, Region

# The column of the coordinates has changed name with the editions of La Poste's file.
_POINT_COLUMNS = ("coordonnees_gps", "_geopoint", "coordonnees_geographiques")
_CODE_COLUMN = "code_commune_insee"
_FIELDS = ("name", "department_id", "zone_id", "latitude", "longitude", "population", "postcodes", "retired_on")
_REPORT_EVERY = 5000


@dataclass(slots=True)
class _Files:
    """What the given files contain, whatever their names."""

    communes: list[dict[str, Any]] = field(default_factory=list)
    departments: list[dict[str, Any]] = field(default_factory=list)
    regions: list[dict[str, Any]] = field(default_factory=list)
    points: dict[str, Point] = field(default_factory=dict)


@import_action(Verb.COMMUNES_IMPORTED, may="territories.import")
def import_communes(
    source: Path | str,
    *,
    actor: Actor,
    coordinates: Path | str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Done:
    """Bring the communes in line with the official files; either file may be given alone, in any order."""
    files = _Files()
    for path in (source, *((coordinates,) if coordinates else ())):
        _read(Source(path), files, progress)
    if not files.communes and not files.points:
        raise SourceRefused(
            _("Ce fichier ne contient ni la liste des communes (JSON d’Etalab), ni leurs coordonnées (La Poste, CSV).")
        )
    report = _places(files, dry_run=dry_run)
    if not report.is_empty and not dry_run:
        typeahead_store.touch(queries.COMMUNES_INDEX)
    return Done(report, subject=IndexStamp(name=queries.COMMUNES_INDEX), data={**report.counts, "dry_run": dry_run})


def _places(files: _Files, *, dry_run: bool) -> ImportReport:
    regions = [Region(code=row["code"], name=row["nom"]) for row in files.regions]
    departments = [_department(row) for row in files.departments]
    report = synchronise(regions, Region.objects.all(), key="code", fields=("name",), dry_run=dry_run)
    fields = ("name", "region_id", "holiday_calendar")
    report += synchronise(departments, Department.objects.all(), key="code", fields=fields, dry_run=dry_run)
    known = {row.code: row for row in Commune.objects.all()}
    wanted = list(_communes(files, known))
    _check_departments(wanted, departments)
    report += synchronise(wanted, Commune.objects.all(), key="code", fields=_FIELDS, dry_run=dry_run)
    return retired(report, _retire(files, known, dry_run=dry_run))


def _read(source: Source, files: _Files, progress: Progress | None) -> None:
    for name in source.names():
        if name.lower().endswith(".json"):
            _read_json(source, name, files)
        elif name.lower().endswith((".csv", ".txt")):
            _read_points(source, name, files, progress)


def _read_json(source: Source, name: str, files: _Files) -> None:
    rows = source.json(name)
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return
    if any("codesPostaux" in row for row in rows[:50]):
        files.communes = [row for row in rows if row.get("type") == "commune-actuelle"]
    elif {"code", "nom", "region", "chefLieu"} <= rows[0].keys() and "departement" not in rows[0]:
        files.departments = rows
    elif {"code", "nom", "chefLieu"} <= rows[0].keys() and "departement" not in rows[0]:
        files.regions = rows


def _read_points(source: Source, name: str, files: _Files, progress: Progress | None) -> None:
    columns = source.columns(name)
    column = next((one for one in _POINT_COLUMNS if one in columns), None)
    if column is None or _CODE_COLUMN not in columns:
        return
    points: dict[str, set[Point]] = defaultdict(set)
    for number, row in enumerate(source.rows(name), start=1):
        point = rules.point_from(row.get(column, ""))
        if point is not None:
            points[rules.commune_of(row[_CODE_COLUMN])].add(point)
        if progress and number % _REPORT_EVERY == 0:
            progress(number, None)
    files.points = {code: middle for code, found in points.items() if (middle := rules.middle(found)) is not None}


def _department(row: dict[str, Any]) -> Department:
    code = row["code"]
    return Department(
        code=code, name=row["nom"], region_id=row["region"], holiday_calendar=rules.holiday_calendar_of(code)
    )


def _communes(files: _Files, known: dict[str, Commune]) -> Iterator[Commune]:
    """Build the rows as they should be; what a file does not say stays as it is known."""
    if not files.communes:
        for code, place in known.items():
            if code in files.points:
                yield _placed(_copy(place), files.points[code])
        return
    zones = set(EmploymentZone.objects.values_list("code", flat=True))
    for row in files.communes:
        before = known.get(row["code"])
        arrondissement = row.get("arrondissement", "")
        place = Commune(
            code=row["code"],
            name=row["nom"],
            department_id=row["departement"],
            zone_id=arrondissement if arrondissement in zones else before.zone_id if before else None,
            latitude=before.latitude if before else None,
            longitude=before.longitude if before else None,
            population=row.get("population") or 0,
            postcodes=sorted(set(row.get("codesPostaux") or [])),
        )
        yield _placed(place, files.points.get(place.code))


def _copy(place: Commune) -> Commune:
    return Commune(code=place.code, **{name: getattr(place, name) for name in _FIELDS})


def _placed(place: Commune, point: Point | None) -> Commune:
    if point is not None:
        place.latitude, place.longitude = point.latitude, point.longitude
    return place


def _check_departments(wanted: Sequence[Commune], departments: Sequence[Department]) -> None:
    known = {one.code for one in departments} | set(Department.objects.values_list("code", flat=True))
    unknown = sorted({one.department_id for one in wanted} - known)
    if unknown:
        raise SourceRefused(
            _("Des communes sont dans des départements inconnus (%(codes)s) : chargez d’abord les départements.")
            % {"codes": ", ".join(unknown[:5])}
        )


def _retire(files: _Files, known: dict[str, Commune], *, dry_run: bool) -> int:
    """Mark the communes that the file no longer has, in the departments it covers; they keep what points to them."""
    current = {row["code"] for row in files.communes}
    covered = {row["departement"] for row in files.communes}
    gone = [
        code
        for code, place in known.items()
        if place.retired_on is None and place.department_id in covered and code not in current
    ]
    if gone and not dry_run:
        Commune.objects.filter(pk__in=gone).update(retired_on=clock.today())
    return len(gone)
