"""Compact JWS (RFC 7515 §3.1) with our keys: the shell of VC-JWT, Open Badges 2.0, status list tokens and SD-JWT.

Twenty lines rather than a library: keys already sign and check, so one place decides which algorithms exist (never
`none`, never a shared secret); the algorithm of a token must be the key's own, so a public key cannot be used as a
secret; the header must say nothing that we would have to follow (`crit`, `jku`, `x5u`, `b64`). Tests compare with
joserfc.

Refused with `bad_token` (not three parts in canonical base64url, not JSON, too large), `unknown_algorithm`,
`header_not_allowed`, `wrong_key_type` (the key is of another algorithm), `wrong_signature`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import limits
from entremise.lib.openbadges.encoding import EncodingRefused, from_base64url, to_base64url
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused

MAX_TOKEN = 2 * limits.MAX_JSON  # base64url of the largest payload, a header and a signature
FULL_NAMES = {"Ed25519": Algorithm.EDDSA.value}  # RFC 9864 §2.2: the same algorithm by the name that replaces it
FOLLOWED = ("crit", "jku", "x5u", "b64", "zip", "enc")  # headers that ask a reader to fetch or to read otherwise


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart; nothing of it is trusted before `check`."""

    header: dict[str, Any]
    payload: bytes
    signed: bytes
    signature: bytes

    @property
    def kid(self) -> str:
        """Return the name of the key, or an empty text."""
        kid = self.header.get("kid")
        return kid if isinstance(kid, str) else ""

    def claims(self) -> dict[str, Any]:
        """Return the payload, a JSON object."""
        return limits.read_json(self.payload)

    def check(self, key: PublicKey) -> None:
        """Refuse the token unless this key signed it, with the key's own algorithm."""
        if named(self.header["alg"]) != key.algorithm.value:
            raise Refused("wrong_key_type")
        if not key.verifies(self.signature, self.signed):
            raise Refused("wrong_signature")


def sign(header: Mapping[str, object], payload: bytes, key: PrivateKey) -> str:
    """Sign a payload; `alg` is the key's."""
    protected = to_base64url(compact({"alg": key.algorithm.value, **header}))
    signed = f"{protected}.{to_base64url(payload)}"
    return f"{signed}.{to_base64url(key.sign(signed.encode()))}"


def read(text: str) -> Token:
    """Take a token apart."""
    if len(text) > MAX_TOKEN:
        raise Refused("too_large")
    parts = text.split(".")
    if len(parts) != 3:
        raise Refused("bad_token")
    protected, payload, signature = map(decoded, parts)
    try:
        header = limits.read_json(protected)
    except Refused as refused:
        raise Refused("bad_token") from refused
    algorithm = header.get("alg")
    if named(algorithm) not in tuple(Algorithm):
        raise Refused("unknown_algorithm", algorithm=str(algorithm)[:20])
    for name in FOLLOWED:
        if name in header:
            raise Refused("header_not_allowed", name=name)
    return Token(header, payload, text.rpartition(".")[0].encode(), signature)


def named(algorithm: object) -> object:
    """Return the name that we write for an algorithm."""
    return FULL_NAMES.get(algorithm, algorithm) if isinstance(algorithm, str) else algorithm


def decoded(part: str) -> bytes:
    """Read base64url in its only canonical form, so that no two texts are the same token."""
    try:
        raw = from_base64url(part)
    except EncodingRefused as error:
        raise Refused("bad_token") from error
    if to_base64url(raw) != part:
        raise Refused("bad_token")
    return raw


def compact(document: object) -> bytes:
    """Write JSON without spaces, text as it is."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
