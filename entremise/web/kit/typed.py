"""What an address or a hidden field holds, read without ever failing."""

from collections.abc import Iterable
from uuid import UUID

MOST_DIGITS = 18  # a bigint, with room to spare; a longer number is no number of ours


def whole_number(text: str) -> int:
    """Return the number written, or zero when it is none that a row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def identifier(text: str) -> UUID | None:
    """Return the identifier written, or nothing: one that was cut or changed names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None


def identifiers(texts: Iterable[str]) -> list[UUID]:
    """Return the identifiers written, in order; what is none is left out."""
    return [key for text in texts if (key := identifier(text)) is not None]
