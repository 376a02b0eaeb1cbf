"""No message is lost and none is sent twice, whichever process is killed: writer, worker, relay, database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from entremise.kernel.postgres import Cluster
from tests.factories.mail_processes import KINDS
from tests.factories.smtp import Sink
from tests.promises import Promise, kill_count

ROOT = Path(__file__).resolve().parents[2]
HELD_KINDS = {"validations.request", "promotions.profile"}
PROCESSES = ("writer", "worker", "relay")
SETTLE_SECONDS = 120.0
TRAFFIC = 5  # messages that arrive between two kills


class Processes:
    """The processes of one site, forked from one that is ready."""

    def __init__(self, cluster: Cluster, var: Path, port: int) -> None:
        self.acknowledged = var / "acknowledged"
        settings = {
            "ENTREMISE_VAR": str(var), "DATABASE_URL": cluster.connection.app_url, "PYTHONPATH": str(ROOT),
            "DATABASE_OWNER_URL": cluster.connection.owner_url, "SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
            "ENTREMISE_MAIL_FROM": "Emploi <ne-pas-repondre@emploi.example>", "ENTREMISE_DEMO": "0",
            "ENTREMISE_MAIL_PER_MINUTE": "100000", "ENTREMISE_MAIL_DOMAIN_PER_MINUTE": "100000",
            "DJANGO_SETTINGS_MODULE": "entremise.config.settings", "ENTREMISE_SECRET_KEY": "x" * 50,
        }  # fmt: skip
        self._parent = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.factories.mail_processes", str(self.acknowledged)],
            env=os.environ | settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            start_new_session=True,
        )  # fmt: skip
        assert self._answer() == "ready"
        self.pids = {word: self._fork(word) for word in PROCESSES}

    def kill(self, word: str) -> None:
        os.kill(self.pids[word], signal.SIGKILL)

    def start(self, word: str) -> None:
        self.pids[word] = self._fork(word)

    def end(self) -> None:
        os.killpg(self._parent.pid, signal.SIGKILL)
        self._parent.wait()
        for stream in (self._parent.stdin, self._parent.stdout):
            if stream is not None:
                stream.close()

    def _fork(self, word: str) -> int:
        assert self._parent.stdin is not None
        self._parent.stdin.write(word + "\n")
        self._parent.stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        assert self._parent.stdout is not None
        return self._parent.stdout.readline().strip()


@dataclass(frozen=True)
class Account:
    """What the database says of each message, what the server received, what was promised to the writer."""

    states: dict[str, tuple[str, str, int]]  # kind, state, attempts by identifier
    received: Counter[str]
    acknowledged: set[str]

    @property
    def lost(self) -> set[str]:
        unknown = self.acknowledged - set(self.states)
        never = {name for name, (_, state, _n) in self.states.items() if state != "held" and not self.received[name]}
        return unknown | never

    @property
    def held(self) -> set[str]:
        return {name for name, (_, state, _n) in self.states.items() if state == "held"}

    @property
    def twice(self) -> set[str]:
        return {name for name, (kind, *_r) in self.states.items() if kind in HELD_KINDS and self.received[name] > 1}

    @property
    def repeated(self) -> dict[str, int]:
        return {name: n for name, n in self.received.items() if n > 1 and name not in self.twice}


@pytest.fixture
def site() -> Iterator[tuple[Cluster, Processes, Sink]]:
    """Give a database, a mail server and the processes between them."""
    with tempfile.TemporaryDirectory(prefix="courriels-") as folder:
        var = Path(folder)
        var.chmod(0o711)
        with Cluster(var) as cluster, Sink() as sink:
            sink.answer_seconds = 0.004  # a server takes some time: kills fall between the dot and its answer too
            processes = Processes(cluster, var, sink.port)
            try:
                yield cluster, processes, sink
            finally:
                processes.end()


def test_no_message_is_lost_nor_sent_twice_whoever_is_killed(
    site: tuple[Cluster, Processes, Sink], promise: Promise
) -> None:
    cluster, processes, sink = site
    count, chance = kill_count(), random.Random(20261123)
    wait_until(lambda: len(sink.received) > len(KINDS), cluster)
    for turn in range(count):
        victim = (*PROCESSES, "database")[turn % 4]
        seen = len(sink.received)
        wait_until(lambda: len(sink.received) >= seen + TRAFFIC, cluster)  # noqa: B023 asked at once
        pause(chance.uniform(0, 0.1), cluster)
        if victim == "database":
            kill_database(cluster)
        else:
            processes.kill(victim)
            processes.start(victim)
    processes.kill("writer")
    wait_until(lambda: not open_count(cluster), cluster)
    account = account_of(cluster, processes, sink)
    assert len(account.acknowledged) > count
    assert account.lost == set()
    assert account.twice == set()
    assert set(account.received) <= set(account.states)  # nothing left that was not written
    assert all(n <= account.states[name][2] + 1 for name, n in account.repeated.items())  # each repeat was a doubt
    messages = len(account.states)
    told = f"{count} arrêts, {messages} messages, {len(account.held)} retenus et listés"
    promise("R2", f"0 perdu : {told}", is_met=not account.lost)
    again = f"{len(account.repeated)} nouvelles personnelles renvoyées sous le même Message-ID"
    promise("R3", f"0 en double : {told}, {again}", is_met=not account.twice)


def kill_database(cluster: Cluster) -> None:
    """Kill the server, once it is back from the last time."""
    wait_until(lambda: cluster.pid, cluster)
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)


def pause(seconds: float, cluster: Cluster) -> None:
    """Wait while the database is tended."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        cluster.tend()
        time.sleep(0.01)


def wait_until(is_so: Callable[[], object], cluster: Cluster) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + SETTLE_SECONDS
    while not is_so():
        assert time.monotonic() < limit, "it never came"
        pause(0.02, cluster)


def open_count(cluster: Cluster) -> int:
    """Return how many messages wait for something else than a person."""
    cluster.tend()
    try:
        with psycopg.connect(cluster.connection.app_url) as app:
            row = app.execute(
                "SELECT count(*) FROM kernel_outboxmessage WHERE state NOT IN ('sent', 'held')"
            ).fetchone()
    except psycopg.OperationalError:
        return -1  # it restarts
    return row[0] if row else 0


def account_of(cluster: Cluster, processes: Processes, sink: Sink) -> Account:
    """Compare the three books."""
    with psycopg.connect(cluster.connection.app_url) as app:
        rows = app.execute("SELECT id, kind, state, attempt_count FROM kernel_outboxmessage").fetchall()
    lines = processes.acknowledged.read_text().splitlines()
    whole = {line.split()[0] for line in lines if len(line.split()) == 2}
    return Account({pk.hex: (kind, state, tries) for pk, kind, state, tries in rows}, Counter(sink.ids), whole)
