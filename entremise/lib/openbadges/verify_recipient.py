"""Whether a badge is for the person that is asked about: in clear or by the hash of an address."""

from __future__ import annotations

import hashlib
from typing import Any

from entremise.lib.openbadges import content
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.verify_inquiry import Inquiry

MAX_SALT = 500
Json = dict[str, Any]


def check_recipient(inquiry: Inquiry, document: Json) -> None:
    """Note whether the badge names the person asked about; nothing is noted when nobody is."""
    if inquiry.recipient and inquiry.holds(Step.RECIPIENT, lambda: _refuse_other(document, inquiry.recipient)):
        inquiry.passed(Step.RECIPIENT, "recipient_ok")


def _refuse_other(document: Json, asked: str) -> None:
    named = list(_identities(document))
    if not named:
        raise Refused("recipient_not_named")
    if not any(_is(identity, is_hashed, salt, asked) for identity, is_hashed, salt in named):
        raise Refused("recipient_other")


def _identities(document: Json) -> list[tuple[str, bool, str]]:
    """Return how the badge names the person: text, whether it is a hash, salt (Open Badges 2.0 and 3.0)."""
    subject = content.member(document.get("credentialSubject"))
    older = content.member(document.get("recipient"))
    found = [(one.get("identityHash"), one.get("hashed"), one.get("salt")) for one in _named(subject)]
    found.append((older.get("identity"), older.get("hashed"), older.get("salt")))
    own = content.identifier(subject)
    if own.startswith("mailto:"):
        found.append((own.removeprefix("mailto:"), False, ""))
    return [
        (identity, is_hashed is True, salt[:MAX_SALT] if isinstance(salt, str) else "")
        for identity, is_hashed, salt in found
        if isinstance(identity, str)
    ]


def _named(subject: Json) -> list[Json]:
    return list(content.members(subject.get("identifier")))


def _is(identity: str, is_hashed: bool, salt: str, asked: str) -> bool:
    written = {asked.strip(), asked.strip().lower()}
    if not is_hashed:
        return identity.strip().lower() in {one.lower() for one in written}
    kind, _, digest = identity.partition("$")
    if kind.lower() != "sha256":
        raise Refused("recipient_unknown_hash", kind=kind[:20])
    return any(hashlib.sha256((one + salt).encode()).hexdigest() == digest.lower() for one in written)
