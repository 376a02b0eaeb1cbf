"""A pool filled in number by COPY, for the benches that read it from a real database, and what is searched in it.

Only the rows that search reads are true to life (drawn by `matching_data` on the communes of the database); the people
behind them are bare profiles.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from bench import matching_data as data
from entremise.config.database import as_owner
from entremise.config.environment import Environment
from entremise.kernel import clock
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.matching import queries_rows
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.queries_criteria import PoolCriteria
from entremise.people import rules
from entremise.people.enums import ContractKind, Licence, Schedule
from entremise.skills import actions as skills
from entremise.skills.models import Occupation, Skill
from entremise.territories import actions as territories
from entremise.territories.models import Commune

CHUNK = 50_000
PERSON = (
    "id", "reference", "commune_id", "department_id", "mobility_km", "contracts", "working_time", "schedules",
    "languages", "licences", "validated_skill_count", "created_at",
)  # fmt: skip
ENTRY = (
    "person_id", "department", "commune_code", "mobility_km", "traits", "validated_count", "available_on",
    "confirmed_at", "last_promoted_at", "promotion_count", "occupation_codes", "experience_codes", "skill_numbers",
    "skill_facts",
)  # fmt: skip
ASSURANCES, ASSURANCE_SHARES = (0, 1, 2, 3, 4), (0.93, 0.01, 0.03, 0.02, 0.01)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What may be searched among those who were written."""

    people: int
    occupations: list[str]  # the most common first
    communes: list[str]
    commune_shares: list[float]
    skill_ids: list[UUID]

    def criteria(self, rng: random.Random) -> PoolCriteria:
        """Draw a search as an adviser would make it."""

        def maybe(share: float, value: Any, otherwise: Any) -> Any:
            return value if rng.random() < share else otherwise

        common = min(int(rng.paretovariate(0.6)) - 1, len(self.occupations) - 1)
        return PoolCriteria(
            occupations=maybe(0.75, (self.occupations[common],), ()),
            with_near=rng.random() < 0.3,
            commune=maybe(0.7, rng.choices(self.communes, self.commune_shares)[0], ""),
            radius_km=rng.choice([None, 10, 20, 30, 50]),
            skills=maybe(0.3, tuple(rng.sample(self.skill_ids, 3)), ()),
            toggles=frozenset(
                rng.sample(["validated", "never_promoted", "available", "fresh"], rng.choice([0, 0, 1]))
            ),
            not_promoted_days=maybe(0.15, 30, None),
            available_by=maybe(0.15, clock.today() + dt.timedelta(days=30), None),
            contract=maybe(0.25, rng.choice(ContractKind.values), ""),
            schedule=maybe(0.1, rng.choice(Schedule.values), ""),
            licence=maybe(0.15, rng.choice(Licence.values), ""),
        )


def person_id(number: int) -> UUID:
    """Return who the person of that rank is."""
    return UUID(int=0xBE7C4 << 108 | 4 << 76 | 2 << 62 | number)


def everywhere() -> Actor:
    """Return an adviser who may see every department."""
    departments = frozenset(Commune.objects.values_list("department_id", flat=True))
    me, roles = "00000000-0000-4000-8000-000000000001", frozenset({Role.BUSINESS_ADVISER})
    return Actor(ActorKind.USER, me, roles, departments, second_factor=True)


def known(people: int) -> Crowd:
    """Return what may be searched in the database of this site."""
    inhabited = Commune.objects.filter(latitude__isnull=False, population__gt=0).order_by("code")
    shares = dict(inhabited.values_list("code", "population"))
    occupations = list(Occupation.objects.order_by("rome_code").values_list("rome_code", flat=True))
    random.Random(0).shuffle(occupations)  # which trade is the most common is nobody's alphabet
    held = list(Skill.objects.filter(number__lt=300).order_by("number").values_list("pk", flat=True))
    return Crowd(people, occupations, list(shares), list(map(float, shares.values())), held)


def fill(settings: Environment, count: int, seed: int) -> Crowd:
    """Load what ships with the product, then write the people and their rows of the pool."""
    territories.load_builtin()
    skills.load_builtin()
    crowd = known(count)
    atlas = queries_rows.atlas()
    shares = dict(zip(crowd.communes, crowd.commune_shares, strict=True))
    weights = np.array([shares.get(code, 0.0) for code in atlas.codes])
    rows = data.profiles(count, atlas, weights / weights.sum(), seed)
    for start in range(0, count, CHUNK):
        end = min(start + CHUNK, count)
        _copy("people_person", PERSON, _people(rows, atlas, start, end))
        _copy("matching_poolentry", ENTRY, _entries(rows, atlas, crowd, start, end))
    with as_owner(settings), connection.cursor() as cursor:
        for table in ("people_person", "matching_poolentry"):
            cursor.execute(f"vacuum analyze {table}")
    return crowd


def _copy(table: str, columns: tuple[str, ...], lines: Iterator[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
        copy.write("".join(lines))


def _people(rows: Rows, atlas: Atlas, start: int, end: int) -> Iterator[str]:
    now = clock.now().isoformat()
    for number, (code, department) in enumerate(_homes(rows, atlas, start, end), start=start):
        yield (
            f"{person_id(number)}\t{rules.reference_of(number)}\t{code}\t{department}\t{rows.km[number]}\t{{}}\tany\t"
            f"{{}}\t{{}}\t{{}}\t0\t{now}\n"
        )


def _entries(rows: Rows, atlas: Atlas, crowd: Crowd, start: int, end: int) -> Iterator[str]:
    jobs = crowd.occupations
    numbers = rows.skill.tolist()
    facts = _facts(np.random.default_rng(start), len(rows.skill)).tolist()
    plain = zip(
        *(column[start:end].tolist() for column in (rows.km, rows.bits, rows.proved, rows.wished, rows.exercised)),
        *(_days(column[start:end]) for column in (rows.available, rows.confirmed, rows.promoted)),
        _homes(rows, atlas, start, end),
        strict=True,
    )
    for number, (km, bits, proved, wished, done, available, confirmed, promoted, home) in enumerate(plain, start):
        first, last = int(rows.skill_at[number]), int(rows.skill_at[number + 1])
        held, how = ",".join(map(str, numbers[first:last])), ",".join(map(str, facts[first:last]))
        job, other = jobs[(wished - 1) % len(jobs)], jobs[(done - 1) % len(jobs)]
        yield (
            f"{person_id(number)}\t{home[1]}\t{home[0]}\t{km}\t{bits}\t{proved}\t{available}\t{confirmed}\t{promoted}\t"
            f"{int(promoted != NULL)}\t{{{job}}}\t{{{other}}}\t{{{held}}}\t{{{how}}}\n"
        )


NULL = r"\N"


def _homes(rows: Rows, atlas: Atlas, start: int, end: int) -> Iterator[tuple[str, str]]:
    for number in rows.commune[start:end].tolist():
        yield atlas.codes[number], atlas.departments[int(atlas.geography.department[number])]


def _facts(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Draw how skills are held: the day of the proof, the mastery and the assurance, packed as the rows have them."""
    assurance = rng.choice(ASSURANCES, count, p=ASSURANCE_SHARES)
    day = np.where(assurance > 0, data.TODAY - rng.integers(0, 3_000, count), 0)
    packed: NDArray[np.int64] = day * 256 + rng.integers(0, 4, count) * 16 + assurance
    return packed


def _days(days: NDArray[np.uint16]) -> list[str]:
    """Return days as dates, those of the bench moved to around today."""
    moved = (clock.today() - dt.date(1970, 1, 1)).days - data.TODAY
    dates = np.datetime_as_string((days.astype(np.int64) + moved).astype("datetime64[D]")).tolist()
    return [date if day else NULL for date, day in zip(dates, days.tolist(), strict=True)]
