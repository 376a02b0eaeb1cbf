"""Offers in JSON: an array, an object that holds one, or one object a line; read one object at a time."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.offerfeeds.fields import is_known, told
from entremise.lib.offerfeeds.lines import CUT, LONGEST_ENTRY, TOO_LONG, BadLine, FeedRefused, Line, unreadable

_NO_LIST: Final = gettext_noop("Ce fichier JSON ne contient pas de liste d'offres.")
_BROKEN: Final = gettext_noop("une accolade, une virgule ou un guillemet manque, ou est de trop")
_NOT_OFFER: Final = gettext_noop("une offre s'écrit entre accolades")
_SPACE: Final = re.compile(r"[\s,]*")
_LIST: Final = re.compile(r'"(?:offers|offres|jobs|items|data|results|resultats|annonces|jobpostings)"\s*:\s*\[', re.I)
_NEXT: Final = re.compile(r"(?<!:)(?<!: )\{")  # no nested thing
_DECODER: Final = json.JSONDecoder(parse_constant=lambda _name: None, parse_int=str, parse_float=str)
_HEAD: Final = 65_536


class JsonOffers:
    """The objects of a JSON text."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.chunks, self.text, self.is_over, self.is_cut = chunks, "", False, False
        self.number = 0

    def __iter__(self) -> Iterator[Line | BadLine]:
        while len(self.text.lstrip()) < _HEAD and not self.is_over:
            self._more()
        text = self.text = self.text.lstrip()
        listed = re.match(r"\[", text) or (None if _is_lines(text) else _LIST.search(text, 0, _HEAD))
        if listed:
            self.text = text[listed.end() :]
            yield from self._array()
        elif text.startswith("{"):
            yield from self._lines()
        else:
            raise FeedRefused(_NO_LIST)

    def _more(self) -> bool:
        """Read on; tell whether there was anything left."""
        piece = next(self.chunks, None)
        if piece is None:
            self.is_over = True
            return False
        self.text += piece
        return True

    def _lines(self) -> Iterator[Line | BadLine]:
        while True:
            line, end, rest = self.text.partition("\n")
            if not end and not self.is_over:
                if len(self.text) > LONGEST_ENTRY:
                    yield from self._skipped_line()
                else:
                    self._more()
                continue
            self.text = rest
            self.number += 1
            if line.strip(" \r\t,"):
                yield self._one_line(line.strip(" \r\t,"), is_last=not end)
            if not end:
                return

    def _skipped_line(self) -> Iterator[BadLine]:
        while "\n" not in self.text and not self.is_over:
            self.text = ""
            self._more()
        self.text = self.text.partition("\n")[2]
        self.number += 1
        yield BadLine(self.number, Fault("", TOO_LONG))

    def _one_line(self, line: str, *, is_last: bool) -> Line | BadLine:
        try:
            value, end = _DECODER.raw_decode(line)
        except (ValueError, RecursionError):
            if is_last:
                self.is_cut = True
                return BadLine(self.number, Fault("", CUT))
            return unreadable(self.number, _BROKEN)
        return _offer(self.number, value) if end == len(line) else unreadable(self.number, _BROKEN)

    def _array(self) -> Iterator[Line | BadLine]:
        position = 0
        while True:
            position = self._at_value(position)
            if position < 0:
                return
            try:
                value, end = _DECODER.raw_decode(self.text, position)
            except (ValueError, RecursionError):
                if not self.is_over and len(self.text) - position < LONGEST_ENTRY:
                    self.text, position = self.text[position:], 0
                    self._more()
                    continue
                self.number += 1
                position = self._after_bad(position)
                is_lost = position < 0 and self.is_over
                self.is_cut = self.is_cut or is_lost
                yield BadLine(self.number, Fault("", CUT)) if is_lost else unreadable(self.number, _BROKEN)
                if is_lost:
                    return
                continue
            self.number += 1
            yield _offer(self.number, value)
            position = end

    def _at_value(self, position: int) -> int:
        """Return where the next object begins; -1 at the end of the list."""
        while True:
            found = _SPACE.match(self.text, position)
            position = found.end() if found else position
            if position < len(self.text):
                if self.text[position] == "]":
                    return -1
                return position
            self.text, position = "", 0
            if not self._more() and self.is_over:
                self.is_cut = True
                return -1

    def _after_bad(self, position: int) -> int:
        """Return where the next good offer begins after one that cannot be read; -1 when there is none."""
        start = position + 1
        while True:
            for found in _NEXT.finditer(self.text, start):
                try:
                    value, _end = _DECODER.raw_decode(self.text, found.start())
                except (ValueError, RecursionError):
                    continue
                if isinstance(value, dict) and any(is_known(str(name)) == "reference" for name in value):
                    return found.start()
            if self.is_over:
                return self._closed_well(position)
            self.text, start = self.text[max(len(self.text) - LONGEST_ENTRY, position) :], 0
            position = 0
            if not self._more():
                return self._closed_well(position)

    def _closed_well(self, position: int) -> int:
        """Return where the list ends, when the bad offer was the last of a list that is whole."""
        end = re.search(r"\}\s*(?=\]\s*\}?\s*$)", self.text[position:])
        return position + end.end() if end else -1


def _is_lines(text: str) -> bool:
    """Tell whether the first line is a whole object, and something follows."""
    first, _end, rest = text.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and (bool(rest.strip()) or not any(isinstance(v, list) for v in value.values()))


def _offer(number: int, value: Any) -> Line | BadLine:
    return Line(number, told(value)) if isinstance(value, dict) else unreadable(number, _NOT_OFFER)
