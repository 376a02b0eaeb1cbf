"""Keeps the pool's flat rows true: one statement writes them, for one person or for all."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connection, transaction

from entremise.matching import queries_feed
from entremise.matching.models import PoolEntry
from entremise.matching.queries_entry import COLUMNS, ROWS, asked
from entremise.people.models import Person

BATCH = 25_000  # people a statement, when all rows are written again: enough to be noted as one change

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


def refresh_all(
    progress: Callable[[int, int], None] | None = None, *, people: Sequence[UUID] | None = None, lines: int = 1
) -> int:
    """Write every row again, or those of these people, in batches; return how many are in the pool.

    With several lines, as many batches are written at once, each on a connection of its own.
    """
    if people is None:
        everybody = Person.objects.unscoped("the pool is derived from everybody's profile").order_by("pk")
        people = list(everybody.values_list("pk", flat=True))
    batches = [list(people[start : start + BATCH]) for start in range(0, len(people), BATCH)]
    kept = 0
    for rank, count in enumerate(_counts(batches, lines), start=1):
        kept += count
        if progress:
            progress(min(rank * BATCH, len(people)), len(people))
    return kept


def _counts(batches: list[list[UUID]], lines: int) -> Iterator[int]:
    """Write batches, in order or several at once; give how many people of each are in the pool."""
    if lines == 1:
        yield from map(refresh, batches)
        return
    with ThreadPoolExecutor(lines) as pool:
        try:
            yield from pool.map(_refresh_apart, batches)
        finally:  # interrupted: those that have not begun are given up
            pool.shutdown(cancel_futures=True)


def _refresh_apart(people: list[UUID]) -> int:
    """Write a batch in a thread, and leave no connection open behind it."""
    try:
        return refresh(people)
    finally:
        connection.close()
