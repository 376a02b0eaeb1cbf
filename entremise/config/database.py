"""Django on the right server, under the right role, for the commands."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

import django
import psycopg
from django.core.management import call_command
from django.db import OperationalError

from entremise.config import environment
from entremise.config.console import CommandRefused
from entremise.config.environment import Environment, django_database
from entremise.kernel import postgres

SETTINGS_MODULE = "entremise.config.settings"
MIGRATION_LOCK_SECONDS = 2
MIGRATION_TRIES = 30
MIGRATION_PAUSE_SECONDS = 0.5


@contextlib.contextmanager
def django_ready() -> Iterator[Environment]:
    """Give Django a database that answers: `DATABASE_URL`, the server that runs, or one for the time of the block."""
    settings = environment.load()
    with contextlib.ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(postgres.serving(settings.var))
            settings = environment.load()  # the server has just said where it answers
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS_MODULE
        django.setup()
        from django.db import connections  # needs the settings

        stack.callback(connections.close_all)
        yield settings


@contextlib.contextmanager
def as_owner(settings: Environment) -> Iterator[None]:
    """Run the block as the owner of the database, which alone may change tables."""
    from django.db import connection

    if settings.database_owner_url is None:
        raise CommandRefused(
            "Indiquez DATABASE_OWNER_URL, l'adresse du compte propriétaire de la base : "
            "le compte de l'application n'a pas le droit de modifier les tables, et c'est voulu."
        )
    usual = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(django_database(settings.database_owner_url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def migrate(settings: Environment) -> int:
    """Bring the tables up to date; return the number of migrations applied."""
    from django.db import connection

    if not _pending_count():
        return 0
    with as_owner(settings):
        connection.ensure_connection()
        owner: psycopg.Connection = connection.connection
        app_role = django_database(settings.database_url or "")["USER"] or postgres.APP_ROLE
        postgres.grant_application_role(owner, app_role)
        pending_count = _pending_count()
        _apply(owner)
        call_command("createcachetable", verbosity=0)
    return pending_count


def agree_on_the_vault(settings: Environment) -> None:
    """Tell the database the key of this application, when its secret is not the one that the database knows."""
    from django.db import connection

    from entremise.kernel import vault

    if not vault.is_agreed():
        with as_owner(settings):
            connection.ensure_connection()
            vault.install_key(connection)


def _apply(owner: psycopg.Connection) -> None:
    """Apply the migrations while the previous version serves: what waits for a lock makes everybody behind it wait.

    So it waits shortly, lets the others pass, and comes back; each migration is whole or not applied.
    """
    owner.execute(f"set lock_timeout = '{MIGRATION_LOCK_SECONDS}s'".encode())
    for left in reversed(range(MIGRATION_TRIES)):
        try:
            call_command("migrate", interactive=False, verbosity=0)
            break
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                raise
            if not left:
                raise CommandRefused(
                    "La mise à jour des tables attend depuis trop longtemps qu'une autre tâche finisse. Rien n'est "
                    "abîmé, le site sert toujours : recommencez à une heure plus calme."
                ) from error
        time.sleep(MIGRATION_PAUSE_SECONDS)


def limit_statements(*, statement_seconds: int, lock_seconds: int, idle_seconds: int = 0) -> None:
    """Bound what one statement, one wait and one silence inside a transaction may cost, for this whole process.

    Before its first connection. 0: no limit.
    """
    from django.db import connections

    limits = {
        "statement_timeout": statement_seconds,
        "lock_timeout": lock_seconds,
        "idle_in_transaction_session_timeout": idle_seconds,
    }
    options = connections.settings["default"]["OPTIONS"]
    words = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    options["options"] = f"{options.get('options', '')} {words}".strip()


def refresh_statistics(settings: Environment) -> None:
    """Tell the planner what a bulk load brought, without waiting for autovacuum: its first pages would be slow."""
    from django.db import connection

    if settings.database_owner_url is None:  # autovacuum does it within minutes
        return
    with as_owner(settings), connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def _pending_count() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
