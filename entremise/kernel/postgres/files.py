"""What the server leaves on disk: its data, its log, and what a killed one left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import IO, Any

from entremise.kernel.postgres.connection import SUPERUSER_ROLE, ServerRefused
from entremise.kernel.postgres.placement import Placement, make_folder

LOG_LIMIT_BYTES = 10_000_000
TAIL_LINES = 12


def make_data(placement: Placement, sockets: Path, superuser_password: str, *, durable: bool) -> None:
    """Make the data folder, complete or not at all, when there is none yet."""
    if (placement.data / "PG_VERSION").exists():
        return
    draft = placement.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)  # a first start was interrupted
    make_folder(draft, 0o700)
    placement.account.give(draft)
    password_file = sockets / ".first-password"
    password_file.write_text(superuser_password + "\n", encoding="ascii")
    password_file.chmod(0o600)
    placement.account.give(password_file)
    try:
        _initdb(placement, draft, password_file, durable=durable)
    finally:
        password_file.unlink()
    draft.rename(placement.data)


def _initdb(placement: Placement, draft: Path, password_file: Path, *, durable: bool) -> None:
    command = [
        str(placement.binaries / "initdb"),
        f"--pgdata={draft}",
        f"--username={SUPERUSER_ROLE}",
        "--auth=scram-sha-256",
        f"--pwfile={password_file}",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=PG_UNICODE_FAST",  # with a C locale lower('É') is wrong, and French search too
        "--data-checksums",
        *([] if durable else ["--no-sync"]),
    ]
    options: dict[str, Any] = placement.account.popen_options()
    done = subprocess.run(  # noqa: S603  # our own binary, our own arguments
        command, check=False, capture_output=True, text=True, cwd="/", env=server_environment(), **options
    )
    if done.returncode:
        raise ServerRefused(
            "Les données du serveur PostgreSQL embarqué n'ont pas pu être préparées. Ses dernières lignes :\n"
            + "\n".join(done.stderr.strip().splitlines()[-TAIL_LINES:])
        )


def server_environment() -> dict[str, str]:
    """Give the server only what it needs: no PG… variable of the caller may change what it does."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def server_log(placement: Placement) -> IO[bytes]:
    """Open the log of the server, put aside when it has grown long."""
    path = placement.home / "postgres.log"
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".log.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(descriptor, "ab")


def log_tail(placement: Placement) -> str:
    """Give the last lines of the server's log."""
    with contextlib.suppress(OSError):
        text = (placement.home / "postgres.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-TAIL_LINES:])
    return ""


def is_memory_still_held(placement: Placement) -> bool:
    """Tell whether the last start failed only because processes of the killed server were still ending."""
    last = log_tail(placement)
    return "pre-existing shared memory block" in last or "is another postmaster" in last


def end_orphan(placement: Placement, patience_seconds: float) -> None:
    """Wait for a server left by a dead supervisor to end; clear a pid file that names somebody else.

    The caller holds the supervisor's lock, so a postmaster on this folder is nobody's child any more.
    """
    pid_file = placement.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="ascii", errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if not _is_alive(pid):
        return  # PostgreSQL clears it itself
    if not _serves(pid, placement.data):
        pid_file.unlink(missing_ok=True)  # its number was given to another program since
        return
    for asked in (signal.SIGINT, signal.SIGQUIT):
        os.kill(pid, asked)
        limit = time.monotonic() + patience_seconds
        while time.monotonic() < limit:
            if not _is_alive(pid):
                return
            time.sleep(0.05)
    raise ServerRefused(
        f"Un serveur PostgreSQL abandonné (processus {pid}) utilise encore {placement.data} et ne s'arrête pas. "
        f"Arrêtez-le (kill {pid}), puis recommencez."
    )


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return state.rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, data: Path) -> bool:
    """Tell whether this process is a postmaster on this folder: it works from inside it."""
    proc = Path(f"/proc/{pid}")
    if not proc.exists():
        return True  # no /proc here (macOS): be careful
    try:
        return proc.joinpath("cwd").readlink().samefile(data) and "postgres" in proc.joinpath("comm").read_text()
    except (PermissionError, FileNotFoundError):
        return False
