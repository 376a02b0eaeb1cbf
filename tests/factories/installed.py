"""Data folders made once for all the tests of a run that are about what comes next: each takes a copy."""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = secrets.token_hex(4)
KEPT_VARIABLES = {"PATH", "HOME", "LANG", "TMPDIR"}
START_SECONDS = 150.0


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a data folder that the first test of this run to ask for it makes, and that the others find."""
    folder = Path(tempfile.gettempdir()) / f"entremise-{name}-{os.environ.get('PYTEST_XDIST_TESTRUNUID', RUN)}"
    folder.mkdir(mode=0o711, exist_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            make(folder / "var")
            (folder / "ready").touch()
    return folder / "var"


def install(var: Path) -> None:
    """Make of nothing what `entremise init` makes, in less time: only the first of the run does it."""
    copy(made_once("installed", _init), var)


def copy(made: Path, var: Path) -> None:
    """Copy a data folder, with the account of its server."""
    subprocess.run(["cp", "-a", str(made), str(var)], check=True)


def _init(var: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES}
    settings |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "ENTREMISE_VAR": str(var)}
    command = [sys.executable, "-m", "entremise.config.cli", "init"]
    done = subprocess.run(
        command, cwd=var.parent, env=settings, capture_output=True, text=True, timeout=START_SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
