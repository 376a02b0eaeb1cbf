"""What is refused before it is read: size, depth, number of values, twice the same member, text that is no text.

A credential comes from anywhere. Everything after this module may count on small, finite, well-formed JSON.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from entremise.lib.openbadges.reasons import Refused

MAX_JSON = 1 << 20  # bytes: the complete sample of 1EdTech has 17 kB, an image embedded in it a few hundred
MAX_DEPTH = 64
MAX_VALUES = 20_000  # members and items, all levels
MAX_COMMAS = 100_000  # before parsing, in texts too: a megabyte of empty lists would take forty of memory
MAX_INTEGER = (1 << 53) - 1  # beyond, JavaScript reads another number (RFC 8259 §6)

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Remove what no text needs and some verifiers write otherwise: C0 controls (tab and line ends stay), DEL.

    For what people type, before it is signed. Unicode normalisation is not applied: a name stays as it was given.
    """
    return _UNWANTED.sub("", text)


def read_json(raw: bytes) -> dict[str, Any]:
    """Read one JSON object, within the limits."""
    if len(raw) > MAX_JSON:
        raise Refused("too_large")
    if raw.count(b",") > MAX_COMMAS:
        raise Refused("too_many_values")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_utf8") from None
    try:
        document = json.loads(text, object_pairs_hook=_members, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise Refused("too_deep") from None
    except Refused:
        raise
    except ValueError:
        raise Refused("not_json") from None
    if not isinstance(document, dict):
        raise Refused("not_an_object")
    check(document)
    return document


def check(document: dict[str, Any], most_values: int = MAX_VALUES) -> None:
    """Refuse what is too deep, too large, or no JSON; for documents that did not come through `read_json`."""
    for count, (value, depth) in enumerate(walk(document)):
        if count > most_values:
            raise Refused("too_many_values")
        if depth > MAX_DEPTH:
            raise Refused("too_deep")
        _check_one(value)


def walk(document: Any) -> Iterator[tuple[Any, int]]:
    """Give each value, and each name of a member, with its depth; without recursion."""
    waiting: list[tuple[Any, int]] = [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth
        if isinstance(value, dict):
            waiting.extend((name, depth) for name in value)
            waiting.extend((one, depth + 1) for one in value.values())
        elif isinstance(value, list):
            waiting.extend((one, depth + 1) for one in value)


def _check_one(value: Any) -> None:
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise Refused("lone_surrogate")
    elif value is None or isinstance(value, bool | dict | list):
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise Refused("number_out_of_range")
    elif not isinstance(value, float):
        raise Refused("not_json")
    elif not math.isfinite(value):
        raise Refused("number_out_of_range")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Refused("duplicate_member")
    return members


def _no_number(constant: str) -> NoReturn:
    raise Refused("number_out_of_range", number=constant)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise Refused("number_out_of_range")
    return number
