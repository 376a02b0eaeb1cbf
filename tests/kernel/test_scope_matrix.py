"""Nobody reads outside their scope: every scoped table × role × verb, and the vault as the real role."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F
from django.db.utils import DatabaseError
from pytest_django.plugin import DjangoDbBlocker

from entremise.kernel.actors import ANONYMOUS, PROFESSIONALS, Actor, ActorKind, Role, job_actor, link_actor
from entremise.kernel.scoping import ScopedQuerySet, UnscopedQuery
from entremise.lib.uuid7 import uuid7
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from tests.factories.stage import Stage, stage
from tests.promises import Promise
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
SCOPED = [m for m in apps.get_models() if isinstance(m._default_manager.all(), ScopedQuerySet)]
LINKS = (Role.VALIDATOR, Role.EMPLOYER_CONTACT, Role.MAILBOX_OWNER)
EVERYBODY = job_actor("test")
VERBS = ("count", "exists", "values", "update", "delete")
RAW = ("select", "insert", "update", "delete")
# What the role of the application may do in the schema of identities, whatever the query: what it reads of identities
# without a context is no row (first cell), and it inserts new ones.
GRANTED = {
    "people_identity": {"select", "insert", "update", "delete"},
    "kernel_disclosure": {"select"},
    "budget": {"select"},
    "kernel_canary": set(),
    "key": set(),
}


def stranger(role: Role) -> Actor:
    """Return somebody of that role in another territory, agency and organisation, or whose link is about another."""
    if role in LINKS:
        return link_actor(uuid7(), role)
    places = {"departments": frozenset({"2A"}), "agency_ids": frozenset({uuid7()}), "organisation_id": uuid7()}
    facts: dict[str, Any] = places if role in PROFESSIONALS else {}
    return Actor(ActorKind.USER, str(uuid7()), frozenset({role}), second_factor=True, **facts)


STRANGERS = {str(role): stranger(role) for role in Role if role is not Role.SYSTEM} | {"nobody": ANONYMOUS}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), put_back():
        yield stage()


def do(rows: Any, verb: str, model: type[models.Model]) -> int:
    """Return how many rows a verb reaches."""
    field = next(f.name for f in model._meta.concrete_fields if not f.primary_key)
    reached = {
        "count": lambda: rows.count(),
        "exists": lambda: int(rows.exists()),
        "values": lambda: len(list(rows.values_list("pk", flat=True))),
        "update": lambda: rows.update(**{field: F(field)}),
        "delete": lambda: rows.delete()[0],
    }
    return int(reached[verb]())


def test_every_table_role_and_verb_out_of_scope_reaches_no_row(scene: Stage, promise: Promise) -> None:
    cells, full, faults = 0, 0, []
    for model in SCOPED:
        manager: Any = model._default_manager
        full += manager.visible_to(EVERYBODY).exists()
        for verb in VERBS:
            with pytest.raises(UnscopedQuery), transaction.atomic():
                do(manager.all(), verb, model)
            cells += 1
        for (name, actor), verb in itertools.product(STRANGERS.items(), VERBS):
            with transaction.atomic():
                rows = manager.visible_to(actor)
                if model is Offer:  # an open offer is for everybody to read
                    rows = rows.exclude(state=OfferState.OPEN)
                reached = do(rows, verb, model)
                transaction.set_rollback(True)
            cells += 1
            if reached:
                faults.append(f"{model._meta.label} {name} {verb}: {reached}")
    assert faults == []
    assert full >= 20  # tables with rows that could have been reached
    promise("S1", f"0 ligne hors périmètre dans {cells} cases (rôle × table × verbe)", is_met=not faults)


@pytest.mark.parametrize(("table", "verb"), list(itertools.product(GRANTED, RAW)))
def test_the_role_of_the_application_does_in_the_vault_what_is_listed_and_reaches_no_identity(
    scene: Stage, table: str, verb: str
) -> None:
    statement = {
        "select": "select count(*) from vault.{}",
        "insert": "insert into vault.{} select * from vault.{} where false",
        "update": "update vault.{} set {} = {}",
        "delete": "delete from vault.{}",
    }[verb]
    column = {"people_identity": "first_name", "key": "app_inner", "budget": "ceiling"}.get(table, "person_id")
    names = [table, table] if verb == "insert" else [table, column, column]
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement.format(*names))
                reached = cursor.fetchone()[0] if verb == "select" else cursor.rowcount
            is_allowed = True
        except DatabaseError:
            is_allowed, reached = False, 0
    assert is_allowed == (verb in GRANTED[table])
    if table == "people_identity":
        assert reached == 0


def test_the_tables_of_the_vault_are_those_listed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'vault'")
        assert {name for (name,) in cursor.fetchall()} == set(GRANTED)
