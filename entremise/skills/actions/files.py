"""Open the files of a referential: refused with one sentence when they are not what was expected."""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from entremise.kernel.reference_files import Row, Source, SourceRefused
from entremise.skills import rules

MAX_UNPACKED_BYTES = 500_000_000  # ROME v460 is 20 MB once unpacked
MAX_FILES = 2000
_CHUNK = 1 << 20


class Files:
    """The tables of a referential, found by the name of their file whatever its folder and version."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._source = _opened(self.path)
        self.names = self._source.names()

    def find(self, table: str) -> tuple[str, str]:
        """Return the file of a table and its version; two empty strings when it is not there."""
        pattern = re.compile(rf"(?:.*/)?(?:unix_)?{table}(?:_v(\d+))?(?:_utf8)?\.csv", re.IGNORECASE)
        for name in self.names:
            found = pattern.fullmatch(name)
            if found:
                return name, found[1] or ""
        return "", ""

    def rows(self, table: str, *columns: str, needed: bool = False) -> Iterator[Row]:
        """Read the columns of a table, tidied; nothing when it is not there, unless it is needed."""
        for row in self.raw_rows(table, *columns, needed=needed):
            yield {column: rules.tidied(row[column]) for column in columns}

    def raw_rows(self, table: str, *columns: str, needed: bool = False) -> Iterator[Row]:
        """Read a table as it is written; refused when it lacks a column."""
        name, _version = self.find(table)
        if not name:
            if needed:
                raise SourceRefused(self._missing(table))
            return
        try:
            missing = [column for column in columns if column not in self._source.columns(name)]
            if missing:
                raise SourceRefused(
                    _("Il manque la colonne « %(column)s » dans « %(name)s » : ce n'est pas le fichier attendu.")
                    % {"column": missing[0], "name": name}
                )
            nothing = dict.fromkeys(columns, "")
            for row in self._source.rows(name):
                yield {**nothing, **row}
        except UnicodeDecodeError as error:
            raise SourceRefused(
                _("Les accents du fichier « %(name)s » sont illisibles : enregistrez-le en UTF-8.") % {"name": name}
            ) from error

    def digest(self) -> str:
        """Return the SHA-256 of the file, or of all the files of a folder."""
        digest = hashlib.sha256()
        paths = sorted(item for item in self.path.iterdir() if item.is_file()) if self.path.is_dir() else [self.path]
        for path in paths:
            with path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        return digest.hexdigest()

    def _missing(self, table: str) -> str:
        if any(name.lower().endswith(".json") for name in self.names):
            return _("Cette archive est au format JSON : prenez l'archive CSV de la même version.")
        return _("Il manque le fichier « %(table)s » dans l'archive « %(name)s ».") % {
            "table": table,
            "name": self.path.name,
        }


def fitting(label: str, longest: int, where: str) -> str:
    """Return a label that its column can hold, or refuse the file."""
    if len(label) > longest:
        raise SourceRefused(
            _("Le libellé de « %(where)s » dépasse %(count)s caractères : ce n'est pas le fichier attendu.")
            % {"where": where, "count": longest}
        )
    return label


def _opened(path: Path) -> Source:
    source = Source(path)
    if path.is_dir():
        return source
    if not zipfile.is_zipfile(path):
        raise SourceRefused(
            _("« %(name)s » n'est pas une archive zip : donnez l'archive officielle, telle que téléchargée.")
            % {"name": path.name}
        )
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    # The unpacked sizes it declares are those Python will not read beyond: they can be trusted for this.
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise SourceRefused(
            _("« %(name)s » prendrait trop de place une fois ouverte : ce n'est pas l'archive attendue.")
            % {"name": path.name}
        )
    return source


def as_list(text: str) -> tuple[str, ...]:
    """Return the values of a cell that separates them with a bar."""
    return tuple(value for value in text.split("|") if value)


def limits(names: Sequence[str], longest: int) -> tuple[str, ...]:
    """Keep the names that their column can hold: an over-long synonym is no name."""
    return tuple(name for name in names if len(name) <= longest)
