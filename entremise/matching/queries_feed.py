"""The index of the pool in this process, kept true: before each search, what was committed since the last is read.

Triggers note the number of each row that changes, with its transaction. The position of a reader is a transaction
below which everything was finished when it last read: whatever the order of commits, nothing is missed, and reading
twice does no harm since rows are read as they are now. What the present transaction changed is seen by itself alone.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from entremise.kernel import clock
from entremise.matching import queries_rows, rules
from entremise.matching.engine import store
from entremise.matching.engine.build import build
from entremise.matching.engine.index import Index
from entremise.matching.engine.layout import IndexUnreadable
from entremise.matching.engine.search import Answer, Request

logger = logging.getLogger(__name__)
EVERYTHING = 0  # noted instead of numbers when too many rows changed in one statement
DRAWN_AGAIN = 200_000  # rows at most, for an index to be built again during a search
KEPT_CHANGES = dt.timedelta(days=2)  # a reader that slept longer opens or builds the index again
CHANGES = """
select pg_snapshot_xmin(pg_current_snapshot())::text, coalesce(array_agg(id), '{}'), coalesce(array_agg(number), '{}'),
  coalesce(array_agg(xid is not distinct from pg_current_xact_id_if_assigned()), '{}')
from matching_poolchange where xid >= %s::xid8
"""


@dataclass
class Held:
    """An index, and how far it has read what changed."""

    index: Index
    position: str  # xid8: all that is below was read
    read_at: dt.datetime
    generation: str  # of the files when it was opened or built: another one is to be opened
    seen: set[int] = field(default_factory=set)  # changes read at or after the position


_lock = threading.Lock()
_own = threading.local()
_held: Held | None = None


def search(requests: Sequence[Request]) -> list[Answer]:
    """Answer searches on the pool as it is committed now, with what this transaction changed."""
    index = current()
    return [index.search(request) for request in requests]


def current() -> Index:
    """Return the index, up to date."""
    global _held  # one index a process
    with _lock:
        if _held is None or _is_outdated(_held):
            if mine := _changed_here():  # what is not committed must not stay in the index that others search
                return _private(mine, lambda: built().index)
            _held = _opened()
        committed, mine = _changes(_held)
        if (EVERYTHING in committed and not mine) or (committed and not _apply(_held.index, committed)):
            _held = built()
        _held.index.set_day(*_day())
        held = _held.index
    return _private(mine, lambda: _with(held, set(mine.values()))) if mine else held


def built() -> Held:
    """Read the whole pool as this transaction sees it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text")
        position = cursor.fetchone()[0]
    read_at, atlas = clock.now(), queries_rows.atlas()
    base = build(queries_rows.all_rows(atlas), atlas.geography)
    return Held(Index(atlas, base, **_day_names()), position, read_at, store.current_name(root()))


def forget() -> None:
    """Open or build the index again at the next search."""
    global _held
    with _lock:
        _held = None


def root() -> Path:
    """Return the folder of the files."""
    return Path(settings.VAR) / "index" / "pool"


def _opened() -> Held:
    """Open the files, or read the pool when there are none or they cannot be read."""
    try:
        stored = store.current(root())
    except IndexUnreadable as fault:
        logger.info("index of the pool read from the database: %s", fault)
        return built()
    index = Index(stored.atlas, stored.segment, **_day_names())
    read_at = dt.datetime.fromisoformat(stored.header["at"])
    return Held(index, stored.header["position"], read_at, stored.name)


def _is_outdated(held: Held) -> bool:
    return held.generation != store.current_name(root()) or clock.now() - held.read_at > KEPT_CHANGES


def _changed_here() -> dict[int, int]:
    """Return the changes of this transaction: the number of the row by the identifier of the change."""
    with connection.cursor() as cursor:
        cursor.execute("select id, number from matching_poolchange where xid = pg_current_xact_id_if_assigned()")
        return dict(cursor.fetchall())


def _changes(held: Held) -> tuple[set[int], dict[int, int]]:
    """Return the numbers committed since the last reading, and the changes of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [held.position])
        position, ids, numbers, are_mine = cursor.fetchone()
    changes = list(zip(ids, numbers, are_mine, strict=True))
    committed = {number for pk, number, is_mine in changes if not is_mine and pk not in held.seen}
    held.position, held.read_at = position, clock.now()
    held.seen = {pk for pk, _number, is_mine in changes if not is_mine}
    return committed, {pk: number for pk, number, is_mine in changes if is_mine}


def _private(mine: dict[int, int], made: Callable[[], Index]) -> Index:
    """Return what this transaction alone sees, made once for the same changes."""
    key = frozenset(mine)
    if getattr(_own, "key", None) != key:
        _own.key, _own.index = key, made()
    index: Index = _own.index
    index.set_day(*_day())
    return index


def _with(held: Index, numbers: set[int]) -> Index:
    if EVERYTHING in numbers or held.is_empty:
        return built().index
    index = held.fork()
    return index if _apply(index, numbers) else built().index


def _apply(index: Index, numbers: set[int]) -> bool:
    """Write these rows as they are now, take out those that are gone; tell whether that was enough.

    It is not when a commune is new: the index is then drawn again, unless it is so large that a person would wait.
    """
    rows, has_new_place = queries_rows.rows_of(sorted(numbers - {EVERYTHING}), index.atlas)
    gone = numbers - set(rows.number.tolist())
    index.put(rows)
    index.remove(sorted(gone))
    if has_new_place and index.base.row_count > DRAWN_AGAIN:
        logger.warning("some profiles live in a commune that the index lacks: `entremise index` draws it again")
        return True
    return not has_new_place


def _day() -> tuple[int, int]:
    """Return today, and the first day on which a confirmation is recent."""
    today = clock.today()
    return rules.day_number(today), rules.day_number(rules.first_fresh_day(today))


def _day_names() -> dict[str, int]:
    today, fresh_since = _day()
    return {"today": today, "fresh_since": fresh_since}
