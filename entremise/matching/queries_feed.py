"""The indexes of this process, kept true: before each search, what was committed since the last one is read.

Triggers note the number of each row that changes, with its transaction. The position of a reader is a transaction
below which everything was finished when it last read: whatever the order of commits, nothing is missed, and reading
twice does no harm since rows are read as they are now. What the present transaction changed is seen by itself alone.
"""

import datetime as dt
import logging
import random
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from entremise.kernel import clock
from entremise.matching import queries_rows, queries_rows_offers, rules
from entremise.matching.engine import inspect, store
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.index import Index
from entremise.matching.engine.layout import IndexUnreadable, Rows
from entremise.matching.engine.search import Answer, Request

logger = logging.getLogger(__name__)
EVERYTHING = 0  # noted instead of numbers when too many rows changed in one statement
DRAWN_AGAIN = 200_000  # rows at most, for an index to be built again during a search
CHECKED = 500  # rows compared each time with the database
KEPT_CHANGES = dt.timedelta(days=2)  # a reader that slept longer opens or builds the index again
NOW = """
select pg_snapshot_xmin(pg_current_snapshot())::text,
  (select system_identifier from pg_control_system())::text || '/' || (select timeline_id from pg_control_checkpoint())
  || '/' || (select oid from pg_database where datname = current_database())
"""
CHANGES = """
select pg_snapshot_xmin(pg_current_snapshot())::text, coalesce(array_agg(id), '{{}}'),
  coalesce(array_agg(number), '{{}}'),
  coalesce(array_agg(xid is not distinct from pg_current_xact_id_if_assigned()), '{{}}')
from {table} where xid >= %s::xid8
"""
CHANGED_HERE = "select id, number from {table} where xid = pg_current_xact_id_if_assigned()"
FORGET_CHANGES = "delete from {table} where at < %s"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of an index come from."""

    name: str
    changes: str  # the table in which triggers note what changed
    all_rows: Callable[[Atlas], Rows]
    rows_of: Callable[[Sequence[int], Atlas], tuple[Rows, bool]]
    numbers: Callable[[Atlas], list[int]]


@dataclass
class Held:
    """An index, and how far it has read what changed."""

    index: Index
    position: str  # xid8: all that is below was read
    database: str  # positions mean nothing in another one, nor in one brought back from a backup
    read_at: dt.datetime
    generation: str  # of the files when it was opened or built: another one is to be opened
    seen: set[int] = field(default_factory=set)  # changes read at or after the position

    @property
    def header(self) -> dict[str, Any]:
        """Return what is written beside the files."""
        return {"position": self.position, "database": self.database, "at": self.read_at.isoformat()}


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed at or after a position: the number of the row by the identifier of the change."""

    position: str
    numbers: dict[int, int]
    is_private: bool  # this transaction changed some: what it reads of any row must not stay with the others

    def unseen(self, held: Held) -> set[int]:
        """Return the numbers of the rows that an index has not read since."""
        return {number for pk, number in self.numbers.items() if pk not in held.seen}


class Feed:
    """The index of one kind of rows in this process."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._lock = threading.Lock()
        self._own = threading.local()
        self._held: Held | None = None

    def search(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer searches on the rows as they are committed now, with what this transaction changed."""
        index = self.current()
        return [index.search(request) for request in requests]

    def current(self) -> Index:
        """Return the index, up to date."""
        with self._lock:
            if self._held is None or self._is_outdated(self._held):
                if mine := self._changed_here():  # uncommitted rows must not stay in the index that others search
                    return self._private(frozenset(mine), lambda: self.built().index)
                self._held = self._opened()
            held, read = self._held, self._changes(self._held)
            if read.is_private:
                return self._private(frozenset(read.numbers), lambda: self._with(held.index, read.unseen(held)))
            if not self._follow(held, read):
                held = self._held = self.built()
            held.index.set_day(*_day())
            return held.index

    def built(self) -> Held:
        """Read all rows as this transaction sees them."""
        position, database = _position()
        read_at, atlas = clock.now(), queries_rows.atlas()
        index = Index(atlas, build(self.source.all_rows(atlas), atlas.geography), **_day_names())
        return Held(index, position, database, read_at, store.current_name(self.root))

    def differences(self, sample: int) -> list[int]:
        """Return the numbers, among some drawn at random, of which the index does not say what the database says.

        The rows that only one of the two has are all looked for. What differs is looked at twice: it may have changed
        between the two readings.
        """
        searched = set(self.current().numbers().tolist())
        present = set(self.source.numbers(self.current().atlas))
        both = sorted(present & searched)
        drawn = random.SystemRandom().sample(both, min(sample, len(both)))
        return self._differing(self._differing({*drawn, *(present ^ searched)}))

    def _differing(self, numbers: Collection[int]) -> list[int]:
        if not numbers:
            return []
        index = self.current()
        rows, _has_new_place = self.source.rows_of(sorted(numbers), index.atlas)
        told, read = inspect.told_by_index(index, numbers), inspect.told_by_rows(rows)
        return sorted(number for number in numbers if told.get(number) != read.get(number))

    def heal(self, sample: int = CHECKED) -> list[int]:
        """Compare a sample with the database; read all rows again when something differs, and say what did."""
        different = self.differences(sample)
        if different:
            logger.error("index of %s: %s rows differ from the database, read again", self.source.name, len(different))
            self.forget()
            self.write()
        return different

    def write(self) -> int:
        """Write the index on disk for all processes, forget old changes; return how many rows it has.

        Raises `RuntimeError` in a transaction that changed rows: the files would keep what it may take back.
        """
        if self._changed_here():
            raise RuntimeError(
                f"the index of {self.source.name} is written outside of the transaction that changes it"
            )
        held = self.built()
        store.write(self.root, held.index.base, held.index.atlas, held.header)
        with connection.cursor() as cursor:
            cursor.execute(FORGET_CHANGES.format(table=self.source.changes), [clock.now() - KEPT_CHANGES])
        return held.index.base.row_count

    def forget(self) -> None:
        """Open or build the index again at the next search."""
        with self._lock:
            self._held = None

    @property
    def root(self) -> Path:
        """Return the folder of the files: each database has its own."""
        return Path(settings.VAR) / "index" / str(connection.settings_dict["NAME"]) / self.source.name

    def _opened(self) -> Held:
        """Open the files, or read the rows when there are none, or they cannot be read, or are of another database."""
        try:
            stored = self.stored()
        except IndexUnreadable as fault:
            logger.info("index of %s read from the database: %s", self.source.name, fault)
            return self.built()
        index = Index(stored.atlas, stored.segment, **_day_names())
        read_at = dt.datetime.fromisoformat(stored.header["at"])
        return Held(index, stored.header["position"], stored.header["database"], read_at, stored.name)

    def stored(self) -> store.Stored:
        """Open the files; raise `IndexUnreadable` when there are none, or none of this database."""
        stored = store.current(self.root)
        if stored.header.get("database") != _position()[1]:
            raise IndexUnreadable("files of another database, or of one that was restored since")
        return stored

    def _is_outdated(self, held: Held) -> bool:
        return held.generation != store.current_name(self.root) or clock.now() - held.read_at > KEPT_CHANGES

    def _changed_here(self) -> dict[int, int]:
        """Return the changes of this transaction: the number of the row by the identifier of the change."""
        with connection.cursor() as cursor:
            cursor.execute(CHANGED_HERE.format(table=self.source.changes))
            return dict(cursor.fetchall())

    def _changes(self, held: Held) -> Changes:
        with connection.cursor() as cursor:
            cursor.execute(CHANGES.format(table=self.source.changes), [held.position])
            position, ids, numbers, are_mine = cursor.fetchone()
        return Changes(position, dict(zip(ids, numbers, strict=True)), any(are_mine))

    def _follow(self, held: Held, read: Changes) -> bool:
        """Bring the index that others search up to date; tell whether that could be done row by row."""
        unseen = read.unseen(held)
        held.position, held.read_at, held.seen = read.position, clock.now(), set(read.numbers)
        return not unseen or (EVERYTHING not in unseen and self._apply(held.index, unseen))

    def _private(self, key: frozenset[int], made: Callable[[], Index]) -> Index:
        """Return what this transaction alone sees, made once for the same changes."""
        if getattr(self._own, "key", None) != key:
            self._own.key, self._own.index = key, made()
        index: Index = self._own.index
        index.set_day(*_day())
        return index

    def _with(self, held: Index, numbers: set[int]) -> Index:
        if EVERYTHING in numbers or held.is_empty:
            return self.built().index
        index = held.fork()
        return index if self._apply(index, numbers) else self.built().index

    def _apply(self, index: Index, numbers: set[int]) -> bool:
        """Write these rows as they are now, take out those that are gone; tell whether that was enough.

        It is not when a commune is new: the index is then drawn again, unless it is so large that a person would wait.
        """
        rows, has_new_place = self.source.rows_of(sorted(numbers - {EVERYTHING}), index.atlas)
        gone = numbers - set(rows.number.tolist())
        index.put(rows)
        index.remove(sorted(gone))
        if has_new_place and index.base.row_count > DRAWN_AGAIN:
            logger.warning("some rows are in a commune that the index lacks: `entremise index` draws it again")
            return True
        return not has_new_place


PEOPLE = Feed(
    Source("people", "matching_poolchange", queries_rows.all_rows, queries_rows.rows_of, queries_rows.numbers)
)
OFFERS = Feed(
    Source(
        "offers", "matching_offerchange", queries_rows_offers.all_rows, queries_rows_offers.rows_of,
        queries_rows_offers.numbers,
    )
)  # fmt: skip
ALL = (PEOPLE, OFFERS)


def write_missing() -> None:
    """Write the files that are missing, or that cannot be read."""
    for one in ALL:
        try:
            one.stored()
        except IndexUnreadable:
            one.write()


def _position() -> tuple[str, str]:
    """Return the transaction below which everything is finished, and which database this is."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        position, database = cursor.fetchone()
    return position, database


def _day() -> tuple[int, int]:
    """Return today, and the first day on which a confirmation is recent."""
    today = clock.today()
    return rules.day_number(today), rules.day_number(rules.first_fresh_day(today))


def _day_names() -> dict[str, int]:
    today, fresh_since = _day()
    return {"today": today, "fresh_since": fresh_since}
