"""Keeps the pool's flat rows true: one statement writes them, for one person or for all."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from entremise.matching import queries_feed
from entremise.matching.models import PoolEntry
from entremise.matching.queries_entry import COLUMNS, ROWS, asked
from entremise.people.models import Person

BATCH = 5_000  # people a statement, when all rows are written again

# Only who agreed to be promoted is in the pool.
WRITE = f"""
insert into matching_poolentry ({", ".join(COLUMNS)})
{ROWS}
  and exists (select 1 from people_consent k
              where k.person_id = p.id and k.kind = 'promotion' and k.withdrawn_at is null)
on conflict (person_id) do update set {", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])}
returning person_id
"""  # noqa: S608  our own words


def refresh(person_ids: list[UUID]) -> int:
    """Write the rows of these people again, remove those who are no longer in the pool; return how many are in it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITE, asked(person_ids))
            kept = {row[0] for row in cursor.fetchall()}
        gone = [person_id for person_id in person_ids if person_id not in kept]
        PoolEntry.objects.unscoped("derived rows of people whose consent or place is gone").filter(
            pk__in=gone
        ).delete()
    return len(kept)


def write_index() -> int:
    """Write the indexes on disk for all processes, forget old changes; return how many people there are."""
    queries_feed.OFFERS.write()
    return queries_feed.PEOPLE.write()


def fill_empty_pool() -> int:
    """Write every row when there is none, as after a change of their tables; return how many were written."""
    rows = PoolEntry.objects.unscoped("whether the derived rows are there at all")
    return 0 if rows.exists() else refresh_all()


def refresh_all(progress: Callable[[int, int], None] | None = None) -> int:
    """Write every row again, in batches; return how many people are in the pool."""
    people = Person.objects.unscoped("the pool is derived from everybody's profile").order_by("pk")
    ids = list(people.values_list("pk", flat=True))
    kept = 0
    for start in range(0, len(ids), BATCH):
        kept += refresh(ids[start : start + BATCH])
        if progress:
            progress(min(start + BATCH, len(ids)), len(ids))
    return kept
