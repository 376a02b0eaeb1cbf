"""What a badge says, whatever the form it is written in; the same values give every form of one award."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class TargetType(StrEnum):
    """What an alignment points to (Open Badges 3.0 §B.1.2, `AlignmentTargetType`)."""

    COMPETENCY = "ceasn:Competency"
    CREDENTIAL = "ceterms:Credential"
    RUBRIC = "ceasn:Rubric"
    FRAMEWORK_ITEM = "CFItem"


class StatusPurpose(StrEnum):
    """What a bit of a status list means when it is set (Bitstring Status List 1.0 §2.1)."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A skill, occupation or qualification of a referential that the badge speaks of; `url` identifies it."""

    url: str
    name: str
    code: str = ""
    framework: str = ""  # with its year: "ROME 4.0 (2026)"
    description: str = ""
    target: TargetType = TargetType.COMPETENCY


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: `id` is a did:web, `profile_url` a page and, for Open Badges 2.0, the hosted profile."""

    id: str
    name: str
    url: str = ""
    email: str = ""
    description: str = ""
    image_url: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """A badge class, one version of it."""

    id: str  # its public address
    name: str
    description: str
    criteria: str  # in words, Markdown allowed
    kind: str = "Badge"  # Open Badges 3.0 §B.1.1 `AchievementType`
    image_url: str = ""
    criteria_url: str = ""
    language: str = "fr"
    version: str = ""
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the issuer knows, in words."""

    id: str  # urn:uuid or an address
    narrative: str
    name: str = ""
    genre: str = ""


@dataclass(frozen=True, slots=True)
class StatusRef:
    """One place in a status list: where its bit tells whether the credential still holds."""

    list_url: str
    index: int
    purpose: StatusPurpose = StatusPurpose.REVOCATION


@dataclass(frozen=True, slots=True)
class Claim:
    """One badge awarded to one person: everything that the signed forms are made of.

    `subject_id` names nobody: a `urn:uuid` of this credential alone, or the key of a wallet (did:jwk, did:key).
    Times are aware datetimes; they are written in UTC, to the second.
    """

    id: str  # urn:uuid
    subject_id: str
    issuer: Issuer
    achievement: Achievement
    awarded_at: dt.datetime
    valid_from: dt.datetime
    valid_until: dt.datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    statuses: tuple[StatusRef, ...] = ()
    narrative: str = ""  # of the result: level, example


def written(moment: dt.datetime) -> str:
    """Write a moment as the credentials do: UTC, to the second, with a Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
