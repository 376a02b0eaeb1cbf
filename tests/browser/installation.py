"""The whole product as `make run` starts it: its own folder, its own database, a free port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from entremise.kernel.processes import ends_with_parent
from tests.factories.installed import KEPT_VARIABLES, ROOT, install

START_SECONDS = 150.0
STOP_SECONDS = 30.0
READY = re.compile(r"est prêt : (http://\S+)")


class Installation:
    """One running installation, with the people of the demonstration."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="entremise story ")
        self._log: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.address = ""

    def start(self) -> None:
        """Do what `make run` does once the tables are made, and wait for the address it prints."""
        folder = Path(self._folder.name)
        folder.chmod(0o711)  # the account of the database server must reach its own folder inside
        install(folder / "var")
        settings = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES}
        settings |= {
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "ENTREMISE_VAR": str(folder / "var"),
            "PORT": str(_free_port()),
        }
        self._log = (folder / "run.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "entremise.config.cli", "run"],
            cwd=folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            preexec_fn=ends_with_parent(signal.SIGINT),
        )
        self.address = self._wait_address(self._process)

    def stop(self) -> None:
        """Do what Ctrl-C does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._log is not None:
            self._log.close()
        self._folder.cleanup()

    def said(self) -> str:
        """Return what the terminal shows."""
        return (Path(self._folder.name) / "run.log").read_text(encoding="utf-8", errors="replace")

    def _wait_address(self, process: subprocess.Popen[bytes]) -> str:
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            found = READY.search(self.said())
            if found:
                return found[1]
            assert process.poll() is None, f"`make run` ended at once:\n{self.said()}"
            time.sleep(0.2)
        raise AssertionError(f"`make run` is not ready after {START_SECONDS:.0f} s:\n{self.said()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
