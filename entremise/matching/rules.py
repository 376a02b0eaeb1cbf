"""A score in named parts, from the facts of one profile and one search: the words of `engine.score` for one pair."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from entremise.matching.engine import score as points
from entremise.matching.enums import PartName
from entremise.people.rules import FRESH_MONTHS, is_fresh, months_after

EPOCH = dt.date(1970, 1, 1)
FEWEST_TOLD = 11  # people under which a recruiter is told nothing: nobody is to be guessed (SAFETY.md S9)
RECRUITING_TOLD = dt.timedelta(days=2 * 365)  # an older offer or hire no longer tells who recruits
LAST_DAY = 65_535  # days are kept in two bytes: until 2149


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """How a skill is held: assurance, mastery and the day of its proof, as one whole number keeps them."""

    assurance: int
    mastery: int
    proved_day: int

    @classmethod
    def read(cls, packed: int) -> "HeldSkill":
        """Read a number of `PoolEntry.skill_facts`."""
        return cls(packed & 15, packed >> 4 & 15, packed >> 8)

    def weight(self, today: int) -> int:
        """Return what it weighs in a score."""
        return points.skill_weight(self.assurance, self.mastery, today - self.proved_day)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the score needs of one profile and one search; counts are of the skills asked for."""

    asked_count: int
    held_count: int
    validated_count: int
    covered: int  # sum of need × weight
    need_total: int
    all_validated_count: int
    occupation_points: int | None  # None when the search names no occupation
    distance_m: int | None  # None when the search names no place
    mobility_km: int
    available_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Part:
    """One named part: points out of a maximum."""

    name: PartName
    points: int
    maximum: int


def skill_facts(asked: Mapping[int, int], held: Mapping[int, HeldSkill], today: int) -> tuple[int, int, int, int]:
    """Return how many asked skills are held, how many proved, the sum of need × weight, and the sum of needs."""
    mine = {number: held[number] for number in asked if number in held}
    covered = sum(asked[number] * skill.weight(today) for number, skill in mine.items())
    proved = sum(skill.assurance > 0 for skill in mine.values())
    return len(mine), proved, covered, sum(asked.values())


def parts(facts: Facts, today: dt.date) -> list[Part]:
    """Return the named parts of the score, in the order in which they are explained."""
    if facts.need_total:
        skills = points.skill_points(facts.covered, facts.need_total)
    else:
        skills = points.proof_points(facts.all_validated_count)
    found = [Part(PartName.SKILLS, skills, points.SKILL_POINTS)]
    if facts.occupation_points is not None:
        found.append(Part(PartName.OCCUPATION, facts.occupation_points, points.OCCUPATION_POINTS))
    if facts.distance_m is not None:
        near = points.distance_points(facts.distance_m, facts.mobility_km)
        found.append(Part(PartName.DISTANCE, near, points.DISTANCE_POINTS))
    ready = points.availability_points(day_number(facts.available_on), day_number(today))
    found.append(Part(PartName.AVAILABILITY, ready, points.AVAILABILITY_POINTS))
    return found


def score(facts: Facts, today: dt.date) -> int:
    """Return the sum of the parts."""
    return sum(part.points for part in parts(facts, today))


def occupation_points(*, wished: bool, exercised: bool, near: bool) -> int:
    """Return the best of what links a profile to the occupations asked for."""
    if wished:
        return points.WISHED
    if exercised:
        return points.EXERCISED
    return points.NEAR if near else 0


def day_number(day: dt.date | None) -> int:
    """Return a day as the engine counts it: days since 1970, 0 when there is none."""
    return 0 if day is None else max(0, min((day - EPOCH).days, LAST_DAY))


def occupation_number(rome_code: str) -> int:
    """Return a ROME code as a number: K1302 is 111302."""
    return (ord(rome_code[0]) - ord("A") + 1) * 10_000 + int(rome_code[1:])


def first_fresh_day(today: dt.date) -> dt.date:
    """Return the earliest confirmation that makes a profile fresh today."""
    day = months_after(today, -FRESH_MONTHS)
    while not is_fresh(day, today):
        day += dt.timedelta(days=1)
    return day


def rounded_count(count: int) -> int:
    """Return a count as a recruiter may learn it: to the ten below, nothing for a few people."""
    return count // 10 * 10 if count >= FEWEST_TOLD else 0
