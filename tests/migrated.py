"""The migrated base of a run: made by a process of its own while the workers read the tests, then copied by each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

BASE, DRAFT = "migrated", "migrating"
IS_MADE = "ENTREMISE_TEST_MIGRATED"  # told to the workers: somebody makes it
PATIENCE_SECONDS = 120.0
ROOT = Path(__file__).resolve().parent.parent


def make_meanwhile(owner_url: str) -> subprocess.Popen[bytes]:
    """Begin to make it."""
    os.environ[IS_MADE] = "1"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {DRAFT}")
    settings = os.environ | {"DATABASE_URL": urlsplit(owner_url)._replace(path=f"/{DRAFT}").geturl()}
    return subprocess.Popen([sys.executable, "-W", "ignore", "-m", "tests.migrated"], cwd=ROOT, env=settings)


def make(owner_url: str) -> None:
    """Migrate it, as its owner; it takes its name once it is whole."""
    import django
    from django.core.management import call_command
    from django.db import connection

    from entremise.kernel.postgres import grant_application_role

    django.setup()
    connection.ensure_connection()
    grant_application_role(connection.connection)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.close()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {DRAFT} RENAME TO {BASE}")


def template(owner_url: str) -> str | None:
    """Wait for it; return its name, or nothing when nobody made it: one migrates by oneself then."""
    limit = time.monotonic() + (PATIENCE_SECONDS if IS_MADE in os.environ else 0)
    while time.monotonic() < limit:
        with psycopg.connect(owner_url) as owner:
            if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE]).fetchone():
                return BASE
        time.sleep(0.1)
    return None


if __name__ == "__main__":
    make(os.environ["DATABASE_OWNER_URL"])
