"""Offers in CSV, whatever separates the cells: a quote that is never closed costs its own line only."""

import csv
from collections.abc import Iterator
from typing import Final

from entremise.lib.cells import PROTECTED, Fault, gettext_noop
from entremise.lib.offerfeeds.fields import is_known, told
from entremise.lib.offerfeeds.lines import CUT, LONGEST_ENTRY, BadLine, FeedRefused, Line, unreadable

DELIMITERS: Final = ";,\t|"
_COLUMNS: Final = gettext_noop(
    "La première ligne du fichier CSV doit donner le nom des colonnes, dont « reference » et « title »."
)
_QUOTE: Final = gettext_noop("un guillemet n'est pas fermé")
_MANY: Final = gettext_noop("elle a plus de cellules que l'en-tête : un texte contient sans doute le séparateur")
_LONG: Final = gettext_noop("un de ses textes est démesuré")
_FEW: Final = gettext_noop("il lui manque des cellules")
_LOOKED_AHEAD: Final = 200  # lines: a text is seldom longer
_LONGEST_HEADER: Final = 20_000


class _Unclosed(Exception):
    """A record takes too many lines: one of its quotes was never closed."""


class _Lines:
    """The lines of a text; those of the record being read may be given back."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.chunks, self.text, self.is_over = chunks, "", False
        self.back: list[str] = []
        self.taken: list[str] = []
        self.number = 0  # of the last line given
        self.size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.back.pop() if self.back else self._read()
        self.size += len(line)
        if self.size > LONGEST_ENTRY and self.taken:
            self.back.append(line)
            raise _Unclosed
        self.taken.append(line)
        self.number += 1
        return line

    def _read(self) -> str:
        while "\n" not in self.text and not self.is_over:
            piece = next(self.chunks, None)
            self.is_over = piece is None
            self.text = (self.text + (piece or "")).replace("\r\n", "\n")
            if not self.text.endswith("\r") or self.is_over:
                self.text = self.text.replace("\r", "\n")
            if len(self.text) > LONGEST_ENTRY and "\n" not in self.text:
                self.text += "\n"  # one endless line
        line, end, self.text = self.text.partition("\n")
        if not line and not end and self.is_over:
            raise StopIteration
        return line + end

    def start(self) -> None:
        """Begin a record."""
        self.taken, self.size = [], 0

    def give_back(self) -> None:
        """Give back all lines of the record but its first."""
        self.back += reversed(self.taken[1:])
        self.number -= len(self.taken) - 1
        self.taken = self.taken[:1]

    @property
    def has_more(self) -> bool:
        """Tell whether a line is left."""
        return bool(self.next_ones(1))

    def next_ones(self, count: int) -> list[str]:
        """Return some of the lines that follow, without taking them."""
        while len(self.back) < count:
            try:
                self.back.insert(0, self._read())
            except StopIteration:
                break
        return self.back[-count:]


class CsvOffers:
    """The lines of a CSV text, by the names of its columns."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.lines, self.is_cut = _Lines(chunks), False
        self.delimiter = ";"
        self.columns: list[str] = []
        self.lost = 0  # the line whose quote was never closed, while what follows makes no whole line

    def __iter__(self) -> Iterator[Line | BadLine]:
        self._header()
        while self.lines.has_more:
            self.lines.start()
            first = self.lines.number + 1
            row, why = self._record()
            if row is None or (len(row) < 2 <= len(self.columns) and self.lost):
                if not self.lost and (why or row is not None):
                    self.lost = first
                    yield self._bad(first, why or _FEW)
                continue
            if not any(cell.strip() for cell in row):
                continue
            made = self._line(first, row)
            if isinstance(made, BadLine) and self.lost:
                continue  # a piece of the line that was just told
            self.lost = 0
            yield made

    def _header(self) -> None:
        while self.lines.has_more:
            self.lines.start()
            line = next(self.lines)
            if not line.strip() or line.lower().startswith("sep="):
                continue
            if len(line) > _LONGEST_HEADER:
                break
            self.delimiter = max(DELIMITERS, key=line.count)
            self.lines.give_back()
            self.columns = [
                name.strip().lstrip("\ufeff") for name in next(csv.reader([line], delimiter=self.delimiter))
            ]
            break
        known = {is_known(name) for name in self.columns}
        if not {"reference", "title"} <= known and not {"reference", "rome"} <= known:
            raise FeedRefused(_COLUMNS)

    def _record(self) -> tuple[list[str] | None, str]:
        """Return the cells of the next record, or why it cannot be read; its other lines are then given back."""
        try:
            row = next(csv.reader(self.lines, delimiter=self.delimiter, strict=True))
        except (_Unclosed, StopIteration):
            return self._given_up()
        except csv.Error:
            if len(self.lines.taken) == 1:  # « 5" écran »: a quote in the middle of a cell
                return self._loosely(self.lines.taken[0])
            return self._given_up()
        if len(self.lines.taken) > 1 and len(row) != len(self.columns):
            return self._given_up()
        return row, ""

    def _loosely(self, line: str) -> tuple[list[str] | None, str]:
        try:
            row = next(csv.reader([line], delimiter=self.delimiter))
        except csv.Error:
            return None, _LONG
        return (row, "") if len(row) == len(self.columns) else (None, _QUOTE)

    def _given_up(self) -> tuple[None, str]:
        self.lines.give_back()
        return None, _QUOTE

    def _line(self, number: int, row: list[str]) -> Line | BadLine:
        while len(row) > len(self.columns) and not row[-1].strip():
            row.pop()
        if len(row) > len(self.columns):
            return self._bad(number, _MANY)
        is_last = not self.lines.has_more
        if len(row) < len(self.columns) and is_last and not self.lines.taken[-1].endswith("\n"):
            self.is_cut = True
            return BadLine(number, Fault("", CUT))
        if len(row) < 2 <= len(self.columns):
            return self._bad(number, _FEW)
        cells = (cell[1:] if cell.startswith(PROTECTED) else cell for cell in row)
        return Line(number, told(dict(zip(self.columns, cells, strict=False))))

    def _bad(self, number: int, why: str) -> BadLine:
        if why == _QUOTE and not self._goes_on():
            self.is_cut = True
            return BadLine(number, Fault("", CUT))
        return unreadable(number, why)

    def _goes_on(self) -> bool:
        """Tell whether a whole line follows among those given back: the quote was lost, the file is not cut."""
        wanted = len(self.columns) - 1
        return any(line.count(self.delimiter) >= wanted for line in self.lines.next_ones(_LOOKED_AHEAD))
