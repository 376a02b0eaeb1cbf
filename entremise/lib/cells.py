"""Reading an office's spreadsheet: which column tells what, what a cell says, what is wrong with it in a sentence."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from entremise.lib.identifiers import parse_siret
from entremise.lib.text import SMALL_WORDS, singular, tokens

PROTECTED = ("'=", "'+", "'-", "'@")  # how our own files keep a cell from being a formula
LONGEST_SHOWN = 60
_REMEMBERED = 10_000  # a file says the same few things over and over
_MANGLED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it: the screen does."""
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: a French sentence to translate, and its values."""

    field: str
    message: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


class CellRefused(ValueError):
    """A cell cannot be understood; `message` is a French sentence to translate, `params` its values."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


def matched_columns(
    columns: Sequence[str],
    names: Mapping[str, Iterable[str]],
    *,
    remembered: Mapping[str, str] | None = None,
    exact: Mapping[str, str] | None = None,
    is_about_others: Callable[[str, list[str]], bool] = lambda name, words: False,
) -> dict[str, str]:
    """Return field → column: as remembered where the columns are still there, else by words, the longest that fits.

    `exact` gives names too common to be found inside a longer one.
    """
    mapping = {name: column for name, column in (remembered or {}).items() if column in columns}
    candidates = []
    for position, column in enumerate(columns):
        words = _words(column)
        for name, known_names in names.items():
            if is_about_others(name, words):
                continue
            for known in known_names:
                wanted = _words(known)
                if set(wanted) <= set(words):
                    head = words.index(wanted[0]) if wanted[0] in words else len(words)
                    candidates.append((wanted != words, -len(wanted), head, position, name))
        if (alone := (exact or {}).get(" ".join(tokens(column)))) is not None:
            candidates.append((False, -1, 0, position, alone))
    for _inexact, _length, _head, position, name in sorted(candidates):
        if name not in mapping and columns[position] not in mapping.values():
            mapping[str(name)] = columns[position]
    return mapping


def twice_used(mapping: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each field whose column already tells something else."""
    message = gettext_noop("La colonne « %(column)s » ne peut pas servir deux fois.")
    used = [column for column in mapping.values() if column]
    return [
        Fault(name, message, {"column": column})
        for name, column in mapping.items()
        if column and used.count(column) > 1
    ]


def text_of(value: Any) -> str:
    """Return a cell as text: numbers without decimals, spaces tidied, a protecting apostrophe removed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    return text[1:] if text.startswith(PROTECTED) else text


def siret_of(value: Any) -> str:
    """Read a SIRET, whatever the spreadsheet took it for; raise CellRefused or IdentifierRefused."""
    text = text_of(value)
    if _MANGLED.fullmatch(text):
        raise CellRefused(
            gettext_noop(
                "Le tableur a abîmé ce SIRET (« %(value)s ») : mettez la colonne au format texte, puis retapez-le."
            ),
            value=shown(text),
        )
    if text.isdigit() and 11 <= len(text) < 14 and not isinstance(value, str):
        text = text.zfill(14)  # the spreadsheet took the number for a quantity
    return _written_siret(text) if text else ""


def says(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether the words of one of these phrases follow one another in the text."""
    said = _spoken(text)
    return any(_spoken(phrase) in said for phrase in phrases)


def shown(text: str) -> str:
    """Return the beginning of a cell, for a sentence about it."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


@lru_cache(maxsize=_REMEMBERED)
def _written_siret(text: str) -> str:
    return parse_siret(text).value


@lru_cache(maxsize=_REMEMBERED)
def _spoken(text: str) -> str:
    return f" {' '.join(tokens(text))} "


def _words(text: str) -> list[str]:
    return [singular(word) for word in tokens(text) if word not in SMALL_WORDS]
