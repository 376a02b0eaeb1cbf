"""Decisions about establishments and contacts: how the directory is searched, what a conversation may say."""

import datetime as dt
import re
from collections.abc import Iterable

from entremise.lib.identifiers import IdentifierRefused, parse_phone
from entremise.lib.text import singular, tokens

SUGGESTION_COUNT = 10
SHORTEST_QUERY = 2  # letters
MISSPELT_START = 3  # letters trusted at the beginning of a word that matches nothing
FURTHEST_NEXT_DAYS = 366

# Bands of the SIRENE file (trancheEffectifs) → our five.
_SIZE_BANDS = {
    "00": "00",
    **dict.fromkeys(("01", "02", "03"), "01"),
    **dict.fromkeys(("11", "12"), "11"),
    **dict.fromkeys(("21", "22", "31"), "21"),
    **dict.fromkeys(("32", "41", "42", "51", "52", "53"), "32"),
}
_NOT_A_DIGIT = re.compile(r"[\s.\-\u00a0\u202f]")


def searchable(*texts: str) -> str:
    """Return the words by which an establishment is found: no accents, no case, no elision."""
    return " ".join(tokens(" ".join(texts)))


def siret_start(query: str) -> str:
    """Return the digits of a query that looks like the beginning of a SIRET, else an empty text."""
    digits = _NOT_A_DIGIT.sub("", query)
    return digits if digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 14 else ""


def phone_number(query: str) -> str:
    """Return the number of a query that looks like a telephone number, else an empty text."""
    try:
        return parse_phone(query).e164
    except IdentifierRefused:
        return ""


def terms(words: Iterable[tuple[str, ...]], *, letters: int = 0, joined: str = "&") -> str:
    """Write words as PostgreSQL looks them up by their beginnings (tsquery), or by their first letters alone."""
    return joined.join(
        "(" + "|".join(f"'{form[:letters] if letters else form}':*" for form in forms) + ")" for forms in words
    )


def search_words(query: str) -> list[tuple[str, ...]]:
    """Return for each word typed the forms that may stand for it: as typed, and in the singular."""
    return [tuple(dict.fromkeys((word, singular(word)))) for word in tokens(query)[:8]]


def size_band(sirene_band: str) -> str:
    """Return our size band for a band of the SIRENE file; empty when unknown."""
    return _SIZE_BANDS.get(sirene_band, "")


def is_closed(closed_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether an establishment is closed on a day; a planned closure has not happened yet."""
    return closed_on is not None and closed_on <= today


def is_next_date_possible(next_on: dt.date, today: dt.date) -> bool:
    """Tell whether a next action can be planned on a day: not in the past, not more than a year ahead."""
    return today <= next_on <= today + dt.timedelta(days=FURTHEST_NEXT_DAYS)
