"""Writes blocks of a crowd on several connections, committed in order: what is there is always a first part of it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

import psycopg
from django.db import connection

from entremise.demo import crowd_copy, crowd_draw, crowd_rows
from entremise.demo.crowd_draw import BLOCK
from entremise.demo.crowd_world import World

Progress = Callable[[int, int], None]
FILLED = (
    "people_person", "people_identity", "people_consent", "people_wish", "passport_experience", "passport_heldskill",
    "passport_evidence", "validations_request", "validations_requestedskill",
)  # fmt: skip
REFERRED = (
    "accounts_agency", "employers_establishment", "people_consenttext", "skills_occupation", "skills_skill",
    "territories_commune", "territories_department",
)  # fmt: skip
MAY_SUSPEND = "select has_parameter_privilege('session_replication_role', 'set')"


class Abandoned(Exception):
    """Another connection failed or the person interrupted: this block is not to be committed."""


class Turns:
    """Gives out blocks, and lets each be committed after the one before."""

    def __init__(self, ranks: range, progress: Progress | None) -> None:
        self._ranks, self._progress = ranks, progress
        self._given = self._committed = ranks.start // BLOCK
        self._is_over = False
        self._changed = threading.Condition()

    def blocks(self) -> Iterator[int]:
        """Give the next block to write, until there is none."""
        while True:
            with self._changed:
                block = self._given
                if self._is_over or block * BLOCK >= self._ranks.stop:
                    return
                self._given += 1
            yield block

    def bounds(self, block: int) -> tuple[int, int]:
        """Return the first rank of a block that is wanted, and the one after its last."""
        return max(self._ranks.start, block * BLOCK), min(self._ranks.stop, (block + 1) * BLOCK)

    def wait(self, block: int) -> None:
        """Return when all blocks before are committed."""
        with self._changed:
            self._changed.wait_for(lambda: self._committed == block or self._is_over)
            if self._is_over:
                raise Abandoned

    def done(self, block: int) -> None:
        """Note that a block is committed."""
        with self._changed:
            self._committed = block + 1
            self._changed.notify_all()
            if self._progress:
                self._progress(self.bounds(block)[1] - self._ranks.start, len(self._ranks))

    def abandon(self) -> None:
        """Let no other block be committed."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()


def write(world: World, seed: int, ranks: range, *, lines: int, progress: Progress | None = None) -> None:
    """Write the people of these ranks; then tell the planner how many they are."""
    if not ranks:
        return
    turns = Turns(ranks, progress)
    with _references_kept() as is_unchecked, ThreadPoolExecutor(lines) as pool:
        try:
            jobs = [pool.submit(_write_blocks, world, seed, turns, is_unchecked) for _line in range(lines)]
            for job in as_completed(jobs):
                job.result()
        except BaseException:
            turns.abandon()
            raise
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {', '.join(FILLED)}")


@contextlib.contextmanager
def _references_kept() -> Iterator[bool]:
    """Keep what the crowd refers to as it is; tell whether its foreign keys may then go unchecked.

    Checking them one by one takes longer than writing the rows. Unchecked, they are true all the same: what a row
    refers to is either written in the same transaction from the same numbers, or in a table that nobody may change
    until the end. It takes the owner's account, to which the server we ship gives that right; others check.
    """
    line = _line()
    with contextlib.closing(line), line.cursor() as cursor:
        cursor.execute(MAY_SUSPEND)
        is_unchecked = bool((cursor.fetchone() or [False])[0])
        if is_unchecked:
            cursor.execute(f"lock table {', '.join(REFERRED)} in share mode")
        yield is_unchecked


def _write_blocks(world: World, seed: int, turns: Turns, is_unchecked: bool) -> None:
    with contextlib.closing(_line()) as line, contextlib.suppress(Abandoned):
        line.execute("set synchronous_commit = off")  # what a power cut takes back is the end, written again
        if is_unchecked:
            line.execute("set session_replication_role = replica")
        line.commit()
        for block in turns.blocks():
            drawn = crowd_draw.people(world, seed, block)
            with line.transaction(), line.cursor() as cursor:
                for table in crowd_rows.tables(world, drawn, seed, *turns.bounds(block)):
                    names, columns = list(table.columns), list(table.columns.values())
                    crowd_copy.write(cursor, table.name, names, columns, table.count)
                turns.wait(block)
            turns.done(block)


def _line() -> psycopg.Connection:
    """Open a connection of our own, beside Django's, with the same account."""
    line: psycopg.Connection = connection.get_new_connection(connection.get_connection_params())
    return line
