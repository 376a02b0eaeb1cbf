"""What a verification answers: the form that was read, each check, what the badge says, one verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from entremise.lib.openbadges.content import Content
from entremise.lib.openbadges.reasons import Check, Outcome, Step


class Form(StrEnum):
    """In which form a credential is secured."""

    OB3 = "ob3-di"
    OB3_JWT = "ob3-jwt"
    OB2_HOSTED = "ob2-hosted"
    OB2_SIGNED = "ob2-signed"
    ENDORSEMENT = "endorsement-di"
    ENDORSEMENT_JWT = "endorsement-jwt"
    SD_JWT = "sd-jwt-vc"


class Verdict(StrEnum):
    """The answer in one word; the codes of the checks say more."""

    VALID = "valid"
    REFUSED = "refused"
    UNDECIDED = "undecided"  # something could not be looked at: try again later


# The reason that is told first when there are several: what nobody can repair comes before what time will.
FIRST_TOLD = (Step.READ, Step.FORM, Step.SIGNATURE, Step.ISSUER, Step.STATUS, Step.TIME, Step.RECIPIENT)

NOTHING_CHECKED = Check(Step.READ, Outcome.UNKNOWN, "unreadable")


@dataclass(frozen=True, slots=True)
class Endorsed:
    """One endorsement that came with a badge: whether it holds, and what it says."""

    check: Check
    content: Content | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one verification found."""

    checks: tuple[Check, ...]
    form: Form | None = None
    content: Content | None = None
    endorsements: tuple[Endorsed, ...] = ()
    credential: bytes = b""  # the JSON or the token itself, out of its image or address

    @property
    def verdict(self) -> Verdict:
        """Return the answer in one word. An endorsement that does not hold takes nothing away from the badge."""
        return verdict_of(self.checks)

    @property
    def reason(self) -> Check:
        """Return the check that explains the verdict; for a valid badge, its signature."""
        wanted = {Verdict.REFUSED: Outcome.FAILED, Verdict.UNDECIDED: Outcome.UNKNOWN}.get(self.verdict)
        found = [one for one in self.checks if one.outcome is wanted and one.step is not Step.ENDORSEMENT]
        if found:
            return min(found, key=lambda one: FIRST_TOLD.index(one.step))
        return next((one for one in self.checks if one.step is Step.SIGNATURE), NOTHING_CHECKED)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the checks, in their order."""
        return tuple(one.code for one in self.checks)


def verdict_of(checks: Iterable[Check]) -> Verdict:
    """Tell what these checks amount to: valid only when the signature was seen to hold and nothing is missing."""
    counted = [one for one in checks if one.step is not Step.ENDORSEMENT]
    outcomes = {one.outcome for one in counted}
    if Outcome.FAILED in outcomes:
        return Verdict.REFUSED
    is_signed = any(one.step is Step.SIGNATURE and one.outcome is Outcome.PASSED for one in counted)
    return Verdict.VALID if is_signed and Outcome.UNKNOWN not in outcomes else Verdict.UNDECIDED
