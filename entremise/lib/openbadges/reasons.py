"""Why a credential holds or not: one code for each reason, and the sentence that people read, in French and English.

Codes are stable: they go in answers of the API, in counts and in tests; sentences may be reworded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """The checks of one verification, in their order."""

    READ = "read"  # size, kind of file, image, JSON
    FORM = "form"  # Open Badges 2.0 or 3.0, endorsement, SD-JWT VC; terms and schema
    ISSUER = "issuer"  # who signs, and that the key is theirs
    SIGNATURE = "signature"
    TIME = "time"
    STATUS = "status"
    RECIPIENT = "recipient"
    ENDORSEMENT = "endorsement"


class Outcome(StrEnum):
    """What one check found."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"  # could not be checked: the badge is not called valid
    SKIPPED = "skipped"  # nothing to check: no status list, no endorsement


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the verdict."""

    step: Step
    outcome: Outcome
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)  # what the sentence needs: a date, a name


class Refused(ValueError):
    """What was given cannot be accepted; `code` says why, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
