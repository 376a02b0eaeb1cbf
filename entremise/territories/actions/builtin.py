"""Load the extract shipped with the product."""

from collections.abc import Iterator
from pathlib import Path

from entremise.kernel import typeahead_store
from entremise.kernel.actions import Done
from entremise.kernel.actors import Actor
from entremise.kernel.models import IndexStamp
from entremise.kernel.reference_files import ImportReport, Progress, Source, import_action, synchronise
from entremise.territories import queries, rules
from entremise.territories.enums import Verb
from entremise.territories.models import Commune, Department, EmploymentZone, NafCode, Region

BUILTIN = Path(__file__).resolve().parent.parent / "builtin"


@import_action(Verb.BUILTIN_LOADED, may="territories.import", default=BUILTIN)
def load_builtin(folder: Path, *, actor: Actor, progress: Progress | None = None) -> Done:
    """Load regions, departments, zones, communes and activities that are missing; change nothing that is there."""
    source = Source(folder)
    places = _add(Region, "code", _regions(source), progress)
    places += _add(Department, "code", _departments(source), progress)
    places += _add(EmploymentZone, "code", _zones(source), progress)
    places += _add(Commune, "code", _communes(source), progress)
    activities = _add(NafCode, "code", _activities(source), progress)
    if not places.is_empty:
        typeahead_store.touch(queries.COMMUNES_INDEX)
    if not activities.is_empty:
        typeahead_store.touch(queries.NAF_INDEX)
    report = places + activities
    return Done(report, subject=IndexStamp(name=queries.COMMUNES_INDEX), data=report.counts)


def _add(
    model: type[Region] | type[Department] | type[EmploymentZone] | type[Commune] | type[NafCode],
    key: str,
    rows: Iterator[Region] | Iterator[Department] | Iterator[EmploymentZone] | Iterator[Commune] | Iterator[NafCode],
    progress: Progress | None,
) -> ImportReport:
    """Add what is missing: an official import that came before knows better than the extract."""
    return synchronise(rows, model.objects.all(), key=key, fields=(), progress=progress)


def _regions(source: Source) -> Iterator[Region]:
    for row in source.rows("regions.csv"):
        yield Region(code=row["code"], name=row["name"])


def _departments(source: Source) -> Iterator[Department]:
    for row in source.rows("departments.csv"):
        yield Department(
            code=row["code"], name=row["name"], region_id=row["region"], holiday_calendar=row["holiday_calendar"]
        )


def _zones(source: Source) -> Iterator[EmploymentZone]:
    for row in source.rows("zones.csv"):
        yield EmploymentZone(code=row["code"], name=row["name"], department_id=row["department"])


def _communes(source: Source) -> Iterator[Commune]:
    for row in source.rows("communes.csv"):
        yield Commune(
            code=row["code"],
            name=row["name"],
            department_id=row["department"],
            zone_id=row["zone"] or None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            population=int(row["population"]),
            postcodes=row["postcodes"].split(),
        )


def _activities(source: Source) -> Iterator[NafCode]:
    for row in source.rows("naf.csv"):
        yield NafCode(code=row["code"], label=row["label"], section=rules.naf_section(row["code"]))
