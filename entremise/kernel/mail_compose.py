"""An outbox row as a complete message for the mail servers: headers, text and HTML, and its envelope."""

from email.header import Header

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.utils.encoding import force_str

from entremise.kernel.mail import family_of, stop_address
from entremise.kernel.mail_families import handling
from entremise.kernel.models import OutboxMessage
from entremise.kernel.spool import Envelope


def composed(message: OutboxMessage) -> tuple[Envelope, bytes]:
    """Return the envelope and the bytes of a message, always the same for the same row; ValueError if impossible."""
    mail = EmailMultiAlternatives(
        _header(message.subject),
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient],
        headers=_headers(message),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    envelope = Envelope(_sender(message), _bare(message.recipient))
    whole: bytes = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own signature
    return envelope, whole


def message_id(message: OutboxMessage) -> str:
    """Return the Message-ID of a row, the same at each attempt: a repeat can be recognised."""
    return f"<{message.pk.hex}@{settings.MAIL_DOMAIN}>"


def _headers(message: OutboxMessage) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(message),
        "Date": message.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answer to a machine
        "Content-Language": message.language,
    }
    family = family_of(message.kind)
    if handling(family).can_be_stopped:
        headers["List-Unsubscribe"] = f"<{stop_address(message.recipient, family)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return headers


def _sender(message: OutboxMessage) -> str:
    """Return who gets the reports of failure: one address a message, so that a report says which one (VERP)."""
    if not settings.MAILING.returns:
        return _bare(settings.DEFAULT_FROM_EMAIL)
    name, _, domain = settings.MAILING.returns.partition("@")
    return f"{name}+{message.pk.hex}@{domain}"


def _bare(address: str) -> str:
    written = force_str(sanitize_address(address, "utf-8"))
    return written.rpartition("<")[2].rstrip(">") if "<" in written else written


def _header(subject: str) -> str:
    """Encode a subject (RFC 2047) from its first line on: some readers show no subject when that line is empty."""
    if subject.isascii():
        return subject
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="")
