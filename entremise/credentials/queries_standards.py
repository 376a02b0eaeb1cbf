"""Reads of what the standards ask for, byte for byte as it is served: keys, badges, lists, images."""

from collections.abc import Iterable
from uuid import UUID

from entremise.credentials import queries, queries_claims, queries_image, rules_image
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import ListKind
from entremise.credentials.models import Issuer, SigningKey
from entremise.credentials.models_status import StatusList
from entremise.lib.openbadges import did, ob3


def platform_document() -> bytes | None:
    """Return the did document of this site: the same keys as its own issuer, under the site's name alone."""
    issuer = keys.platform()
    if issuer is None:
        return None
    subject = keys.did(issuer).removesuffix(f":o:{issuer.slug}")
    return ob3.serialised(did.document(subject, _methods(subject, keys.published_keys(issuer)), [keys.did(issuer)]))


def issuer_document(slug: str) -> bytes | None:
    """Return the did document of an issuer: every key that it published and did not give up."""
    issuer = keys.issuer_by_slug(slug)
    if issuer is None:
        return None
    subject = keys.did(issuer)
    return ob3.serialised(did.document(subject, _methods(subject, keys.published_keys(issuer)), _known_as(issuer)))


def key_document(slug: str, name: str) -> bytes | None:
    """Return one published key of an issuer, as a JWK."""
    issuer = keys.issuer_by_slug(slug)
    key = keys.published_key(issuer, name) if issuer else None
    if key is None:
        return None
    return ob3.serialised(keys.public(key).jwk() | {"kid": keys.kid(key), "use": "sig"})


def achievement_document(series: UUID, version: int) -> bytes | None:
    """Return one version of a badge, as the badges that were awarded bear it, with who issues it."""
    badge_class = queries.badge_class_at(series, version)
    if badge_class is None:
        return None
    written = ob3.achievement(queries_claims.achievement(badge_class))
    creator = ob3.profile(keys.profile(badge_class.issuer))
    return ob3.serialised({"@context": list(ob3.CONTEXT)} | written | {"creator": creator})


def achievement_image(series: UUID, version: int) -> bytes | None:
    """Return the image of a badge, whoever holds it."""
    badge_class = queries.badge_class_at(series, version)
    return rules_image.svg(queries_image.face_of_class(badge_class)).encode() if badge_class else None


def issuer_image(slug: str) -> bytes | None:
    """Return the image of an issuer: its name, in the shape of badges."""
    issuer = keys.issuer_by_slug(slug)
    return rules_image.svg(rules_image.Face(issuer.name)).encode() if issuer else None


def status_list(pk: UUID) -> bytes | None:
    """Return a bitstring status list as it was signed."""
    return _published(pk, ListKind.BITSTRING)


def token_list(pk: UUID) -> bytes | None:
    """Return a token status list as it was signed."""
    return _published(pk, ListKind.TOKEN)


def _published(pk: UUID, kind: ListKind) -> bytes | None:
    found = StatusList.objects.filter(pk=pk, kind=kind).values_list("published", flat=True).first()
    return bytes(found) if found else None


def _methods(subject: str, published: Iterable[SigningKey]) -> list[did.Method]:
    return [did.Method(f"{subject}#{key.name}", keys.public(key)) for key in published]


def _known_as(issuer: Issuer) -> list[str]:
    return [keys.address(f"/o/{issuer.slug}/"), *([issuer.url] if issuer.url.startswith("https://") else [])]
