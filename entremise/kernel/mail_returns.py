"""The mailbox of returns: reports of failure (RFC 3464) and complaints (RFC 5965), matched to their message.

A report names its message by the address it was sent to (one a message) or by the Message-ID it quotes. Both hold a
random identifier that only the recipient's side knows; anything else is left alone.
"""

import hashlib
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from uuid import UUID

from django.db import transaction

from entremise.kernel import mail_failures, suppression
from entremise.kernel.models import OutboxMessage
from entremise.kernel.models_mail import MailReturn

VERP = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
OWN_ID = re.compile(r"<([0-9a-f]{32})@[^>\s]+>", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
PASSING = re.compile(r"4\.|5\.2\.2$|5\.7\.")  # for now, a full mailbox, a policy: the address exists
LONGEST_REPORT = 1_000_000  # bytes; longer is no report


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says."""

    message_id: UUID
    is_complaint: bool
    code: str

    @property
    def is_final(self) -> bool:
        """Tell whether the address does not work, and will not."""
        return not self.is_complaint and not PASSING.match(self.code)


@dataclass(frozen=True, slots=True)
class Told:
    """How many reports were read, by what they say."""

    read: int = 0
    final: int = 0
    soft: int = 0
    complaints: int = 0
    unknown: int = 0


def read_mailbox(path: Path) -> Told:
    """Read every report of a Maildir or of a mailbox file; read again, nothing more is counted."""
    told = Told()
    for raw in _messages(path):
        told = replace(told, read=told.read + 1)
        word = note(raw)
        told = replace(told, **{word: getattr(told, word) + 1})
    return told


@transaction.atomic
def note(raw: bytes) -> str:
    """Note one report; return what it was: final, soft, complaints or unknown."""
    report = parse(raw) if len(raw) <= LONGEST_REPORT else None
    found = report and OutboxMessage.objects.select_for_update().filter(pk=report.message_id).first()
    if not report or not found:
        return "unknown"
    name = hashlib.sha256(raw).hexdigest()
    if MailReturn.objects.filter(report=name).exists():
        return _word(report)
    is_dead = suppression.note_failure(
        found.recipient, is_final=report.is_final, code=report.code, report=name, message_id=found.pk
    )
    if report.is_complaint:
        mail_failures.stop(found, suppression.Reason.COMPLAINT)
    elif is_dead:
        rows = OutboxMessage.objects.filter(pk=found.pk, state__in=["sent", "handed", "held"])
        rows.update(state=OutboxMessage.State.FAILED, last_error=report.code)
        mail_failures.stop(found)
        mail_failures.tell(found)
    return _word(report)


def parse(raw: bytes) -> Report | None:
    """Read a report, None when it is something else or says that all went well."""
    message = message_from_bytes(raw, policy=policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    kind = str(message.get_param("report-type", "") or "").lower()
    about = _about(message)
    if about is None:
        return None
    if kind == "feedback-report":
        return Report(about, is_complaint=True, code="complaint")
    action, status = _delivery_status(message)
    if action not in ("failed", "delayed") or not status:
        return None
    return Report(about, is_complaint=False, code=status if action == "failed" else "4.0.0")


def _word(report: Report) -> str:
    if report.is_complaint:
        return "complaints"
    return "final" if report.is_final else "soft"


def _about(message: Message) -> UUID | None:
    for header in ("Delivered-To", "X-Original-To", "To"):
        for value in message.get_all(header, []):
            if found := VERP.search(str(value)):
                return UUID(hex=found.group(1))
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_content()) if isinstance(part, EmailMessage) else ""
        elif part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            text = str(inner.get("Message-ID", "")) if isinstance(inner, Message) else ""
        else:
            continue
        if found := OWN_ID.search(text):
            return UUID(hex=found.group(1))
    return None


def _delivery_status(message: Message) -> tuple[str, str]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if not isinstance(block, Message) or "Action" not in block:
                continue
            found = STATUS.search(str(block.get("Status", "")))
            return str(block["Action"]).strip().lower(), found.group(1) if found else ""
    return "", ""


def _messages(path: Path) -> Iterator[bytes]:
    box: mailbox.Mailbox[mailbox.Message]
    box = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()
