"""Indexes kept in the process, renewed when their rows change."""

import sys
import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError, transaction

from entremise.config import gunicorn
from entremise.kernel import typeahead_store
from entremise.lib.typeahead import Entry

pytestmark = pytest.mark.django_db


class Shelf:
    """A source of entries that counts how often it is read."""

    def __init__(self) -> None:
        self.labels = ["Pain"]
        self.read_count = 0

    def entries(self) -> Iterator[Entry]:
        self.read_count += 1
        yield from (Entry(label, label) for label in self.labels)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    source = Shelf()
    typeahead_store.register("shelf", source.entries)
    yield source
    del typeahead_store._SOURCES["shelf"]


def found(typed: str) -> list[str]:
    return [hit.id for hit in typeahead_store.index("shelf").search(typed)]


def test_an_index_is_built_once_until_its_rows_change(shelf: Shelf) -> None:
    typeahead_store.touch("shelf")
    assert found("pain") == ["Pain"]
    assert found("pain") == ["Pain"]
    assert shelf.read_count == 1
    shelf.labels.append("Beurre")
    assert found("beurre") == []
    typeahead_store.touch("shelf")
    assert found("beurre") == ["Beurre"]
    assert shelf.read_count == 2


def test_a_change_rolled_back_is_not_mistaken_for_the_next_one(shelf: Shelf) -> None:
    typeahead_store.touch("shelf")
    with transaction.atomic():
        shelf.labels.append("Beurre")
        typeahead_store.touch("shelf")
        assert found("beurre") == ["Beurre"]
        transaction.set_rollback(True)
    shelf.labels.remove("Beurre")
    assert found("beurre") == []


def test_an_index_nobody_stamped_is_never_kept(shelf: Shelf) -> None:
    assert found("beurre") == []
    shelf.labels.append("Beurre")
    assert found("beurre") == ["Beurre"]


def test_while_one_thread_builds_the_others_answer_with_the_previous_index(shelf: Shelf) -> None:
    typeahead_store.touch("shelf")
    previous = typeahead_store.index("shelf")
    typeahead_store.touch("shelf")
    source = typeahead_store._SOURCES["shelf"]
    with source.lock:
        assert typeahead_store.index("shelf") is previous
    assert typeahead_store.index("shelf") is not previous


def test_the_first_index_is_built_once_by_threads_that_arrive_together(shelf: Shelf) -> None:
    source, version = typeahead_store._SOURCES["shelf"], 12
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(typeahead_store._renewed(source, version))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, answers))) == 1
    assert shelf.read_count == 1


def test_an_unknown_or_twice_declared_index_is_a_programming_error(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        typeahead_store.register("shelf", shelf.entries)
    with pytest.raises(KeyError):
        typeahead_store.touch("nothing")
    with pytest.raises(KeyError):
        typeahead_store.index("nothing")


def test_the_indexes_of_the_product_are_declared() -> None:
    assert {"communes", "naf"} <= set(typeahead_store.names())


def test_a_warmed_process_answers_without_building(shelf: Shelf) -> None:
    typeahead_store.touch("shelf")
    typeahead_store.warm()
    assert shelf.read_count == 1
    assert found("pain") == ["Pain"]
    assert shelf.read_count == 1


def test_an_index_that_cannot_be_kept_is_not_built_for_nothing(shelf: Shelf) -> None:
    typeahead_store.warm()
    assert shelf.read_count == 0


@pytest.mark.django_db(transaction=True)
def test_each_web_worker_warms_itself_beside_its_first_pages(shelf: Shelf) -> None:
    usual = sys.getswitchinterval()
    typeahead_store.touch("shelf")
    try:
        gunicorn.post_worker_init(worker=None)
        for thread in threading.enumerate():
            if thread.name == "typeahead-warm-up":
                thread.join(timeout=20)
        assert sys.getswitchinterval() == pytest.approx(gunicorn._SWITCH_SECONDS)
    finally:
        sys.setswitchinterval(usual)
    assert shelf.read_count == 1
    assert found("pain") == ["Pain"]
    assert shelf.read_count == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_restarts_does_not_break_the_worker(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Iterator[Entry]:
        raise OperationalError("the server restarts")

    typeahead_store.touch("shelf")
    typeahead_store._SOURCES["shelf"].entries = fail
    typeahead_store.warm_in_background().join(timeout=20)
    assert "indexes not ready, OperationalError" in caplog.text
    typeahead_store._SOURCES["shelf"].entries = shelf.entries
    assert found("pain") == ["Pain"]
