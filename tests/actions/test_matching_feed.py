"""The index follows the database: what is committed is found at once, what is not is seen by its own transaction."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.lib.uuid7 import uuid7
from entremise.matching import actions, queries, queries_feed
from entremise.matching.engine import store
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import PoolCriteria
from tests.factories.matching import PoolEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)
ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)


@pytest.fixture(autouse=True)
def _own_index() -> Iterator[None]:
    queries_feed.PEOPLE.forget()
    yield
    queries_feed.PEOPLE.forget()


def total() -> int:
    return queries.search_pool(PoolCriteria(), actor=ADVISER).total


def elsewhere(act: Callable[[], Any]) -> Any:
    """Do something in another thread, with its own connection."""
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return told[0]


def entry() -> Any:
    return PoolEntry.objects.unscoped("a test")


def test_what_another_connection_commits_is_found_at_the_next_search() -> None:
    assert total() == 0
    row = elsewhere(PoolEntryFactory)
    assert total() == 1
    elsewhere(lambda: entry().filter(pk=row.pk).delete())
    assert total() == 0


def test_a_transaction_sees_its_own_changes_and_nobody_else_does() -> None:
    PoolEntryFactory()
    assert total() == 1
    with transaction.atomic():
        PoolEntryFactory()
        assert total() == 2
        assert elsewhere(total) == 1
    assert total() == elsewhere(total) == 2


def test_what_is_rolled_back_leaves_no_trace() -> None:
    PoolEntryFactory()

    with transaction.atomic():
        entry().all().delete()
        assert total() == 0
        transaction.set_rollback(True)
    assert total() == 1


def test_a_transaction_that_began_first_and_commits_last_is_not_missed() -> None:
    began, may_commit = threading.Event(), threading.Event()
    PoolEntryFactory()  # the place exists: neither waits for the other to make it
    assert total() == 1

    def slow() -> None:
        with transaction.atomic():
            PoolEntryFactory()
            began.set()
            assert may_commit.wait(20)

    thread = threading.Thread(target=lambda: (slow(), connection.close()))
    thread.start()
    assert began.wait(20)
    PoolEntryFactory()  # began after, committed before
    assert total() == 2
    may_commit.set()
    thread.join(30)
    assert total() == 3


def test_an_emptied_pool_is_empty() -> None:
    PoolEntryFactory()
    assert total() == 1
    with connection.cursor() as cursor:
        cursor.execute("truncate matching_poolentry")
    assert total() == 0


def test_files_are_written_opened_and_followed() -> None:
    first = PoolEntryFactory()
    assert actions.write_index() == 1
    name = store.current_name(queries_feed.PEOPLE.root)
    queries_feed.PEOPLE.forget()
    assert total() == 1
    PoolEntryFactory()
    entry().filter(pk=first.pk).update(department="75")  # her commune decides, the row follows at the next writing
    assert total() == 2
    assert actions.write_index() == 2
    assert store.current_name(queries_feed.PEOPLE.root) not in ("", name)
    assert total() == 2


def test_files_that_are_cut_are_read_again_from_the_database() -> None:
    PoolEntryFactory()
    actions.write_index()
    path = queries_feed.PEOPLE.root / store.current_name(queries_feed.PEOPLE.root) / "segment-posting_row.npy"
    path.write_bytes(path.read_bytes()[:40])
    queries_feed.PEOPLE.forget()
    assert total() == 1
    actions.write_index()
    assert total() == 1


def test_old_changes_are_forgotten_when_the_files_are_written() -> None:
    PoolEntryFactory()
    with connection.cursor() as cursor:
        cursor.execute("update matching_poolchange set at = now() - interval '3 days'")
        actions.write_index()
        cursor.execute("select count(*) from matching_poolchange")
        assert cursor.fetchone()[0] == 0
    assert total() == 1


def test_too_many_changes_in_one_statement_are_read_as_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    PoolEntryFactory()
    assert total() == 1
    with connection.cursor() as cursor:
        cursor.execute("insert into matching_poolchange (number) values (0)")
    entry().all().delete()
    assert total() == 0
