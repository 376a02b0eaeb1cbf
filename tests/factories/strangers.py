"""A stranger's web server on the loopback, that does what a test tells it, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

import pytest

from entremise.kernel.fetching import Fetcher
from entremise.lib.openbadges.fetched import Accept, Fetched
from entremise.lib.openbadges.reasons import Refused


class Wire:
    """One connection to the server of a test: what was asked, and what to send back."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.asked = b""
        while b"\r\n\r\n" not in self.asked:
            part = connection.recv(65536)
            if not part:
                break
            self.asked += part

    @property
    def path(self) -> str:
        return self.asked.split(b" ")[1].decode() if self.asked else ""

    def send(self, content: bytes) -> None:
        self.connection.sendall(content)

    def answer(self, body: bytes, kind: str = "application/json", status: str = "200 OK", more: str = "") -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        self.send(head.encode() + body)

    def redirect(self, where: str, status: str = "302 Found") -> None:
        self.send(f"HTTP/1.1 {status}\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode())


class Server:
    """A server on the loopback that does what a test tells it, byte by byte."""

    def __init__(self, behave: Callable[[Wire], None], context: ssl.SSLContext | None = None) -> None:
        self.behave, self.context = behave, context
        self.asked: list[bytes] = []
        self.stopped = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.threads = [threading.Thread(target=self.run, daemon=True)]
        self.threads[0].start()

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            self.threads.append(threading.Thread(target=self.serve, args=(connection,), daemon=True))
            self.threads[-1].start()

    def serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            if self.context is None:
                self.one(connection)
            else:
                with self.context.wrap_socket(connection, server_side=True) as secured:
                    self.one(secured)

    def one(self, connection: socket.socket) -> None:
        wire = Wire(connection)
        self.asked.append(wire.asked)
        self.behave(wire)

    def stop(self) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for thread in self.threads:
            thread.join(20)


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start servers, stopped when the test ends."""
    servers: list[Server] = []

    def started(behave: Callable[[Wire], None], context: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(behave, context))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


def fetch(address: str, accept: str = Accept.JSON, **options: object) -> Fetched:
    return Fetcher(allow_loopback=True, **options)(address, accept)  # type: ignore[arg-type]


def code(address: str, accept: str = Accept.JSON, **options: object) -> str:
    with pytest.raises(Refused) as refused:
        fetch(address, accept, **options)
    return refused.value.code


def asked_at(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/badge.json"
