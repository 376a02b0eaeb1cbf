"""Decisions about the establishment's file: which dates hold together, which commune a line of SIRENE is in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from entremise.lib.text import tokens
from entremise.territories.rules import commune_of

FURTHEST_FORECAST_DAYS = 2 * 366
NEW_DAYS = 366  # an establishment younger than this is news for those who know its company
RECHECK_DAYS = 7  # "checked on" is not written again sooner: a million rows for nothing
PRIVATE_NAME = "Nom non diffusé"
BEST_MARK = 5
WHOLE_COUNTRY = 30_000  # communes: with fewer, a code that is not known is missing here, it did not merge


def is_past(on: dt.date, today: dt.date) -> bool:
    """Tell whether something said to have happened may have: not in the future."""
    return on <= today


def is_forecast_possible(expected_on: dt.date, today: dt.date) -> bool:
    """Tell whether a recruitment can be foreseen on a day: from today on, within two years."""
    return today <= expected_on <= today + dt.timedelta(days=FURTHEST_FORECAST_DAYS)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune as the importer knows it."""

    code: str
    department: str
    name: str
    postcodes: tuple[str, ...]
    is_retired: bool = False


@dataclass(slots=True)
class Places:
    """The communes by code, and by postcode for those that merged."""

    by_code: Mapping[str, Place]
    by_postcode: dict[tuple[str, str], list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Places":
        """Sort communes for `find`."""
        known = {place.code: place for place in places}
        found = cls(known)
        for place in known.values():
            if not place.is_retired:
                for postcode in place.postcodes:
                    found.by_postcode.setdefault((place.department, postcode), []).append(place)
        return found

    def find(self, code: str, postcode: str = "", name: str = "") -> Place | None:
        """Return the commune of a code of INSEE; of one that merged, the commune it became, by its postcode.

        Where several communes share the postcode, the name decides; a retired commune is better than none.
        """
        current = commune_of(code)
        known = self.by_code.get(current)
        if known is not None and not known.is_retired:
            return known
        if known is None and len(self.by_code) < WHOLE_COUNTRY:
            return None
        department = current[:3] if current.startswith(("97", "98")) else current[:2]
        candidates = self.by_postcode.get((department, postcode), [])
        if len(candidates) == 1:
            return candidates[0]
        words = set(tokens(name))
        named = [place for place in candidates if words & set(tokens(place.name))]
        return named[0] if len(named) == 1 else known
