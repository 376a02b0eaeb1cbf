"""Where the next page of a ranked list starts, in an address."""

from entremise.matching.queries import Cursor

LONGEST = 10  # figures of one half of a key


def read_key(text: str) -> Cursor | None:
    """Read where the previous page ended; a key that was cut or changed starts from the beginning."""
    rank, _, draw = text.partition("_")
    if not all(part.isascii() and part.isdigit() and len(part) <= LONGEST for part in (rank, draw)):
        return None
    return int(rank), int(draw)


def written_key(key: Cursor) -> str:
    """Write where a page ended."""
    return f"{key[0]}_{key[1]}"
