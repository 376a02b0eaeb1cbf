"""Whose key it is: the key that a proof names must be listed by the issuer that the credential names."""

from __future__ import annotations

import json
from typing import Any

from entremise.lib.openbadges import did
from entremise.lib.openbadges.fetched import host, origin
from entremise.lib.openbadges.keys import KeyRefused, PublicKey
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.verify_inquiry import Inquiry

SELF_DESCRIBED = ("did:key:", "did:jwk:")  # the identifier is the key
Json = dict[str, Any]


def key_of_issuer(inquiry: Inquiry, issuer: str, kid: str) -> PublicKey:
    """Return the key `kid`, if this issuer lets it sign."""
    if not issuer:
        raise Refused("no_issuer")
    if did.subject(kid) == issuer and issuer.startswith(SELF_DESCRIBED):
        return did.key_of(kid)
    if did.subject(kid) == issuer:
        return did.find_method(document_of(inquiry, issuer), kid, at=inquiry.now)
    if kid.startswith("https://") and "#" not in kid:
        return _key_at_address(inquiry, issuer, kid)
    raise Refused("wrong_controller", kid=kid[:200])


def document_of(inquiry: Inquiry, subject: str) -> Json:
    """Return the document in which an issuer lists its keys (a DID, or an address of the web)."""
    if subject.startswith(SELF_DESCRIBED):
        return did.self_described(subject)
    return read_json(inquiry.fetches.found(address_of(inquiry, subject)))


def address_of(inquiry: Inquiry, subject: str) -> str:
    """Return where that document is."""
    if subject.startswith("did:web:"):
        return did.web_url(subject, loopback=inquiry.is_local)
    if subject.startswith("https://"):
        return subject
    if subject.startswith("http://"):
        raise Refused("address_not_https", host=host(subject))
    raise Refused("unknown_issuer_kind", issuer=subject[:200])


def _key_at_address(inquiry: Inquiry, issuer: str, kid: str) -> PublicKey:
    """Return the JWK at an address: the issuer's own folder, or one that the issuer's document names.

    The same host is not enough: several issuers may have their place on it.
    """
    home = address_of(inquiry, issuer)
    folder = home.removesuffix("did.json") if issuer.startswith("did:web:") else f"{home.rstrip('/')}/"
    is_whole_host = folder.count("/") == 3 or folder.endswith("/.well-known/")  # others may live further down
    is_at_home = kid.startswith(folder) and not is_whole_host and ".." not in kid and "%" not in kid
    if not is_at_home and (origin(kid) != origin(home) or not _names(document_of(inquiry, issuer), kid)):
        raise Refused("wrong_controller", kid=kid[:200])
    try:
        return PublicKey.from_jwk(read_json(inquiry.fetches.found(kid)))
    except KeyRefused:
        raise Refused("bad_key", kid=kid[:200]) from None


def _names(document: Json, kid: str) -> bool:
    """Tell whether an issuer's document names a key, in the list of those that may sign or of its public keys."""
    for relation in (did.ASSERTION, "publicKey"):
        given = document.get(relation, [])
        listed = given if isinstance(given, list) else [given]
        if any((one.get("id") if isinstance(one, dict) else one) == kid for one in listed):
            return True
    return False


def key_in_set(raw: bytes, kid: str) -> PublicKey:
    """Return the key of a JWK set (RFC 7517 §5) that has this `kid`; the only one when none is named."""
    keys = read_json(raw).get("keys")
    listed = [one for one in keys[:100] if isinstance(one, dict)] if isinstance(keys, list) else []
    found = [one for one in listed if one.get("kid") == kid] if kid else listed
    if len(found) != 1:
        raise Refused("unknown_key", kid=kid[:200])
    try:
        return PublicKey.from_jwk(found[0])
    except KeyRefused:
        raise Refused("bad_key", kid=json.dumps(kid)[:200]) from None
