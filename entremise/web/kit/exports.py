"""A list or a table as a file that offices open: CSV or XLSX, without formulas, whole before it leaves.

The address says which columns the file has (`colonne=profil&colonne=etat`): a choice can be kept, and given to others.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from entremise.kernel import clock
from entremise.kernel.spreadsheets import write_csv, write_xlsx

MOST_LINES = 5_000  # in one file: more is a copy of the base, not a list to work with
CSV, XLSX = "csv", "xlsx"
COLUMN = "colonne"
OF_THE_PAGE_ALONE = {COLUMN, "format", "apres"}  # in its address, and no filter of the list
TYPES = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be chosen: its name in the address, its heading."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What the form that chooses the columns shows (`web/_export.html`)."""

    file: str
    page: str
    columns: list[Column]
    filters: list[tuple[str, str]]
    chosen: list[str]  # nothing when the address names no column: the file then has them all


def column_choice(
    request: HttpRequest, file: str, columns: Mapping[str, str], *, always: Collection[str] = ()
) -> ColumnChoice:
    """Return the choice as the address tells it, with the filters that the file shares with the page."""
    asked = _asked(request, columns)
    filters = [
        (name, value) for name, values in request.GET.lists() if name not in OF_THE_PAGE_ALONE for value in values
    ]
    return ColumnChoice(
        file=file,
        page=request.path,
        columns=[Column(c, label, not asked or c in asked) for c, label in columns.items() if c not in always],
        filters=[(name, value) for name, value in filters if value],
        chosen=asked,
    )


def with_columns(
    request: HttpRequest, columns: Mapping[str, str], rows: Iterable[Sequence[Any]], *, always: Collection[str] = ()
) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """Return the headings and the lines with the columns asked for, in the order of the file; all when none is.

    A line shorter than the others is a sentence about them: it stays whole.
    """
    asked = _asked(request, columns) or list(columns)
    places = [place for place, code in enumerate(columns) if code in asked or code in always]
    headings = list(columns.values())
    lines = (row if len(row) < len(headings) else [row[place] for place in places] for row in rows)
    return [headings[place] for place in places], lines


def _asked(request: HttpRequest, columns: Mapping[str, str]) -> list[str]:
    asked = set(request.GET.getlist(COLUMN))
    return [code for code in columns if code in asked]


def asked_format(request: HttpRequest) -> str:
    """Return the format asked for in the address; XLSX unless CSV is named."""
    return CSV if request.GET.get("format") == CSV else XLSX


def spreadsheet(request: HttpRequest, title: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Answer with a file named after its title and the day."""
    kind = asked_format(request)
    response = HttpResponse(content_type=TYPES[kind])
    if kind == CSV:
        text = io.StringIO()
        write_csv(text, columns, rows)
        response.write(text.getvalue().encode())
    else:
        binary = io.BytesIO()
        write_xlsx(binary, columns, rows, title=title)
        response.write(binary.getvalue())
    response["Content-Disposition"] = f'attachment; filename="{filename(title, kind)}"'
    return response


def ready_file(path: Path, title: str) -> HttpResponse:
    """Answer with a workbook that a background job has written."""
    response = HttpResponse(path.read_bytes(), content_type=TYPES[XLSX])
    response["Content-Disposition"] = f'attachment; filename="{filename(title, XLSX)}"'
    return response


def filename(title: str, kind: str) -> str:
    """Return a file name that every system accepts."""
    return f"{slugify(title)}-{clock.today():%Y-%m-%d}.{kind}"
