"""An SMS gateway on the loopback: a real HTTP server that keeps what it receives and answers what it is told."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from entremise.config.environment import SMS_BODY, Sms


@dataclass(frozen=True)
class Received:
    """One request as it crossed the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class LocalGateway:
    """The gateway of one test."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.status, self.answer, self.silent_seconds = 200, "{}", 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Return where messages are posted."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/envois"

    def __enter__(self) -> LocalGateway:
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def _handler(gateway) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler below has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                gateway.received.append(Received(self.command, self.path, dict(self.headers), body))
                time.sleep(gateway.silent_seconds)
                self.send_response(gateway.status)
                self.send_header("Location", "/ailleurs")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(gateway.answer.encode())

            do_HEAD = do_POST  # noqa: N815 the library's name

            def log_message(self, format: str, *args: Any) -> None:
                """Stay quiet."""

        return Handler


def described(url: str = "https://sms.example/envois", **changes: Any) -> Sms:
    """Return the settings of a gateway."""
    facts = {
        "url": url, "host": "sms.example", "user": "", "password": "", "token": "", "sender": "Entremise",
        "body": SMS_BODY, "accepted": "",
    }  # fmt: skip
    return Sms(**(facts | changes))
