"""Read official files as they come (CSV, JSON, gz, zip, folder; UTF-8 or cp1252) and bring a table in line."""

import codecs
import csv
import functools
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, cast

from django.db import models
from django.utils.translation import gettext as _

from entremise.kernel.actions import action
from entremise.kernel.actors import Actor, job_actor

MAX_MEMBER_BYTES = 4_000_000_000  # beyond, a zip of this kind is a bomb
_CHUNK = 1 << 20
_BATCH = 2000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ";,\t|"

Progress = Callable[[int, int | None], None]
Row = dict[str, str]


class SourceRefused(Exception):
    """A file cannot be read or is not what was expected; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changed, or would change when it was only rehearsed."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    ignored: int = 0
    dry_run: bool = False
    examples: tuple[str, ...] = ()

    def __add__(self, other: "ImportReport") -> "ImportReport":
        return ImportReport(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.retired + other.retired,
            self.ignored + other.ignored,
            self.dry_run or other.dry_run,
            (self.examples + other.examples)[:20],
        )

    def __str__(self) -> str:
        return (
            _(
                "Lignes ajoutées : %(created)s ; modifiées : %(changed)s ; retirées : %(retired)s ; "
                "inchangées : %(unchanged)s ; laissées de côté : %(ignored)s."
            )
            % self.counts
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.created or self.changed or self.retired)

    @property
    def counts(self) -> dict[str, int]:
        """Return the figures, for the journal."""
        names = ("created", "changed", "unchanged", "retired", "ignored")
        return {name: getattr(self, name) for name in names}


def import_action(verb: StrEnum, *, may: str, default: Path | None = None) -> Callable[..., Any]:
    """Wrap an import like any action; a command line, where nobody is signed in, acts for the platform."""

    def decorate(body: Callable[..., Any]) -> Callable[..., Any]:
        run = action(verb, may=may)(body)

        @functools.wraps(run)
        def command(source: Path | str | None = default, *, actor: Actor | None = None, **facts: Any) -> Any:
            return run(source, actor=actor or job_actor("import"), **facts)

        return command

    return decorate


class Source:
    """An official file, or several in a zip or a folder, whatever their encoding."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        if not self.path.exists():
            raise SourceRefused(_("Le fichier « %(name)s » est introuvable.") % {"name": self.path.name})

    def names(self) -> list[str]:
        """Return the names of the files inside, or of the file itself without .gz."""
        if self.path.is_dir():
            return sorted(item.name for item in self.path.iterdir() if item.is_file())
        if self._is_zip():
            with self._archive() as archive:
                return sorted(item.filename for item in archive.infolist() if not item.is_dir())
        return [self.path.stem if self.path.suffix == ".gz" else self.path.name]

    def rows(self, name: str, *, delimiter: str = "") -> Iterator[Row]:
        """Read a CSV file line by line as dictionaries; the delimiter is found from the first line."""
        with self._text(name) as text:
            first = text.readline()
            separator = delimiter or max(_DELIMITERS, key=first.count)
            header = next(csv.reader([first], delimiter=separator), [])
            columns = [column.strip().lstrip("#").lower() for column in header]
            try:
                for cells in csv.reader(text, delimiter=separator):
                    if cells:
                        yield dict(zip(columns, cells, strict=False))
            except csv.Error as error:
                raise SourceRefused(_("Le fichier « %(name)s » n’est pas un CSV lisible.") % {"name": name}) from error

    def columns(self, name: str) -> list[str]:
        """Return the column names of a CSV file, in lower case."""
        with self._text(name) as text:
            first = text.readline()
        header = next(csv.reader([first], delimiter=max(_DELIMITERS, key=first.count)), [])
        return [column.strip().lstrip("#").lower() for column in header]

    def json(self, name: str) -> Any:
        """Read a JSON file."""
        with self._text(name) as text:
            try:
                return json.load(text)
            except json.JSONDecodeError as error:
                raise SourceRefused(
                    _("Le fichier « %(name)s » n’est pas un JSON lisible.") % {"name": name}
                ) from error

    @contextmanager
    def _text(self, name: str) -> Iterator[io.TextIOWrapper]:
        with self._binary(name) as probe:
            encoding = _encoding(probe, name)
        with self._binary(name) as binary, io.TextIOWrapper(binary, encoding, newline="") as text:
            yield text

    @contextmanager
    def _binary(self, name: str) -> Iterator[IO[bytes]]:
        try:
            if self.path.is_dir():
                with (self.path / name).open("rb") as stream:
                    yield stream
            elif self._is_zip():
                with self._archive() as archive, archive.open(_measured(archive, name)) as stream:
                    yield stream
            else:
                with self._single() as stream:
                    yield stream
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise _damaged(self.path) from error

    def _single(self) -> IO[bytes]:
        return cast(IO[bytes], gzip.open(self.path)) if self.path.suffix == ".gz" else self.path.open("rb")

    def _is_zip(self) -> bool:
        return self.path.suffix.lower() == ".zip"

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield archive
        except zipfile.BadZipFile as error:
            raise _damaged(self.path) from error


def synchronise(
    wanted: Iterable[models.Model],
    existing: models.QuerySet[Any],
    *,
    key: str,
    fields: Sequence[str],
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Create the rows that are missing and change those that differ, comparing the fields; remove nothing."""
    rows = list(wanted)
    created, changed, unchanged = _compared(rows, existing, key, fields)
    report = ImportReport(
        created=len(created),
        changed=len(changed),
        unchanged=unchanged,
        ignored=len(rows) - len(created) - len(changed) - unchanged,
        dry_run=dry_run,
        examples=tuple(str(getattr(row, key)) for row in [*created[:5], *changed[:5]]),
    )
    if not dry_run:
        existing.bulk_create(created, batch_size=_BATCH)
        if changed:
            names = [_field_name(existing.model, field) for field in fields]
            existing.bulk_update(changed, names, batch_size=_BATCH)
    if progress:
        progress(len(rows), len(rows))
    return report


def _compared(
    rows: Sequence[models.Model], existing: models.QuerySet[Any], key: str, fields: Sequence[str]
) -> tuple[list[models.Model], list[models.Model], int]:
    """Return the rows to create, the known rows with their new values, and how many are already right."""
    known = {getattr(row, key): row for row in existing}
    created: list[models.Model] = []
    changed: list[models.Model] = []
    seen: set[Any] = set()
    for row in rows:
        code = getattr(row, key)
        if code in seen:
            continue
        seen.add(code)
        before = known.get(code)
        if before is None:
            created.append(row)
        elif any(getattr(before, field) != getattr(row, field) for field in fields):
            for field in fields:
                setattr(before, field, getattr(row, field))
            changed.append(before)
    return created, changed, len(seen) - len(created) - len(changed)


def retired(report: ImportReport, count: int) -> ImportReport:
    """Return the report with the count of rows that the source no longer has."""
    return replace(report, retired=report.retired + count)


def _field_name(model: type[models.Model], attribute: str) -> str:
    """Return the field behind an attribute: "zone" for "zone_id"."""
    return str(model._meta.get_field(attribute).name)


def _encoding(stream: IO[bytes], name: str) -> str:
    """Find the encoding by reading it all: an ASCII beginning says nothing about the first accent."""
    first = stream.read(_CHUNK)
    for mark, encoding in _BOMS:
        if first.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        chunk = first
        while chunk:
            decoder.decode(chunk)
            if b"\0" in chunk:
                raise SourceRefused(_("Le fichier « %(name)s » n’est pas un fichier texte.") % {"name": name})
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _measured(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise SourceRefused(_("Il manque le fichier « %(name)s » dans l’archive.") % {"name": name}) from error
    if member.file_size > MAX_MEMBER_BYTES:
        raise SourceRefused(_("Le fichier « %(name)s » est trop gros pour être lu.") % {"name": name})
    return member


def _damaged(path: Path) -> SourceRefused:
    return SourceRefused(
        _("Le fichier « %(name)s » est abîmé ou incomplet : téléchargez-le de nouveau.") % {"name": path.name}
    )
