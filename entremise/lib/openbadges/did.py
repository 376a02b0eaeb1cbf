"""Decentralized identifiers: did:web of issuers, did:key and did:jwk (tests, wallets); which key may sign for whom.

W3C DID 1.0, Controlled Identifiers 1.0 (Multikey, JsonWebKey), did:web, did:key, did:jwk method specifications.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from entremise.lib.openbadges.di import moment
from entremise.lib.openbadges.encoding import EncodingRefused, from_base64url, to_base64url
from entremise.lib.openbadges.keys import Algorithm, KeyRefused, PublicKey
from entremise.lib.openbadges.reasons import Refused

DID_V1 = "https://www.w3.org/ns/did/v1"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
JWK_V1 = "https://w3id.org/security/jwk/v1"
ASSERTION = "assertionMethod"
MAX_DID = 2_048  # characters: a did:jwk of an RSA key has about 600
MAX_METHODS = 200

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9](?::[0-9]{{1,5}})?", re.ASCII | re.IGNORECASE)
_LOOPBACK = re.compile(r"(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?", re.ASCII)
_SEGMENT = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Method:
    """A key of a DID: `kid` is its whole identifier, `did:web:host:o:slug#name`."""

    kid: str
    key: PublicKey
    asserts: bool = True  # it may sign credentials; a key that only stays readable does not


def subject(kid: str) -> str:
    """Return the DID of a key's identifier."""
    return kid.partition("#")[0]


def key_of(kid: str) -> PublicKey:
    """Return the key of a did:key or did:jwk, which carry it in themselves."""
    did, _, fragment = kid.partition("#")
    try:
        if len(kid) > MAX_DID:
            raise KeyRefused("too long")
        if did.startswith("did:key:") and fragment in ("", did.removeprefix("did:key:")):
            return PublicKey.from_multikey(did.removeprefix("did:key:"))
        if did.startswith("did:jwk:") and fragment in ("", "0"):
            return PublicKey.from_jwk(_object(from_base64url(did.removeprefix("did:jwk:"))))
    except (KeyRefused, EncodingRefused, ValueError, RecursionError):
        raise Refused("bad_key", kid=kid[:200]) from None
    raise Refused("unknown_key", kid=kid[:200])


def of_key(key: PublicKey) -> str:
    """Return the did:key of an Ed25519 or P-256 key."""
    return f"did:key:{key.multikey()}"


def of_jwk(key: PublicKey) -> str:
    """Return the did:jwk of a key."""
    return f"did:jwk:{to_base64url(json.dumps(key.jwk(), separators=(',', ':')).encode())}"


def kid_of_key(key: PublicKey) -> str:
    """Return the identifier of the only key of a did:key."""
    return f"{of_key(key)}#{key.multikey()}"


def web(host: str, *path: str) -> str:
    """Write a did:web; a port is written %3A."""
    return ":".join(["did:web", host.replace(":", "%3A"), *path])


def web_url(did: str, *, loopback: bool = False) -> str:
    """Return the address of a did:web's document: https; `loopback` allows http on this machine, for tests."""
    host, *path = subject(did).removeprefix("did:web:").split(":")
    if not did.startswith("did:web:") or len(did) > MAX_DID or not all(map(_SEGMENT.fullmatch, path)):
        raise Refused("bad_did", did=did[:200])
    host = unquote(host) if re.fullmatch(r"[^%]*(?:%3[Aa][0-9]+)?", host) else ""
    folder = "/".join(path) if path else ".well-known"
    if loopback and _LOOPBACK.fullmatch(host):
        return f"http://{host}/{folder}/did.json"
    if not _HOST.fullmatch(host):
        raise Refused("bad_did", did=did[:200])
    return f"https://{host}/{folder}/did.json"


def document(did: str, methods: Sequence[Method], also_known_as: Sequence[str] = ()) -> dict[str, Any]:
    """Write the document of a did:web: Ed25519 and P-256 as Multikey, RSA as JsonWebKey."""
    contexts = [DID_V1, MULTIKEY_V1]
    if any(method.key.algorithm is Algorithm.RS256 for method in methods):
        contexts.append(JWK_V1)
    written: dict[str, Any] = {"@context": contexts, "id": did}
    if also_known_as:
        written["alsoKnownAs"] = list(also_known_as)
    written["verificationMethod"] = [_method(did, method) for method in methods]
    written[ASSERTION] = [method.kid for method in methods if method.asserts]
    return written


def self_described(did: str) -> dict[str, Any]:
    """Return the document of a did:key or did:jwk."""
    key = key_of(subject(did))
    name = "0" if did.startswith("did:jwk:") else key.multikey()
    return document(subject(did), [Method(f"{subject(did)}#{name}", key)])


def find_method(
    document: dict[str, Any], kid: str, purpose: str = ASSERTION, at: dt.datetime | None = None
) -> PublicKey:
    """Return the key `kid` of a DID's document, if it may serve this purpose and its controller is this DID.

    A key with an end (`expires`, `revoked`) verifies nothing from then on (Controlled Identifiers 1.0 §2.2); without
    `at`, any end is taken as past.
    """
    if document.get("id") != subject(kid):
        raise Refused("wrong_controller", kid=kid[:200])
    listed, embedded = _relations(document, purpose)
    declared = _listed_methods(document)
    found = [one for one in [*declared, *embedded] if _whole(document, one.get("id")) == kid]
    if not found:
        raise Refused("unknown_key", kid=kid[:200])
    if len(found) > 1:
        raise Refused("bad_did_document", kid=kid[:200])
    if kid not in listed:
        raise Refused("not_authorised", kid=kid[:200])
    if found[0].get("controller") != document["id"]:
        raise Refused("wrong_controller", kid=kid[:200])
    ends = [moment(found[0][name]) for name in ("expires", "revoked") if found[0].get(name)]
    if any(at is None or end <= at for end in ends):
        raise Refused("revoked_key", kid=kid[:200])
    return _key(found[0])


def _method(did: str, method: Method) -> dict[str, Any]:
    if method.key.algorithm is Algorithm.RS256:
        jwk = method.key.jwk() | {"kid": method.kid.partition("#")[2]}
        return {"id": method.kid, "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}
    return {"id": method.kid, "type": "Multikey", "controller": did, "publicKeyMultibase": method.key.multikey()}


def _listed_methods(document: dict[str, Any]) -> list[dict[str, Any]]:
    given = document.get("verificationMethod", [])
    if not isinstance(given, list) or len(given) > MAX_METHODS:
        raise Refused("bad_did_document")
    return [one for one in given if isinstance(one, dict)]


def _relations(document: dict[str, Any], purpose: str) -> tuple[set[str], list[dict[str, Any]]]:
    """Return the identifiers listed for a purpose, and the methods written there in full."""
    given = document.get(purpose, [])
    given = given if isinstance(given, list) else [given]
    if len(given) > MAX_METHODS:
        raise Refused("bad_did_document")
    embedded = [one for one in given if isinstance(one, dict)]
    names = [one.get("id") if isinstance(one, dict) else one for one in given]
    return {_whole(document, name) for name in names}, embedded


def _whole(document: dict[str, Any], name: object) -> str:
    """Return a method's whole identifier; some documents write only the part after the DID."""
    written = name if isinstance(name, str) else ""
    return f"{document.get('id')}{written}" if written.startswith("#") else written


def _key(method: dict[str, Any]) -> PublicKey:
    try:
        if isinstance(method.get("publicKeyMultibase"), str):
            return PublicKey.from_multikey(method["publicKeyMultibase"])
        if isinstance(method.get("publicKeyJwk"), dict):
            return PublicKey.from_jwk(method["publicKeyJwk"])
    except KeyRefused:
        raise Refused("bad_key", kid=str(method.get("id"))[:200]) from None
    raise Refused("bad_key", kid=str(method.get("id"))[:200])


def _object(raw: bytes) -> dict[str, Any]:
    read = json.loads(raw)
    if not isinstance(read, dict):
        raise KeyRefused("not an object")
    return read
