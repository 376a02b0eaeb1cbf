"""Open Badges 3.0 (AchievementCredential, W3C Verifiable Credentials 2.0): one claim as a credential, and back.

Every object has an `id`, so that no blank node is left but the proof's: the canonical form takes linear time and the
reader never has to guess. Terms are those that both contents of context-3.0.3 define. `credentialSchema` is left out:
its type for Open Badges is in neither of our two contexts, and a verifier in safe mode refuses an unknown type.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from entremise.lib.openbadges import di
from entremise.lib.openbadges.claims import Achievement, Alignment, Claim, Evidence, Issuer, StatusRef, written
from entremise.lib.openbadges.jsonld import CREDENTIALS_V2, OPEN_BADGES
from entremise.lib.openbadges.keys import PrivateKey

CONTEXT = [CREDENTIALS_V2, OPEN_BADGES]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
Json = dict[str, Any]


def build(claim: Claim) -> Json:
    """Write a claim as an unsecured credential."""
    return {
        "@context": list(CONTEXT),
        "id": claim.id,
        "type": list(TYPES),
        "name": claim.achievement.name,
        "issuer": profile(claim.issuer),
        "validFrom": written(claim.valid_from),
        **_given(validUntil=written(claim.valid_until) if claim.valid_until else ""),
        "awardedDate": written(claim.awarded_at),
        "credentialSubject": {
            "id": claim.subject_id,
            "type": ["AchievementSubject"],
            **_given(narrative=claim.narrative),
            "achievement": achievement(claim.achievement),
        },
        **_given(evidence=[_evidence(one) for one in claim.evidence]),
        **_given(credentialStatus=status(claim.statuses)),
    }


def sign(claim: Claim, key: PrivateKey, kid: str, created: dt.datetime) -> bytes:
    """Write and sign a claim: these bytes are kept, served and verified as they are."""
    return serialised(di.sign(build(claim), key, kid, created))


def serialised(document: Json) -> bytes:
    """Write JSON compactly, members in their order, text as it is: the same document gives the same bytes."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def profile(issuer: Issuer) -> Json:
    """Write who signs."""
    return {
        "id": issuer.id,
        "type": ["Profile"],
        "name": issuer.name,
        **_given(url=issuer.url, email=issuer.email, description=issuer.description, image=_image(issuer.image_url)),
    }


def status(places: tuple[StatusRef, ...]) -> Json | list[Json]:
    """Write where the status is kept: an object for one list, as Open Badges 3.0 allows (multiplicity 0..1).

    Several lists make an array, which VCDM 2.0 allows and the schema of Open Badges 3.0 refuses.
    """
    entries = [
        {
            "id": f"{place.list_url}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": place.purpose.value,
            "statusListIndex": str(place.index),
            "statusListCredential": place.list_url,
        }
        for place in places
    ]
    return entries[0] if len(entries) == 1 else entries


def achievement(one: Achievement) -> Json:
    """Write a badge class."""
    return {
        "id": one.id,
        "type": ["Achievement"],
        "achievementType": one.kind,
        "name": one.name,
        "description": one.description,
        "criteria": {"id": one.criteria_url or f"{one.id}#criteria", "narrative": one.criteria},
        **_given(
            image=_image(one.image_url),
            inLanguage=one.language,
            version=one.version,
            alignment=[
                {"id": f"{one.id}#alignment-{place}", **_alignment(each)}
                for place, each in enumerate(one.alignments, 1)
            ],
            tag=_tags(one.tags),
        ),
    }


def _tags(tags: tuple[str, ...]) -> list[str]:
    """Leave out tags with an emoji or a rare script when their order depends on how a verifier sorts text.

    RDFC-1.0 sorts by code point; `rdf-canonize` (JavaScript) by UTF-16 unit, and would refuse the signature. Only tags
    are several literals of one subject, so only they can fall in another order.
    """
    if sorted(tags) == sorted(tags, key=lambda tag: tag.encode("utf-16-be", "surrogatepass")):
        return list(tags)
    return [tag for tag in tags if all(character <= "\uffff" for character in tag)]


def _alignment(one: Alignment) -> Json:
    return {
        "type": ["Alignment"],
        "targetName": one.name,
        "targetUrl": one.url,
        "targetType": one.target.value,
        **_given(targetCode=one.code, targetFramework=one.framework, targetDescription=one.description),
    }


def _evidence(one: Evidence) -> Json:
    always = {"id": one.id, "type": ["Evidence"], "narrative": one.narrative}
    return always | _given(name=one.name, genre=one.genre)


def _image(address: str) -> Json:
    return {"id": address, "type": "Image"} if address else {}


def _given(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}
