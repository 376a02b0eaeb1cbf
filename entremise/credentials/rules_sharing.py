"""Decisions about showing badges: what one is worth now, how long a link lives, what LinkedIn asks for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from entremise.credentials.enums import AwardState
from entremise.credentials.enums_sharing import Standing
from entremise.credentials.rules import SHARE_DAYS, CredentialRefused

MOST_VIEWS = 10_000
MOST_SHARED = 50  # badges of one link
LINKEDIN = "https://www.linkedin.com/profile/add"
FIXED = {
    AwardState.OFFERED: Standing.WAITING,
    AwardState.WAITING: Standing.WAITING,
    AwardState.SUSPENDED: Standing.SUSPENDED,
    AwardState.REVOKED: Standing.REVOKED,
    AwardState.DECLINED: Standing.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Certified:
    """What LinkedIn asks about a certification."""

    name: str
    issuer: str
    awarded_on: dt.date
    valid_until: dt.datetime | None
    address: str
    number: str


def standing(state: str, valid_until: dt.datetime | None, now: dt.datetime) -> Standing:
    """Say what a badge is worth now; the date counts only for one that would be valid."""
    fixed = FIXED.get(AwardState(state))
    if fixed:
        return fixed
    return Standing.EXPIRED if valid_until and valid_until <= now else Standing.VALID


def require_share(chosen: Sequence[object], days: int, max_views: int | None) -> None:
    """Refuse a link to nothing, without an end, or with an impossible number of looks."""
    if not chosen:
        raise CredentialRefused(_("Choisissez au moins un badge à montrer."), "badges")
    if len(chosen) > MOST_SHARED:
        raise CredentialRefused(_("Un lien montre au plus %(most)s badges.") % {"most": MOST_SHARED}, "badges")
    if days not in SHARE_DAYS:
        raise CredentialRefused(_("Choisissez jusqu'à quand le lien s'ouvre."), "days")
    if max_views is not None and not 1 <= max_views <= MOST_VIEWS:
        sentence = _("Le nombre de vues va de 1 à %(most)s ; laissez vide pour ne pas le limiter.")
        raise CredentialRefused(sentence % {"most": MOST_VIEWS}, "max_views")


def linkedin(told: Certified) -> str:
    """Return the address where LinkedIn adds the certification to a profile; nothing is sent before the click."""
    query: dict[str, object] = {
        "startTask": "CERTIFICATION_NAME",
        "name": told.name,
        "organizationName": told.issuer,
        "issueYear": told.awarded_on.year,
        "issueMonth": told.awarded_on.month,
        "certUrl": told.address,
        "certId": told.number,
    }
    if told.valid_until:
        query |= {"expirationYear": told.valid_until.year, "expirationMonth": told.valid_until.month}
    return f"{LINKEDIN}?{urlencode(query)}"
