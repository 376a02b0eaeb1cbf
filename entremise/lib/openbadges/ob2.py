"""Open Badges 2.0, for systems that know nothing newer: the documents to host, and the signed form.

Hosted: the assertion is on line at its own address, which is its proof. Signed: the assertion is a JWS (RS256) that
names the issuer's key; the issuer's list of revocations tells those that no longer hold. Both name the person by a
salted hash of their address. What others issue is read by `verify_ob2`.

Two habits of verifiers are met: the 1EdTech one does not see a revocation when the list has exactly one entry
(validator-core, issue 212), so the list always has one more that names nobody; it takes no port in `allowedOrigins`,
so none is written and the badge, its class and its issuer are to be hosted at one origin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import jws
from entremise.lib.openbadges.claims import Achievement, Alignment, Claim, Evidence, Issuer, written
from entremise.lib.openbadges.keys import PrivateKey, PublicKey

CONTEXT = "https://w3id.org/openbadges/v2"
NOBODY = "urn:uuid:00000000-0000-0000-0000-000000000000"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the documents of one badge are on line, all at one https origin."""

    issuer: str
    key: str
    revocations: str
    badge: str
    assertion: str  # of the hosted form


def identity(email: str, salt: str) -> str:
    """Return the hash that names the person; an address is written in lower case, as most platforms do."""
    return "sha256$" + hashlib.sha256((email.strip().lower() + salt).encode()).hexdigest()


def issuer(one: Issuer, places: Places) -> Json:
    """Write the issuer's profile. Verifiers want its page and its address (`url`, `email`)."""
    return {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": places.issuer,
        "name": one.name,
        **_given(url=one.url, email=one.email, description=one.description, image=one.image_url),
        "publicKey": places.key,
        "revocationList": places.revocations,
    }


def key_document(key: PublicKey, places: Places) -> Json:
    """Write the key that checks the signed form."""
    return {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": places.key,
        "owner": places.issuer,
        "publicKeyPem": key.pem(),
    }


def badge_class(one: Achievement, places: Places) -> Json:
    """Write what the badge is awarded for; its image is compulsory."""
    return {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": places.badge,
        "name": one.name,
        "description": one.description,
        "image": one.image_url,
        "criteria": _given(id=one.criteria_url) | {"narrative": one.criteria},
        "issuer": places.issuer,
        **_given(alignment=[_alignment(each) for each in one.alignments], tags=list(one.tags)),
    }


def hosted(claim: Claim, places: Places, email: str, salt: str) -> Json:
    """Write the assertion to host; baked into an image it may be this document or its address."""
    return _assertion(claim, places, email, salt, places.assertion, {"type": "HostedBadge"})


def signed(claim: Claim, places: Places, email: str, salt: str, key: PrivateKey) -> str:
    """Write and sign the assertion; its id is the claim's own, nothing is on line at it."""
    verification = {"type": "SignedBadge", "creator": places.key}
    document = _assertion(claim, places, email, salt, claim.id, verification)
    return jws.sign({}, jws.compact(document), key)


def revoked(address: str, reason: str = "") -> Json:
    """Write what is at the address of a hosted assertion that no longer holds; it is answered with 410."""
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": address,
        "revoked": True,
        **_given(revocationReason=reason),
    }


def revocation_list(withdrawn: Mapping[str, str], places: Places) -> Json:
    """Write the list of signed assertions that no longer hold, with their reasons, and the one that names nobody."""
    entries = [{"id": name, **_given(revocationReason=reason)} for name, reason in sorted(withdrawn.items())]
    return {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": places.revocations,
        "issuer": places.issuer,
        "revokedAssertions": [{"id": NOBODY}, *entries],
    }


def _assertion(claim: Claim, places: Places, email: str, salt: str, name: str, verification: Json) -> Json:
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": name,
        "recipient": {"type": "email", "hashed": True, "salt": salt, "identity": identity(email, salt)},
        "badge": places.badge,
        "verification": verification,
        "issuedOn": written(claim.awarded_at),
        **_given(
            expires=written(claim.valid_until) if claim.valid_until else "",
            narrative=claim.narrative,
            evidence=[_evidence(one) for one in claim.evidence],
        ),
    }


def _alignment(one: Alignment) -> Json:
    return {
        "targetName": one.name,
        "targetUrl": one.url,
        **_given(targetCode=one.code, targetFramework=one.framework, targetDescription=one.description),
    }


def _evidence(one: Evidence) -> Json:
    return {"id": one.id, **_given(name=one.name), "narrative": one.narrative, **_given(genre=one.genre)}


def _given(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}
