"""The index follows the database: what is committed is found at once, what is not is seen by its own transaction."""

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from entremise.kernel import clock
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.lib.uuid7 import uuid7
from entremise.matching import actions, queries, queries_feed
from entremise.matching.engine import store
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import PoolCriteria
from entremise.offers.models import Offer
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db(transaction=True)
ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)


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


def test_a_transaction_that_fails_leaves_nothing_of_the_rows_that_others_changed_too() -> None:
    row = PoolEntryFactory(contracts=["cdi"])
    asked = PoolCriteria(contract="cdi")
    assert total() == 1
    elsewhere(lambda: entry().filter(pk=row.pk).update(mobility_km=33))
    with transaction.atomic():
        entry().filter(pk=row.pk).update(traits=0)
        assert queries.search_pool(asked, actor=ADVISER).total == 0
        transaction.set_rollback(True)
    assert queries.search_pool(asked, actor=ADVISER).total == 1
    assert queries_feed.PEOPLE.differences(10) == []


def test_an_emptied_pool_seen_first_by_a_transaction_that_wrote_is_empty_for_the_others_too() -> None:
    PoolEntryFactory()
    assert total() == 1

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("truncate matching_poolentry cascade")

    elsewhere(empty)
    with transaction.atomic():
        PoolEntryFactory()
        assert total() == 1
        transaction.set_rollback(True)
    assert total() == 0


def test_an_emptied_pool_is_empty() -> None:
    PoolEntryFactory()
    assert total() == 1
    with connection.cursor() as cursor:
        cursor.execute("truncate matching_poolentry cascade")
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


def test_files_are_not_written_by_a_transaction_that_may_take_its_rows_back() -> None:
    PoolEntryFactory()
    with transaction.atomic():
        PoolEntryFactory()
        with pytest.raises(RuntimeError, match="outside of the transaction"):
            queries_feed.PEOPLE.write()
    assert queries_feed.PEOPLE.write() == 2


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


class TestAGap:
    """A change that was never noted: found by comparing a sample with the database, then healed."""

    def unnoted(self, act: Callable[[], Any]) -> None:
        """Change rows, then forget that they changed before anybody read it."""
        act()
        with connection.cursor() as cursor:
            cursor.execute("delete from matching_poolchange")

    def test_nothing_differs_when_all_was_noted(self) -> None:
        skills = [SkillFactory().pk for _ in range(4)]
        PoolEntryFactory(
            occupation_codes=["G1602"], experience_codes=["G1803"], skill_ids=skills, validated_skill_ids=skills[:2],
            contracts=["cdi"], mobility_km=7,
        )  # fmt: skip
        PoolEntryFactory()
        assert queries_feed.PEOPLE.differences(10) == []
        row = PoolEntryFactory(skill_ids=skills[2:])
        entry().filter(pk=row.pk).update(traits=5, mobility_km=70)
        assert queries_feed.PEOPLE.differences(10) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"traits": 5}, {"mobility_km": 3}, {"available_on": None}, {"validated_count": 2},
            {"occupation_codes": ["G1803"]}, {"experience_codes": []}, {"skill_numbers": [], "skill_facts": []},
        ],
    )  # fmt: skip
    def test_a_row_that_changed_unnoted_is_found_and_read_again(self, change: dict[str, Any]) -> None:
        row = PoolEntryFactory(
            occupation_codes=["G1602"], experience_codes=["G1803"], skill_ids=[SkillFactory().pk], contracts=["cdi"]
        )
        PoolEntryFactory()
        assert total() == 2
        self.unnoted(lambda: entry().filter(pk=row.pk).update(**change))
        assert queries_feed.PEOPLE.heal(10) == [row.number]
        assert queries_feed.PEOPLE.heal(10) == []

    def test_rows_added_or_removed_unnoted_are_found_whatever_the_sample(self) -> None:
        gone = PoolEntryFactory()
        PoolEntryFactory()
        assert total() == 2
        added: list[PoolEntry] = []
        self.unnoted(lambda: added.append(PoolEntryFactory()))
        self.unnoted(lambda: entry().filter(pk=gone.pk).delete())
        assert queries_feed.PEOPLE.heal(0) == sorted([gone.number, added[0].number])
        assert total() == 2

    def test_offers_are_compared_too(self) -> None:
        offer = OfferFactory(open=True, needs={SkillFactory().pk: 2}, licences=["b"])
        OfferFactory(closed=True, opened_at=clock.now())
        assert queries_feed.OFFERS.differences(10) == []
        Offer.objects.unscoped("a test").filter(pk=offer.pk).update(licences=[])
        with connection.cursor() as cursor:
            cursor.execute("delete from matching_offerchange")
        assert queries_feed.OFFERS.heal(10) == [offer.number]
        assert queries_feed.OFFERS.differences(10) == []


COUNT_ELSEWHERE = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.matching import queries
from entremise.matching.queries_criteria import PoolCriteria
actor = Actor(ActorKind.USER, sys.argv[2], frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True)
for line in sys.stdin:
    print(queries.search_pool(PoolCriteria(), actor=actor).total, flush=True)
"""


def test_two_processes_see_each_commit_and_open_the_same_files() -> None:
    PoolEntryFactory()
    assert actions.write_index() == 1
    name = connection.settings_dict["NAME"]
    with subprocess.Popen(
        [sys.executable, "-c", COUNT_ELSEWHERE, str(name), ADVISER.id], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None

        def seen() -> int:
            stdin.write("count\n")
            stdin.flush()
            return int(stdout.readline())

        assert seen() == total() == 1
        row = PoolEntryFactory()
        assert seen() == total() == 2
        actions.write_index()
        entry().filter(pk=row.pk).delete()
        assert seen() == total() == 1
        stdin.close()
        assert process.wait(30) == 0


def test_a_consent_withdrawn_between_the_search_and_the_display_shows_nobody() -> None:
    kept, gone = PoolEntryFactory(), PoolEntryFactory()
    (search,) = queries.prepare([PoolCriteria()])
    (answer,) = queries_feed.PEOPLE.search([queries.request_of(search, ADVISER)])
    assert {hit.number for hit in answer.hits} == {kept.number, gone.number}
    actions.refresh([gone.person_id])  # no consent behind these rows: she leaves the pool
    page = queries.page_of(answer, search, ADVISER, 20)
    assert [one.person_id for one in page.found] == [kept.person_id]
