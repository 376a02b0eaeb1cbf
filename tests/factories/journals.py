"""A sealed journal of its own for one test, and somebody who may do anything to its tables."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
from django.db import connection

from entremise.kernel import clock, seals
from entremise.kernel.models import JournalEntry

PATIENCE_SECONDS = 300  # a walk of another worker is one transaction of the same server: two minutes on a slow machine
PERSON = UUID("01930000-0000-7000-8000-000000000001")


def line(verb: str = "test.done", person: UUID | None = None, **fields: object) -> JournalEntry:
    """Write one line."""
    values: dict[str, object] = {"at": clock.now(), "actor_kind": "user", "actor_id": "é'\\\"", "subject_type": "t"}
    values |= {"subject_id": "1", "data": {"n": 1.5, "é": None}, "person_id": person}
    return JournalEntry.objects.create(verb=verb, **{**values, **fields})


def seal(expected: int, **options: int) -> int:
    """Seal what was written, waiting for other transactions of the server (a vacuum) to end; return how many lines."""
    count = seals.seal(**options)
    limit = time.monotonic() + PATIENCE_SECONDS
    while count < expected and time.monotonic() < limit:
        time.sleep(0.05)
        count += seals.seal(**options)
    return count


def wait_for_the_others() -> None:
    """Wait until every line written so far may be sealed: no transaction of the server (a vacuum) is older."""
    limit = time.monotonic() + PATIENCE_SECONDS
    sql = f"select coalesce(max(transaction_id) < {seals.OLDEST_RUNNING}, true) from kernel_journalentry"
    while time.monotonic() < limit:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def batches(count: int, lines: int = 5, person: UUID | None = None) -> None:
    """Write and seal a few batches of lines."""
    for number in range(count):
        for rank in range(lines):
            line(f"test.{number}.{rank}", person if rank == 1 else None)
        wait_for_the_others()  # else a batch could be sealed in two
        assert seal(lines) == lines


@contextlib.contextmanager
def superuser() -> Iterator[psycopg.Connection]:
    """Connect as the owner of the tables, whom no trigger stops."""
    parts = urlsplit(os.environ["ENTREMISE_TEST_OWNER_URL"])
    url = urlunsplit(parts._replace(path="/" + str(connection.settings_dict["NAME"])))
    with psycopg.connect(url, autocommit=True) as found:
        found.execute("set session_replication_role = replica")
        yield found
