"""What people read for each reason code: what it means, then what to do; in French and in English.

Codes are stable, sentences are not: write better ones when somebody did not understand. A test holds that every code
raised here has both, and that the facts a sentence shows are given wherever its code is raised.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from entremise.lib.openbadges import sentences_checks, sentences_reading, sentences_signing
from entremise.lib.openbadges.reasons import Check, Step
from entremise.lib.openbadges.report import Form, Report, Verdict

FRENCH, ENGLISH = "fr", "en"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MONTHS = {
    FRENCH: ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre"),
    ENGLISH: ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December"),
}  # fmt: skip
ALL = sentences_reading.SENTENCES | sentences_signing.SENTENCES | sentences_checks.SENTENCES


class Words(NamedTuple):
    """One wording in each language."""

    fr: str
    en: str


STEPS = {
    Step.READ: Words("Lecture", "Reading"),
    Step.FORM: Words("Forme du badge", "Form of the badge"),
    Step.ISSUER: Words("Émetteur", "Issuer"),
    Step.SIGNATURE: Words("Signature", "Signature"),
    Step.TIME: Words("Dates", "Dates"),
    Step.STATUS: Words("Retrait", "Withdrawal"),
    Step.RECIPIENT: Words("Destinataire", "Recipient"),
    Step.ENDORSEMENT: Words("Recommandations", "Endorsements"),
}
FORMS = {
    Form.OB3: Words("badge Open Badges 3.0", "Open Badges 3.0 badge"),
    Form.OB3_JWT: Words("badge Open Badges 3.0 (jeton)", "Open Badges 3.0 badge (token)"),
    Form.OB2_HOSTED: Words("badge Open Badges 2.0 publié en ligne", "Open Badges 2.0 badge, published online"),
    Form.OB2_SIGNED: Words("badge Open Badges 2.0 signé", "Open Badges 2.0 badge, signed"),
    Form.ENDORSEMENT: Words("recommandation d'un badge", "endorsement of a badge"),
    Form.ENDORSEMENT_JWT: Words("recommandation d'un badge (jeton)", "endorsement of a badge (token)"),
    Form.SD_JWT: Words("attestation de portefeuille numérique", "digital wallet credential"),
}
HEADLINES = {
    Verdict.VALID: Words("Ce badge est valable.", "This badge is valid."),
    Verdict.REFUSED: Words("Ce badge ne peut pas être accepté.", "This badge cannot be accepted."),
    Verdict.UNDECIDED: Words("Nous ne pouvons pas conclure pour le moment.", "We cannot say for the moment."),
}
TOLD_FIRST = {  # more precise than the verdict
    "revoked": Words("Ce badge a été retiré par son émetteur.", "This badge was withdrawn by its issuer."),
    "suspended": Words("Ce badge est suspendu par son émetteur.", "This badge is suspended by its issuer."),
    "expired": Words("Ce badge n'est plus valable : sa date est passée.", "This badge has expired."),
    "not_yet_valid": Words("Ce badge n'est pas encore valable.", "This badge is not valid yet."),
    "recipient_other": Words(
        "Ce badge est authentique, mais il est à quelqu'un d'autre.", "This badge is authentic, but somebody else's."
    ),
}


def sentence(check: Check, language: str = FRENCH) -> str:
    """Return the sentence of one check."""
    return of_code(check.code, check.facts, language)


def of_code(code: str, facts: Mapping[str, str], language: str = FRENCH) -> str:
    """Return the sentence of a code, its facts in it; another language than French is answered in English."""
    place = 0 if language.startswith(FRENCH) else 1
    told = {name: _told(name, value, place) for name, value in facts.items()}
    if facts.get("reason") in ALL:
        told["reason"] = of_code(facts["reason"], {**facts, "reason": ""}, language)
    return " ".join(part[place] for part in ALL[code] if part[place]).format_map(_Gaps(told))


def headline(report: Report, language: str = FRENCH) -> str:
    """Return the verdict in plain words."""
    words = TOLD_FIRST.get(report.reason.code) if report.verdict is Verdict.REFUSED else None
    return (words or HEADLINES[report.verdict])[0 if language.startswith(FRENCH) else 1]


def step(one: Step, language: str = FRENCH) -> str:
    """Return the name of a step."""
    return STEPS[one][0 if language.startswith(FRENCH) else 1]


def form(one: Form, language: str = FRENCH) -> str:
    """Return the name of a form."""
    return FORMS[one][0 if language.startswith(FRENCH) else 1]


class _Gaps(dict[str, str]):
    """Facts: one that is missing shows as three dots, never as an error page."""

    def __missing__(self, name: str) -> str:
        return "…"


def _told(name: str, value: str, place: int) -> str:
    if MOMENT.fullmatch(value):
        return _day(value, FRENCH if place == 0 else ENGLISH)
    if name == "form" and value in tuple(Form):
        return FORMS[Form(value)][place]
    return value


def _day(value: str, language: str) -> str:
    moment = dt.datetime.fromisoformat(value)
    first = "1er" if moment.day == 1 and language == FRENCH else str(moment.day)
    return f"{first} {MONTHS[language][moment.month - 1]} {moment.year}"
