"""Offers in XML: each element is cut out of the text and parsed alone, so that a bad one costs itself only."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.offerfeeds.fields import DEEPEST, MOST_FIELDS, told
from entremise.lib.offerfeeds.lines import CUT, LONGEST_ENTRY, TOO_LONG, BadLine, FeedRefused, Line, unreadable

_NAMES: Final = "job|offer|offre|jobposting|job_posting|annonce|vacancy|item|emploi|poste|position"
_FIRST: Final = re.compile(rf"<((?:[A-Za-z_][\w.-]*:)?(?:{_NAMES}))(?=[\s>])", re.IGNORECASE)
_BAD_CHARACTERS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT_END: Final = re.compile(r"</[A-Za-z_][\w.:-]*\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_DOCTYPE: Final = gettext_noop(
    "Ce fichier XML déclare un DOCTYPE : pour votre sécurité et la nôtre, envoyez-le sans cette déclaration."
)
_NO_OFFER: Final = gettext_noop("Ce fichier XML ne contient aucune offre (élément <offer>, <job> ou <offre>).")
_BROKEN: Final = gettext_noop("son XML n'est pas bien formé, par exemple un « & » seul ou une balise mal fermée")
_UNCLOSED: Final = gettext_noop("sa balise de fin manque")
_HEAD: Final = 100_000


class XmlOffers:
    """The offers of an XML text."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.chunks, self.text, self.is_over, self.is_cut = chunks, "", False, False
        self.number = 0

    def __iter__(self) -> Iterator[Line | BadLine]:
        name = self._name()
        marks = re.compile(rf"<!\[CDATA\[|<!--|<{re.escape(name)}(?=[\s>])|</{re.escape(name)}\s*>")
        start, position = -1, 0
        while True:
            found = marks.search(self.text, position)
            if found is None or not self._has_end(found):
                if not self.is_over:
                    start, position, told_long = self._read_on(start, found, position)
                    if told_long:
                        yield told_long
                    continue
                yield from self._last(start)
                return
            position, start, made = self._mark(found, start)
            if made:
                yield made

    def _mark(self, found: re.Match[str], start: int) -> tuple[int, int, Line | BadLine | None]:
        """Return where to go on, where the offer being read began, and an offer that ends here."""
        mark = found.group()
        if mark.startswith("<!"):
            closing = "]]>" if mark.startswith("<![") else "-->"
            return self.text.index(closing, found.end()) + len(closing), start, None
        if mark.startswith("</"):
            if start < 0:
                return found.end(), -1, None
            self.number += 1
            return found.end(), -1, self._offer(self.text[start : found.end()])
        if start >= 0:  # the one before never ended
            self.number += 1
            return found.end(), found.start(), unreadable(self.number, _UNCLOSED)
        return found.end(), found.start(), None

    def _has_end(self, found: re.Match[str]) -> bool:
        mark = found.group()
        if not mark.startswith("<!"):
            return True
        return self.text.find("]]>" if mark.startswith("<![") else "-->", found.end()) >= 0

    def _name(self) -> str:
        while len(self.text) < _HEAD and self._more():
            continue
        head = self.text[:_HEAD]
        first = _FIRST.search(head)
        if "<!DOCTYPE" in head[: first.start() if first else _HEAD].upper():
            raise FeedRefused(_DOCTYPE)
        if first is None:
            raise FeedRefused(_NO_OFFER)
        return first.group(1)

    def _more(self) -> bool:
        piece = next(self.chunks, None)
        if piece is None:
            self.is_over = True
            return False
        self.text += piece
        return True

    def _read_on(self, start: int, found: re.Match[str] | None, position: int) -> tuple[int, int, BadLine | None]:
        """Forget what was read, and read more; an endless offer is given up."""
        too_long = None
        if start >= 0 and len(self.text) - start > LONGEST_ENTRY:
            self.number += 1
            too_long = BadLine(self.number, Fault("", TOO_LONG))
            start, found = -1, None
            self.text, position = self.text[-100:], 0
        goes_on = found.start() if found else max(position, len(self.text) - 100)
        kept = min(start, goes_on) if start >= 0 else goes_on
        self.text = self.text[kept:]
        self._more()
        return (start - kept if start >= 0 else -1), goes_on - kept, too_long

    def _last(self, start: int) -> Iterator[BadLine]:
        """Tell how the text ends: with its root closed, or in the middle of something."""
        if start >= 0:
            self.number += 1
            self.is_cut = True
            yield BadLine(self.number, Fault("", CUT))
        elif not _ROOT_END.search(self.text[-2_000:]):
            self.is_cut = True

    def _offer(self, text: str) -> Line | BadLine:
        try:
            return Line(self.number, told(_Element().parse(_BAD_CHARACTERS.sub("", text)), is_decoded=True))
        except expat.ExpatError:
            return unreadable(self.number, _BROKEN)


class _Element:
    """One element as nested mappings; a name that comes back makes a list. No DTD can be there: it is a fragment."""

    def __init__(self) -> None:
        self.open: list[dict[str, Any]] = [{}]
        self.names: list[str] = []
        self.texts: list[list[str]] = [[]]
        self.count = 0

    def parse(self, text: str) -> dict[str, Any]:
        """Return what an element holds."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = lambda data: self.texts[-1].append(data)
        parser.Parse(text.encode("utf-8"), True)
        (root,) = self.open[0].values()
        return root if isinstance(root, dict) else {}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.names.append(name)
        self.open.append({_local(key): value for key, value in attributes.items() if not key.startswith("xmlns")})
        self.texts.append([])

    def _end(self, _name: str) -> None:
        name, held, text = _local(self.names.pop()), self.open.pop(), "".join(self.texts.pop())
        if self.count > MOST_FIELDS or len(self.names) > DEEPEST:
            return
        if held and text.strip():
            held["#text"] = text
        value: Any = held or text
        parent = self.open[-1]
        if not self.names:
            parent[name] = held
        elif name not in parent:
            parent[name] = value
        elif isinstance(parent[name], list):
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
