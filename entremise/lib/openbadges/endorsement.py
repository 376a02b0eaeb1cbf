"""Endorsements of Open Badges 3.0: somebody who signs that they agree with a badge, a badge class or an issuer.

A separate credential: adding it to the badge would change what the issuer signed. Its subject is the identifier of
what is endorsed. Never `endorsementJwt`, which only one of the two contents of context-3.0.3 defines.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import di, ob3
from entremise.lib.openbadges.claims import Issuer, StatusRef, written
from entremise.lib.openbadges.keys import PrivateKey
from entremise.lib.openbadges.reasons import Refused

TYPES = ["VerifiableCredential", "EndorsementCredential"]


@dataclass(frozen=True, slots=True)
class Endorsement:
    """What one endorsement says; `target_id` is the id of a credential, an achievement or an issuer."""

    id: str  # urn:uuid
    target_id: str
    comment: str  # in words, Markdown allowed: how the endorser knows
    name: str  # of the endorsement, for lists: "Confirmé par un ancien employeur"
    endorser: Issuer
    valid_from: dt.datetime
    valid_until: dt.datetime | None = None
    statuses: tuple[StatusRef, ...] = ()


def build(endorsement: Endorsement) -> dict[str, Any]:
    """Write an endorsement as an unsecured credential."""
    subject = {
        "id": endorsement.target_id,
        "type": ["EndorsementSubject"],
        "endorsementComment": endorsement.comment,
    }
    document: dict[str, Any] = {
        "@context": list(ob3.CONTEXT),
        "id": endorsement.id,
        "type": list(TYPES),
        "name": endorsement.name,
        "issuer": ob3.profile(endorsement.endorser),
        "validFrom": written(endorsement.valid_from),
    }
    if endorsement.valid_until:
        document["validUntil"] = written(endorsement.valid_until)
    document["credentialSubject"] = subject
    if endorsement.statuses:
        document["credentialStatus"] = ob3.status(endorsement.statuses)
    return document


def sign(endorsement: Endorsement, key: PrivateKey, kid: str, created: dt.datetime) -> bytes:
    """Write and sign an endorsement: these bytes are kept, served and verified as they are."""
    return ob3.serialised(di.sign(build(endorsement), key, kid, created))


def is_one(document: dict[str, Any]) -> bool:
    """Tell whether a credential is an endorsement."""
    types = document.get("type")
    return "EndorsementCredential" in types if isinstance(types, list) else types == "EndorsementCredential"


def target(document: dict[str, Any]) -> str:
    """Return the identifier of what an endorsement speaks of."""
    subject = document.get("credentialSubject")
    found = subject.get("id") if isinstance(subject, dict) else None
    if not is_one(document) or not isinstance(found, str) or not found:
        raise Refused("not_an_endorsement")
    return found


def embedded(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the endorsements written inside a badge: of itself, its achievement, its issuer or their profiles."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    creator = achievement.get("creator") if isinstance(achievement, dict) else None
    found: list[dict[str, Any]] = []
    for holder in (document, achievement, document.get("issuer"), creator):
        given = holder.get("endorsement") if isinstance(holder, dict) else None
        found.extend(one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict))
    return found
