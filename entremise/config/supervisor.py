"""One process above all: it starts the server, the site and the worker, restarts what dies, stops all in order."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from entremise.config.console import say, warn
from entremise.kernel.postgres import Cluster
from entremise.kernel.processes import ends_with_parent

TICK_SECONDS = 0.05
STOP_SECONDS = 20.0
LEFTOVER_SECONDS = 2.0  # from the last signal to the end of a process: an instant, unless the machine is very busy
RENEW_SECONDS = 5.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
HEALTHY_SECONDS = 20.0
MAX_EARLY_FAILURES = 5  # a service that never worked is a mistake to tell, not an accident to repair


@dataclass
class Service:
    """A program kept alive."""

    name: str  # French, with its article: « le site »
    command: list[str]
    environment: dict[str, str]
    follows_server: bool = False  # keeps a listening connection: started again when the server was
    process: subprocess.Popen[bytes] | None = None
    early_failure_count: int = 0
    has_been_healthy: bool = False
    _started_at: float = 0.0
    _restart_at: float | None = None
    _renew_limit: float | None = None
    _pause: float = field(default=FIRST_PAUSE_SECONDS)

    def start(self) -> None:
        """Start the program as our direct child; it ends when we do, however we end."""
        self.process = subprocess.Popen(  # noqa: S603  # our own commands
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the supervisor, which stops everything in order
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
        self._started_at, self._restart_at, self._renew_limit = time.monotonic(), None, None

    def tend(self) -> None:
        """Restart the program if it ended, after a growing pause."""
        if self.process is None:
            return
        now = time.monotonic()
        is_old = now - self._started_at > HEALTHY_SECONDS
        if self.process.poll() is None:
            self.has_been_healthy = self.has_been_healthy or is_old
            if self._renew_limit is not None and now > self._renew_limit:
                self.end_leftovers()
            return
        if self._renew_limit is not None:
            self.start()
            return
        if self._restart_at is None:
            code = self.process.returncode
            was_killed = code == -signal.SIGKILL  # from outside: it made no mistake, and waiting would repair nothing
            self._pause = FIRST_PAUSE_SECONDS if is_old or was_killed else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            self._restart_at = now + self._pause
            self.early_failure_count += not was_killed
            self.end_leftovers()
            warn(f"Attention : {self.name} s'est arrêté (code {code}) et va redémarrer dans {self._pause:.1f} s.")
        if now >= self._restart_at:
            self.start()

    @property
    def is_hopeless(self) -> bool:
        """Tell whether the program fails again and again without ever having worked."""
        return not self.has_been_healthy and self.early_failure_count >= MAX_EARLY_FAILURES

    def renew(self) -> None:
        """End the program so that it is started again at once."""
        if self.process is not None and self.process.poll() is None:
            self._renew_limit = time.monotonic() + RENEW_SECONDS
            self.ask_to_stop()

    def end_leftovers(self) -> None:
        """End the program and its children without patience: the children of a killed one would keep its port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        """Ask the program to finish what it does and end."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def wait_stopped(self, limit: float) -> None:
        """Wait for the program to end; at the limit, end it. Its children are gone too when this returns."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(limit - time.monotonic(), 0.1))
        self.end_leftovers()  # a server that stops may end its workers without waiting to see them gone
        self.process.wait()
        limit = time.monotonic() + LEFTOVER_SECONDS
        while self._has_leftovers() and time.monotonic() < limit:
            time.sleep(TICK_SECONDS)

    def _has_leftovers(self) -> bool:
        assert self.process is not None  # noqa: S101  # asked once it has run
        try:
            os.killpg(self.process.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True


class Supervisor:
    """Keeps the server and the services alive until it is asked to stop."""

    def __init__(self, cluster: Cluster | None, services: list[Service]) -> None:
        self.cluster = cluster
        self.services = services
        self._is_asked_to_stop = False

    def run(self, once_up: Callable[[], bool]) -> int:
        """Run until Ctrl-C or SIGTERM; `once_up` is asked at each turn until it says that all is announced."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        is_announced = False
        try:
            for service in self.services:
                service.start()
            while not self._is_asked_to_stop:
                if self.cluster is not None and self.cluster.tend():
                    warn("Attention : le serveur PostgreSQL s'était arrêté ; il redémarre.")
                    for service in self.services:
                        if service.follows_server:
                            service.renew()
                for service in self.services:
                    service.tend()
                hopeless = [service for service in self.services if service.is_hopeless]
                if hopeless:
                    warn(f"Abandon : {hopeless[0].name} ne parvient pas à démarrer. Ses messages sont ci-dessus.")
                    return 1
                is_announced = is_announced or once_up()
                time.sleep(TICK_SECONDS)
            return 0
        finally:
            self._stop()

    def _stop(self) -> None:
        say("Arrêt en cours…")
        for service in self.services:
            service.ask_to_stop()
        limit = time.monotonic() + STOP_SECONDS
        for service in self.services:
            service.wait_stopped(limit)
        say("Tout est arrêté.")

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._is_asked_to_stop:  # a second Ctrl-C: no more patience
            for service in self.services:
                service.end_leftovers()
        self._is_asked_to_stop = True
