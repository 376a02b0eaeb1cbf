"""Endorsements that come with a badge: each checked alone; one that does not hold says nothing against the badge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from entremise.lib.openbadges import content, endorsement
from entremise.lib.openbadges.limits import read_json
from entremise.lib.openbadges.reasons import Check, Outcome, Refused, Step
from entremise.lib.openbadges.report import Endorsed, Verdict, verdict_of
from entremise.lib.openbadges.verify_inquiry import UNFORESEEN, Inquiry
from entremise.lib.openbadges.verify_ob3 import check_document, check_token

MAX_ENDORSEMENTS = 10
CODES = {Verdict.REFUSED: "endorsement_refused", Verdict.UNDECIDED: "endorsement_undecided"}
NOT_SIGNED = Check(Step.SIGNATURE, Outcome.UNKNOWN, "no_proof")
Json = dict[str, Any]
Work = Callable[[Inquiry], str]  # checks one endorsement, returns what it speaks of


def check_endorsements(inquiry: Inquiry, document: Json, given: Sequence[bytes | str] = ()) -> None:
    """Check the endorsements inside a badge, and those given with it."""
    works = [*_inside(document), *map(_given, given)]
    if not works:
        inquiry.skipped(Step.ENDORSEMENT, "no_endorsement")
    for work in works[:MAX_ENDORSEMENTS]:
        inquiry.endorsements.append(_endorsed(inquiry.inside(), work, _targets(document)))
    if len(works) > MAX_ENDORSEMENTS:
        inquiry.add(Step.ENDORSEMENT, Outcome.UNKNOWN, "too_many_endorsements", limit=str(MAX_ENDORSEMENTS))
    inquiry.checks.extend(one.check for one in inquiry.endorsements)


def _targets(document: Json) -> set[str]:
    """Return what an endorsement of this badge may speak of: itself, its badge class, its issuer."""
    subject = content.member(document.get("credentialSubject"))
    named = (document, subject.get("achievement"), document.get("issuer"))
    return {content.identifier(one) for one in named} - {""}


def _inside(document: Json) -> Iterator[Work]:
    for one in endorsement.embedded(document):
        yield partial(_document, {"@context": document.get("@context"), **one})
    subject = content.member(document.get("credentialSubject"))
    for holder in (document, content.member(subject.get("achievement")), content.member(document.get("issuer"))):
        for token in content.texts(holder.get("endorsementJwt")):
            yield partial(_token, token)


def _given(one: bytes | str) -> Work:
    raw = one.encode() if isinstance(one, str) else one
    if raw.lstrip().startswith(b"{"):
        return lambda inquiry: _document(read_json(raw), inquiry)
    return partial(_token, raw.decode("ascii", "replace").strip())


def _document(document: Json, inquiry: Inquiry) -> str:
    target = endorsement.target(document)
    check_document(inquiry, document)
    return target


def _token(token: str, inquiry: Inquiry) -> str:
    document = check_token(inquiry, token)
    return endorsement.target(document) if document else ""


def _endorsed(inside: Inquiry, work: Work, targets: set[str]) -> Endorsed:
    try:
        target = work(inside)
    except Refused as refused:
        return _answer(inside, Verdict.REFUSED, refused.code, refused.facts)
    except UNFORESEEN:
        return _answer(inside, Verdict.REFUSED, "unreadable", {})
    verdict = verdict_of(inside.checks)
    if verdict is not Verdict.VALID:
        wanted = Outcome.FAILED if verdict is Verdict.REFUSED else Outcome.UNKNOWN
        told = next((one for one in inside.checks if one.outcome is wanted), NOT_SIGNED)
        return _answer(inside, verdict, told.code, told.facts)
    if target not in targets:
        return _answer(inside, Verdict.REFUSED, "other_target", {})
    return _answer(inside, verdict, "", {})


def _answer(inside: Inquiry, verdict: Verdict, reason: str, why: Mapping[str, str]) -> Endorsed:
    name = inside.content.issuer.name if inside.content else ""
    facts = {**why, "name": name or "?"}
    if verdict is Verdict.VALID:
        return Endorsed(Check(Step.ENDORSEMENT, Outcome.PASSED, "endorsement_ok", facts), inside.content)
    outcome = Outcome.FAILED if verdict is Verdict.REFUSED else Outcome.UNKNOWN
    return Endorsed(Check(Step.ENDORSEMENT, outcome, CODES[verdict], facts | {"reason": reason}), inside.content)
