"""Decisions about badges from elsewhere: what may be kept, what is read from one, to which skills it corresponds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from entremise.credentials.enums_sharing import SeenRecipient
from entremise.lib.openbadges import bake, bake_svg, sentences
from entremise.lib.openbadges.claims import Alignment
from entremise.lib.openbadges.content import Content, RecipientKind
from entremise.lib.openbadges.detect import Kind, detect
from entremise.lib.openbadges.reasons import Check, Outcome, Refused, Step
from entremise.lib.openbadges.report import Report, Verdict

MOST_BYTES = 1_000_000  # of what is brought: it travels twice, in the form that shows it before it is kept
CHECK_DAYS = 7
BY_EMAIL = {RecipientKind.EMAIL, RecipientKind.EMAIL_HASHED}
ROME_CODE = re.compile(r"(?<![0-9A-Za-z])(\d{6}|[A-N]\d{4})(?![0-9A-Za-z])")
ESCO_ADDRESS = re.compile(r"https?://data\.europa\.eu/esco/skill/[0-9a-f-]{36}", re.IGNORECASE)
MOST_CODES = 40
PNG_TYPE, SVG_TYPE = "image/png", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought: the badge itself, and the picture it came in."""

    body: bytes
    image: bytes = b""
    image_type: str = ""


def unpacked(given: bytes, report: Report) -> Brought:
    """Take the badge out of what was given; a badge that is only an address is that address."""
    try:
        found = detect(given)
        if found.kind is Kind.PNG:
            return Brought(report.credential or bake.from_png(given).payload, given, PNG_TYPE)
        if found.kind is Kind.SVG:
            return Brought(report.credential or bake_svg.from_svg(given).payload, given, SVG_TYPE)
    except Refused:
        return Brought(report.credential)
    return Brought(report.credential or found.payload)


def may_be_kept(report: Report) -> bool:
    """Tell whether a badge from elsewhere may be kept: only one that holds, today."""
    return report.verdict is Verdict.VALID and report.content is not None


def names_an_email(report: Report) -> bool:
    """Tell whether a badge says for which e-mail address it is."""
    return report.content is not None and report.content.recipient.kind in BY_EMAIL


def written_checks(report: Report) -> list[list[Any]]:
    """Write the checks as they are kept."""
    return [[one.step.value, one.outcome.value, one.code, dict(one.facts)] for one in report.checks]


def read_checks(kept: Iterable[Any]) -> Iterator[Check]:
    """Read kept checks again; one of a former version, which nobody knows any more, is left out."""
    for step, outcome, code, facts in kept:
        if step in tuple(Step) and outcome in tuple(Outcome) and code in sentences.ALL:
            yield Check(Step(step), Outcome(outcome), code, facts)


def recipient_of(kept: Iterable[Any]) -> SeenRecipient:
    """Say what is known of the person that a kept badge was given to."""
    codes = {code for _step, _outcome, code, _facts in kept}
    return SeenRecipient.HERS if "recipient_ok" in codes else SeenRecipient.UNKNOWN


def told(checks: Iterable[Check]) -> list[tuple[str, str, str]]:
    """Say checks in words, in the reader's language: the step, its outcome, the sentence."""
    language = get_language() or sentences.FRENCH
    return [
        (sentences.step(one.step, language), one.outcome.value, sentences.sentence(one, language)) for one in checks
    ]


def headline(report: Report) -> str:
    """Say the verdict in one sentence, in the reader's language."""
    return sentences.headline(report, get_language() or sentences.FRENCH)


def reason(report: Report) -> str:
    """Say what explains the verdict, in the reader's language."""
    return sentences.sentence(report.reason, get_language() or sentences.FRENCH)


def why_not(report: Report) -> str:
    """Say why a badge is not kept: the verdict, then its reason."""
    return f"{headline(report)} {reason(report)}"


def codes_in(alignments: Iterable[Alignment]) -> tuple[set[str], set[str]]:
    """Return the ROME codes and the ESCO addresses that a badge names."""
    rome: set[str] = set()
    esco: set[str] = set()
    for one in list(alignments)[:MOST_CODES]:
        said = f"{one.code} {one.url}"
        esco |= {address.lower() for address in ESCO_ADDRESS.findall(said)}
        if "esco" not in said.lower():
            rome |= set(ROME_CODE.findall(said))
    return rome, esco


def names_in(content: Content) -> list[str]:
    """Return under which names to look for the skills of a badge, the most telling first."""
    return [name for name in (*(one.name for one in content.alignments[:5]), content.title) if name]
