"""One verification: whatever is given (JSON, token, picture, address), each check, one verdict. It never raises.

The order: what it is, its limits, the badge out of its picture, its form, who signs and with which key, the signature,
the dates, the status, the endorsements. Nothing is fetched but through the `Fetch` that the caller gives: what it
answers decides what is reachable (`entremise.kernel.fetching` refuses our own networks).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from entremise.lib.openbadges import bake, bake_svg, content, jws
from entremise.lib.openbadges.detect import Given, Kind, detect
from entremise.lib.openbadges.fetched import Accept, Fetch, Fetches
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.report import Report
from entremise.lib.openbadges.verify_endorsements import check_endorsements
from entremise.lib.openbadges.verify_inquiry import Inquiry
from entremise.lib.openbadges.verify_ob2 import check_address, check_assertion, is_assertion, is_hosted
from entremise.lib.openbadges.verify_ob2 import check_token as check_signed_assertion
from entremise.lib.openbadges.verify_ob3 import check_document, check_token
from entremise.lib.openbadges.verify_recipient import check_recipient
from entremise.lib.openbadges.verify_sdjwt import check_sd_jwt, is_sd_jwt

PRESENTATION = "VerifiablePresentation"
ENVELOPES = {"data:application/vc+jwt,": Kind.JWS, "data:application/jwt,": Kind.JWS}
ENVELOPES |= {"data:application/vc+sd-jwt,": Kind.SD_JWT, "data:application/dc+sd-jwt,": Kind.SD_JWT}
STEPS = tuple(Step)
Json = dict[str, Any]


def verify(
    given: bytes | str,
    *,
    now: dt.datetime,
    fetch: Fetch,
    recipient: str = "",
    endorsements: Sequence[bytes | str] = (),
    nonce: str = "",
    audience: str = "",
    is_local: bool = False,
) -> Report:
    """Check a badge in any form and say everything that was found.

    `recipient` asks whether it is for this address; `endorsements` came beside it; `nonce` and `audience` are what an
    SD-JWT VC had to be presented for; `is_local` allows did:web of this machine, for development and tests.
    """
    inquiry = Inquiry(now, Fetches(fetch), recipient, nonce, audience, is_local)
    inquiry.holds(Step.READ, lambda: _check(inquiry, given, endorsements))
    return Report(
        checks=tuple(sorted(inquiry.checks, key=lambda one: STEPS.index(one.step))),
        form=inquiry.form,
        content=inquiry.content,
        endorsements=tuple(inquiry.endorsements),
        credential=inquiry.credential,
    )


def _check(inquiry: Inquiry, given: bytes | str, endorsements: Sequence[bytes | str]) -> None:
    found = detect(given)
    address = found.payload.decode() if found.kind is Kind.ADDRESS else ""
    if address:
        found = detect(inquiry.fetches.found(address, Accept.BADGE))
        if found.kind is Kind.ADDRESS:
            raise Refused("unknown_kind")
    kind = found.kind
    found = _unbaked(found)
    if found.kind is Kind.ADDRESS:  # what a picture of Open Badges 2.0 may carry
        inquiry.passed(Step.READ, "read_ok", kind=kind.value)
        check_address(inquiry, found.payload.decode())
        return
    document = read_json(found.payload) if found.kind is Kind.JSON else {}
    found, document = _unwrapped(found, document)
    inquiry.credential = found.payload
    inquiry.passed(Step.READ, "read_ok", kind=kind.value)
    if found.kind is Kind.JSON:
        _check_json(inquiry, document, endorsements)
    else:
        _check_token(inquiry, found, endorsements)


def _unbaked(found: Given) -> Given:
    """Return the badge that a picture carries, or what was given."""
    if found.kind is Kind.PNG:
        return detect(bake.from_png(found.payload).payload)
    if found.kind is Kind.SVG:
        return detect(bake_svg.from_svg(found.payload).payload)
    return found


def _unwrapped(found: Given, document: Json) -> tuple[Given, Json]:
    """Return the token that an EnvelopedVerifiableCredential carries (VCDM 2.0 §4.13), or what was given."""
    if "EnvelopedVerifiableCredential" in content.texts(document.get("type")):
        address = document.get("id")
        for start, kind in ENVELOPES.items():
            if isinstance(address, str) and address.startswith(start):
                return Given(kind, address.removeprefix(start).encode()), {}
        raise Refused("not_a_badge")
    return found, document


def _check_json(inquiry: Inquiry, document: Json, endorsements: Sequence[bytes | str]) -> None:
    if PRESENTATION in content.texts(document.get("type")):
        raise Refused("presentation")
    if is_assertion(document):
        check_assertion(inquiry, document)
        return
    check_document(inquiry, document)
    _check_around(inquiry, document, endorsements)


def _check_around(inquiry: Inquiry, document: Json, endorsements: Sequence[bytes | str]) -> None:
    """Check what is only worth a look once the signature holds."""
    if any(one.code == "signature_ok" for one in inquiry.checks):
        check_recipient(inquiry, document)
        check_endorsements(inquiry, document, endorsements)


def _check_token(inquiry: Inquiry, found: Given, endorsements: Sequence[bytes | str]) -> None:
    text = found.payload.decode()
    if found.kind is Kind.SD_JWT:
        check_sd_jwt(inquiry, text)
        return
    token = jws.read(text)
    if is_sd_jwt(token):
        raise Refused("sd_jwt_without_tilde")
    claims = token.claims()
    if is_assertion(claims) and is_hosted(claims):
        check_assertion(inquiry, claims)
        return
    if is_assertion(claims):
        check_signed_assertion(inquiry, token, claims)
        return
    document = check_token(inquiry, text)
    if document is not None:
        _check_around(inquiry, document, endorsements)
