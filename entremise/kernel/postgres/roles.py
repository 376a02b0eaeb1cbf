"""The roles and rights of the database, made once and checked at each start."""

from __future__ import annotations

import psycopg
from psycopg import sql

from entremise.kernel.postgres.connection import APP_ROLE, DATABASE, OWNER_ROLE, Passwords

NO_POWER = sql.SQL("LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS")


def prepare(superuser_url: str, passwords: Passwords, *, owner_may_create_databases: bool) -> None:
    """Make the two roles and the database, or bring them back to what they must be."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        _role(connection, OWNER_ROLE, passwords.owner, may_create_databases=owner_may_create_databases)
        _role(connection, APP_ROLE, passwords.app, may_create_databases=False)
        is_made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if is_made is None:
            create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)))
        # A whole country of invented people is loaded without checking each foreign key; the owner could drop them.
        suspend = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
        connection.execute(suspend.format(sql.Identifier(OWNER_ROLE)))


def grant_application_role(owner: psycopg.Connection, app_role: str = APP_ROLE) -> None:
    """Let the application role read and write what the owner's migrations will create, and nothing more.

    Tables that exist already keep the rights their migrations gave them: some are append-only.
    """
    role = sql.Identifier(app_role)
    for statement in (
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {}"),
    ):
        owner.execute(statement.format(role))


def _role(connection: psycopg.Connection, name: str, password: str, *, may_create_databases: bool) -> None:
    is_made = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    # Hashed here, so that the password itself never reaches the server nor its log.
    hashed = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("{} ROLE {} WITH {} {} PASSWORD {}").format(
        sql.SQL("ALTER" if is_made else "CREATE"),
        sql.Identifier(name),
        NO_POWER,
        sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB"),
        sql.Literal(hashed),
    )
    connection.execute(statement)
