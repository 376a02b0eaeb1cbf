"""A list or a table as a file that offices open: CSV or XLSX, without formulas, whole before it leaves."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from entremise.kernel import clock
from entremise.kernel.spreadsheets import write_csv, write_xlsx

MOST_LINES = 5_000  # in one file: more is a copy of the base, not a list to work with
CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


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
