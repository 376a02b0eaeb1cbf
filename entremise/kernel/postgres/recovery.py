"""A copied server brought back to life: to the last thing its log knows, or to an instant."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from entremise.kernel.postgres import archive, files
from entremise.kernel.postgres.connection import (
    SOCKET_PORT,
    SUPERUSER_ROLE,
    ServerRefused,
    address,
    kept_passwords,
)
from entremise.kernel.postgres.placement import Placement, socket_folder

LOOK_SECONDS = 0.1
STOP_SECONDS = 60.0
TOO_LATE = "recovery ended before configured recovery target was reached"
TOO_EARLY = "requested recovery stop point is before consistent recovery point"


def recover(placement: Placement, pieces: Path, until: dt.datetime | None) -> None:
    """Play the log over copied data, then stop: what is left is a server like any other, on a new timeline."""
    signal_file = placement.data / "recovery.signal"
    signal_file.touch(0o600)
    placement.account.give(signal_file)
    sockets = socket_folder(placement)
    server = _launch(placement, sockets, pieces, until)
    try:
        _wait_recovered(server, placement, sockets)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)  # a fast shutdown, with its checkpoint
            server.wait(STOP_SECONDS)


def _launch(placement: Placement, sockets: Path, pieces: Path, until: dt.datetime | None) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "port": str(SOCKET_PORT),
        "unix_socket_directories": str(sockets),
        "restore_command": archive.fetch_command(pieces),
        "recovery_target_action": "promote",
        **({"recovery_target_time": until.isoformat(sep=" ")} if until else {}),
        **archive.settings(placement),
    }
    command = [str(placement.binaries / "postgres"), "-D", str(placement.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    options: dict[str, Any] = placement.account.popen_options()
    with files.server_log(placement) as log:
        return subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            env=files.server_environment(),
            **options,
        )


def _wait_recovered(server: subprocess.Popen[bytes], placement: Placement, sockets: Path) -> None:
    """Wait as long as it plays: there may be days of log."""
    password = kept_passwords(placement.home / "passwords.json").superuser
    url = address(SUPERUSER_ROLE, password, "postgres", os.fspath(sockets))
    while server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("select pg_is_in_recovery()").fetchone()
            if row == (False,):
                return
        time.sleep(LOOK_SECONDS)
    raise ServerRefused(_reason(files.log_tail(placement)))


def _reason(last_lines: str) -> str:
    if TOO_LATE in last_lines:
        return "L'instant demandé est après la dernière écriture sauvegardée. Sans --until, tout est rétabli."
    if TOO_EARLY in last_lines:
        return "L'instant demandé est avant la fin de cette sauvegarde. Prenez la sauvegarde précédente."
    return f"La base n'a pas pu être rétablie. Les dernières lignes de PostgreSQL :\n{last_lines}"
