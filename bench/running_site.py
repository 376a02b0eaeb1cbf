"""A site started as a person starts it, for the time of a bench."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from entremise.kernel.postgres import read_connection_file

FIRST_PEOPLE = 300  # the demonstration that `run` makes by itself
START_S, STOP_S = 600.0, 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """A site that runs."""

    address: str
    pid: int  # of its supervisor

    def processor_ms(self) -> float:
        """Return the processor time of the supervisor and all that it started, database included, up to now."""
        parents: dict[int, list[int]] = {}
        spent: dict[int, int] = {}
        for listing in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = listing.read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            pid = int(listing.parent.name)
            parents.setdefault(int(fields[1]), []).append(pid)
            spent[pid] = int(fields[11]) + int(fields[12])
        family = [self.pid]
        for pid in family:
            family += parents.get(pid, [])
        return 1000 * sum(spent.get(pid, 0) for pid in family) / os.sysconf("SC_CLK_TCK")


@contextmanager
def folder_of_site() -> Iterator[Path]:
    """Give the folder of the site in ENTREMISE_VAR, or a new one that is gone after the block."""
    if given := os.environ.get("ENTREMISE_VAR"):
        yield Path(given).absolute()
        return
    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as made:
        Path(made).chmod(0o711)  # the account of the server must reach its own folder inside
        yield Path(made)


def database(folder: Path, *, is_owner: bool = False) -> "psycopg.Connection[tuple[Any, ...]]":
    """Connect to the database of a site that runs, as the application or as the owner of its tables."""
    told = read_connection_file(folder)
    if told is None:
        raise RuntimeError(f"{folder} has no database")
    return psycopg.connect(told.owner_url if is_owner else told.app_url)


@contextmanager
def running(folder: Path, people: int) -> Iterator[Site]:
    """Start the site of a folder, new or not; stop it after the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ENTREMISE_VAR": str(folder), "PORT": str(port), "ENTREMISE_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "entremise.config.cli"]
    if people > FIRST_PEOPLE and not (folder / "postgres").exists():
        subprocess.run([*command, "demo", "--people", str(people)], env=environment, check=True, stdout=sys.stderr)
    site = subprocess.Popen([*command, "run"], env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(site, address)
        yield Site(address, site.pid)
    finally:
        site.send_signal(signal.SIGINT)  # to the supervisor alone: it ends its own
        try:
            site.wait(STOP_S)
        except subprocess.TimeoutExpired:
            site.kill()
            site.wait()


def _wait(site: "subprocess.Popen[bytes]", address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + START_S
    while time.monotonic() < limit:
        if site.poll() is not None:
            raise RuntimeError("the site did not start: its own messages say why")
        try:
            with opener.open(f"{address}/sante/", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"the site does not answer at {address}")
