"""What only the owner of the database may write about the vault: a past, canaries; committed at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from entremise.people.models import Person


@contextmanager
def as_owner() -> Iterator[psycopg.Cursor[Any]]:
    """Act as the owner of the database, on a connection of its own."""
    address = os.environ["ENTREMISE_TEST_OWNER_URL"]
    with psycopg.connect(address, dbname=connection.settings_dict["NAME"]) as link, link.cursor() as cursor:
        yield cursor


def invent_days(actor_id: str, *, days: int, seen: int) -> None:
    """Give an account a past: so many days on which so many people were shown."""
    with as_owner() as cursor:
        cursor.execute(
            "insert into vault.kernel_disclosure (actor_id, person_id, day, at, purpose)"
            " select %s, gen_random_uuid(), vault.today() - d, now() - d * interval '1 day', 'x'"
            " from generate_series(1, %s) d, generate_series(1, %s)",
            [actor_id, days, seen],
        )


def make_canary(person: Person) -> None:
    """Make somebody a file that nobody has a reason to open."""
    with as_owner() as cursor:
        cursor.execute("insert into vault.kernel_canary values (%s, now())", [person.pk])
