"""Django on the right server, under the right role, for the commands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import django
import psycopg
from django.core.management import call_command

from entremise.config import environment
from entremise.config.console import CommandRefused
from entremise.config.environment import Environment, django_database
from entremise.kernel import postgres

SETTINGS_MODULE = "entremise.config.settings"


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
        call_command("migrate", interactive=False, verbosity=0)
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
