"""One embedded server: made, started as our direct child, watched, restarted, stopped."""

from __future__ import annotations

import contextlib
import fcntl
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from entremise.kernel.postgres import archive, files, roles
from entremise.kernel.postgres.connection import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    SOCKET_PORT,
    SUPERUSER_ROLE,
    AlreadyRunning,
    ConnectionFile,
    ServerRefused,
    address,
    kept_passwords,
    read_connection_file,
    write_connection_file,
)
from entremise.kernel.postgres.placement import make_folder, place, socket_folder
from entremise.kernel.processes import ends_with_parent

START_SECONDS = 60.0
STOP_SECONDS = 30.0
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 5.0
HEALTHY_SECONDS = 30.0  # alive this long: the next failure starts again from the shortest pause
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "logging_collector": "off",
    "log_error_verbosity": "terse",  # no DETAIL line: it quotes the refused row, so personal data
    "log_min_error_statement": "panic",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Options:
    """How a server is run; the defaults are those of production."""

    durable: bool = True  # False: throw-away server of the tests
    tcp_port: int | None = None  # also answer on the loopback, with a password: plays the part of a real server
    owner_may_create_databases: bool = False


class Cluster:
    """The embedded server of a data folder; whoever holds its lock is its only supervisor."""

    def __init__(self, var: Path, options: Options = Options()) -> None:
        self.var = var.absolute()
        self.options = options
        self.placement = place(self.var)
        self.sockets = socket_folder(self.placement)
        self._lock = _take_lock(self.placement.home / "supervisor.lock")
        try:
            self._passwords = kept_passwords(self.placement.home / "passwords.json")
        except ServerRefused:
            self._lock.close()
            raise
        self._server: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._restart_at: float | None = None
        self.restart_count = 0

    @property
    def pid(self) -> int | None:
        """Number of the postmaster process, while it lives."""
        return self._server.pid if self._server and self._server.poll() is None else None

    @property
    def connection(self) -> ConnectionFile:
        """Where the owner and the application reach this server."""
        return ConnectionFile(
            app_url=self._address(APP_ROLE, self._passwords.app),
            owner_url=self._address(OWNER_ROLE, self._passwords.owner),
        )

    def __enter__(self) -> Cluster:
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()

    def start(self) -> None:
        """Make the server if it is new, start it, and return once roles and database are ready."""
        try:
            files.end_orphan(self.placement, STOP_SECONDS)
            files.make_data(self.placement, self.sockets, self._passwords.superuser, durable=self.options.durable)
            self._launch()
            self._wait_until_ready()
            roles.prepare(
                self._superuser_address(),
                self._passwords,
                owner_may_create_databases=self.options.owner_may_create_databases,
            )
            with psycopg.connect(self.connection.owner_url, autocommit=True) as owner:
                roles.grant_application_role(owner)
            write_connection_file(self.var, self.connection)
        except BaseException:
            self.stop()
            raise

    def tend(self) -> bool:
        """Restart the server if it died, after a growing pause; tell whether this call restarted it.

        To be called often by the supervising loop.
        """
        if self._server is None or self._server.poll() is None:
            return False
        now = time.monotonic()
        if self._restart_at is None:
            was_killed = self._server.returncode < 0  # from outside: it is not the one that cannot start
            is_alone = not files.is_memory_still_held(self.placement)  # else the next try, soon, is the right one
            if was_killed or not is_alone or now - self._started_at > HEALTHY_SECONDS:
                self._pause = FIRST_PAUSE_SECONDS
            self._restart_at = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        if now < self._restart_at:
            return False
        self._restart_at = None
        self.restart_count += 1
        files.end_orphan(self.placement, STOP_SECONDS)
        self._launch()
        return True

    def stop(self) -> None:
        """Stop the server in order: quickly, without losing anything, then let go of the lock."""
        server, self._server = self._server, None
        if server is not None and server.poll() is None:
            for asked in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, no choice
                server.send_signal(asked)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(STOP_SECONDS)
                    break
        if self.sockets.parent != self.placement.home:
            with contextlib.suppress(OSError):
                self.sockets.rmdir()  # the short one, outside our folder: nothing of us stays there
        self._lock.close()

    def _address(self, role: str, password: str) -> str:
        if self.options.tcp_port is not None:
            return address(role, password, DATABASE, "127.0.0.1", self.options.tcp_port)
        return address(role, password, DATABASE, str(self.sockets))

    def _superuser_address(self) -> str:
        return address(SUPERUSER_ROLE, self._passwords.superuser, "postgres", str(self.sockets), self._port)

    @property
    def _port(self) -> int:
        return self.options.tcp_port or SOCKET_PORT

    def _launch(self) -> None:
        settings = SETTINGS | {"port": str(self._port), "unix_socket_directories": str(self.sockets)}
        settings |= archive.settings(self.placement)
        if not self.options.durable:
            settings |= NOT_DURABLE
        if self.options.tcp_port is not None:
            settings["listen_addresses"] = "127.0.0.1"
        command = [str(self.placement.binaries / "postgres"), "-D", str(self.placement.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        popen_options: dict[str, Any] = self.placement.account.popen_options()
        with files.server_log(self.placement) as log:
            self._server = subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone
                preexec_fn=ends_with_parent(signal.SIGINT),  # a fast shutdown
                cwd="/",
                env=files.server_environment(),
                **popen_options,
            )
        self._started_at = time.monotonic()

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + START_SECONDS
        last_error = ""
        while time.monotonic() < limit:
            if self._server is None or self._server.poll() is not None:
                # The leftovers of a killed server may hold its memory for a moment: the next try is the right one.
                if not files.is_memory_still_held(self.placement):
                    break
                time.sleep(FIRST_PAUSE_SECONDS)
                self._launch()
            try:
                psycopg.connect(self._superuser_address(), connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                last_error = str(error)
            time.sleep(0.02)
        raise ServerRefused(
            "Le serveur PostgreSQL embarqué n'a pas démarré. Ses dernières lignes :\n"
            f"{files.log_tail(self.placement)}\n{last_error}".rstrip()
        )


def is_running(var: Path) -> bool:
    """Tell whether some process supervises the server of this data folder."""
    try:
        _take_lock(place(var.absolute()).home / "supervisor.lock").close()
    except AlreadyRunning:
        return True
    return False


@contextlib.contextmanager
def serving(var: Path) -> Iterator[ConnectionFile]:
    """Use the server that runs already, or run one for the time of the block."""
    try:
        cluster = Cluster(var)
    except AlreadyRunning:
        yield _attached(var)
        return
    with cluster:
        yield cluster.connection


def _attached(var: Path) -> ConnectionFile:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        connection = read_connection_file(var.absolute())
        if connection is not None:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(connection.app_url, connect_timeout=5).close()
                return connection
        time.sleep(0.1)
    raise ServerRefused(
        "Entremise fonctionne déjà sur ce dossier de données, mais son serveur PostgreSQL ne répond pas. "
        "Arrêtez-le (Ctrl-C dans sa fenêtre), puis recommencez."
    )


def _take_lock(path: Path) -> IO[str]:
    make_folder(path.parent, 0o700)
    lock = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process that holds it: never stale
    except OSError as error:
        lock.close()
        raise AlreadyRunning("Entremise fonctionne déjà sur ce dossier de données.") from error
    return lock
