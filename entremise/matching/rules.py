"""The score of a profile for a search: a sum of named whole points, the same in SQL and here.

It never looks at name, sex, age, origin, address beyond distance, disability or family: no search row holds them.
"""

import datetime as dt
from dataclasses import dataclass

from entremise.matching.enums import PartName
from entremise.people.rules import FRESH_MONTHS, is_fresh, months_after

SKILL_POINTS = 40
OCCUPATION_POINTS = 30
DISTANCE_POINTS = 15
AVAILABILITY_POINTS = 15

WISHED, EXERCISED, NEAR = 30, 20, 12  # occupation: wished, already exercised, near a wished one
PROOF_POINTS = 8  # each proved skill, when the search asks for none in particular
SOON_DAYS = 30
SOON_POINTS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What the score needs of one profile and one search; counts are of the skills asked for."""

    asked_count: int
    held_count: int
    validated_count: int
    all_validated_count: int
    occupation_points: int | None  # None when the search names no occupation
    distance_km: float | None  # None when the search names no place
    mobility_km: int
    available_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Part:
    """One named part: points out of a maximum."""

    name: PartName
    points: int
    maximum: int


def skill_points(facts: Facts) -> int:
    """Give each asked skill half its share when said, all of it when proved; without asked skills count the proofs."""
    if facts.asked_count == 0:
        return min(SKILL_POINTS, PROOF_POINTS * facts.all_validated_count)
    return SKILL_POINTS * (facts.held_count + facts.validated_count) // (2 * facts.asked_count)


def distance_points(distance_km: float, mobility_km: int) -> int:
    """Give all points next door, none at the edge of the person's own mobility."""
    share = 1 - distance_km / max(mobility_km, 1)
    return max(0, min(DISTANCE_POINTS, int(DISTANCE_POINTS * share)))


def availability_points(available_on: dt.date | None, today: dt.date) -> int:
    """Give all points to who is available today, some within thirty days, none later or when unknown."""
    if available_on is None:
        return 0
    if available_on <= today:
        return AVAILABILITY_POINTS
    return SOON_POINTS if available_on <= today + dt.timedelta(days=SOON_DAYS) else 0


def parts(facts: Facts, today: dt.date) -> list[Part]:
    """Return the named parts of the score, in the order in which they are explained."""
    found = [Part(PartName.SKILLS, skill_points(facts), SKILL_POINTS)]
    if facts.occupation_points is not None:
        found.append(Part(PartName.OCCUPATION, facts.occupation_points, OCCUPATION_POINTS))
    if facts.distance_km is not None:
        points = distance_points(facts.distance_km, facts.mobility_km)
        found.append(Part(PartName.DISTANCE, points, DISTANCE_POINTS))
    found.append(Part(PartName.AVAILABILITY, availability_points(facts.available_on, today), AVAILABILITY_POINTS))
    return found


def first_fresh_day(today: dt.date) -> dt.date:
    """Return the earliest confirmation that makes a profile fresh today."""
    day = months_after(today, -FRESH_MONTHS)
    while not is_fresh(day, today):
        day += dt.timedelta(days=1)
    return day


def score(facts: Facts, today: dt.date) -> int:
    """Return the sum of the parts."""
    return sum(part.points for part in parts(facts, today))


def occupation_points(*, wished: bool, exercised: bool, near: bool) -> int:
    """Return the best of what links a profile to the occupations asked for."""
    if wished:
        return WISHED
    if exercised:
        return EXERCISED
    return NEAR if near else 0
