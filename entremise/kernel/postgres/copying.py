"""A copy of the whole server while it works, as a stream of tar: PostgreSQL's own base backup, with its log.

The server checks the sum of every page that it reads for this: a damaged page stops the copy with an error.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psycopg

from entremise.kernel.postgres.connection import (
    SOCKET_PORT,
    SUPERUSER_ROLE,
    ServerRefused,
    address,
    kept_passwords,
)
from entremise.kernel.postgres.files import server_environment
from entremise.kernel.postgres.placement import Placement, place, socket_folder

SLOT = "entremise_copy"
SIZE = "select sum(pg_database_size(oid))::bigint from pg_database"
END_SECONDS = 30.0


def superuser_url(var: Path) -> str:
    """Return where the superuser reaches the embedded server of a data folder; for backups and checks only."""
    placement = place(var)
    password = kept_passwords(placement.home / "passwords.json").superuser
    return address(SUPERUSER_ROLE, password, "postgres", str(socket_folder(placement)))


def database_bytes(var: Path) -> int:
    """Return how much the databases of the running server weigh."""
    with psycopg.connect(superuser_url(var)) as connection:
        row = connection.execute(SIZE).fetchone()
    return int(row[0]) if row else 0


@contextlib.contextmanager
def base_copy(var: Path, *, with_log: bool = True) -> Iterator[IO[bytes]]:
    """Stream the running server as tar; an error after the last byte is raised at the end of the block."""
    placement = place(var)
    with contextlib.ExitStack() as stack:
        if with_log:
            stack.enter_context(_log_held(var))
        said = stack.enter_context(tempfile.TemporaryFile())
        copying = subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
            _command(placement, with_log=with_log),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd="/",
            env=server_environment() | {"PGPASSWORD": kept_passwords(placement.home / "passwords.json").superuser},
            **_account(placement),
        )
        if copying.stdout is None:
            raise AssertionError("asked for a pipe")
        try:
            yield copying.stdout
            copying.stdout.read()  # whatever follows the end of the tar
            code = copying.wait(END_SECONDS)
        finally:
            copying.kill()
            copying.stdout.close()
            copying.wait()
        if code:
            said.seek(0)
            raise ServerRefused(
                "PostgreSQL n'a pas pu copier la base. Ses derniers mots :\n"
                + said.read().decode(errors="replace").strip()
            )


@contextlib.contextmanager
def _log_held(var: Path) -> Iterator[None]:
    """Keep the log that the copy needs from being recycled before it is copied; ends with the connection."""
    with psycopg.connect(superuser_url(var), autocommit=True) as connection:
        name = f"{SLOT}_{os.getpid()}"
        connection.execute("select pg_create_physical_replication_slot(%s, true, true)", [name])
        yield


def _command(placement: Placement, *, with_log: bool) -> list[str]:
    return [
        str(placement.binaries / "pg_basebackup"),
        "--pgdata=-",
        "--format=tar",
        f"--wal-method={'fetch' if with_log else 'none'}",
        "--checkpoint=fast",
        "--manifest-checksums=SHA256",
        f"--host={socket_folder(placement)}",
        f"--port={SOCKET_PORT}",
        f"--username={SUPERUSER_ROLE}",
        "--no-password",
    ]


def _account(placement: Placement) -> dict[str, Any]:
    return placement.account.popen_options()
