"""Open Badges 2.0: hosted (the issuer's site is asked again) or signed (a token, a key that the issuer publishes).

Open Badges 2.0, Verification. The issuer is always read again at its own address: what a badge says of its issuer
proves nothing.
"""

from __future__ import annotations

from typing import Any

from entremise.lib.openbadges import content, jws, moments
from entremise.lib.openbadges.fetched import FOUND, GONE, host, origin
from entremise.lib.openbadges.keys import KeyRefused, PublicKey
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.report import Form
from entremise.lib.openbadges.verify_inquiry import Inquiry
from entremise.lib.openbadges.verify_recipient import check_recipient
from entremise.lib.openbadges.verify_time import check_dates

CONTEXTS = frozenset({"https://w3id.org/openbadges/v2", "https://openbadgespec.org/v2/context.json"})
HOSTED, SIGNED = frozenset({"HostedBadge", "hosted"}), frozenset({"SignedBadge", "signed"})
SAME = ("id", "type", "recipient", "badge", "issuedOn", "expires")  # what a copy and the hosted assertion share
MISSING = (404, GONE)
Json = dict[str, Any]


def is_assertion(document: Json) -> bool:
    """Tell whether a document is an assertion of Open Badges 2.0."""
    named = content.texts(document.get("@context"))
    return not CONTEXTS.isdisjoint(named) and "Assertion" in content.texts(document.get("type"))


def is_hosted(document: Json) -> bool:
    """Tell whether an assertion is verified at its own address, even when it also travels signed."""
    return not HOSTED.isdisjoint(content.texts(content.member(document.get("verification")).get("type")))


def check_address(inquiry: Inquiry, address: str) -> None:
    """Check the assertion that is at an address: all that a badge image of Open Badges 2.0 may carry."""
    inquiry.form = Form.OB2_HOSTED
    found: list[Json] = []
    if inquiry.holds(Step.STATUS, lambda: found.append(_published(inquiry, address))):
        inquiry.credential = inquiry.fetches.found(address)
        _check_published(inquiry, address, found[0])


def check_assertion(inquiry: Inquiry, document: Json) -> None:
    """Check an assertion that was given as JSON: a copy of the one that its issuer publishes."""
    inquiry.form = Form.OB2_HOSTED
    inquiry.content = content.of_ob2(document, content.member(document.get("badge")), {})
    if is_hosted(document):
        address = content.identifier(document)
        found: list[Json] = []
        if inquiry.holds(Step.STATUS, lambda: found.append(_published(inquiry, address))) and inquiry.holds(
            Step.SIGNATURE, lambda: _same(document, found[0])
        ):
            _check_published(inquiry, address, found[0])
    else:
        kinds = content.texts(content.member(document.get("verification")).get("type"))
        inquiry.failed(Step.SIGNATURE, "verification_unknown" if SIGNED.isdisjoint(kinds) else "no_proof")


def check_token(inquiry: Inquiry, token: jws.Token, assertion: Json) -> None:
    """Check an assertion that is the payload of a token."""
    inquiry.form = Form.OB2_SIGNED
    parts: list[tuple[Json, Json]] = []
    if not inquiry.holds(Step.ISSUER, lambda: parts.append(_badge_and_issuer(inquiry, assertion))):
        return
    badge, issuer = parts[0]
    inquiry.content = content.of_ob2(assertion, badge, issuer)
    inquiry.passed(Step.FORM, "form_ok", form=Form.OB2_SIGNED.value)
    keys: list[PublicKey] = []
    if not inquiry.holds(Step.ISSUER, lambda: keys.append(_key(inquiry, assertion, issuer))):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return
    _issuer_passed(inquiry, issuer)
    if not inquiry.holds(Step.SIGNATURE, lambda: token.check(keys[0])):
        return
    inquiry.passed(Step.SIGNATURE, "signature_ok")
    inquiry.holds(Step.TIME, lambda: _check_time(inquiry, assertion))
    _check_revocations(inquiry, assertion, issuer)
    check_recipient(inquiry, assertion)


def _published(inquiry: Inquiry, address: str) -> Json:
    """Return the assertion that its issuer publishes today."""
    if not origin(address).startswith("https://") and not inquiry.is_local:
        raise Refused("address_not_https", host=host(address))
    answer = inquiry.fetches.answer(address)
    if answer.status == GONE:
        raise Refused("revoked")
    if answer.status != FOUND:
        raise Refused("hosted_gone" if answer.status in MISSING else "unreachable", host=host(address))
    document = read_json(answer.body)
    if document.get("revoked") is True:
        raise Refused("revoked")
    if not is_assertion(document):
        raise Refused("not_a_badge")
    if content.identifier(document) != address.partition("#")[0]:
        raise Refused("hosted_differs")
    return document


def _same(given: Json, hosted: Json) -> None:
    """Refuse a copy that says something else than what is published; only what is published is shown."""
    for name in SAME:
        one, other = given.get(name), hosted.get(name)
        is_same_class = name == "badge" and content.identifier(one) == content.identifier(other) != ""
        if one != other and not is_same_class:
            raise Refused("hosted_differs")


def _check_published(inquiry: Inquiry, address: str, assertion: Json) -> None:
    parts: list[tuple[Json, Json]] = []
    if not inquiry.holds(Step.ISSUER, lambda: parts.append(_badge_and_issuer(inquiry, assertion))):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return
    badge, issuer = parts[0]
    inquiry.content = content.of_ob2(assertion, badge, issuer)
    inquiry.passed(Step.FORM, "form_ok", form=Form.OB2_HOSTED.value)
    if not inquiry.holds(Step.ISSUER, lambda: _check_place(address, issuer)):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return
    _issuer_passed(inquiry, issuer)
    inquiry.passed(Step.SIGNATURE, "hosted_ok", host=host(address))
    inquiry.holds(Step.TIME, lambda: _check_time(inquiry, assertion))
    inquiry.passed(Step.STATUS, "hosted_still", host=host(address))
    check_recipient(inquiry, assertion)


def _badge_and_issuer(inquiry: Inquiry, assertion: Json) -> tuple[Json, Json]:
    """Return the badge class (inside the assertion or at its address) and the issuer (always at its address)."""
    badge = assertion.get("badge")
    if isinstance(badge, str):
        badge = read_json(inquiry.fetches.found(badge))
    if not isinstance(badge, dict) or "BadgeClass" not in content.texts(badge.get("type")):
        raise Refused("not_a_badge")
    address = content.identifier(badge.get("issuer"))
    if not address.startswith("https://") and not (inquiry.is_local and address.startswith("http://")):
        raise Refused("no_issuer")
    issuer = read_json(inquiry.fetches.found(address))
    if content.identifier(issuer) != address:
        raise Refused("issuer_elsewhere", host=host(address))
    return badge, issuer


def _check_place(address: str, issuer: Json) -> None:
    """Refuse an assertion hosted where its issuer does not say that it hosts (`allowedOrigins`, `startsWith`)."""
    said = content.member(issuer.get("verification"))
    beginnings = [one for one in content.texts(said.get("startsWith")) if origin(one) and one.count("/") > 2]
    if any(origin(one) == origin(address) and address.startswith(one) for one in beginnings):
        return
    origins = {one.lower().rpartition("://")[2].rstrip("/") for one in content.texts(said.get("allowedOrigins"))}
    if not origins and not beginnings:
        origins = {origin(content.identifier(issuer)).partition("://")[2]}
    if origin(address).partition("://")[2] not in origins:
        raise Refused("hosted_elsewhere", host=host(address))


def _key(inquiry: Inquiry, assertion: Json, issuer: Json) -> PublicKey:
    """Return the key that signed: one that the issuer publishes as its own."""
    given = issuer.get("publicKey")
    listed = given if isinstance(given, list) else [given]
    known = {content.identifier(one): one for one in listed if content.identifier(one)}
    creator = content.identifier(content.member(assertion.get("verification")).get("creator"))
    if not creator and len(known) == 1:
        [creator] = known
    if creator not in known:
        raise Refused("wrong_controller", kid=creator[:200])
    key = known[creator]
    if not isinstance(key, dict):
        key = read_json(inquiry.fetches.found(creator))
    if content.identifier(key.get("owner")) != content.identifier(issuer) or content.identifier(key) != creator:
        raise Refused("wrong_controller", kid=creator[:200])
    pem = key.get("publicKeyPem")
    try:
        return PublicKey.from_pem(pem.encode() if isinstance(pem, str) else b"")
    except KeyRefused:
        raise Refused("bad_key", kid=creator[:200]) from None


def _check_time(inquiry: Inquiry, assertion: Json) -> None:
    ends = assertion.get("expires")
    begins = moments.read_loosely(assertion.get("issuedOn"))
    check_dates(inquiry, begins, moments.read_loosely(ends) if ends is not None else None)


def _check_revocations(inquiry: Inquiry, assertion: Json, issuer: Json) -> None:
    address = content.identifier(issuer.get("revocationList"))
    if not address:
        inquiry.skipped(Step.STATUS, "no_status")
    elif inquiry.holds(Step.STATUS, lambda: _refuse_listed(inquiry, address, assertion, issuer)):
        inquiry.passed(Step.STATUS, "status_ok")


def _refuse_listed(inquiry: Inquiry, address: str, assertion: Json, issuer: Json) -> None:
    listed = read_json(inquiry.fetches.found(address))
    if content.identifier(listed.get("issuer")) != content.identifier(issuer):
        raise Refused("status_list_issuer", host=host(address))
    given = listed.get("revokedAssertions")
    if given is not None and not isinstance(given, list):
        raise Refused("bad_status_list")
    named = {name for one in given or () for name in (content.identifier(one), *_uid(one))}
    if named & ({content.identifier(assertion), *_uid(assertion)} - {""}):
        raise Refused("revoked")


def _uid(one: object) -> list[str]:
    """Return the older name of an assertion (Open Badges 1), in a list when there is one."""
    return content.texts(one.get("uid")) if isinstance(one, dict) else []


def _issuer_passed(inquiry: Inquiry, issuer: Json) -> None:
    place = host(content.identifier(issuer))
    name = inquiry.content.issuer.name if inquiry.content else ""
    inquiry.passed(Step.ISSUER, "issuer_ok", name=name or place, place=place)
