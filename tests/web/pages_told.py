"""A page as lines that two renderings share: elements with their attributes, and words; spaces mean nothing.

What changes from a run to the next is written as what it is: identifiers in their order, references, tokens.
"""

import re
import zlib
from html.parser import HTMLParser

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REFERENCE = re.compile(r"\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b")
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
NEXT = re.compile(r"apres=\d+_\d+")  # ties are drawn
SPACED = {"class", "aria-describedby"}  # lists of words: their order and spaces mean nothing
VOID = {"input", "path", "circle", "rect", "link", "meta", "br", "img"}


class _Told(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.depth = 0
        self.words: list[str] = []
        self.drawing: list[str] | None = None  # inside a picture, of which only a sum is kept

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.drawing is not None:
            self.drawing.append(repr((tag, sorted(attrs))))
            return
        self._say_words()
        told = [f"{name}={_value(name, value)}" for name, value in sorted(attrs)]
        self.lines.append(" " * self.depth + " ".join([f"<{tag}", *told]))
        self.depth += tag not in VOID
        if tag == "svg":
            self.drawing = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.depth -= tag not in VOID and self.drawing is None

    def handle_endtag(self, tag: str) -> None:
        if self.drawing is not None:
            if tag != "svg":
                return
            self.lines[-1] += f" drawn={zlib.crc32(''.join(self.drawing).encode()):08x}"
            self.drawing = None
        self._say_words()
        self.depth -= tag not in VOID

    def handle_data(self, words: str) -> None:
        self.words.append(words)

    def _say_words(self) -> None:
        told = " ".join("".join(self.words).split())
        self.words = []
        if told:
            self.lines.append(" " * self.depth + told)


def told(page: str) -> str:
    """Return the page as lines."""
    parser = _Told()
    parser.feed(_same_each_time(page))
    parser.close()
    return "\n".join(parser.lines) + "\n"


def inside(page: str, opening: str, closing: str) -> str:
    """Return what stands between two marks of a page, them included."""
    start = page.index(opening)
    return page[start : page.index(closing, start) + len(closing)]


def _value(name: str, value: str | None) -> str:
    if value is None:
        return "yes"
    return repr(" ".join(sorted(value.split())) if name in SPACED else value)


def _same_each_time(page: str) -> str:
    seen: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return seen.setdefault(found[0], f"uuid{len(seen) + 1}")

    return NEXT.sub("apres=key", TOKEN.sub("token", REFERENCE.sub("REFERENCE", UUID.sub(numbered, page))))
