"""The proof that the bearer of an SD-JWT is the person it was issued to: a token signed by their key (RFC 9901 §4.3).

It covers what is shown, for one verifier (`aud`), one question (`nonce`) and a few minutes (`iat`).

Refused with `binding_missing`, `binding_without_key` (the credential names no key), `binding_type`,
`binding_signature`, `binding_nonce`, `binding_audience`, `binding_time`, `binding_content` (it covers something else).
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Callable, Collection

from entremise.lib.openbadges import jws, moments, sdjwt
from entremise.lib.openbadges.keys import KeyRefused, PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.sdjwt import Json, Parts, Path

TYPE = "kb+jwt"
MAX_AGE = dt.timedelta(minutes=5)


def present(text: str, keep: Collection[Path], nonce: str, audience: str, key: PrivateKey, now: dt.datetime) -> str:
    """Show the values at these paths to one verifier, signed by the holder's key."""
    shown = sdjwt.choose(text, keep)
    payload = {"iat": int(now.timestamp()), "aud": audience, "nonce": nonce, "sd_hash": sdjwt.digest_of(shown)}
    return shown + jws.sign({"typ": TYPE}, jws.compact(payload), key)


def holder_key(claims: Json) -> PublicKey:
    """Return the key that the credential is bound to."""
    confirmed = claims.get("cnf")
    jwk = confirmed.get("jwk") if isinstance(confirmed, dict) else None
    if not isinstance(jwk, dict):
        raise Refused("binding_without_key")
    try:
        return PublicKey.from_jwk(jwk)
    except KeyRefused as error:
        raise Refused("binding_without_key") from error


def verify(
    text: str, issuer_key: Callable[[Parts, str], PublicKey], nonce: str, audience: str, now: dt.datetime
) -> Json:
    """Return what the holder shows, once the issuer's word and the holder's are both found good."""
    parts = sdjwt.read(text)
    claims = sdjwt.verified(parts, issuer_key, now)
    check(parts, claims, nonce, audience, now)
    return claims


def check(parts: Parts, claims: Json, nonce: str, audience: str, now: dt.datetime) -> None:
    """Refuse a presentation unless the holder made it now, for this verifier and this question (RFC 9901 §7.3).

    `claims` are those that `sdjwt.claims` or `sdjwt.verify` returned for it.
    """
    if not parts.binding:
        raise Refused("binding_missing")
    token = jws.read(parts.binding)
    if token.header.get("typ") != TYPE:
        raise Refused("binding_type", type=str(token.header.get("typ"))[:20])
    key = holder_key(claims)
    try:
        token.check(key)
    except Refused as refused:
        raise Refused("binding_signature") from refused
    said = token.claims()
    if abs(moments.read_seconds(said.get("iat")) - now) > MAX_AGE:
        raise Refused("binding_time")
    for name, expected, code in (
        ("nonce", nonce, "binding_nonce"),
        ("aud", audience, "binding_audience"),
        ("sd_hash", sdjwt.digest_of(parts.shown), "binding_content"),
    ):
        given = said.get(name)
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
            raise Refused(code)
