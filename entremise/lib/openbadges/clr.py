"""Comprehensive Learner Record 2.0 (1EdTech): one person's badges in one signed envelope.

Each badge stays as it was signed, with its own proof: whoever takes it out of the envelope verifies it alone. The
envelope says only who put these together, and when. Its subject is an identifier made for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import di, jsonld, ob3
from entremise.lib.openbadges.claims import Issuer, written
from entremise.lib.openbadges.keys import PrivateKey
from entremise.lib.openbadges.reasons import Refused

CONTEXT = [jsonld.CREDENTIALS_V2, jsonld.LEARNER_RECORD, jsonld.OPEN_BADGES]
TYPES = ["VerifiableCredential", "ClrCredential"]
MOST = 40  # the canonical form of more has more values than `jsonld` takes


@dataclass(frozen=True, slots=True)
class Record:
    """What one envelope holds: `badges` are signed credentials (Data Integrity), as they are."""

    id: str  # urn:uuid
    subject_id: str  # urn:uuid, of this envelope alone
    name: str
    issuer: Issuer  # who puts them together
    valid_from: dt.datetime
    badges: Sequence[dict[str, Any]]
    valid_until: dt.datetime | None = None
    is_partial: bool = False


def build(record: Record) -> dict[str, Any]:
    """Write an envelope, unsecured; a badge without proof, or none at all, is refused."""
    if not record.badges or len(record.badges) > MOST:
        raise Refused("too_many_values" if record.badges else "not_a_badge")
    for one in record.badges:
        di.proofs(one)
    document: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": record.id,
        "type": list(TYPES),
        "name": record.name,
        "issuer": ob3.profile(record.issuer),
        "validFrom": written(record.valid_from),
    }
    if record.valid_until:
        document["validUntil"] = written(record.valid_until)
    if record.is_partial:
        document["partial"] = True
    document["credentialSubject"] = {
        "id": record.subject_id,
        "type": ["ClrSubject"],
        "verifiableCredential": list(record.badges),
    }
    return document


def sign(record: Record, key: PrivateKey, kid: str, created: dt.datetime) -> bytes:
    """Write and sign an envelope."""
    return ob3.serialised(di.sign(build(record), key, kid, created))


def badges(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the badges of an envelope, each to be verified by itself."""
    types = document.get("type")
    subject = document.get("credentialSubject")
    if "ClrCredential" not in (types if isinstance(types, list) else [types]) or not isinstance(subject, dict):
        raise Refused("not_a_badge")
    given = subject.get("verifiableCredential")
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict)]
