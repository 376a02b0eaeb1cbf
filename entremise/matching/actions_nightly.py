"""The nightly matching: open offers against all people, people against all offers, the best 50 kept.

It goes by chunks of numbers. A chunk is written with the note that it is done: a run that was stopped goes on where it
was, a worker that dies loses nothing but its chunk's minutes. Workers are processes here, or those of a Dask cluster.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from entremise.kernel import clock
from entremise.matching import actions, queries_rows, queries_rows_offers, rules
from entremise.matching import queries_feed as feed
from entremise.matching import queries_nightly as queries
from entremise.matching.clients_workers import here
from entremise.matching.engine import batch
from entremise.matching.engine.geography import Atlas
from entremise.matching.models_nightly import NightlyChunk, NightlyRun

LOCK = 0x656E_7472  # of the database, held while a run goes on
KEPT = 50  # results of each offer, and of each person
CHUNK = 2_000  # numbers: a few seconds of work
AHEAD = 2  # chunks that wait for each worker, so that none waits for the database
TRIES = 4  # times that broken workers are replaced
Progress = Callable[[int, int], None]


class MatchRefused(Exception):
    """The country is being matched by somebody else at this moment."""


Workers = AbstractContextManager[tuple[Executor, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """One chunk to do: offers or people whose numbers start there."""

    are_offers: bool
    start: int


@dataclass(frozen=True, slots=True)
class Country:
    """What a run reads: the files of both indexes, how to say searches, whose each offer is."""

    of_people: batch.Setting
    of_offers: batch.Setting
    atlas_of_people: Atlas
    atlas_of_offers: Atlas
    employer_of: NDArray[np.int64]  # a number for each establishment, by number of the offer; 0: none


def match_everything(
    workers: Callable[[], Workers] = here, *, again: bool = False, chunk: int = CHUNK, progress: Progress | None = None
) -> NightlyRun:
    """Match the whole country, or go on with today's run; return it. A run that is done is not done again."""
    with _alone():
        today = clock.today()
        if again:
            NightlyRun.objects.filter(day=today).delete()
        begun = {"started_at": clock.now(), "chunk_size": chunk}
        run, is_new = NightlyRun.objects.get_or_create(day=today, defaults=begun)
        if is_new:
            actions.write_index()  # weights of proofs age by the day, and what changed is merged
        if run.finished_at is None:
            _match(run, workers, progress)
        return run


def _match(run: NightlyRun, workers: Callable[[], Workers], progress: Progress | None) -> None:
    country, tries = _country(run.day), 0
    while parts := _parts(run):
        try:
            with workers() as (executor, count):
                _work(run, country, parts, executor, count, progress)
        except BrokenExecutor:
            tries += 1
            if tries == TRIES:
                raise
    _finish(run)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the runs; it goes with the connection, so that a killed process leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise MatchRefused(_("Un rapprochement est déjà en cours : laissez-le finir."))
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def _country(today: dt.date) -> Country:
    """Open the files that workers open too; write them first when there are none of this database."""
    feed.write_missing()
    number, fresh = rules.day_number(today), rules.day_number(rules.first_fresh_day(today))
    people, offers = feed.PEOPLE.stored(), feed.OFFERS.stored()
    shared = queries.shared_setting(number, fresh, KEPT)
    return Country(
        of_people=shared._replace(root=str(feed.PEOPLE.root), generation=people.name),
        of_offers=shared._replace(
            root=str(feed.OFFERS.root), generation=offers.name, near=queries.near_numbers(is_reverse=True)
        ),
        atlas_of_people=people.atlas,
        atlas_of_offers=offers.atlas,
        employer_of=queries.employer_of_offers(),
    )


def _parts(run: NightlyRun) -> list[Part]:
    """Return what is still to be done, offers first: advisers look at them in the morning."""
    done = set(run.chunks.values_list("are_offers", "start"))
    lasts = ((True, queries_rows_offers.last_number()), (False, queries_rows.last_number()))
    parts = [Part(are_offers, start) for are_offers, last in lasts for start in range(0, last + 1, run.chunk_size)]
    return [part for part in parts if (part.are_offers, part.start) not in done]


def _work(
    run: NightlyRun, country: Country, parts: list[Part], executor: Executor, count: int, progress: Progress | None
) -> None:
    """Keep all workers busy; write what comes back as it comes."""
    todo, busy, done = iter(parts), dict[Future[batch.Best], Part](), 0
    while True:
        for part in islice(todo, AHEAD * count - len(busy)):
            busy[_submitted(country, part, executor, run.chunk_size)] = part
        if not busy:
            return
        for future in wait(busy, return_when=FIRST_COMPLETED).done:
            _write(run, busy.pop(future), future.result(), country.employer_of)
            done += 1
            if progress:
                progress(done, len(parts))


def _submitted(country: Country, part: Part, executor: Executor, chunk: int) -> Future[batch.Best]:
    end = part.start + chunk
    if part.are_offers:
        rows = queries_rows_offers.open_rows_between(part.start, end, country.atlas_of_people)
        return executor.submit(batch.run, country.of_people, batch.Chunk(True, rows))
    rows = queries_rows.rows_between(part.start, end, country.atlas_of_offers)
    return executor.submit(batch.run, country.of_offers, batch.Chunk(False, rows))


WRITE_OFFERS = """
insert into matching_offermatches (offer_id, day, total, numbers, points)
select o.id, %(day)s, b.total, b.found, b.points from matching_best b join offers_offer o on o.number = b.number
"""
FORGET_OFFERS = """
delete from matching_offermatches m using offers_offer o
where o.id = m.offer_id and o.number >= %(start)s and o.number < %(end)s
"""
WRITE_PEOPLE = """
insert into matching_personmatches (entry_id, day, total, employer_count, numbers, points)
select p.number, %(day)s, b.total, b.employers, b.found, b.points
from matching_best b join matching_poolentry p on p.number = b.number
for key share of p
"""
FORGET_PEOPLE = "delete from matching_personmatches where entry_id >= %(start)s and entry_id < %(end)s"
BEST = """
create temporary table matching_best
  (number bigint, total bigint, employers int, found int[], points smallint[])
"""


def _write(run: NightlyRun, part: Part, best: batch.Best, employer_of: NDArray[np.int64]) -> None:
    """Replace the results of a chunk and note that it is done, together."""
    told: dict[str, Any] = {"day": run.day, "start": part.start, "end": part.start + run.chunk_size}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BEST)
        with cursor.copy("copy matching_best from stdin") as copy:
            for row in _rows(best, None if part.are_offers else employer_of):
                copy.write_row(row)
        cursor.execute(FORGET_OFFERS if part.are_offers else FORGET_PEOPLE, told)
        cursor.execute(WRITE_OFFERS if part.are_offers else WRITE_PEOPLE, told)
        cursor.execute("drop table matching_best")
        NightlyChunk.objects.create(run=run, are_offers=part.are_offers, start=part.start, row_count=len(best.number))


def _rows(best: batch.Best, employer_of: NDArray[np.int64] | None) -> Iterator[tuple[int, int, int | None, str, str]]:
    """Return the lines to write; the employers are those of the offers found, for a person."""
    sizes = (best.found > 0).sum(axis=1).tolist()
    employers: list[Any] = [None] * len(sizes)
    if employer_of is not None:
        employers = _distinct(employer_of[np.minimum(best.found, len(employer_of) - 1)])
    lines = (best.number.tolist(), best.total.tolist(), employers, best.found.tolist(), best.points.tolist())
    for size, number, total, count, found, points in zip(sizes, *lines, strict=True):
        yield number, total, count, _array(found[:size]), _array(points[:size])


def _distinct(values: NDArray[np.int64]) -> list[int]:
    """Return how many different values above zero there are in each row."""
    ordered = np.sort(values, axis=1)
    is_new = np.diff(ordered, axis=1, prepend=0) > 0
    counts: list[int] = is_new.sum(axis=1).tolist()
    return counts


def _array(values: list[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def _finish(run: NightlyRun) -> None:
    """Count what was done, forget the results of earlier days and the runs of another month."""
    run.finished_at = clock.now()
    run.offer_count, run.person_count = queries.done_counts(run)
    run.save()
    with connection.cursor() as cursor:
        cursor.execute("delete from matching_offermatches where day < %s", [run.day])
        cursor.execute("delete from matching_personmatches where day < %s", [run.day])
    NightlyRun.objects.filter(day__lt=run.day - dt.timedelta(days=31)).delete()
