"""Offers as the engine reads them: what one requires of a person is a bit, a skill it asks for weighs by its need."""

import datetime as dt
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from entremise.kernel import clock
from entremise.matching import rules, rules_traits
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.rows import kept, together
from entremise.matching.queries_criteria import MAX_RADIUS_KM
from entremise.matching.queries_rows import list_starts, occupations

# Raw and unscoped on purpose: the index holds all offers, and each search of it is limited to what the actor may see.
# A closed offer stays for two years: it tells who recruits. A draft was never proposed to anybody.
COLUMNS = """
select o.number, o.commune_id, coalesce(o.radius_km, %(furthest)s), o.state = 'open',
  coalesce((o.opened_at at time zone %(zone)s)::date - date '1970-01-01', 0), job.rome_code,
  (select coalesce(bit_or(1::bigint << (array_position(%(traits)s::text[], name) - 1)), 0) from (
    select 'contract:' || o.contract as name
    union all select 'schedule:' || unnest(o.schedules)
    union all select 'licence:' || unnest(o.licences)
    union all select 'language:' || unnest(o.languages)
    union all select 'working_time:' || o.working_time where o.working_time <> 'any') as named),
  asked.numbers, asked.needs
from offers_offer o
join skills_occupation job on job.id = o.occupation_id
cross join lateral (
  select coalesce(array_agg(s.number order by s.number), '{}') as numbers,
         coalesce(array_agg(a.need order by s.number), '{}') as needs
  from offers_offerskill a join skills_skill s on s.id = a.skill_id where a.offer_id = o.id) as asked
"""
KEPT = "where (o.state = 'open' or o.state = 'closed' and o.opened_at >= %(since)s)"
NUMBERS = f"select o.number from offers_offer o {KEPT} and o.commune_id = any(%(codes)s)"  # noqa: S608  our words
BATCH = 20_000


def all_rows(communes: Atlas) -> Rows:
    """Read all offers that are open or were, in batches."""
    starts = range(0, last_number() + 1, BATCH)
    return together([rows_between(start, start + BATCH, communes) for start in starts])


def last_number() -> int:
    """Return the highest number of the offers, 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from offers_offer")
        found: int = cursor.fetchone()[0]
    return found


def numbers(communes: Atlas) -> list[int]:
    """Return the numbers of all offers of the index that have a place in an atlas."""
    with connection.cursor() as cursor:
        told: dict[str, Any] = {"codes": list(communes.codes), "since": first_told()}
        cursor.execute(NUMBERS, told)
        return [number for (number,) in cursor.fetchall()]


def rows_between(start: int, end: int, communes: Atlas) -> Rows:
    """Read the offers whose numbers are from `start` to before `end`."""
    with connection.cursor() as cursor:
        told = {"start": start, "end": end, **_asked()}
        cursor.execute(f"{COLUMNS} {KEPT} and o.number >= %(start)s and o.number < %(end)s", told)
        return _columns(cursor.fetchall(), communes)


def open_rows_between(start: int, end: int, communes: Atlas) -> Rows:
    """Read the open offers whose numbers are from `start` to before `end`."""
    rows = rows_between(start, end, communes)
    return kept(rows, (rows.bits >> np.uint64(rules_traits.OPEN_OFFER_BIT) & np.uint64(1)).astype(np.bool_))


def rows_of(numbers: Sequence[int], communes: Atlas) -> tuple[Rows, bool]:
    """Read some offers, without those that are gone; tell whether some are in a commune that the atlas lacks."""
    with connection.cursor() as cursor:
        cursor.execute(f"{COLUMNS} {KEPT} and o.number = any(%(numbers)s)", {"numbers": list(numbers), **_asked()})
        found = cursor.fetchall()
    rows = _columns(found, communes)
    return rows, len(rows.number) < len(found)


def first_told() -> dt.datetime:
    """Return the moment since which an offer tells who recruits."""
    return clock.now() - rules.RECRUITING_TOLD


def _asked() -> dict[str, Any]:
    return {
        "traits": list(rules_traits.TRAITS),
        "furthest": MAX_RADIUS_KM,
        "since": first_told(),
        "zone": settings.TIME_ZONE,
    }


def _columns(rows: list[tuple[Any, ...]], communes: Atlas) -> Rows:
    rows = [row for row in rows if row[1] in communes.number]
    columns: list[list[Any]] = [[row[i] for row in rows] for i in range(9)]
    number, commune, km, is_open, opened, codes, traits, skills, needs = columns
    empty = np.zeros(len(rows), np.uint16)
    open_bit = np.array(is_open, np.uint64) << np.uint64(rules_traits.OPEN_OFFER_BIT)
    return Rows(
        number=np.array(number, np.uint32),
        commune=np.array([communes.number[code] for code in commune], np.int32),
        km=np.array(km, np.uint16),
        bits=np.array(traits, np.uint64) | open_bit,
        available=empty,
        promoted=empty,
        confirmed=np.array(opened, np.uint16),  # the most recent offers first, where that is the order
        proved=empty.astype(np.uint8),
        need=np.array([sum(one) for one in needs], np.uint16),
        skill_at=list_starts(skills),
        skill=np.array(list(chain.from_iterable(skills)), np.uint32),
        weight=np.array(list(chain.from_iterable(needs)), np.uint8),
        wished_at=np.arange(len(rows) + 1, dtype=np.int64),
        wished=occupations([[code] for code in codes]),
        exercised_at=np.zeros(len(rows) + 1, np.int64),
        exercised=np.zeros(0, np.uint32),
    )
