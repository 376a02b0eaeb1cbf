"""Reads of the imports: the files, their first lines, and the offer that each line asks for."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.accounts.queries import actor_for
from entremise.kernel.actors import Actor
from entremise.kernel.spreadsheets import Line, Spreadsheet
from entremise.lib.cells import Fault, text_of
from entremise.offers.enums_import import LineFate, OfferField
from entremise.offers.models import Offer, OfferImport, OfferImportLine
from entremise.offers.queries_lookup import Lookup, Named
from entremise.offers.rules_cells import Told, read_line
from entremise.offers.rules_import import BATCH, EXAMPLE_LINES, LONGEST_MESSAGE, proposed_mapping

PAGE = 50  # lines on one page of the report


@dataclass
class Run:
    """One pass over a file: what was looked up so far, and the references already met."""

    file: OfferImport
    actor: Actor
    lookup: Lookup
    met: dict[str, int] = field(default_factory=dict)  # reference → its line


@dataclass(frozen=True, slots=True)
class Plan:
    """One line read and looked up: what it tells and names, or what is wrong with it."""

    line_number: int
    told: Told | None = None
    named: Named | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One of the first lines, as it stands and as it is understood."""

    number: int
    cells: list[str]
    told: Told | None
    faults: list[str]


def files(actor: Actor) -> QuerySet[OfferImport]:
    """Return the files of the actor's own agencies, the newest first."""
    rows: Any = OfferImport.objects.visible_to(actor)
    mine = rows if actor.is_system else rows.filter(agency__in=actor.agency_ids)
    found: QuerySet[OfferImport] = mine.select_related("agency__department", "uploaded_by").order_by("-created_at")
    return found


def file(pk: UUID, actor: Actor) -> OfferImport:
    """Return one file of the actor's agencies, or raise OfferImport.DoesNotExist."""
    return files(actor).get(pk=pk)


def file_for_job(pk: UUID) -> OfferImport | None:
    """Return the file that a background job works on."""
    rows: Any = OfferImport.objects.unscoped("a background job, on behalf of who sent the file")
    found: OfferImport | None = rows.select_related("agency__department", "uploaded_by").filter(pk=pk).first()
    return found


def uploader(file: OfferImport) -> Actor | None:
    """Return who sent a file, with today's roles and territories."""
    return actor_for(file.uploaded_by, second_factor=True) if file.uploaded_by else None


def worn_out(now: dt.datetime, days: int) -> QuerySet[OfferImport]:
    """Return the files received too long ago to be kept."""
    rows: Any = OfferImport.objects.unscoped("periodic job: old files of every territory")
    found: QuerySet[OfferImport] = rows.filter(created_at__lt=now - dt.timedelta(days=days)).exclude(path="")
    return found


def proposed(file: OfferImport) -> dict[str, str]:
    """Return which column is which: as chosen for this file, as the agency did last time, or by the names."""
    return proposed_mapping(file.columns, file.mapping or _remembered(file.agency))


def report(file: OfferImport, *, after: int = 0, limit: int = PAGE) -> list[OfferImportLine]:
    """Return what becomes of each line, those to correct first; `after` is how many lines were already read."""
    first = Case(When(fate=LineFate.REFUSED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = file.lines.select_related("offer").annotate(is_good=first)
    return list(rows.order_by("is_good", "line_number")[after : after + limit])


def path_of(file: OfferImport) -> Path:
    """Return where the file is."""
    return Path(default_storage.path(file.path))


def refused_path(file: OfferImport) -> Path:
    """Return where the workbook of the refused lines is, once it is written."""
    return path_of(file).with_suffix(".erreurs.xlsx")


def refused_rows(file: OfferImport) -> Iterator[list[Any]]:
    """Yield the lines that cannot be taken, with what is wrong in front of them."""
    wrong = dict(file.lines.filter(fate=LineFate.REFUSED).values_list("line_number", "message"))
    for line in Spreadsheet(path_of(file)).lines():
        if line.number in wrong:
            yield [line.number, wrong[line.number], *line.cells.values()]


def refused_lines(file: OfferImport) -> set[int]:
    """Return the numbers of the lines that the check refused."""
    return set(file.lines.filter(fate=LineFate.REFUSED).values_list("line_number", flat=True))


def examples(file: OfferImport, mapping: Mapping[str, str]) -> list[Example]:
    """Return the first lines of a file, and how they are understood with these columns."""
    shown = []
    for line in islice(Spreadsheet(path_of(file)).lines(), EXAMPLE_LINES):
        told, faults = read_line(line.cells, mapping)
        cells = ["" if cell is None else str(cell) for cell in line.cells.values()]
        shown.append(Example(line.number, cells, told, [sentence(fault, file) for fault in faults]))
    return shown


def batches(file: OfferImport, *, skip: int = 0) -> Iterator[list[Line]]:
    """Yield the lines of a file in batches, after those that were already done."""
    remaining = islice(Spreadsheet(path_of(file)).lines(), skip, None)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def start_run(file: OfferImport, actor: Actor) -> Run:
    """Prepare a pass over a file; one that goes on after a crash knows the references already met."""
    run, column = Run(file, actor, Lookup(file.agency)), file.mapping.get(OfferField.REFERENCE, "")
    if file.done_count:
        for line in islice(Spreadsheet(path_of(file)).lines(), file.done_count):
            run.met.setdefault(text_of(line.cells.get(column)), line.number)
    return run


def plans(run: Run, lines: Sequence[Line]) -> list[Plan]:
    """Return what each line tells and names, in the order of the file; nothing is written."""
    read = [(line.number, *read_line(line.cells, run.file.mapping)) for line in lines]
    good = [(number, told) for number, told, _faults in read if told]
    found = dict(zip((number for number, _told in good), run.lookup.find([told for _n, told in good]), strict=True))
    return [
        Plan(number, told, found[number], tuple(found[number].faults)) if told else Plan(number, faults=tuple(faults))
        for number, told, faults in read
    ]


def line_of(file: OfferImport, plan: Plan, fate: LineFate, message: str, offer: Offer | None) -> OfferImportLine:
    """Return the row that says what becomes of a line."""
    title = plan.told.title if plan.told else ""
    place = plan.named.establishment if plan.named else None
    occupation = plan.named.occupation if plan.named else None
    return OfferImportLine(
        file=file, line_number=plan.line_number, fate=fate, offer=offer, message=message[:LONGEST_MESSAGE],
        title=(title or (occupation.label if occupation else ""))[:250], place=place.name[:250] if place else "",
    )  # fmt: skip


def sentence(fault: Fault, file: OfferImport | None = None) -> str:
    """Say a fault in the reader's language, after the column that it is in."""
    text = _(fault.message) % fault.params if fault.params else _(fault.message)
    if file is None or not fault.field:
        return text
    column = file.mapping.get(fault.field) or str(OfferField(fault.field).label)
    return _("%(column)s : %(sentence)s") % {"column": column, "sentence": text}


def _remembered(agency: Agency) -> dict[str, str]:
    """Return the columns that the agency chose for its last file."""
    rows: Any = OfferImport.objects.unscoped("the agency was checked; only column names are read")
    last = rows.filter(agency=agency).exclude(mapping={}).order_by("-created_at")
    mapping: dict[str, str] = last.values_list("mapping", flat=True).first() or {}
    return mapping
