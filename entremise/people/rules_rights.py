"""Rules of people's rights: what betrays somebody in a text, how long an unused account is kept."""

import datetime as dt
from dataclasses import dataclass

from entremise.lib.text import normalise
from entremise.people.rules import months_after

INACTIVE_MONTHS = 24  # an account that nobody opens any more
WARNED_DAYS = 30  # between the warning and the erasure
SHORTEST = 3  # signs of a name that can be looked for: "Li" is in too many words


@dataclass(frozen=True, slots=True)
class Traces:
    """What names somebody in a text written by others: both names together, an address, a number, a reference."""

    first_name: str = ""
    last_name: str = ""
    marks: tuple[str, ...] = ()  # addresses, numbers, the reference

    def are_in(self, text: str) -> bool:
        """Tell whether a text names the person."""
        said = normalise(text)
        compact = "".join(sign for sign in said if sign.isalnum())
        if any(mark and _compact(mark) in compact for mark in self.marks):
            return True
        names = [normalise(name) for name in (self.first_name, self.last_name)]
        return all(len(name) >= SHORTEST and name in said for name in names)


def is_warned_on(last_seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether the owner of an unused account is told now that it will be erased."""
    erased_on = months_after(last_seen_at.date(), INACTIVE_MONTHS)
    return now.date() >= erased_on - dt.timedelta(days=WARNED_DAYS)


def is_erased_on(last_seen_at: dt.datetime, warned_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether an unused account is erased now: long unused, and its owner was told a month ago."""
    if warned_at is None or warned_at < last_seen_at or now - warned_at < dt.timedelta(days=WARNED_DAYS):
        return False
    return now.date() >= months_after(last_seen_at.date(), INACTIVE_MONTHS)


def _compact(mark: str) -> str:
    """Return a mark without separators; a French number as it is typed, whatever its prefix."""
    compact = "".join(sign for sign in normalise(mark) if sign.isalnum())
    return compact[2:] if mark.startswith("+33") else compact
