"""European Learning Model 3 (application profile EDC), as JSON-LD without a seal.

A European Digital Credential needs the electronic seal of a legal person (JAdES, eIDAS): that is a matter of
deployment. What is written here is the content, for whoever seals or reads it. Its context is named, never fetched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges.claims import Alignment, Claim, Issuer, written

CONTEXT = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]
TYPES = ["VerifiableCredential", "EuropeanDigitalCredential"]
SCHEMA = {"id": "http://data.europa.eu/snb/model/ap/edc-generic-no-cv", "type": "ShaclValidator2017"}
PROFILES = "http://data.europa.eu/snb/credential/25831c2"
GENERIC = "http://data.europa.eu/snb/credential/e34929035b"
LANGUAGES = "http://publications.europa.eu/resource/authority/language"
NAMES = {"fr": "FRA", "en": "ENG"}
ESCO = "http://data.europa.eu/esco/skill/"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """What one document holds: a person and what was recognised of her; without a name, nobody is named."""

    id: str  # urn:uuid
    title: str
    issuer: Issuer
    issued: dt.datetime
    claims: Sequence[Claim]
    given_name: str = ""
    family_name: str = ""
    language: str = "fr"


def build(record: Record) -> Json:
    """Write the document."""
    issued = written(record.issued)
    return {
        "@context": list(CONTEXT),
        "id": record.id,
        "type": list(TYPES),
        "credentialSchema": [dict(SCHEMA)],
        "credentialProfiles": [_concept(GENERIC, "Generic", "en", PROFILES)],
        "displayParameter": _display(record),
        "issuer": _organisation(record.issuer, record.language),
        "issuanceDate": issued,
        "issued": issued,
        "validFrom": issued,
        "credentialSubject": _person(record),
    }


def _person(record: Record) -> Json:
    names = {"givenName": record.given_name, "familyName": record.family_name}
    full = " ".join(name for name in names.values() if name)
    said = names | {"fullName": full}
    return {
        "id": f"{record.id}#personne",
        "type": "Person",
        **{member: _text(text, record.language) for member, text in said.items() if text},
        "hasClaim": [_achievement(claim) for claim in record.claims],
    }


def _achievement(claim: Claim) -> Json:
    language = claim.achievement.language
    outcomes = [_outcome(claim, one, place) for place, one in enumerate(claim.achievement.alignments, 1)]
    specification: Json = {
        "id": claim.achievement.id,
        "type": "LearningAchievementSpecification",
        "title": _text(claim.achievement.name, language),
        "description": _text(claim.achievement.description, language),
    }
    if outcomes:
        specification["learningOutcome"] = outcomes
    made: Json = {
        "id": claim.id,
        "type": "LearningAchievement",
        "title": _text(claim.achievement.name, language),
        "awardedBy": {
            "id": f"{claim.id}#remise",
            "type": "AwardingProcess",
            "awardingBody": [_organisation(claim.issuer, language)],
            "awardingDate": written(claim.awarded_at),
        },
        "specifiedBy": specification,
    }
    if claim.narrative:
        made["description"] = _text(claim.narrative, language)
    return made


def _outcome(claim: Claim, alignment: Alignment, place: int) -> Json:
    made: Json = {
        "id": f"{claim.id}#acquis-{place}",
        "type": "LearningOutcome",
        "title": _text(alignment.name, claim.achievement.language),
    }
    if alignment.url.startswith(ESCO):
        made["relatedESCOSkill"] = [_concept(alignment.url, alignment.name, claim.achievement.language)]
    elif alignment.url:
        made["relatedSkill"] = [_concept(alignment.url, alignment.name, claim.achievement.language)]
    return made


def _organisation(issuer: Issuer, language: str) -> Json:
    made: Json = {"id": issuer.id, "type": "Organisation", "legalName": _text(issuer.name, language)}
    if issuer.url:
        page = {"id": f"{issuer.url}#page", "type": "WebResource", "contentURL": issuer.url}
        made["homepage"] = [page]
    return made


def _display(record: Record) -> Json:
    language = _concept(f"{LANGUAGES}/{NAMES.get(record.language, 'FRA')}", record.language, record.language)
    return {
        "id": f"{record.id}#affichage",
        "type": "DisplayParameter",
        "title": _text(record.title, record.language),
        "primaryLanguage": language,
        "language": [language],
    }


def _concept(address: str, label: str, language: str, scheme: str = "") -> Json:
    made: Json = {"id": address, "type": "Concept", "prefLabel": _text(label, language)}
    return made | ({"inScheme": {"id": scheme, "type": "ConceptScheme"}} if scheme else {})


def _text(text: str, language: str) -> dict[str, str]:
    return {language: text}
