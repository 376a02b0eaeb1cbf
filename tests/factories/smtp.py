"""A mail server on the loopback: it keeps what it accepts, and refuses, hesitates or hangs up as it is told."""

from __future__ import annotations

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

from entremise.kernel import delivery
from entremise.kernel.relay import Pace, Relay, Server
from entremise.kernel.spool import Spool


class Sink:
    """A mail server; it refuses recipients named `personne@…` (550), makes `plustard@…` wait (451).

    `hangs_up_after_dot` counts how many more messages it keeps without ever saying so.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.heads: list[bytes] = []
        self.envelopes: list[tuple[str, str]] = []
        self.port = 0
        self.hangs_up_after_dot = 0
        self.refuses_content = False
        self.answer_seconds = 0.0
        self._talks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Sink:
        self._thread.start()
        self.listen()
        return self

    def __exit__(self, *details: object) -> None:
        self.hush()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    @property
    def ids(self) -> list[str]:
        """Return the identifiers of the rows received, in order."""
        return [str(one["Message-ID"])[1:33] for one in self.received]

    def listen(self) -> None:
        """Open the door, the same one as before if there was one."""
        starting = asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(timeout=10)
        self.port = self._server.sockets[0].getsockname()[1]

    def hush(self) -> None:
        """Close the door, and hang up."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)

    async def _close(self) -> None:
        self._server.close()
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        assert this is not None
        self._talks.add(this)
        try:
            await self._obey(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side was killed
        finally:
            self._talks.discard(this)
            if self._server.is_serving():
                writer.close()
            else:
                writer.transport.abort()

    async def _obey(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        sender = recipient = b""
        while line := await reader.readline():
            verb = line.split()[0].upper()
            if verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                answer = await self._keep(await reader.readuntil(b"\r\n.\r\n"), sender, recipient)
                if not answer:
                    return
            else:
                sender = line if verb == b"MAIL" else sender
                recipient = line if verb == b"RCPT" else recipient
                answer = self._answer(verb, line)
            writer.write(answer)

    def _answer(self, verb: bytes, line: bytes) -> bytes:
        if verb == b"RCPT" and b"personne@" in line:
            return b"550 5.1.1 unknown here\r\n"
        if verb == b"RCPT" and b"plustard@" in line:
            return b"451 4.7.1 greylisted\r\n"
        return b"250 ok\r\n"

    async def _keep(self, raw: bytes, sender: bytes, recipient: bytes) -> bytes:
        if self.refuses_content:
            return b"554 5.7.1 no\r\n"
        body = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.heads.append(body.partition(b"\r\n\r\n")[0])
        self.received.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
        self.envelopes.append((_address(sender), _address(recipient)))
        if self.hangs_up_after_dot:
            self.hangs_up_after_dot -= 1
            return b""
        if self.answer_seconds:
            await asyncio.sleep(self.answer_seconds)
        return b"250 ok\r\n"


def _address(line: bytes) -> str:
    return line.decode().partition("<")[2].partition(">")[0]


def relay_to(port: int, spool: Spool, pace: Pace | None = None) -> Relay:
    """Return a relay from a spool to a server of the loopback."""
    return Relay(spool, Server("127.0.0.1", port, timeout_seconds=5), pace or Pace())


def carried(port: int) -> int:
    """Deliver what is due all the way: outbox, spool, server, and back; return how many left the outbox."""
    left = delivery.deliver_due()
    relay = relay_to(port, delivery.spool())
    while relay.turn():
        pass
    relay.beat()
    relay.close()
    delivery.collect()
    return left
