"""No journal line, no act; and nobody changes a line afterwards."""

import pytest
from django.db import DatabaseError, transaction

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Organisation
from entremise.kernel import access, actions, hooks, journal
from entremise.kernel.actors import ANONYMOUS, Role
from entremise.kernel.models import JournalEntry
from entremise.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename():
    access.register("test.rename", {Role.BUSINESS_ADVISER})

    @actions.action("test.renamed", may="test.rename")
    def rename(organisation, *, actor, name, fail=False):
        organisation.name = name
        organisation.save()
        if fail:
            raise RuntimeError
        return actions.Done(organisation, data={"length": len(name)}, purpose="test")

    yield rename
    del access._POLICIES["test.rename"]
    del actions.ACTIONS["test.renamed"]


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind.PLIE, name="PLIE du Val")


def test_an_action_writes_one_line(rename, organisation, adviser) -> None:
    rename(organisation, actor=adviser, name="PLIE des Vals")
    (line,) = journal.history(organisation)
    assert (line.verb, line.actor_id, line.purpose, line.data) == ("test.renamed", adviser.id, "test", {"length": 13})


def test_a_refused_action_changes_nothing(rename, organisation) -> None:
    with pytest.raises(access.AccessDenied):
        rename(organisation, actor=ANONYMOUS, name="X")
    organisation.refresh_from_db()
    assert organisation.name == "PLIE du Val"
    assert not JournalEntry.objects.exists()


def test_a_failed_action_leaves_neither_change_nor_line(rename, organisation, adviser) -> None:
    with pytest.raises(RuntimeError):
        rename(organisation, actor=adviser, name="X", fail=True)
    organisation.refresh_from_db()
    assert organisation.name == "PLIE du Val"
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("change", [lambda e: e.update(verb="x"), lambda e: e.delete()])
def test_a_line_cannot_be_changed_or_removed(rename, organisation, adviser, change) -> None:
    rename(organisation, actor=adviser, name="PLIE des Vals")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(JournalEntry.objects.all())


def test_looks_at_a_file_are_found_by_the_person(adviser) -> None:
    person = Person.objects.create(reference="AAAA-0001", created_at="2026-01-01T00:00:00Z")
    journal.append("people.card_read", person, adviser, purpose="promotion")
    journal.append("people.profile_changed", person, adviser)
    assert [line.verb for line in journal.who_read(person.pk)] == ["people.card_read"]
    assert journal.about(person.pk).count() == 2


def test_a_hook_tells_its_receivers_in_order() -> None:
    @hooks.Hook
    def something_happened(number: int) -> None:
        """Say that something happened."""

    heard: list[str] = []
    something_happened.receiver(lambda number: heard.append(f"first {number}"))
    something_happened.receiver(lambda number: heard.append(f"second {number}"))
    something_happened.fire(number=3)
    assert heard == ["first 3", "second 3"]
