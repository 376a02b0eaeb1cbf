"""What a verification found, in words: for the page, for machines, the same sentences."""

import datetime as dt
from typing import Any

from entremise.lib.openbadges import sentences
from entremise.lib.openbadges.content import Content
from entremise.lib.openbadges.reasons import Check, Outcome, Step
from entremise.lib.openbadges.report import Endorsed, Report

Json = dict[str, Any]


def is_readable(report: Report) -> bool:
    """Tell whether there was a badge at all in what was given."""
    return not any(one.step is Step.READ and one.outcome is Outcome.FAILED for one in report.checks)


def told(report: Report, language: str) -> Json:
    """Write a report for machines."""
    return {
        "verdict": report.verdict.value,
        "code": report.reason.code,
        "message": sentences.headline(report, language),
        "form": report.form.value if report.form else None,
        "checks": [_check(one, language) for one in report.checks],
        "badge": _badge(report.content) if report.content else None,
        "endorsements": [_endorsement(one, language) for one in report.endorsements],
    }


def _check(one: Check, language: str) -> Json:
    return {
        "step": one.step.value,
        "outcome": one.outcome.value,
        "code": one.code,
        "message": sentences.sentence(one, language),
    }


def _badge(content: Content) -> Json:
    return {
        "id": content.id,
        "title": content.title,
        "description": content.description,
        "criteria": content.criteria,
        "kind": content.kind,
        "achievement": content.achievement_id,
        "issuer": {"id": content.issuer.id, "name": content.issuer.name, "url": content.issuer.url},
        "recipient": {"kind": content.recipient.kind.value, "name": content.recipient.name},
        "awarded_at": _moment(content.awarded_at),
        "valid_from": _moment(content.valid_from),
        "valid_until": _moment(content.valid_until),
        "narrative": content.narrative,
        "evidence": [{"name": one.name, "narrative": one.narrative, "url": one.id} for one in content.evidence],
        "alignments": [
            {"name": one.name, "code": one.code, "framework": one.framework, "url": one.url}
            for one in content.alignments
        ],
    }


def _endorsement(one: Endorsed, language: str) -> Json:
    content = one.content
    told_by = {"by": content.issuer.name, "text": content.narrative} if content else {"by": "", "text": ""}
    return _check(one.check, language) | told_by


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
