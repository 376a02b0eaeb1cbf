"""Addresses to which nothing leaves any more: known by a keyed hash, stopped by a failure, a complaint or a wish.

Nothing here stops what the reader has just asked for, or what the law makes us answer: families say so.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import models

from entremise.kernel import clock
from entremise.kernel.mail_families import Family, handling
from entremise.kernel.models_mail import MailPause, MailReturn, Suppression

Reason = Suppression.Reason
SALT = b"entremise.kernel.suppression"
HASH_BYTES, SIGNATURE_BYTES = 32, 16
PAUSES = (2, 4, 8)  # weeks
SOFT_LIMIT = 3  # temporary failures, then the address is left alone
SOFT_WINDOW = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link of a message stops: one family for one address, which the link does not tell."""

    address_hash: str
    family: Family

    @property
    def bearer(self) -> UUID:
        """Return an identifier for the journal: the bearer of the link has no account."""
        return UUID(hex=self.address_hash[:32])


def address_hash(recipient: str) -> str:
    """Return what is kept of an address or a number; it cannot be found again without the server's key."""
    return _keyed(recipient.strip().lower().encode()).hex()


def masked(recipient: str) -> str:
    """Return an address or a number that its owner recognises and others do not."""
    name, at, domain = recipient.partition("@")
    if at:
        return f"{name[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"
    return f"••• {recipient[-2:]}"


def reason_against(recipient: str, family: str) -> str:
    """Return why a message of this family may not leave for this address, nothing when it may."""
    if not handling(family).can_be_stopped:
        return ""
    found = Suppression.objects.filter(address_hash=address_hash(recipient), family__in=["", family])
    return found.order_by("since_at").values_list("reason", flat=True).first() or ""


def is_stopped(recipient: str, family: str) -> bool:
    """Tell whether messages of a family leave no more for an address."""
    return bool(reason_against(recipient, family))


def stopped_families(recipient: str) -> set[str]:
    """Return the families that the owner of an address stopped."""
    mine = Suppression.objects.filter(address_hash=address_hash(recipient), reason=Reason.OPPOSITION)
    return set(mine.values_list("family", flat=True))


def is_stopped_by(stop: Stop) -> bool:
    """Tell whether the bearer of a link stopped what it stops."""
    mine = Suppression.objects.filter(address_hash=stop.address_hash, family=stop.family)
    return mine.filter(reason=Reason.OPPOSITION).exists()


def stop(hashed: str, *, reason: Reason, family: str = "", hint: str = "") -> tuple[Suppression, bool]:
    """Stop a family, or everything that can be, for an address; return it, and whether it was not stopped yet."""
    return Suppression.objects.get_or_create(
        address_hash=hashed, family=family, reason=reason, defaults={"hint": hint, "since_at": clock.now()}
    )


def resume(hashed: str, *, family: str = "", reason: Reason = Reason.OPPOSITION) -> bool:
    """Let messages of a family leave again for an address; return whether they were stopped."""
    return bool(Suppression.objects.filter(address_hash=hashed, family=family, reason=reason).delete()[0])


def pause_end(weeks: int) -> dt.datetime:
    """Return when a pause of some weeks that starts now ends: at the beginning of a day."""
    return clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(weeks=weeks)


def pause(hashed: str, *, until_at: dt.datetime) -> MailPause:
    """Let what an address may put off wait until a moment; a second pause takes the place of the first."""
    row, _is_new = MailPause.objects.update_or_create(
        address_hash=hashed, defaults={"since_at": clock.now(), "until_at": until_at}
    )
    return row


def end_pause(hashed: str) -> bool:
    """End the pause of an address; return whether one was running."""
    return bool(MailPause.objects.filter(address_hash=hashed, until_at__gt=clock.now()).delete()[0])


def pause_of(hashed: str) -> dt.datetime | None:
    """Return until when an address is in pause, None when it is not."""
    running = MailPause.objects.filter(address_hash=hashed, until_at__gt=clock.now())
    return running.values_list("until_at", flat=True).first()


def paused_until(recipient: str) -> dt.datetime | None:
    """Return until when the owner of an address wants no reminder, None when they may leave."""
    return pause_of(address_hash(recipient))


def pauses_of(recipients: Iterable[str]) -> dict[str, dt.datetime]:
    """Return until when each of these addresses is in pause; those that are not are left out."""
    hashed = {address_hash(recipient): recipient for recipient in recipients if recipient}
    running = MailPause.objects.filter(address_hash__in=hashed, until_at__gt=clock.now())
    return {hashed[known]: until_at for known, until_at in running.values_list("address_hash", "until_at")}


def note_failure(recipient: str, *, is_final: bool, code: str, report: str, message_id: UUID | None) -> bool:
    """Note that a message did not arrive; return whether this makes the address one that does not work."""
    now, hashed = clock.now(), address_hash(recipient)
    MailReturn.objects.get_or_create(
        report=report,
        defaults={"message_id": message_id, "address_hash": hashed, "is_final": is_final, "code": code, "at": now},
    )
    recent = MailReturn.objects.filter(address_hash=hashed, at__gt=now - SOFT_WINDOW, is_final=False).count()
    return is_final or recent >= SOFT_LIMIT


def known(*, limit: int) -> models.QuerySet[Suppression]:
    """Return the stopped addresses, the newest first."""
    return Suppression.objects.order_by("-since_at", "-pk")[:limit]


def of_address(recipient: str) -> models.QuerySet[Suppression]:
    """Return what is stopped for one address."""
    return Suppression.objects.filter(address_hash=address_hash(recipient)).order_by("since_at")


def token(recipient: str, family: Family) -> str:
    """Return what the address of the page that stops a family ends with; it lives as long as the server's key."""
    hashed = bytes.fromhex(address_hash(recipient))
    body = hashed + bytes([list(Family).index(family)])
    return base64.urlsafe_b64encode(body + _signature(body)).decode().rstrip("=")


def read_token(text: str) -> Stop | None:
    """Return what a token stops, None when it is not ours."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(body) != HASH_BYTES + 1 or not hmac.compare_digest(signature, _signature(body)):
        return None
    families = list(Family)
    if body[-1] >= len(families) or not handling(families[body[-1]]).can_be_stopped:
        return None
    return Stop(body[:-1].hex(), families[body[-1]])


def _signature(body: bytes) -> bytes:
    return _keyed(b"link" + body)[:SIGNATURE_BYTES]


def _keyed(content: bytes) -> bytes:
    key = hashlib.sha256(SALT + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, content, hashlib.sha256).digest()
