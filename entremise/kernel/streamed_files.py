"""Read one big official CSV once, line by line, as it comes: plain, gz or zip, however large.

It is UTF-8; a byte that is not is read as cp1252, in which such files used to come. A file cut in the middle gives
every whole line it holds, then says that it was cut.
"""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from entremise.kernel.reference_files import SourceRefused

LONGEST_LINE = 100_000  # characters: beyond, it is no line of such a file
_CUT = (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("entremise.cp1252", _as_cp1252)


class StreamedCsv:
    """A comma-separated file; `is_cut` is known once all its lines were read."""

    def __init__(self, path: Path | str, hint: str) -> None:
        self.path = Path(path)
        self.hint = hint  # in the name of the file, among those of an archive
        self.is_cut = False
        if not self.path.is_file():
            raise SourceRefused(_("Le fichier « %(name)s » est introuvable.") % {"name": self.path.name})

    def lines(self) -> Iterator[list[str]]:
        """Give the values of each line, the names of the columns first; empty lines are passed over."""
        with self._binary() as binary, io.TextIOWrapper(
            binary, "utf-8-sig", errors="entremise.cp1252", newline="\n"
        ) as text:  # fmt: skip
            try:
                while line := text.readline(LONGEST_LINE):
                    if cells := _cells(line.rstrip("\r\n")):
                        yield cells
            except _CUT:
                self.is_cut = True

    @contextmanager
    def _binary(self) -> Iterator[IO[bytes]]:
        if self.path.suffix.lower() == ".gz":
            with gzip.open(self.path) as stream:
                yield cast(IO[bytes], stream)
        elif self.path.suffix.lower() == ".zip":
            with self._archive() as archive, archive.open(self._member(archive)) as stream:
                yield stream
        else:
            with self.path.open("rb") as stream:
                yield stream

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        try:
            archive = zipfile.ZipFile(self.path)
        except zipfile.BadZipFile as error:
            raise SourceRefused(
                _("Le fichier « %(name)s » est abîmé ou incomplet : téléchargez-le de nouveau.")
                % {"name": self.path.name}
            ) from error
        with archive:
            yield archive

    def _member(self, archive: zipfile.ZipFile) -> str:
        names = [one.filename for one in archive.infolist() if one.filename.lower().endswith(".csv")]
        fitting = [name for name in names if self.hint.lower() in name.lower()] or names
        if len(fitting) != 1:
            raise SourceRefused(
                _("L'archive « %(name)s » ne contient pas le fichier « %(hint)s ».")
                % {"name": self.path.name, "hint": self.hint}
            )
        return fitting[0]


def _cells(line: str) -> list[str]:
    """Split one line by itself: a quote that is never closed spoils its line and no other."""
    if '"' not in line:
        return line.split(",") if line else []
    try:
        return next(csv.reader([line]))
    except csv.Error:
        return [line[:80]]
