"""Type-ahead indexes kept in each process, and built again when the rows they come from have changed.

A domain registers where the entries of an index come from; its actions call `touch` in the transaction that
changes these rows. The stamp is a random number, not a counter, so that a rolled back change is never mistaken
for the next one.
"""

import logging
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from entremise.kernel.models import IndexStamp
from entremise.lib.typeahead import Entry, Index

log = logging.getLogger(__name__)
NEVER_STAMPED = 0
POLITE_SECONDS = 0.0005  # how long a page may wait for the interpreter while an index is built beside it

Entries = Callable[[], Iterable[Entry]]


@dataclass(slots=True)
class _Source:
    entries: Entries
    weight_share: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    version: int = NEVER_STAMPED
    index: Index | None = None


_SOURCES: dict[str, _Source] = {}


def register(name: str, entries: Entries, *, weight_share: float = 0.05) -> None:
    """Declare where the entries of an index come from; a second declaration is a programming error."""
    if name in _SOURCES:
        raise ValueError(f"the index {name} is declared twice")
    _SOURCES[name] = _Source(entries, weight_share)


def names() -> list[str]:
    """Return the name of every declared index."""
    return sorted(_SOURCES)


def index(name: str) -> Index:
    """Return the index as of now: one query when this process already holds it, else it is built."""
    source = _SOURCES[name]
    version = IndexStamp.objects.filter(name=name).values_list("version", flat=True).first() or NEVER_STAMPED
    if version == NEVER_STAMPED:
        return Index.build(source.entries(), weight_share=source.weight_share)
    if source.index is not None and source.version == version:
        return source.index
    return _renewed(source, version)


def touch(name: str) -> IndexStamp:
    """Say that the rows behind an index have changed; every process builds it again on its next use."""
    if name not in _SOURCES:
        raise KeyError(name)
    version = secrets.randbits(62) + 1
    stamp, _ = IndexStamp.objects.update_or_create(name=name, defaults={"version": version})
    return stamp


def warm() -> int:
    """Build every index that may be kept before somebody types; return how many this process now holds."""
    stamped = set(IndexStamp.objects.exclude(version=NEVER_STAMPED).values_list("name", flat=True))
    for name in names():
        if name in stamped:
            index(name)
    return sum(source.index is not None for source in _SOURCES.values())


def warm_in_background() -> threading.Thread:
    """Warm the indexes in a thread of this process that gives way to the pages being served."""
    thread = threading.Thread(target=_warm_politely, name="typeahead-warm-up", daemon=True)
    thread.start()
    return thread


def _warm_politely() -> None:
    try:
        with _giving_way():
            count = warm()
        log.debug("type-ahead: %s indexes are ready", count)
    except DatabaseError as error:  # the server restarts: the first suggestion will build what it needs
        log.warning("type-ahead: indexes not ready, %s", type(error).__name__)
    finally:
        connection.close()


@contextmanager
def _giving_way() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(POLITE_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _renewed(source: _Source, version: int) -> Index:
    """Build once however many threads ask; while one builds, the others answer with the previous index."""
    if not source.lock.acquire(blocking=source.index is None) and source.index is not None:
        return source.index
    try:
        if source.index is None or source.version != version:
            source.index = Index.build(source.entries(), weight_share=source.weight_share)
            source.version = version
        return source.index
    finally:
        source.lock.release()
