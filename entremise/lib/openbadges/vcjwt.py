"""Open Badges 3.0 as VC-JWT (§8.2): the credential is the payload of a token, its main members repeated as claims.

Ours: header `alg`, `kid`, `typ` only; RS256, which each verifier must know; the credential's members at the top of the
payload, without `vc`, as VCDM 2.0 wants; `iss`, `sub`, `jti`, `nbf`, `exp` equal to the members they repeat. Tokens of
Open Badges 3.0 with VCDM 1.1, whose credential is in `vc`, are read, not written.

Refused with the codes of `jws` and `token_type` (`typ` is not JWT), `token_without_key` (no `kid`: a key that comes in
the token proves nothing), `claim_mismatch` (a claim and its member differ), `bad_credential`, `bad_time`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from entremise.lib.openbadges import jws, moments, ob3
from entremise.lib.openbadges.claims import Claim, written
from entremise.lib.openbadges.di import moment
from entremise.lib.openbadges.keys import PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused

TYPE = "JWT"
HEADERS = frozenset({"alg", "kid", "jwk", "typ"})  # §8.2.4.1: no other one
CLAIMS = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud"})
Json = dict[str, Any]


def sign(claim: Claim, key: PrivateKey, kid: str) -> str:
    """Write and sign a claim as a token."""
    return sign_credential(ob3.build(claim), key, kid)


def sign_credential(credential: Json, key: PrivateKey, kid: str) -> str:
    """Sign a credential (VCDM 2.0) as a token."""
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": _seconds(moment(credential["validFrom"])),
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(moment(credential["validUntil"]))
    return jws.sign({"kid": kid, "typ": TYPE}, jws.compact({**claims, **credential}), key)


def read(text: str) -> jws.Token:
    """Take a token apart: `kid` says whose key checks it. Nothing else of it is to be trusted yet."""
    token = jws.read(text)
    for name in token.header.keys() - HEADERS:
        raise Refused("header_not_allowed", name=name[:20])
    if token.header.get("typ", TYPE) != TYPE:
        raise Refused("token_type", type=str(token.header["typ"])[:20])
    if not token.kid:
        raise Refused("token_without_key")
    return token


def verify(text: str, key: PublicKey) -> Json:
    """Return the credential that this key signed; its dates and its status are for the caller to look at."""
    token = read(text)
    token.check(key)
    return credential(token)


def credential(token: jws.Token) -> Json:
    """Return the credential of a token, once its claims are found to say what its members say."""
    claims = token.claims()
    if "vc" in claims:
        return _older(claims)
    found = {name: value for name, value in claims.items() if name not in CLAIMS}
    _compare(claims, found, "validFrom", "validUntil")
    return found


def _older(claims: Json) -> Json:
    """Return a VCDM 1.1 credential; a member that only its claim says is filled in (VCDM 1.1 §6.3.1)."""
    found = claims["vc"]
    if not isinstance(found, dict):
        raise Refused("bad_credential")
    found = dict(found)
    if "jti" in claims:
        found.setdefault("id", claims["jti"])
    found.setdefault("issuer", claims.get("iss"))
    if isinstance(found.get("credentialSubject"), dict) and "sub" in claims:
        found["credentialSubject"] = {"id": claims["sub"], **found["credentialSubject"]}
    for claim, member in (("nbf", "issuanceDate"), ("exp", "expirationDate")):
        if claim in claims and member not in found:
            found[member] = written(_date(claims[claim]))
    _compare(claims, found, "issuanceDate", "expirationDate")
    return found


def _compare(claims: Json, found: Json, starts: str, ends: str) -> None:
    issuer, subject = found.get("issuer"), found.get("credentialSubject")
    issuer = issuer.get("id") if isinstance(issuer, dict) else issuer
    subject = subject.get("id") if isinstance(subject, dict) else None
    for name, said in (("iss", issuer), ("jti", found.get("id")), ("sub", subject)):
        if not isinstance(said, str) or claims.get(name) != said:
            raise Refused("claim_mismatch", name=name)
    if not isinstance(found.get(starts), str):
        raise Refused("bad_credential")
    for name, member in (("nbf", starts), ("exp", ends)):
        if (name in claims) != (member in found):
            raise Refused("claim_mismatch", name=name)
        if name in claims and _date(claims[name]) != moment(found[member]).replace(microsecond=0):
            raise Refused("claim_mismatch", name=name)


def _seconds(at: dt.datetime) -> int:
    return int(at.timestamp())


def _date(number: object) -> dt.datetime:
    return moments.read_seconds(number).replace(microsecond=0)
