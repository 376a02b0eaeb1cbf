"""What an award says, as the values from which each signed form is written."""

import datetime as dt
from uuid import UUID

from entremise.credentials import queries_keys as keys
from entremise.credentials import rules
from entremise.credentials.enums import AwardSource
from entremise.credentials.models import Alignment, Award, BadgeClass
from entremise.kernel import clock
from entremise.lib.openbadges import claims
from entremise.passport.enums import Assurance


def achievement_address(badge_class: BadgeClass) -> str:
    """Return the public address of one version of a badge class."""
    return keys.address(f"/achievements/{badge_class.series}/{badge_class.version}")


def achievement(badge_class: BadgeClass) -> claims.Achievement:
    """Return a badge class as its badges bear it (read with its alignments)."""
    address = achievement_address(badge_class)
    return claims.Achievement(
        id=address,
        name=badge_class.name,
        description=badge_class.description,
        criteria=badge_class.criteria,
        criteria_url=address,
        kind=badge_class.kind,
        image_url=f"{address}/image.svg",
        language=badge_class.language,
        version=str(badge_class.version),
        alignments=tuple(_alignment(one) for one in badge_class.alignments.all()),
    )


def claim(award: Award, statuses: tuple[claims.StatusRef, ...]) -> claims.Claim:
    """Return everything that an award's signed forms say."""
    awarded = dt.datetime.combine(award.awarded_on, dt.time(12), tzinfo=clock.local(clock.now()).tzinfo)
    public = rules.public_name(award.public_id)
    proof = claims.Evidence(id=f"{public}#preuve", name=_proof_name(award), narrative=award.narrative)
    return claims.Claim(
        id=public,
        subject_id=rules.public_name(award.subject_id),
        issuer=keys.profile(award.badge_class.issuer),
        achievement=achievement(award.badge_class),
        awarded_at=awarded,
        valid_from=min(awarded, award.created_at),
        valid_until=award.valid_until,
        evidence=(proof,) if award.narrative else (),
        statuses=statuses,
    )


def status_address(list_id: UUID) -> str:
    """Return the public address of a bitstring status list."""
    return keys.address(f"/status/{list_id}")


def token_list_address(list_id: UUID) -> str:
    """Return the public address of a token status list."""
    return keys.address(f"/tsl/{list_id}")


def _proof_name(award: Award) -> str:
    if award.source == AwardSource.VALIDATION:
        return str(Assurance(award.assurance).label)
    return award.origin


def _alignment(one: Alignment) -> claims.Alignment:
    framework = f"{one.get_framework_display()} {one.version}".strip()
    return claims.Alignment(url=one.url, name=one.name, code=one.code, framework=framework)
