"""Rules about people: references that can be spoken, freshness of a profile, when an identity may be shown."""

import datetime as dt
import re

FRESH_MONTHS = 3  # PRODUCT.md P8: a profile not confirmed for 3 months is stale
RECRUITERS_FROM = 2  # the version of the consent's text that names the recruiters' search (docs/adr/0009)
MAX_WISHES = 5  # more than five sought occupations says nothing to an employer

# No 0/O, 1/I/L, 2/Z and 5/S pairs: a reference is read aloud and copied by hand. 29 is prime, so the key below sees
# every wrong character and every swap of two neighbours.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXY"
REFERENCE_LENGTH = 7  # 17 billion references, before the key
REFERENCE_SPACE = len(REFERENCE_ALPHABET) ** REFERENCE_LENGTH


def reference_of(number: int) -> str:
    """Write a number below `REFERENCE_SPACE` as a reference with its key, in two groups ("K7MA-2QXP")."""
    if not 0 <= number < REFERENCE_SPACE:
        raise ValueError("a reference is written from a number of the reference space")
    signs = []
    for _position in range(REFERENCE_LENGTH):
        number, rest = divmod(number, len(REFERENCE_ALPHABET))
        signs.append(REFERENCE_ALPHABET[rest])
    root = "".join(signs)
    return _grouped(root + _key(root))


def read_reference(typed: str) -> str:
    """Return the reference that someone typed or dictated, well written, or nothing when its key is wrong."""
    compact = re.sub(r"[\s\-–.]+", "", typed).upper()
    if len(compact) != REFERENCE_LENGTH + 1 or set(compact) - set(REFERENCE_ALPHABET):
        return ""
    return _grouped(compact) if _key(compact[:-1]) == compact[-1] else ""


def is_fresh(confirmed_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether a profile was confirmed less than three months ago."""
    return confirmed_on is not None and today < months_after(confirmed_on, FRESH_MONTHS)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    following = dt.date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def is_in_portfolio(*, is_referent: bool, is_same_agency: bool) -> bool:
    """Tell whether a professional follows a person: her referent, or a colleague of her agency."""
    return is_referent or is_same_agency


def _key(root: str) -> str:
    total = sum(weight * REFERENCE_ALPHABET.index(sign) for weight, sign in enumerate(root, start=2))
    return REFERENCE_ALPHABET[total % len(REFERENCE_ALPHABET)]


def _grouped(compact: str) -> str:
    return f"{compact[:4]}-{compact[4:]}"
