"""Spreadsheets in and out: CSV and XLSX read line by line, refused with a sentence, written without formulas.

Reading never holds the file in memory: a CSV is decoded as it is read, an XLSX is streamed by openpyxl.
"""

import contextlib
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from charset_normalizer import from_bytes
from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from entremise.kernel import clock

SAMPLE_BYTES = 64_000
ESTIMATE_BYTES = 1_000_000
MAX_COLUMNS = 100
MAX_UNPACKED_BYTES = 400_000_000  # a 20 MB workbook of ordinary text unpacks to about 200 MB
MAX_RATIO = 200  # a part packed tighter than this is a bomb, not a table
DELIMITERS = ";,\t|"
WORKBOOK_NAMES, TEXT_NAMES = (".xlsx",), (".csv", ".txt", ".tsv")
MAX_FILES_A_DAY, MAX_BYTES_A_DAY = 40, 300_000_000  # by account
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class SpreadsheetRefused(Exception):
    """The file cannot be read; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, Any]


class Spreadsheet:
    """A file opened for reading: its column names, then its lines; empty lines are passed over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._check_size()
        self.is_workbook = self._check_kind()
        self.columns = self._read_columns()

    def lines(self) -> Iterator[Line]:
        """Yield the lines after the header."""
        for number, row in self._rows():
            if number > self._header_number and any(cell not in (None, "") for cell in row):
                yield Line(number, dict(zip(self.columns, [*row, *[None] * len(self.columns)], strict=False)))

    def line_estimate(self) -> int:
        """Return about how many lines follow the header, without reading their cells: enough for a progress bar."""
        mark = b"<row " if self.is_workbook else b"\n"
        with contextlib.ExitStack() as stack:
            if self.is_workbook:
                archive = stack.enter_context(zipfile.ZipFile(self.path))
                sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
                raw: IO[bytes] = stack.enter_context(archive.open(sheets[0])) if sheets else io.BytesIO()
            else:
                raw = stack.enter_context(self.path.open("rb"))
            count, tail = 0, b""
            while chunk := raw.read(ESTIMATE_BYTES):
                count += (tail + chunk).count(mark)
                tail = chunk[1 - len(mark) :] if len(mark) > 1 else b""
        return max(count - (1 if self.is_workbook else 0), 0)

    def _read_columns(self) -> list[str]:
        for number, row in self._rows():
            names = [str(cell).strip() if cell is not None else "" for cell in row]
            while names and not names[-1]:
                names.pop()
            if any(names):
                self._header_number = number
                return _checked(names)
        raise SpreadsheetRefused(_("Ce fichier est vide : sa première ligne doit donner le nom des colonnes."))

    def _rows(self) -> Iterator[tuple[int, list[Any]]]:
        return self._workbook_rows() if self.is_workbook else self._text_rows()

    def _text_rows(self) -> Iterator[tuple[int, list[Any]]]:
        with self.path.open("rb") as raw:
            sample = raw.read(SAMPLE_BYTES)
            encoding = _encoding(sample, raw)
            raw.seek(0)
            text = io.TextIOWrapper(raw, encoding=encoding, newline="")
            reader = csv.reader(text, delimiter=_delimiter(sample.decode(encoding, "replace")))
            try:
                start = 1
                for row in reader:
                    yield start, row
                    start = reader.line_num + 1
            except (csv.Error, UnicodeDecodeError):
                reason = _("La ligne %(number)s ne se lit pas : un guillemet n'est sans doute pas fermé.")
                raise SpreadsheetRefused(reason % {"number": start}) from None

    def _workbook_rows(self) -> Iterator[tuple[int, list[Any]]]:
        try:
            workbook = load_workbook(self.path, read_only=True, data_only=True, keep_links=False)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError):
            raise SpreadsheetRefused(_damaged()) from None
        try:
            sheet = workbook.worksheets[0]
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, list(row)
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, IndexError):
            raise SpreadsheetRefused(_damaged()) from None
        finally:
            workbook.close()

    def _check_size(self) -> None:
        if self.path.stat().st_size > settings.MAX_SPREADSHEET_BYTES:
            limit = settings.MAX_SPREADSHEET_BYTES // 1_000_000
            reason = _("Ce fichier dépasse %(limit)s Mo. Découpez-le, par exemple une feuille par année.")
            raise SpreadsheetRefused(reason % {"limit": limit})

    def _check_kind(self) -> bool:
        with self.path.open("rb") as raw:
            start = raw.read(SAMPLE_BYTES)
            if start.startswith(OLE_MAGIC):
                raise SpreadsheetRefused(_old_or_locked(start + raw.read()))
        if not start.startswith(ZIP_MAGIC):
            if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise SpreadsheetRefused(_("Ce fichier n'est ni un tableau CSV ni un classeur XLSX."))
            return False
        _check_archive(self.path)
        return True


def require_room(sent: QuerySet[Any]) -> None:
    """Refuse one more file from an account that sent as many in a day as anybody may need to."""
    today = sent.filter(created_at__gte=clock.now() - dt.timedelta(days=1))
    told = today.aggregate(count=Count("pk"), size=Sum("size_bytes"))
    if told["count"] >= MAX_FILES_A_DAY or (told["size"] or 0) >= MAX_BYTES_A_DAY:
        raise SpreadsheetRefused(_("Vous avez envoyé beaucoup de fichiers depuis hier. Réessayez demain."))


def require_name(filename: str, sheet: Spreadsheet) -> None:
    """Refuse a file whose name says something else than its content: whoever opens it later must not be surprised."""
    wanted = WORKBOOK_NAMES if sheet.is_workbook else TEXT_NAMES
    if not filename.lower().endswith(wanted):
        reason = _(
            "Le nom de ce fichier ne dit pas ce qu'il contient. Donnez-lui un nom qui finit par « %(ending)s »."
        )
        raise SpreadsheetRefused(reason % {"ending": wanted[0]})


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise SpreadsheetRefused(_damaged()) from None
    names = {part.filename.lower() for part in parts}
    if any("vbaproject" in name for name in names):
        raise SpreadsheetRefused(
            _("Ce classeur contient des macros : par sécurité, il reste fermé. Enregistrez-le au format « .xlsx ».")
        )
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SpreadsheetRefused(_("Ce fichier n'est ni un tableau CSV ni un classeur XLSX."))
    unpacked = sum(part.file_size for part in parts)
    tightest = max(part.file_size / max(part.compress_size, 1) for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or (tightest > MAX_RATIO and unpacked > settings.MAX_SPREADSHEET_BYTES):
        raise SpreadsheetRefused(
            _("Ce classeur, une fois ouvert, serait démesurément grand : il n'est pas lu. Enregistrez-le à nouveau.")
        )


def _checked(names: list[str]) -> list[str]:
    if len(names) > MAX_COLUMNS:
        reason = _("Ce tableau a %(count)s colonnes ; %(limit)s au plus peuvent être lues.")
        raise SpreadsheetRefused(reason % {"count": len(names), "limit": MAX_COLUMNS})
    filled = [name for name in names if name]
    twice = next((name for name in filled if filled.count(name) > 1), "")
    if twice:
        reason = _("Deux colonnes portent le même nom, « %(name)s ». Renommez l'une des deux.")
        raise SpreadsheetRefused(reason % {"name": twice})
    return [name or f"({position})" for position, name in enumerate(names, start=1)]


def _encoding(sample: bytes, raw: IO[bytes]) -> str:
    """Return UTF-8 when the whole file is, else what the sample looks like; French offices also write cp1252."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    raw.seek(0)
    if _is_utf8(raw):
        return "utf-8-sig"
    guess = from_bytes(sample, cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    return guess.encoding if guess else "cp1252"


def _is_utf8(raw: IO[bytes]) -> bool:
    try:
        for _line in io.TextIOWrapper(io.BufferedReader(_Unclosed(raw)), encoding="utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


class _Unclosed(io.RawIOBase):
    """Reads from a file without closing it."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._raw.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _delimiter(sample: str) -> str:
    """Return the separator found most often in the first line, outside quotes."""
    first = next((line for line in sample.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), -DELIMITERS.index(mark)))


def _old_or_locked(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return _("Ce classeur est protégé par un mot de passe. Enlevez la protection, puis envoyez-le à nouveau.")
    return _("Ce classeur est dans l'ancien format « .xls ». Enregistrez-le au format « .xlsx » ou « .csv ».")


def _damaged() -> str:
    return _("Ce classeur est abîmé et ne s'ouvre pas. Ouvrez-le dans votre tableur et enregistrez-le à nouveau.")


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers, dates and phone numbers stay readable."""
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS):
        return value
    digits = value[1:].replace(" ", "").replace(",", "").replace(".", "")
    if value[0] in "+-" and digits.isascii() and digits.isdigit():
        return value
    return "'" + value


def write_csv(out: IO[str], columns: list[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write a CSV that French spreadsheets open as is (BOM, semicolons); return the number of lines."""
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([harmless(name) for name in columns])
    count = 0
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        count += 1
    return count


def write_xlsx(out: IO[bytes], columns: list[str], rows: Iterable[Iterable[Any]], *, title: str = "Export") -> int:
    """Write an XLSX by streaming; return the number of lines."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([harmless(name) for name in columns])
    count = 0
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
        count += 1
    workbook.save(out)
    return count
