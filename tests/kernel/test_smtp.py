"""What really crosses the wire: each kind of message read back from a small SMTP server on the loopback."""

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from entremise.kernel import delivery, mail
from entremise.kernel.models import OutboxMessage

pytestmark = pytest.mark.django_db
LETTERS = sorted(kind for kind, cls in mail.KINDS.items() if cls.channel == mail.Channel.EMAIL)


class Sink:
    """A mail server that accepts everything and keeps it; it refuses recipients named `personne@…`."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.heads: list[bytes] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Sink":
        self._thread.start()
        starting = asyncio.start_server(self._talk, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(timeout=10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *details: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                raw = await reader.readuntil(b"\r\n.\r\n")
                body = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
                self.heads.append(body.partition(b"\r\n\r\n")[0])
                self.received.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
            if verb == b"RCPT" and b"personne@" in line:
                writer.write(b"550 unknown here\r\n")
            else:
                writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                break
        writer.close()


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    settings.DEMO, settings.SMTP_CONFIGURED = False, True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = "Emploi en Drôme <reponses@emploi.example>", "emploi.example"
    with Sink() as started:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        yield started


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", LETTERS)
def test_each_mail_crosses_the_wire_whole(sink: Sink, kind: str, language: str) -> None:
    written = mail.send(mail.KINDS[kind].example(), to="awa@example.org", language=language)
    assert delivery.deliver_due() == 1
    (received,) = sink.received
    assert received["Subject"] == written.subject
    assert received["From"] == "Emploi en Drôme <reponses@emploi.example>"
    assert received["To"] == "awa@example.org"
    assert received["Message-ID"] == f"<{written.pk.hex}@emploi.example>"
    assert received["Content-Language"] == language
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"].datetime is not None
    assert received["List-Unsubscribe"] is None  # personal messages, not a list
    assert received.get_content_type() == "multipart/alternative"
    assert [one.get_content_type() for one in received.iter_parts()] == ["text/plain", "text/html"]
    assert part(received, "plain").replace("\r\n", "\n").strip() == written.text.strip()
    assert part(received, "html").replace("\r\n", "\n").strip() == written.html.strip()


def test_accents_travel_encoded_in_headers(sink: Sink) -> None:
    mail.send(mail.KINDS["validations.set_aside"].example(), to="awa@example.org")
    delivery.deliver_due()
    head = sink.heads[0]
    assert head.isascii()
    assert b"subject: =?utf-8?" in head.lower()  # never an empty first line, which some readers show as no subject
    assert max(map(len, head.splitlines())) <= 78  # RFC 5322 §2.1.1


def test_a_retry_carries_the_same_message_id(sink: Sink) -> None:
    mail.send(mail.KINDS["validations.request"].example(), to="marc@garance.example")
    for _ in range(2):
        OutboxMessage.objects.update(state=OutboxMessage.State.WAITING, leased_until_at=None)
        assert delivery.deliver_due() == 1
    first, second = sink.received
    assert first["Message-ID"] == second["Message-ID"]


def test_an_address_that_the_server_refuses_is_noted_and_the_next_ones_leave(sink: Sink) -> None:
    example = mail.KINDS["validations.request"].example()
    refused, good = mail.send(example, to="personne@garance.example"), mail.send(example, to="marc@garance.example")
    assert delivery.deliver_due() == 1
    refused.refresh_from_db()
    good.refresh_from_db()
    assert (refused.state, refused.last_error) == (OutboxMessage.State.WAITING, "SMTPRecipientsRefused")
    assert good.state == OutboxMessage.State.SENT
    assert [received["To"] for received in sink.received] == ["marc@garance.example"]
