"""Canary files: made as the owner, unrecognisable to the application, seen at the first look."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from entremise.config import environment
from entremise.kernel.models_vault import Alert, Canary
from entremise.people import actions
from entremise.people.actions_canaries import make_canaries
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = (("Inès", "Paul"), ("Roche", "Vidal"))


@contextmanager
def owning() -> Iterator[None]:
    """Connect as the owner of the database for a block, as the command does."""
    app, owner = (
        environment.django_database(os.environ[name]) for name in ("DATABASE_URL", "ENTREMISE_TEST_OWNER_URL")
    )
    for address in (owner, app):
        connection.close()
        connection.settings_dict.update(USER=address["USER"], PASSWORD=address["PASSWORD"])
        if address is owner:
            yield


def test_they_live_where_people_live_and_whoever_opens_one_is_seen() -> None:
    actions.load_builtin()
    AgencyFactory()
    known = PersonFactory()
    with owning():
        assert make_canaries(3, NAMES) == 3
        marked = set(Canary.objects.values_list("person_id", flat=True))
    made = Person.objects.unscoped("test").exclude(pk=known.pk)
    assert {person.pk for person in made} == marked
    assert {person.commune_id for person in made} == {known.commune_id}
    one = made[0]
    thief = actor_of(professional(agency=AgencyFactory()))
    identity = actions.reveal(one, actor=thief, purpose="promotion")
    assert identity.last_name in NAMES[1]
    assert Alert.objects.get().kind == "canary"


def test_nobody_is_made_where_nobody_lives() -> None:
    with owning():
        assert make_canaries(3, NAMES) == 0


def test_the_application_makes_none_and_reads_none() -> None:
    actions.load_builtin()
    PersonFactory()
    for refused in (lambda: make_canaries(1, NAMES), lambda: Canary.objects.count()):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
