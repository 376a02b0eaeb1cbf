"""Whether a credential was withdrawn or suspended since it was signed. The answer is in the bit, nowhere else."""

from __future__ import annotations

from functools import partial
from typing import Any

from entremise.lib.openbadges import content, di, jws, statuslist, vcjwt
from entremise.lib.openbadges.claims import StatusPurpose, StatusRef
from entremise.lib.openbadges.fetched import host
from entremise.lib.openbadges.keys import PublicKey
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.verify_inquiry import SKEW, Inquiry
from entremise.lib.openbadges.verify_keys import key_of_issuer

MAX_ENTRIES = 4
REVOCATION_LIST = "1EdTechRevocationList"  # of Open Badges 3.0 before 2025: a plain list of identifiers
CODES = {StatusPurpose.REVOCATION: "revoked", StatusPurpose.SUSPENSION: "suspended"}
Json = dict[str, Any]


def check_status(inquiry: Inquiry, document: Json) -> None:
    """Note what each status list says of a credential."""
    given = document.get("credentialStatus")
    entries = given if isinstance(given, list) else [given]
    if given is None or not entries:
        inquiry.skipped(Step.STATUS, "no_status")
        return
    if len(entries) > MAX_ENTRIES:
        inquiry.failed(Step.STATUS, "too_many_status_entries")
        return
    done = [inquiry.holds(Step.STATUS, partial(_check, inquiry, document, entry)) for entry in entries]
    if all(done):  # each one is told, even after one that failed
        inquiry.passed(Step.STATUS, "status_ok")


def _check(inquiry: Inquiry, document: Json, entry: object) -> None:
    issuer = content.identifier(document.get("issuer"))
    if isinstance(entry, dict) and REVOCATION_LIST in content.texts(entry.get("type")):
        _check_listed(inquiry, document, issuer, content.identifier(entry))
        return
    for place in statuslist.places({"credentialStatus": entry}):
        bits = statuslist.read_bitstring(_list_credential(inquiry, place.list_url, issuer), place.purpose)
        _refuse_set(bits, place)


def _refuse_set(bits: statuslist.BitList, place: StatusRef) -> None:
    if bits[place.index]:
        raise Refused(CODES[place.purpose])


def _check_listed(inquiry: Inquiry, document: Json, issuer: str, address: str) -> None:
    """Read an older list: it names those that do not hold any more, and is not signed, so it must be the issuer's."""
    listed = read_json(inquiry.fetches.found(address))
    if content.identifier(listed.get("issuer")) != issuer:
        raise Refused("status_list_issuer", host=host(address))
    given = listed.get("revokedCredential", listed.get("revokedCredentials"))
    named = {content.identifier(one) for one in given} if isinstance(given, list) else {content.identifier(given)}
    if content.identifier(document) in named - {""}:
        raise Refused("revoked")


def _list_credential(inquiry: Inquiry, address: str, issuer: str) -> Json:
    """Return the list at an address, once its own signature, issuer and dates were checked."""
    known = inquiry.lists.get((address, issuer))
    if known is None:
        known = inquiry.lists[address, issuer] = _checked_list(inquiry, address, issuer)
    return known


def _checked_list(inquiry: Inquiry, address: str, issuer: str) -> Json:
    raw = inquiry.fetches.found(address)
    signed = _of_token(inquiry, raw, issuer) if raw.lstrip().startswith(b"ey") else _of_json(inquiry, raw, issuer)
    if content.identifier(signed) not in {address, ""}:
        raise Refused("status_list_address")
    begins, ends = (signed.get(name) for name in ("validFrom", "validUntil"))
    if begins is not None and di.moment(begins) > inquiry.now + SKEW:
        raise Refused("status_list_from_future")
    if ends is not None and di.moment(ends) <= inquiry.now - SKEW:
        raise Refused("status_list_expired")
    return signed


def _of_json(inquiry: Inquiry, raw: bytes, issuer: str) -> Json:
    document = read_json(raw)
    _same_issuer(document, issuer)
    for proof in di.proofs(document):
        key = key_of_issuer(inquiry, issuer, di.read(proof).kid)
        if not inquiry.signed(document, proof, key):
            raise Refused("status_list_signature")
    return document


def _of_token(inquiry: Inquiry, raw: bytes, issuer: str) -> Json:
    text = raw.decode("ascii", "replace").strip()
    token = jws.read(text)
    if not token.kid:
        raise Refused("token_without_key")
    document = _claimed(token)
    _same_issuer(document, issuer)
    _signed_list(token, key_of_issuer(inquiry, issuer, token.kid))
    return document


def _claimed(token: jws.Token) -> Json:
    """Return the credential of a token: whole (VC-JOSE-COSE) or inside `vc` (VCDM 1.1)."""
    claims = token.claims()
    if "iss" in claims and "jti" in claims:
        return vcjwt.credential(token)
    return claims


def _same_issuer(document: Json, issuer: str) -> None:
    if content.identifier(document.get("issuer")) != issuer:
        raise Refused("status_list_issuer", host=content.identifier(document.get("issuer"))[:200])


def _signed_list(token: jws.Token, key: PublicKey) -> None:
    try:
        token.check(key)
    except Refused as refused:
        raise Refused("status_list_signature") from refused
