"""OpenID for Verifiable Credential Issuance 1.0, the issuer's side: what it publishes, offers, and asks of a wallet.

Only the pre-authorised code with a transaction code, and the `jwt` proof with its key in `jwk` (ES256): what each
wallet of the European profile knows. No authorisation server apart, no batch, no encryption inside TLS, no deferral.

Refused with `invalid_proof` (Appendix F.1: what is wrong is in `said`, in English, for the wallet's developer).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from entremise.lib.openbadges import jws
from entremise.lib.openbadges.keys import Algorithm, KeyRefused, PublicKey
from entremise.lib.openbadges.reasons import Refused

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"  # §4.1.1
SCHEME = "openid-credential-offer://"  # §4.1: what the telephone hands over to the wallet
FORMAT = "dc+sd-jwt"  # Appendix A.3
PROOF_TYPE = "openid4vci-proof+jwt"  # Appendix F.1
PROOF_AGE = dt.timedelta(minutes=5)
SKEW = dt.timedelta(seconds=60)
KEY_HEADERS = ("jwk", "kid", "x5c", "trust_chain")
PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
Json = dict[str, Any]
Said = Mapping[str, str]  # language → text


class Error(StrEnum):
    """What an endpoint answers when it refuses (§6.3, §8.3.1, §11.3, RFC 6749 §5.2, RFC 6750 §3.1)."""

    INVALID_REQUEST = "invalid_request"
    INVALID_GRANT = "invalid_grant"
    INVALID_DETAILS = "invalid_authorization_details"  # RFC 9396 §5
    UNSUPPORTED_GRANT = "unsupported_grant_type"
    INVALID_TOKEN = "invalid_token"  # noqa: S105  # the standard's name
    INVALID_CREDENTIAL_REQUEST = "invalid_credential_request"
    UNKNOWN_CONFIGURATION = "unknown_credential_configuration"
    UNKNOWN_IDENTIFIER = "unknown_credential_identifier"
    INVALID_PROOF = "invalid_proof"
    INVALID_NONCE = "invalid_nonce"
    INVALID_ENCRYPTION = "invalid_encryption_parameters"
    DENIED = "credential_request_denied"
    INVALID_NOTIFICATION = "invalid_notification_id"
    INVALID_NOTIFICATION_REQUEST = "invalid_notification_request"


class Event(StrEnum):
    """What a wallet tells of what it was given (§11.1)."""

    ACCEPTED = "credential_accepted"
    FAILURE = "credential_failure"
    DELETED = "credential_deleted"


@dataclass(frozen=True, slots=True)
class Part:
    """One claim of a credential: where it is (None: each item of a list), and how people call it."""

    path: tuple[str | int | None, ...]
    label: Said
    is_always_there: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """One kind of credential that the issuer gives."""

    id: str
    vct: str
    scope: str
    name: Said
    description: Said
    parts: tuple[Part, ...]
    background_color: str = ""
    text_color: str = ""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an issuer answers; `issuer` is compared by wallets letter by letter (§12.2.1)."""

    issuer: str
    token: str
    nonce: str
    credential: str
    notification: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a wallet proved: it holds this key, and it read this number lately."""

    key: PublicKey
    nonce: str


def issuer_metadata(at: Endpoints, name: Said, configurations: Sequence[Configuration]) -> Json:
    """Write `/.well-known/openid-credential-issuer` (§12.2.4); the issuer is its own authorisation server."""
    return {
        "credential_issuer": at.issuer,
        "credential_endpoint": at.credential,
        "nonce_endpoint": at.nonce,
        "notification_endpoint": at.notification,
        "display": [{"name": text, "locale": language} for language, text in name.items()],
        "credential_configurations_supported": {one.id: _configuration(one) for one in configurations},
    }


def server_metadata(at: Endpoints, configurations: Sequence[Configuration]) -> Json:
    """Write `/.well-known/oauth-authorization-server` (RFC 8414, §12.3): a code on paper is enough, no client."""
    return {
        "issuer": at.issuer,
        "token_endpoint": at.token,
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "scopes_supported": [one.scope for one in configurations],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def type_metadata(one: Configuration) -> Json:
    """Write the page of a credential's type (SD-JWT VC, Type Metadata).

    Languages are named twice: `lang` until draft 12, `locale` since; readers ignore what they do not know.
    """
    return {
        "vct": one.vct,
        "name": next(iter(one.name.values())),
        "description": next(iter(one.description.values())),
        "display": [
            {"lang": language, "locale": language, "name": text, "description": one.description[language]}
            for language, text in one.name.items()
        ],
        "claims": [
            {
                "path": list(part.path),
                "display": [
                    {"lang": language, "locale": language, "label": text} for language, text in part.label.items()
                ],
                "sd": "never" if part.is_always_there else "always",
            }
            for part in one.parts
        ],
    }


def key_set(issuer: str, keys: Sequence[tuple[str, PublicKey]]) -> Json:
    """Write `/.well-known/jwt-vc-issuer` (SD-JWT VC, JWT VC Issuer Metadata)."""
    return {"issuer": issuer, "jwks": {"keys": [key.jwk() | {"kid": kid, "use": "sig"} for kid, key in keys]}}


def offer(issuer: str, configuration: str, code: str, *, digits: int, said: str) -> Json:
    """Write a credential offer (§4.1.1); `said` tells the person where her transaction code is."""
    asked = {"input_mode": "numeric", "length": digits, "description": said[:300]}
    return {
        "credential_issuer": issuer,
        "credential_configuration_ids": [configuration],
        "grants": {GRANT: {"pre-authorized_code": code, "tx_code": asked}},
    }


def offer_address(document: Json) -> str:
    """Return the link, also drawn as a QR code, that opens a wallet with this offer (§4.1.2, by value)."""
    return f"{SCHEME}?credential_offer={quote(json.dumps(document, separators=(',', ':')), safe='')}"


def read_proof(text: str, issuer: str, now: dt.datetime) -> Proof:
    """Return what a key proof proves, whose number the caller must still know and use up (Appendix F.1)."""
    try:
        token = jws.read(text)
        key = _key(token.header)
        token.check(key)
        claims = token.claims()
    except Refused as refused:
        raise _bad(str(refused.facts.get("said") or refused.code)) from refused
    if claims.get("aud") != issuer:
        raise _bad("aud must be the credential issuer identifier")
    _check_times(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonce:
        raise _bad("nonce is missing")
    return Proof(key, nonce)


def _key(header: Json) -> PublicKey:
    if header.get("typ") != PROOF_TYPE:
        raise _bad(f"typ must be {PROOF_TYPE}")
    if header["alg"] != Algorithm.ES256:
        raise _bad("alg must be ES256")
    given = [name for name in KEY_HEADERS if name in header]
    jwk = header.get("jwk")
    if given != ["jwk"] or not isinstance(jwk, dict):
        raise _bad("the key must be in jwk, and nowhere else")
    if PRIVATE_MEMBERS & jwk.keys():
        raise _bad("jwk holds a private key")
    try:
        return PublicKey.from_jwk(jwk)
    except KeyRefused:
        raise _bad("jwk is not a P-256 key") from None


def _check_times(claims: Json, now: dt.datetime) -> None:
    issued, ends = claims.get("iat"), claims.get("exp")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        raise _bad("iat is missing")
    if not (now - PROOF_AGE - SKEW).timestamp() <= issued <= (now + SKEW).timestamp():
        raise _bad("iat is too far from the time here")
    if isinstance(ends, int | float) and ends <= (now - SKEW).timestamp():
        raise _bad("the proof expired")


def _bad(said: str) -> Refused:
    return Refused(Error.INVALID_PROOF.value, said=said)


def _configuration(one: Configuration) -> Json:
    colours = {"background_color": one.background_color, "text_color": one.text_color}
    return {
        "format": FORMAT,
        "vct": one.vct,
        "scope": one.scope,
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": [Algorithm.ES256.value],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": [Algorithm.ES256.value]}},
        "credential_metadata": {
            "display": [
                {"name": text, "locale": language, "description": one.description[language]}
                | {name: colour for name, colour in colours.items() if colour}
                for language, text in one.name.items()
            ],
            "claims": [
                {
                    "path": list(part.path),
                    "mandatory": part.is_always_there,
                    "display": [{"name": text, "locale": language} for language, text in part.label.items()],
                }
                for part in one.parts
            ],
        },
    }
