"""Rows of the pool as the engine reads them: whole numbers, in columns."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from entremise.kernel import clock
from entremise.matching import rules
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.rows import together
from entremise.territories.models import Commune

# Raw and unscoped on purpose: the index holds everybody, and each search of it is limited to what the actor may see.
# Days are counted by the database, ten times as quick.
COLUMNS = """
select number, commune_code, mobility_km, traits, coalesce(available_on - date '1970-01-01', 0),
  coalesce((last_promoted_at at time zone %(zone)s)::date - date '1970-01-01', 0),
  coalesce((confirmed_at at time zone %(zone)s)::date - date '1970-01-01', 0),
  validated_count, skill_numbers, skill_facts, occupation_codes, experience_codes from matching_poolentry"""
BATCH = 20_000
MOST_PROVED = 255


def atlas() -> Atlas:
    """Lay out the communes that have a place."""
    rows = Commune.objects.filter(latitude__isnull=False, longitude__isnull=False)
    told = rows.values_list("code", "department_id", "latitude", "longitude")
    return Atlas.drawn([Place(code, department, at or 0, by or 0) for code, department, at, by in told])


def all_rows(communes: Atlas) -> Rows:
    """Read the whole pool, in batches."""
    starts = range(0, last_number() + 1, BATCH)
    return together([rows_between(start, start + BATCH, communes) for start in starts])


def last_number() -> int:
    """Return the highest number of the pool, 0 when it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from matching_poolentry")
        found: int = cursor.fetchone()[0]
    return found


def numbers(communes: Atlas) -> list[int]:
    """Return the numbers of all rows that have a place in an atlas."""
    with connection.cursor() as cursor:
        told = [list(communes.codes)]
        cursor.execute("select number from matching_poolentry where commune_code = any(%s) order by 1", told)
        return [number for (number,) in cursor.fetchall()]


def rows_between(start: int, end: int, communes: Atlas) -> Rows:
    """Read the rows whose numbers are from `start` to before `end`."""
    with connection.cursor() as cursor:
        told: dict[str, Any] = {"start": start, "end": end, "zone": settings.TIME_ZONE}
        cursor.execute(f"{COLUMNS} where number >= %(start)s and number < %(end)s", told)
        return _columns(cursor.fetchall(), communes)


def rows_of(numbers: Sequence[int], communes: Atlas) -> tuple[Rows, bool]:
    """Read some rows, without those that are gone; tell whether some live in a commune that the atlas lacks."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{COLUMNS} where number = any(%(numbers)s)", {"numbers": list(numbers), "zone": settings.TIME_ZONE}
        )
        found = cursor.fetchall()
    rows = _columns(found, communes)
    return rows, len(rows.number) < len(found)


def _columns(rows: list[tuple[Any, ...]], communes: Atlas) -> Rows:
    """Turn rows into columns; a row whose commune the atlas does not know is left out until the next one is drawn."""
    rows = [row for row in rows if row[1] in communes.number]
    today = rules.day_number(clock.today())
    columns: list[list[Any]] = [[row[i] for row in rows] for i in range(12)]
    number, commune, km, traits, available, promoted, confirmed, proved, skills, facts, wished, exercised = columns
    known: dict[int, int] = {}  # the weight of each way of holding a skill, worked out once
    for packed in set(chain.from_iterable(facts)):
        known[packed] = rules.HeldSkill.read(packed).weight(today)
    return Rows(
        number=np.array(number, np.uint32),
        commune=np.array([communes.number[code] for code in commune], np.int32),
        km=np.array(km, np.uint16),
        bits=np.array(traits, np.uint64),
        available=_days(available),
        promoted=_days(promoted),
        confirmed=_days(confirmed),
        proved=np.minimum(np.array(proved, np.int64), MOST_PROVED).astype(np.uint8),
        need=np.zeros(0, np.uint16),
        skill_at=list_starts(skills),
        skill=np.array(list(chain.from_iterable(skills)), np.uint32),
        weight=np.array([known[packed] for packed in chain.from_iterable(facts)], np.uint8),
        wished_at=list_starts(wished),
        wished=occupations(wished),
        exercised_at=list_starts(exercised),
        exercised=occupations(exercised),
    )


def _days(days: list[int]) -> Any:
    return np.clip(np.array(days, np.int64), 0, rules.LAST_DAY).astype(np.uint16)


def list_starts(lists: list[list[Any]]) -> Any:
    """Return where each list starts once they are put end to end, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum([len(one) for one in lists], dtype=np.int64)])


def occupations(lists: list[list[str]]) -> Any:
    """Return ROME codes as numbers, all lists end to end."""
    codes = list(chain.from_iterable(lists))
    known = {code: rules.occupation_number(code) for code in set(codes)}
    return np.array([known[code] for code in codes], np.uint32)
