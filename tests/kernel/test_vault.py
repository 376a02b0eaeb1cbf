"""The vault as the real role of the application: what opens it, what does not, and the day's budget."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from entremise.kernel import clock, vault
from entremise.kernel.actors import Actor, ActorKind, Role, job_actor
from entremise.kernel.models_vault import Alert, Cut, Disclosure
from entremise.kernel.vault import NotShown
from entremise.lib.uuid7 import uuid7
from entremise.people.models import Identity, Person
from tests.factories.people import PersonFactory, identity_of, set_identity

pytestmark = pytest.mark.django_db
ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)
SQL = "select first_name from people_identity"


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def names() -> list[str]:
    return [name for (name,) in sql(SQL)]


def shown(people: list[UUID], actor: Actor = ADVISER) -> list[str]:
    with vault.opened(people, actor=actor, purpose="promotion"):
        for pk in people:
            vault.disclose(pk)
        return names()


def refused(statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        sql(statement, *values)
    return str(raised.value)


class TestOutsideOfAContext:
    def test_nothing_is_read_changed_nor_removed(self, person: Person) -> None:
        assert names() == []
        assert Identity.objects.unscoped("test").filter(pk=person.pk).update(first_name="X") == 0
        assert Identity.objects.unscoped("test").filter(pk=person.pk).delete()[0] == 0
        assert identity_of(person).first_name == "Awa"

    def test_nor_through_the_profile_counted_or_joined(self, person: Person) -> None:
        rows = Person.objects.unscoped("test")
        assert rows.filter(identity__first_name="Awa").count() == 0
        with pytest.raises(Identity.DoesNotExist):
            _ = rows.get(pk=person.pk).identity

    def test_the_variable_set_by_hand_opens_nothing(self, person: Person) -> None:
        sql("select set_config('vault.context', %s, true)", f"1|9999999999|service|x|y|{person.pk}|1|{'0' * 64}")
        assert names() == []

    def test_a_context_that_was_changed_opens_nothing(self, person: Person) -> None:
        with vault.handled([person.pk], purpose="test"):
            ((context,),) = sql("select current_setting('vault.context')")
            assert names() == ["Awa"]
        for place, value in ((2, "user"), (6, "1795000000.1"), (5, str(uuid7()))):
            parts = context.split("|")
            parts[place] = value
            sql("select set_config('vault.context', %s, true)", "|".join(parts))
            assert names() == []

    def test_a_bad_signature_another_backend_or_an_old_pass_is_refused(self, person: Person) -> None:
        message, signature = vault.pass_of([person.pk], actor=None, purpose="test")
        backend, expires, *rest = message.split("|")
        for wrong in (
            [message, "0" * 64],
            [message.replace("|test|", "|tests|"), signature],
            ["|".join([str(int(backend) + 1), expires, *rest]), signature],
        ):
            assert "not signed by this application" in refused("select vault.enter(%s, %s)", *wrong)

    def test_an_expired_pass_is_refused(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vault, "CONTEXT_SECONDS", -1)
        signed = vault.pass_of([person.pk], actor=None, purpose="test")
        assert "not signed by this application" in refused("select vault.enter(%s, %s)", *signed)

    def test_another_secret_is_refused_until_the_owner_says_so(self, settings: Any) -> None:
        assert vault.is_agreed()
        settings.SECRET_KEY = "another"
        assert not vault.is_agreed()

    @pytest.mark.parametrize("code", ["", "a b", "a|b", "x" * 65, "é"])
    def test_what_is_not_a_code_is_refused(self, code: str) -> None:
        with pytest.raises(ValueError, match="not a code"), vault.handled([], purpose=code):
            pass


class TestInsideAContext:
    def test_the_people_named_are_read_and_no_other(self, person: Person) -> None:
        set_identity(PersonFactory(), first_name="Karim")
        with vault.handled([person.pk], purpose="test"):
            assert names() == ["Awa"]
        assert names() == []

    def test_contexts_nest_and_come_back(self, person: Person) -> None:
        other: Person = PersonFactory()
        set_identity(other, first_name="Karim")
        with vault.handled([person.pk], purpose="test"):
            with vault.handled([other.pk], purpose="test"):
                assert names() == ["Karim"]
            assert names() == ["Awa"]

    def test_a_failure_inside_closes_it(self, person: Person) -> None:
        with pytest.raises(ZeroDivisionError), vault.handled([person.pk], purpose="test"):
            _ = 1 / 0
        assert names() == []

    def test_a_professional_reads_nobody_who_was_not_disclosed(self, person: Person) -> None:
        with vault.opened([person.pk], actor=ADVISER, purpose="promotion"):
            assert names() == []
            vault.disclose(person.pk)
            assert names() == ["Awa"]
        assert names() == []

    def test_nor_whom_another_was_shown(self, person: Person) -> None:
        assert shown([person.pk]) == ["Awa"]
        colleague = Actor(ActorKind.USER, str(uuid7()), ADVISER.roles, ADVISER.departments, second_factor=True)
        with vault.opened([person.pk], actor=colleague, purpose="promotion"):
            assert names() == []

    def test_nobody_is_disclosed_who_is_not_in_the_context(self, person: Person) -> None:
        with vault.opened([], actor=ADVISER, purpose="promotion"):
            assert "nothing is disclosed" in refused("select vault.disclose(%s)", person.pk)
        with vault.opened([person.pk], actor=job_actor("x"), purpose="promotion"):
            assert "nothing is disclosed" in refused("select vault.disclose(%s)", person.pk)
        assert "nothing is disclosed" in refused("select vault.disclose(%s)", person.pk)


class TestTheApplicationsRole:
    @pytest.mark.parametrize(
        "statement",
        [
            "select * from vault.key", "update vault.key set app_inner = ''", "update vault.budget set ceiling = 9999",
            "insert into kernel_disclosure (actor_id, person_id, day, at, purpose) "
            "values ('x', gen_random_uuid(), now(), now(), 'x')",
            "delete from kernel_disclosure", "update kernel_disclosure set actor_id = 'x'",
            "select * from kernel_canary", "insert into kernel_canary values (gen_random_uuid(), now())",
            "select vault.mac('', '', '')", "select vault.context()",
            "alter table vault.people_identity disable row level security",
            "drop policy identity_is_read on vault.people_identity", "set row_security = off; " + SQL,
        ],
    )  # fmt: skip
    def test_may_not(self, statement: str, person: Person) -> None:
        refused(statement)

    def test_reads_the_budget_and_who_was_shown_to_whom(self, person: Person) -> None:
        shown([person.pk])
        assert sql("select ceiling from vault.budget") == [(200,)]
        assert Disclosure.objects.get().person_id == person.pk

    def test_identities_are_nowhere_else(self) -> None:
        found = sql("select table_schema from information_schema.tables where table_name = 'people_identity'")
        assert found == [("vault",)]


@contextmanager
def owner() -> Iterator[psycopg.Cursor[Any]]:
    """Act as the owner of the database, on a connection of its own: what it writes is committed."""
    address = os.environ["ENTREMISE_TEST_OWNER_URL"]
    with psycopg.connect(address, dbname=connection.settings_dict["NAME"]) as link, link.cursor() as cursor:
        yield cursor


def invent_days(days: int, seen: int) -> None:
    """Give the adviser a past: so many days on which so many people were shown."""
    with owner() as cursor:
        cursor.execute(
            "insert into vault.kernel_disclosure (actor_id, person_id, day, at, purpose)"
            " select %s, gen_random_uuid(), current_date - d, now(), 'x' from generate_series(1, %s) d,"
            " generate_series(1, %s)",
            [ADVISER.id, days, seen],
        )


def crowd(count: int) -> list[UUID]:
    return [PersonFactory(user=None).pk for _ in range(count)]


@pytest.mark.django_db(transaction=True)
class TestTheBudgetOfTheDay:
    def test_a_newcomer_sees_forty_people_then_a_sentence(self) -> None:
        people = crowd(42)
        assert shown(people[:40]) == ["Awa"] * 40
        with pytest.raises(NotShown, match="autant d'identités") as spent:
            shown(people[40:41])
        assert "responsable" in spent.value.reason
        assert Disclosure.objects.count() == 40
        with vault.opened(people, actor=ADVISER, purpose="promotion"):
            assert len(names()) == 40  # the forty of today stay readable, no other

    def test_the_same_person_again_the_same_day_costs_nothing(self, person: Person) -> None:
        for _ in range(3):
            with vault.opened([person.pk], actor=ADVISER, purpose="promotion"):
                assert vault.disclose(person.pk) == 39

    @pytest.mark.parametrize(
        ("days", "seen", "allowed"), [(0, 0, 40), (9, 30, 40), (10, 1, 20), (10, 12, 36), (30, 60, 180), (30, 90, 200)]
    )
    def test_the_budget_follows_the_habits_of_the_account_within_bounds(
        self, days: int, seen: int, allowed: int
    ) -> None:
        invent_days(days, seen)
        assert vault.allowance(ADVISER) == allowed

    def test_two_requests_at_once_do_not_spend_the_last_one_twice(self) -> None:
        people = crowd(42)
        shown(people[:39])
        told: list[object] = []

        def look(pk: UUID) -> None:
            try:
                told.append(shown([pk]))
            except NotShown as refusal:
                told.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=look, args=[pk]) for pk in people[39:]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(type(one).__name__ for one in told) == ["NotShown", "NotShown", "list"]
        assert Disclosure.objects.count() == 40

    def test_an_account_that_is_cut_is_shown_nobody_until_it_is_lifted(self, person: Person) -> None:
        cut = Cut.objects.create(actor_id=ADVISER.id, at=clock.now(), reason="canary")
        with pytest.raises(NotShown, match="suspendu"):
            shown([person.pk])
        cut.lifted_at = clock.now()
        cut.save()
        assert shown([person.pk]) == ["Awa"]

    def test_a_canary_raises_an_alert_with_the_look(self, person: Person) -> None:
        with owner() as cursor:
            cursor.execute("insert into vault.kernel_canary values (%s, now())", [person.pk])
        shown([person.pk])
        alert = Alert.objects.get()
        assert (alert.kind, alert.actor_id, alert.person_id) == ("canary", ADVISER.id, person.pk)

    def test_whom_somebody_was_shown_yesterday_is_asked_again(self, person: Person) -> None:
        shown([person.pk])
        with owner() as cursor:
            cursor.execute("update vault.kernel_disclosure set day = day - 1")
        with vault.opened([person.pk], actor=ADVISER, purpose="promotion"):
            assert names() == []

    def test_a_context_kept_after_its_transaction_opens_nothing(self, person: Person) -> None:
        with vault.handled([person.pk], purpose="test"):
            ((context,),) = sql("select current_setting('vault.context')")
        with transaction.atomic():
            sql("select set_config('vault.context', %s, true)", context)
            assert names() == []
