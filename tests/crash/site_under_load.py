"""A real installation with a few invented people, and clients that write, retry and note what they were told."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import psycopg

from tests.factories.installed import KEPT_VARIABLES, ROOT, copy, made_once

PEOPLE = "20"
START_SECONDS = 150.0
STOP_SECONDS = 40.0
REDIRECT, BUSY = 302, 503
OUR_ROLE = "Conseiller à dominante entreprises"


class Site:
    """One data folder with its people, and the site on it."""

    def __init__(self, **settings: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="entremise arrêts ")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o711)  # the account of the database server must reach its own folder inside
        self.var = self.folder / "var"
        self.port = free_port()
        self.settings = settings
        self.supervisor: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where the site answers."""
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str, var: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return subprocess.run(
            [sys.executable, "-m", "entremise.config.cli", *words],
            cwd=self.folder,
            env=self.environment(var) | {"ENTREMISE_DEBUG": "1"} | settings,  # an unforeseen error is told here
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )

    def environment(self, var: Path | None = None) -> dict[str, str]:
        """Return the settings of this installation."""
        kept = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES}
        ours = {"ENTREMISE_VAR": str(var or self.var), "ENTREMISE_DEMO": "1", "PORT": str(self.port)}
        return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | ours | self.settings

    def prepare(self) -> None:
        """Make the tables and the people, or copy those that another test of this run made."""
        copy(made_once("prepared", self._make), self.var)

    def _make(self, var: Path) -> None:
        """Give people to an empty folder: the command makes the rest."""
        done = self.command("demo", "--people", PEOPLE, var=var)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Start the site, as a service manager does, and wait for it to answer."""
        with (self.folder / "run.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "entremise.config.cli", "run"],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.wait_answer(START_SECONDS)

    def stop(self) -> None:
        """Stop all in order."""
        if self.supervisor is not None:
            self.supervisor.send_signal(signal.SIGINT)
            try:
                self.supervisor.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.supervisor.kill()
                self.supervisor.wait()
            self.supervisor = None

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        self._folder.cleanup()

    def said(self) -> str:
        """Return what the terminal shows."""
        return (self.folder / "run.log").read_text(encoding="utf-8", errors="replace")

    def faults(self) -> str:
        """Return the errors that the site told, each once, with how often."""
        told = [line for line in self.said().splitlines() if re.match(r"[a-zA-Z_.]+(Error|Exception|Timeout)\b", line)]
        return "\n".join(f"{count} × {line}" for line, count in Counter(told).most_common(12))

    def answers(self) -> bool:
        """Tell whether the site and its database answer."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/sante/", timeout=5, trust_env=False).status_code == httpx.codes.OK
        return False

    def wait_answer(self, seconds: float) -> float:
        """Wait until the site answers; return how long it took."""
        start = time.monotonic()
        while not self.answers():
            assert time.monotonic() - start < seconds, f"the site does not answer:\n{self.said()[-3000:]}"
            assert self.supervisor is None or self.supervisor.poll() is None, self.said()[-3000:]
            time.sleep(0.02)
        return time.monotonic() - start

    def wait_database(self, seconds: float) -> float:
        """Wait until the database takes connections; return how long it took."""
        start = time.monotonic()
        while True:
            try:
                with psycopg.connect(self.database_url("app"), connect_timeout=5) as connection:
                    connection.execute("select 1")
                return time.monotonic() - start
            except psycopg.OperationalError:
                assert time.monotonic() - start < seconds, "the database does not answer"
                time.sleep(0.01)

    def database_url(self, role: str) -> str:
        """Return where the database of the running site answers."""
        return str(json.loads((self.var / "connection.json").read_text(encoding="utf-8"))[f"{role}_url"])

    def family(self, name: str) -> list[int]:
        """Return a child of the supervisor, known by a word of its command, and its own children; wait for it."""
        limit = time.monotonic() + STOP_SECONDS  # killed a moment ago: the supervisor is starting it
        while not (found := self._family(name)):
            assert time.monotonic() < limit, f"{name} is not started again:\n{self.said()[-3000:]}"
            time.sleep(0.05)
        return found

    def _family(self, name: str) -> list[int]:
        assert self.supervisor is not None
        for pid in children(self.supervisor.pid):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if name in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace"):
                    return [pid, *children(pid)]
        return []


class Writer(threading.Thread):
    """Somebody who writes without pause: the same key until an answer comes, then the next one."""

    def __init__(self, site: Site, name: str) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.label = name
        self.acknowledged: list[str] = []
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._stopping = threading.Event()
        self._client, self._target, self._token = sign_in(site)

    def run(self) -> None:
        """Write until asked to stop."""
        while not self._stopping.is_set():
            self._write(f"{self.label}-{len(self.acknowledged)}")

    def finish(self) -> None:
        """Let the write under way get its answer, then stop."""
        self._stopping.set()
        self.join(60)
        assert not self.is_alive()
        self._client.close()

    def _write(self, text: str) -> None:
        form = {
            "csrfmiddlewaretoken": self._token, "idempotency_key": secrets.token_urlsafe(12),
            "channel": "call", "purpose": "prospecting", "outcome": text,
        }  # fmt: skip
        while True:
            try:
                answer = self._client.post(self._target, data=form, headers={"Referer": self.site.address})
            except httpx.HTTPError:
                self.answers["refused"] += 1
                time.sleep(0.02)
                continue
            self.answers[str(answer.status_code)] += 1
            if answer.status_code == REDIRECT and "/entreprises/" in answer.headers["location"]:
                self.acknowledged.append(text)
                return
            if answer.status_code != BUSY or "Retry-After" not in answer.headers:
                self.wrong.append(f"{answer.status_code} {answer.headers.get('location', '')} {answer.text[:300]}")
                if len(self.wrong) > 20:
                    return
            time.sleep(0.02)


def sign_in(site: Site) -> tuple[httpx.Client, str, str]:
    """Enter as a business adviser; return the browser, where conversations are written, and the form's token."""
    client = httpx.Client(base_url=site.address, timeout=30, trust_env=False)
    page = client.get("/demo/").text
    section = page[page.index(OUR_ROLE) :]
    account = re.search(r'name="account" value="([^"]+)"', section)
    assert account is not None
    token = str(re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1])  # type: ignore[index]
    headers = {"Referer": site.address}
    entered = client.post("/demo/", data={"csrfmiddlewaretoken": token, "account": account[1]}, headers=headers)
    assert entered.status_code == REDIRECT, entered.text[:500]
    with psycopg.connect(site.database_url("app")) as base:
        row = base.execute("select id from employers_establishment order by id limit 1").fetchone()
    assert row is not None
    shown = client.get(f"/conseil/entreprises/{row[0]}/")
    assert shown.status_code == httpx.codes.OK, shown.text[:500]
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
    assert fresh is not None
    return client, f"/conseil/entreprises/{row[0]}/echanges/", fresh[1]


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
