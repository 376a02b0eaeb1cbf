"""What an address or a hidden field holds, read without ever failing."""

MOST_DIGITS = 18  # a bigint, with room to spare; a longer number is no number of ours


def whole_number(text: str) -> int:
    """Return the number written, or zero when it is none that a row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
