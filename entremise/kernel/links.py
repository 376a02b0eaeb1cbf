"""Links sent by mail: issued, read, used and revoked here and nowhere else. GET shows, POST acts.

The token is the row's identifier and an HMAC-SHA-256 of it under the server's key and the purpose's name: a stolen
table gives no link, a link is never valid for another purpose, and a reminder can carry the same link again.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction

from entremise.kernel import clock
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink
from entremise.lib.uuid7 import uuid7

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: it is copied from paper
CODE_LENGTH = 10
ID_LENGTH = 22  # 16 bytes in base64url without padding
OPAQUE_BYTES = 15  # twenty letters that nobody guesses


class Refusal(StrEnum):
    """Why a link does not work."""

    UNKNOWN = "unknown"  # truncated, altered, or for another purpose
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED = "used"


class LinkRefused(Exception):
    """The link cannot be followed; `link` is known unless the token was not ours."""

    def __init__(self, reason: Refusal, link: MailLink | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.link = link


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a link exists: its name salts the token, its bearer gets `role` on one target."""

    name: str
    lifetime: dt.timedelta
    role: Role
    url_name: str = ""


Resender = Callable[[MailLink], None]
PURPOSES: dict[str, Purpose] = {}
_RESENDERS: dict[str, Resender] = {}


def register(purpose: Purpose) -> Purpose:
    """Declare a purpose (from a domain's `links.py`)."""
    PURPOSES[purpose.name] = purpose
    return purpose


def resender(purpose: Purpose) -> Callable[[Resender], Resender]:
    """Declare (from a domain's `actions.py`) how a dead link is sent again, to its recorded address and nowhere else.

    The function receives the dead link; it sends a new one when that still makes sense, or nothing: the answer on the
    screen is the same.
    """

    def decorate(function: Resender) -> Resender:
        _RESENDERS[purpose.name] = function
        return function

    return decorate


def can_be_sent_again(link: MailLink) -> bool:
    """Tell whether the purpose of a link says how to send it again."""
    return link.purpose in _RESENDERS


def send_again(link: MailLink) -> None:
    """Send a new link in place of a dead one, to the recorded address."""
    with transaction.atomic():
        _RESENDERS[link.purpose](link)


def issue(purpose: Purpose, target_id: UUID, recipient: str) -> MailLink:
    """Create a link for one target and one recipient."""
    now = clock.now()
    link = MailLink(
        id=uuid7(),
        purpose=purpose.name,
        target_id=target_id,
        recipient=recipient,
        issued_at=now,
        expires_at=now + purpose.lifetime,
    )
    link.short_code_hash = _code_hash(short_code(link))
    link.save(force_insert=True)
    return link


def token(link: MailLink) -> str:
    """Return the link's token for a URL (about 65 characters)."""
    return _b64(link.id.bytes) + _b64(_mac(link.purpose, link.id))


def reference(link: MailLink) -> str:
    """Return the first part of the token, which names the link and opens nothing by itself."""
    return _b64(link.id.bytes)


def opaque(link: MailLink, thing: object) -> str:
    """Return a name for a thing that says nothing of it, and that means nothing with another link."""
    return _b64(_mac(f"opaque:{link.purpose}:{thing}", link.id)[:OPAQUE_BYTES])


def short_code(link: MailLink) -> str:
    """Return the code printed on letters, for who has no mailbox (ten unambiguous characters: 50 bits)."""
    digest = _mac(f"code:{link.purpose}", link.id)
    return "".join(CODE_ALPHABET[byte % 32] for byte in digest[:CODE_LENGTH])


def read(purpose: Purpose, given: str) -> MailLink:
    """Return the link of a token, used or not, or raise LinkRefused (unknown, revoked, expired)."""
    try:
        link_id = UUID(bytes=base64.urlsafe_b64decode(given[:ID_LENGTH] + "=="))
    except (ValueError, binascii.Error):
        raise LinkRefused(Refusal.UNKNOWN) from None
    if not hmac.compare_digest(given[ID_LENGTH:].encode(), _b64(_mac(purpose.name, link_id)).encode()):
        raise LinkRefused(Refusal.UNKNOWN)
    link = MailLink.objects.filter(pk=link_id, purpose=purpose.name).first()
    return _still_good(link)


def read_code(purpose: Purpose, code: str) -> MailLink:
    """Return the link of a short code copied from a letter; same refusals as `read`."""
    cleaned = "".join(c for c in code.upper() if c in CODE_ALPHABET)
    link = MailLink.objects.filter(purpose=purpose.name, short_code_hash=_code_hash(cleaned)).first()
    return _still_good(link)


def find_code(code: str) -> tuple[Purpose, MailLink]:
    """Return the purpose and the link of a short code, whatever the purpose; same refusals as `read`."""
    for purpose in PURPOSES.values():
        try:
            return purpose, read_code(purpose, code)
        except LinkRefused as refusal:
            if refusal.link:
                raise
    raise LinkRefused(Refusal.UNKNOWN)


def mark_opened(link: MailLink) -> None:
    """Note the first time the page was shown (this is bookkeeping of the link; it decides nothing)."""
    MailLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=clock.now())


def mark_used(link: MailLink) -> None:
    """Note the first act done through the link."""
    MailLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now())


def revoke(purpose: Purpose, target_id: UUID) -> int:
    """Revoke every live link of one purpose to one target; return how many."""
    return MailLink.objects.filter(purpose=purpose.name, target_id=target_id, revoked_at=None).update(
        revoked_at=clock.now()
    )


def current(purpose: Purpose, target_id: UUID) -> MailLink | None:
    """Return the newest live link to a target, for a reminder that carries the same link."""
    return (
        MailLink.objects.filter(purpose=purpose.name, target_id=target_id, revoked_at=None)
        .order_by("-issued_at")
        .first()
    )


def live_targets(purpose: Purpose, target_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these targets have a link that still opens."""
    live = MailLink.objects.filter(purpose=purpose.name, revoked_at=None, expires_at__gt=clock.now())
    return set(live.filter(target_id__in=list(target_ids)).values_list("target_id", flat=True))


def _still_good(link: MailLink | None) -> MailLink:
    if link is None:
        raise LinkRefused(Refusal.UNKNOWN)
    if link.revoked_at:
        raise LinkRefused(Refusal.REVOKED, link)
    if link.expires_at <= clock.now():
        raise LinkRefused(Refusal.EXPIRED, link)
    return link


def _mac(salt: str, link_id: UUID) -> bytes:
    key = hashlib.sha256(f"entremise.links:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, salt.encode() + b"\0" + link_id.bytes, hashlib.sha256).digest()


def _code_hash(code: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{code}".encode()).hexdigest()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
