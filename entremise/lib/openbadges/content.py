"""What a badge says, read from any of its forms, to be shown to people.

Nothing here decides whether it is true. Each reader takes what it finds and never fails: a member of another kind than
expected counts as missing. Texts are cut to what a page can show and rid of characters that would deceive the reader's
eye (controls, marks that turn the direction of writing); addresses are kept only when a page may link to them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from entremise.lib.openbadges import di, moments
from entremise.lib.openbadges.claims import Alignment, Evidence, Issuer, TargetType
from entremise.lib.openbadges.reasons import Refused

MAX_TITLE, MAX_TEXT, MAX_LIST = 300, 5_000, 50
MAX_PICTURE = 400_000  # characters of an image written inside the badge
DECEIVING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
LINK = re.compile(r"https?://[^\s<>\"'\\`{}|^]{1,2000}", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")

Members = dict[str, Any]


class RecipientKind(StrEnum):
    """How a badge names the person it was given to."""

    NOBODY = "nobody"  # nothing, or an identifier made for this badge only
    IDENTIFIER = "identifier"  # an account, an address on the web
    WALLET = "wallet"  # a key that the person holds
    EMAIL = "email"  # in clear
    EMAIL_HASHED = "email_hashed"  # whoever knows the address can tell
    OTHER_HASHED = "other_hashed"


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person as the badge names them; `name` only where the badge says it in clear."""

    kind: RecipientKind = RecipientKind.NOBODY
    name: str = ""


NOBODY = Issuer(id="", name="")


@dataclass(frozen=True, slots=True)
class Content:
    """What a badge, or an endorsement, says."""

    id: str = ""
    title: str = ""
    description: str = ""
    criteria: str = ""
    criteria_url: str = ""
    kind: str = ""  # `Badge`, `Certificate`… as the issuer calls it
    achievement_id: str = ""
    language: str = ""
    issuer: Issuer = NOBODY
    recipient: Recipient = Recipient()
    awarded_at: dt.datetime | None = None
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    image_url: str = ""
    evidence: tuple[Evidence, ...] = ()
    narrative: str = ""
    target: str = ""  # what an endorsement speaks of


def of_ob3(document: Members) -> Content:
    """Read a credential of Open Badges 3.0: a badge or an endorsement, of VCDM 2.0 or 1.1."""
    subject = member(document.get("credentialSubject"))
    achievement = member(subject.get("achievement"))
    criteria = member(achievement.get("criteria"))
    is_endorsement = "EndorsementCredential" in texts(document.get("type"))
    return Content(
        id=identifier(document),
        title=_title(achievement.get("name") or document.get("name")),
        description=text(achievement.get("description") or document.get("description")),
        criteria=text(criteria.get("narrative")),
        criteria_url=link(criteria.get("id")),
        kind=_title(achievement.get("achievementType")),
        achievement_id=identifier(achievement),
        language=_title(achievement.get("inLanguage"))[:20],
        issuer=_issuer(document.get("issuer")),
        recipient=Recipient() if is_endorsement else _recipient(subject),
        awarded_at=moment(document.get("awardedDate")),
        valid_from=moment(document.get("validFrom") or document.get("issuanceDate")),
        valid_until=moment(document.get("validUntil") or document.get("expirationDate")),
        alignments=_alignments(achievement.get("alignment")),
        tags=_tags(achievement.get("tag")),
        image_url=picture(achievement.get("image")) or picture(document.get("image")),
        evidence=_evidence(document.get("evidence")),
        narrative=text(subject.get("endorsementComment") if is_endorsement else subject.get("narrative")),
        target=_title(identifier(subject)) if is_endorsement else "",
    )


def of_ob2(assertion: Members, badge: Members, issuer: Members) -> Content:
    """Read an assertion of Open Badges 2.0 with its badge class and its issuer."""
    criteria = badge.get("criteria")
    return Content(
        id=identifier(assertion),
        title=_title(badge.get("name")),
        description=text(badge.get("description")),
        criteria=text(member(criteria).get("narrative")),
        criteria_url=link(criteria) or link(member(criteria).get("id")),
        kind="Badge",
        achievement_id=identifier(badge),
        language=_title(badge.get("@language"))[:20],
        issuer=_issuer(issuer),
        recipient=_identity(member(assertion.get("recipient"))),
        awarded_at=loose_moment(assertion.get("issuedOn")),
        valid_from=loose_moment(assertion.get("issuedOn")),
        valid_until=loose_moment(assertion.get("expires")),
        alignments=_alignments(badge.get("alignment")),
        tags=_tags(badge.get("tags")),
        image_url=picture(badge.get("image")) or picture(assertion.get("image")),
        evidence=_evidence(assertion.get("evidence")),
        narrative=text(assertion.get("narrative")),
    )


def of_sd_jwt(claims: Members) -> Content:
    """Read what an SD-JWT VC discloses: a skills passport as `wallet` writes it, or a badge with its usual names."""
    achievement = member(claims.get("achievement"))
    criteria = member(achievement.get("criteria"))
    person = " ".join(filter(None, (_title(claims.get("given_name")), _title(claims.get("family_name")))))
    kind = RecipientKind.WALLET if isinstance(claims.get("cnf"), dict) else RecipientKind.NOBODY
    issuer = _title(claims.get("iss"))
    return Content(
        id=_title(claims.get("jti")),
        title=_title(achievement.get("name") or claims.get("name") or claims.get("title")),
        description=text(achievement.get("description") or claims.get("description")),
        criteria=text(criteria.get("narrative")),
        criteria_url=link(criteria.get("id")),
        kind=_title(achievement.get("achievementType") or claims.get("vct")),
        achievement_id=identifier(achievement),
        issuer=Issuer(id=issuer, name=_title(claims.get("issuer_name")), url=link(issuer)),
        recipient=Recipient(kind, person),
        awarded_at=seconds(claims.get("iat")),
        valid_from=seconds(claims.get("nbf")) or seconds(claims.get("iat")),
        valid_until=seconds(claims.get("exp")),
        alignments=_skills(claims.get("skills")) or _alignments(achievement.get("alignment")),
        image_url=picture(achievement.get("image")),
        evidence=_evidence(claims.get("evidence")),
    )


def _skills(value: Any) -> tuple[Alignment, ...]:
    """Return the skills of a passport; how each is known is said in its description."""
    found = (
        Alignment(
            url="",
            name=_title(one.get("name")),
            code=_title(one.get("code")),
            framework=_title(one.get("framework")),
            description=text(one.get("origin")),
        )
        for one in members(value)
    )
    return tuple(one for one in found if one.name)


def member(value: Any) -> Members:
    """Return an object, the first one of a list, or an empty one."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, dict)), {})
    return value if isinstance(value, dict) else {}


def members(value: Any) -> Iterator[Members]:
    """Give the objects of a list, or the only one."""
    given = value if isinstance(value, list) else [value]
    return (one for one in given[:MAX_LIST] if isinstance(one, dict))


def texts(value: Any) -> list[str]:
    """Return the texts of a list, or the only one."""
    given = value if isinstance(value, list) else [value]
    return [one for one in given[:MAX_LIST] if isinstance(one, str)]


def identifier(value: Any) -> str:
    """Return the id of an object, or the text that stands for it."""
    if isinstance(value, dict):
        value = value.get("id") or value.get("@id")
    return value[:2_000] if isinstance(value, str) else ""


def text(value: Any, most: int = MAX_TEXT) -> str:
    """Return a text fit for a page, or nothing."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("fr") or value.get("en")
    if isinstance(value, list):
        value = next(iter(texts(value)), "")
    return DECEIVING.sub("", value[: 2 * most]).strip()[:most] if isinstance(value, str) else ""


def link(value: Any) -> str:
    """Return an address of the web that a page may link to, or nothing."""
    value = identifier(value)
    return value if LINK.fullmatch(value) else ""


def picture(value: Any) -> str:
    """Return the address of an image that a page may show (or the image written as one), or nothing."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, str) and len(value) <= MAX_PICTURE and PICTURE.fullmatch(value):
        return value
    found = link(value)
    return found if found.lower().startswith("https://") else ""


def _read(reader: Callable[[Any], dt.datetime], value: Any) -> dt.datetime | None:
    try:
        return reader(value)
    except Refused:
        return None


def moment(value: Any) -> dt.datetime | None:
    """Return a date with its time, or nothing."""
    return _read(di.moment, value)


def loose_moment(value: Any) -> dt.datetime | None:
    """Return a date of Open Badges 2.0, or nothing."""
    return _read(moments.read_loosely, value)


def seconds(value: Any) -> dt.datetime | None:
    """Return a date of a token, or nothing."""
    return _read(moments.read_seconds, value)


def _title(value: Any) -> str:
    return " ".join(text(value, MAX_TITLE).split())


def _tags(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(_title, texts(value))))


def _issuer(value: Any) -> Issuer:
    profile = member(value)
    return Issuer(
        id=identifier(value),
        name=_title(profile.get("name")),
        url=link(profile.get("url")),
        email=_title(profile.get("email")),
        description=text(profile.get("description")),
        image_url=picture(profile.get("image")),
    )


def _recipient(subject: Members) -> Recipient:
    named = next(members(subject.get("identifier")), None)
    if named is not None:
        return _identity(
            {
                "type": named.get("identityType"),
                "hashed": named.get("hashed"),
                "identity": named.get("identityHash"),
            }
        )
    own = identifier(subject)
    if own.startswith(("did:jwk:", "did:key:")):
        return Recipient(RecipientKind.WALLET)
    if own.startswith("mailto:"):
        return Recipient(RecipientKind.EMAIL, _title(own.removeprefix("mailto:")))
    if own and not own.startswith("urn:uuid:"):
        return Recipient(RecipientKind.IDENTIFIER, _title(own))
    return Recipient()


def _identity(identity: Members) -> Recipient:
    is_email = not {"email", "emailAddress"}.isdisjoint(texts(identity.get("type")))
    if identity.get("hashed") is True:
        return Recipient(RecipientKind.EMAIL_HASHED if is_email else RecipientKind.OTHER_HASHED)
    name = _title(identity.get("identity"))
    if not name:
        return Recipient()
    return Recipient(RecipientKind.EMAIL if is_email else RecipientKind.IDENTIFIER, name)


def _alignments(value: Any) -> tuple[Alignment, ...]:
    return tuple(one for one in map(_alignment, members(value)) if one.name or one.url)


def _alignment(given: Members) -> Alignment:
    known = {one.value: one for one in TargetType}
    return Alignment(
        url=link(given.get("targetUrl")),
        name=_title(given.get("targetName")),
        code=_title(given.get("targetCode")),
        framework=_title(given.get("targetFramework")),
        description=text(given.get("targetDescription")),
        target=known.get(str(given.get("targetType")), TargetType.COMPETENCY),
    )


def _evidence(value: Any) -> tuple[Evidence, ...]:
    listed = value if isinstance(value, list) else [value]
    found = [one if isinstance(one, dict) else {"id": one} for one in listed[:MAX_LIST]]
    read = (
        Evidence(
            id=link(one.get("id")),
            narrative=text(one.get("narrative") or one.get("description")),
            name=_title(one.get("name")),
            genre=_title(one.get("genre")),
        )
        for one in found
    )
    return tuple(one for one in read if one.id or one.narrative or one.name)
