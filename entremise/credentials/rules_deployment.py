"""The state of deployment as open data: badges, issuers and holders by territory and quarter, pointing at nobody.

The share of holders with few qualifications is not published: this service does not know anybody's diplomas.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entremise.lib.disclosure import Tree
from entremise.lib.measures import SMALLEST_CELL

LEAST_AWARDED = SMALLEST_CELL
WHOLE = "*"  # every territory together
NOWHERE = ""  # badges of the whole country, holders who did not say where they live
Place = tuple[str, int, int]  # territory, year, quarter
Pairs = Mapping[Place, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One territory in one quarter; nothing where a figure would point at somebody."""

    year: int
    quarter: int
    territory: str
    badges: int
    issuers: int
    holders: int | None
    awards: int | None

    @property
    def period(self) -> str:
        """Return the quarter as an open data file names it: 2026-T4."""
        return f"{self.year}-T{self.quarter}"


def lines(published: Pairs, held: Pairs, issuers: Mapping[tuple[int, int], int]) -> list[Line]:
    """Return the lines of every quarter, the latest first, the whole country then its territories.

    `issuers` counts each issuer once in a quarter, wherever its badges are.
    """
    quarters = sorted({(year, quarter) for _place, year, quarter in [*published, *held]}, reverse=True)
    return [line for year, quarter in quarters for line in _quarter(year, quarter, published, held, issuers)]


def _quarter(
    year: int, quarter: int, published: Pairs, held: Pairs, issuers: Mapping[tuple[int, int], int]
) -> list[Line]:
    badges = {place: told for (place, y, q), told in published.items() if (y, q) == (year, quarter)}
    holders = {place: told for (place, y, q), told in held.items() if (y, q) == (year, quarter)}
    tree = Tree(WHOLE, {place: (told[0],) for place, told in holders.items()}, dict.fromkeys(holders, WHOLE))
    shown = tree.published() if holders else {WHOLE}
    whole = Line(
        year, quarter, WHOLE,
        sum(told[0] for told in badges.values()), issuers.get((year, quarter), 0),
        sum(told[0] for told in holders.values()) if WHOLE in shown else None,
        sum(told[1] for told in holders.values()) if WHOLE in shown else None,
    )  # fmt: skip
    parts = [
        Line(year, quarter, place, *badges.get(place, (0, 0)), *_told(place, holders, shown))
        for place in sorted({*badges, *holders})
    ]
    return [whole, *parts]


def _told(place: str, holders: Mapping[str, tuple[int, int]], shown: set[str]) -> tuple[int | None, int | None]:
    if place not in holders:
        return 0, 0
    return holders[place] if place in shown else (None, None)
