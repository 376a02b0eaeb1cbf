"""SD-JWT VC: what a wallet shows. The issuer's keys are in its DID or at its `/.well-known/jwt-vc-issuer`.

draft-ietf-oauth-sd-jwt-vc §5 (keys of the issuer), Token Status List §8.3, RFC 9901 §7.3 (proof of the holder).
"""

from __future__ import annotations

from typing import Any

from entremise.lib.openbadges import content, jws, moments, sdjwt, sdjwt_binding, statuslist
from entremise.lib.openbadges.claims import StatusRef
from entremise.lib.openbadges.fetched import Accept, host
from entremise.lib.openbadges.keys import PublicKey
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.report import Form
from entremise.lib.openbadges.verify_inquiry import Inquiry
from entremise.lib.openbadges.verify_keys import key_in_set, key_of_issuer
from entremise.lib.openbadges.verify_ob3 import place_of
from entremise.lib.openbadges.verify_time import check_dates

WELL_KNOWN = "/.well-known/jwt-vc-issuer"
STATUSES = {statuslist.WITHDRAWN: "revoked", statuslist.SUSPENDED: "suspended"}
Json = dict[str, Any]


def is_sd_jwt(token: jws.Token) -> bool:
    """Tell whether a token says that it is the first part of an SD-JWT VC."""
    return token.header.get("typ") in tuple(sdjwt.TYPES)


def check_sd_jwt(inquiry: Inquiry, text: str) -> None:
    """Check a credential of a wallet, as issued or as shown."""
    inquiry.form = Form.SD_JWT
    parts: list[sdjwt.Parts] = []
    if not inquiry.holds(Step.FORM, lambda: parts.append(_read(text))):
        return
    inquiry.passed(Step.FORM, "form_ok", form=Form.SD_JWT.value)
    issuer = parts[0].token.claims()["iss"]
    keys: list[PublicKey] = []
    if not inquiry.holds(Step.ISSUER, lambda: keys.append(issuer_key(inquiry, issuer, parts[0].token))):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return
    inquiry.passed(Step.ISSUER, "issuer_ok", name=place_of(issuer), place=place_of(issuer))
    found: list[Json] = []
    if not inquiry.holds(Step.SIGNATURE, lambda: found.append(sdjwt.claims(parts[0], keys[0]))):
        return
    inquiry.passed(Step.SIGNATURE, "signature_ok")
    inquiry.content = content.of_sd_jwt(found[0])
    inquiry.holds(Step.TIME, lambda: _check_time(inquiry, found[0]))
    _check_status(inquiry, found[0], issuer)
    _check_holder(inquiry, parts[0], found[0])


def issuer_key(inquiry: Inquiry, issuer: str, token: jws.Token) -> PublicKey:
    """Return the key that signed, if the issuer publishes it."""
    if issuer.startswith("did:"):
        kid = token.kid if token.kid.startswith("did:") else f"{issuer}#{token.kid.removeprefix('#')}"
        return key_of_issuer(inquiry, issuer, kid)
    if issuer.startswith("http://") and not inquiry.is_local:
        raise Refused("address_not_https", host=host(issuer))
    if not issuer.startswith(("https://", "http://")) or any(mark in issuer for mark in "?#"):
        raise Refused("unknown_issuer_kind", issuer=issuer[:200])
    try:
        published = read_json(inquiry.fetches.found(metadata_address(issuer)))
    except Refused as refused:
        if refused.code == "not_found" and "x5c" in token.header:
            raise Refused("certificate_not_trusted") from refused
        raise
    if published.get("issuer") != issuer:
        raise Refused("wrong_controller", kid=token.kid[:200])
    if isinstance(published.get("jwks"), dict):
        return key_in_set(jws.compact(published["jwks"]), token.kid)
    return key_in_set(inquiry.fetches.found(content.link(published.get("jwks_uri"))), token.kid)


def metadata_address(issuer: str) -> str:
    """Return where an issuer publishes its keys: the well-known part comes before its own path (§5.1)."""
    scheme, _, rest = issuer.partition("://")
    name, _, path = rest.partition("/")
    return f"{scheme}://{name}{WELL_KNOWN}" + (f"/{path.rstrip('/')}" if path.strip("/") else "")


def _read(text: str) -> sdjwt.Parts:
    parts = sdjwt.read(text)
    claims = parts.token.claims()
    for name in sdjwt.REQUIRED:
        if not isinstance(claims.get(name), str):
            raise Refused("missing_claim", name=name)
    return parts


def _check_time(inquiry: Inquiry, claims: Json) -> None:
    begins = claims.get("nbf", claims.get("iat"))
    ends = claims.get("exp")
    check_dates(
        inquiry,
        moments.read_seconds(begins) if begins is not None else None,
        moments.read_seconds(ends) if ends is not None else None,
    )


def _check_status(inquiry: Inquiry, claims: Json, issuer: str) -> None:
    if claims.get("status") is None:
        inquiry.skipped(Step.STATUS, "no_status")
    elif inquiry.holds(Step.STATUS, lambda: _refuse_set(inquiry, sdjwt.place(claims), issuer)):
        inquiry.passed(Step.STATUS, "status_ok")


def _refuse_set(inquiry: Inquiry, place: StatusRef | None, issuer: str) -> None:
    if place is None:
        raise Refused("bad_status_entry")
    raw = inquiry.fetches.found(place.list_url, Accept.STATUS_LIST)
    token = jws.read(raw.decode("ascii", "replace").strip())
    if token.claims().get("iss", issuer) != issuer:
        raise Refused("status_list_issuer", host=str(token.claims()["iss"])[:200])
    key = issuer_key(inquiry, issuer, token)
    try:
        token.check(key)
    except Refused as refused:
        raise Refused("status_list_signature") from refused
    value = statuslist.read_token(token, place.list_url, inquiry.now)[place.index]
    if value != statuslist.VALID:
        raise Refused(STATUSES.get(value, "status_other"))


def _check_holder(inquiry: Inquiry, parts: sdjwt.Parts, claims: Json) -> None:
    """Note whether the person who shows it holds the key it was given to; it takes a question put to their wallet."""
    if inquiry.nonce:
        work = lambda: sdjwt_binding.check(parts, claims, inquiry.nonce, inquiry.audience, inquiry.now)  # noqa: E731
        if inquiry.holds(Step.RECIPIENT, work):
            inquiry.passed(Step.RECIPIENT, "holder_ok")
    elif "cnf" in claims:
        inquiry.skipped(Step.RECIPIENT, "holder_not_asked")
