"""HTML made plain text: paragraphs and lists kept, scripts and comments gone, entities decoded once."""

import html
import re
from html.parser import HTMLParser
from typing import Final

_TAGS: Final = (
    "p|br|hr|ul|ol|li|div|span|b|strong|i|em|u|h[1-6]|a|table|thead|tbody|tr|td|th|font|section|article|header|footer|"
    "script|style|iframe|img|svg|form|input|button|object|embed|link|meta|pre|blockquote|small|sup|sub|center"
)
_MARKUP: Final = re.compile(rf"<(?:/?(?:{_TAGS})\b[^<>]*/?>|!--)", re.IGNORECASE)
_SILENT: Final = {"script", "style", "iframe", "object", "svg", "template", "noscript", "head", "title"}
_BLOCKS: Final = {
    "p", "div", "ul", "ol", "table", "section", "article", "header", "footer", "blockquote", "pre", "center",
    *(f"h{level}" for level in range(1, 7)),
}  # fmt: skip
_LINES: Final = {"br", "hr", "tr", "li"}
# Control characters, and those that turn the direction of a text over.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_BLANKS: Final = re.compile(r"\n{3,}")


class _Writer(HTMLParser):
    """Write what a page shows, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silences: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silences.append(tag)
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS or tag in _LINES:
            self.parts.append("\n\n" if tag in _BLOCKS else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silences:
            del self.silences[self.silences.index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silences:
            self.parts.append(_SPACES.sub(" ", data.replace("\n", " ")))


def to_plain(text: str, *, is_decoded: bool = False) -> str:
    """Return a text without HTML; `is_decoded` tells that its entities already were, by the XML around it."""
    if _MARKUP.search(text):
        writer = _Writer()
        writer.feed(text)
        writer.close()
        text = "".join(writer.parts)
    elif not is_decoded and "&" in text:
        text = html.unescape(text)
    return tidy(text)


def tidy(text: str) -> str:
    """Return a text without control characters, with single spaces and at most one blank line."""
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
