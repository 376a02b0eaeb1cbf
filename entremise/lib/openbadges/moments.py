"""Dates of Open Badges 2.0 and of tokens; those of Open Badges 3.0 are read by `di.moment`, strictly."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from entremise.lib.openbadges.reasons import Refused

LOOSE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?(?:[Zz]|([+-]\d\d):?(\d\d))?)?", re.ASCII)


def read_loosely(value: Any) -> dt.datetime:
    """Read a date of Open Badges 2.0: the time may be missing, and without a zone it is UTC."""
    found = LOOSE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise Refused("bad_time", value=str(value)[:60])
    day, clock, _fraction, hours, minutes = found.groups()
    try:
        written = f"{day}T{clock or '00:00:00'}{hours or '+00'}:{minutes or '00'}"
        return dt.datetime.fromisoformat(written).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Refused("bad_time", value=str(value)[:60]) from None


def read_seconds(value: Any) -> dt.datetime:
    """Read a NumericDate of a token: seconds since 1970 (RFC 7519 §2)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("bad_time", value=str(value)[:60])
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("bad_time", value=str(value)[:60]) from None
