"""RDF quads of expanded JSON-LD, and how they are written in canonical N-Quads.

The one place where text is escaped for signature: PyLD 3.3.0 leaves \\b, \\f, the other C0 controls and DEL as they
are, which makes every other verifier refuse the signature (RDFC-1.0 §A, canonical N-Quads).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges.reasons import Refused

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"
TYPE = RDF + "type"
I18N = "https://www.w3.org/ns/i18n#"

_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_NAMED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f]*")
_BLANK = re.compile(r"_:[A-Za-z0-9_][A-Za-z0-9_.-]*")


def escape(text: str) -> str:
    """Escape a literal as canonical N-Quads want it."""
    return _ESCAPED.sub(lambda found: _NAMED.get(found[0]) or f"\\u{ord(found[0]):04X}", text)


def is_absolute(text: object) -> bool:
    """Tell whether this is an IRI that N-Quads can write between < and > (RFC 3987, N-Quads §5)."""
    return isinstance(text, str) and _ABSOLUTE.fullmatch(text) is not None


def literal(text: str, datatype: str = XSD_STRING, language: str = "") -> str:
    """Write a literal."""
    quoted = f'"{escape(text)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == XSD_STRING else f"{quoted}^^<{datatype}>"


@dataclass(frozen=True, slots=True)
class Quad:
    """One statement, its terms already written; a blank node is `_:label`, the default graph is empty."""

    subject: str
    predicate: str
    object: str
    graph: str = ""

    def written(self, name: Callable[[str], str] = lambda label: label) -> str:
        """Write the quad, blank nodes called as `name` says."""
        terms = (self.subject, self.predicate, self.object, self.graph)
        return " ".join(name(term) if term.startswith("_:") else term for term in terms if term) + " .\n"

    def blanks(self) -> tuple[tuple[str, str], ...]:
        """Give the blank nodes of the quad with their position: s, o or g (RDFC-1.0 §4.7)."""
        places = (("s", self.subject), ("o", self.object), ("g", self.graph))
        return tuple((place, term) for place, term in places if term.startswith("_:"))


class Quads:
    """Turns expanded JSON-LD into quads (JSON-LD 1.1 API §8.1), and refuses what that algorithm drops in silence."""

    def __init__(self) -> None:
        self.found: dict[Quad, None] = {}  # a set, in order
        self._labels: dict[str, str] = {}
        self._count = 0

    def read(self, nodes: Sequence[Mapping[str, Any]], graph: str = "") -> None:
        """Add what these node objects say."""
        for node in nodes:
            self._node(node, graph)

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.found[Quad(subject, f"<{predicate}>", value, graph)] = None

    def _fresh(self) -> str:
        self._count += 1
        return f"_:b{self._count}"

    def _name(self, given: object) -> str:
        if isinstance(given, str) and _BLANK.fullmatch(given):
            if given not in self._labels:
                self._labels[given] = self._fresh()
            return self._labels[given]
        if not is_absolute(given):
            raise Refused("relative_reference", value=str(given)[:200])
        return f"<{given}>"

    def _node(self, node: Mapping[str, Any], graph: str) -> str:
        subject = self._name(node["@id"]) if "@id" in node else self._fresh()
        for predicate, values in node.items():
            if predicate == "@type":
                for kind in values:
                    self._add(subject, TYPE, self._kind(kind), graph)
            elif predicate == "@graph":
                self.read(values, subject)
            elif predicate != "@id":
                if not is_absolute(predicate):
                    raise Refused("unknown_term", term=predicate[:200])
                for value in values:
                    self._add(subject, predicate, self._value(value, graph), graph)
        return subject

    def _kind(self, given: object) -> str:
        try:
            return self._name(given)
        except Refused:
            raise Refused("unknown_type", term=str(given)[:200]) from None

    def _value(self, value: Mapping[str, Any], graph: str) -> str:
        if "@value" in value:
            return _literal_of(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self._node(value, graph)

    def _list(self, items: Sequence[Mapping[str, Any]], graph: str) -> str:
        if not items:
            return f"<{RDF}nil>"
        cells = [self._fresh() for _ in items]
        for cell, item, following in zip(cells, items, [*cells[1:], f"<{RDF}nil>"], strict=True):
            self._add(cell, RDF + "first", self._value(item, graph), graph)
            self._add(cell, RDF + "rest", following, graph)
        return cells[0]


def _literal_of(value: Mapping[str, Any]) -> str:
    content, datatype, language = value["@value"], value.get("@type"), value.get("@language", "")
    if datatype is not None and not is_absolute(datatype):
        raise Refused("unknown_type", term=str(datatype)[:200])
    if isinstance(content, bool):
        return literal("true" if content else "false", datatype or XSD + "boolean")
    if isinstance(content, int | float):
        return _number(content, datatype)
    if not isinstance(content, str):
        raise Refused("bad_value")
    if datatype == XSD + "double":
        raise Refused("bad_value")  # a double written as text: libraries do not agree on its canonical form
    if "@direction" in value:
        return literal(content, f"{I18N}{language}_{value['@direction']}")
    return literal(content, datatype or XSD_STRING, language)


def _number(number: float, datatype: str | None) -> str:
    if not math.isfinite(number):
        raise Refused("number_out_of_range")
    if number == int(number) and datatype != XSD + "double" and abs(number) < 1e21:
        return literal(str(int(number)), datatype or XSD + "integer")
    mantissa, exponent = f"{number:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    mantissa += "0" if mantissa.endswith(".") else ""
    return literal(f"{mantissa}E{int(exponent)}", datatype or XSD + "double")
