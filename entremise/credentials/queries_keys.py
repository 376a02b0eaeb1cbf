"""Reads of issuers and their keys: addresses, the key that signs now, the did document."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from entremise.credentials import rules
from entremise.credentials.enums import IssuerKind, KeyState
from entremise.credentials.models import Issuer, SigningKey
from entremise.kernel import keyring
from entremise.lib.openbadges import claims
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey

PUBLISHED = (KeyState.NEXT, KeyState.ACTIVE, KeyState.RETIRED)  # a compromised key is published no more


def issuer_by_slug(slug: str) -> Issuer | None:
    """Return an issuer by its name in addresses."""
    return Issuer.objects.filter(slug=slug).select_related("organisation", "establishment", "department").first()


def platform() -> Issuer | None:
    """Return this service's own issuer, once it was made."""
    return Issuer.objects.filter(kind=IssuerKind.PLATFORM).first()


def address(path: str) -> str:
    """Return the public address of a path of this site."""
    return settings.BASE_URL.rstrip("/") + path


def did(issuer: Issuer) -> str:
    """Return the did:web of an issuer."""
    return rules.did_of(settings.BASE_URL, issuer.slug)


def kid(key: SigningKey) -> str:
    """Return the full name of a key: the did and its fragment."""
    return f"{did(key.issuer)}#{key.name}"


def profile(issuer: Issuer) -> claims.Issuer:
    """Return an issuer as its badges name it."""
    return claims.Issuer(
        id=did(issuer),
        name=issuer.name,
        url=issuer.url or address(f"/o/{issuer.slug}/"),
        email=issuer.email,
        description=issuer.description,
        image_url=address(f"/o/{issuer.slug}/image.svg"),
    )


def active_key(issuer: Issuer, algorithm: Algorithm) -> SigningKey | None:
    """Return the key with which an issuer signs now."""
    keys = SigningKey.objects.filter(issuer=issuer, algorithm=algorithm.value, state=KeyState.ACTIVE)
    return keys.select_related("issuer").first()


def published_keys(issuer: Issuer) -> QuerySet[SigningKey]:
    """Return the keys of an issuer's did document, the one that signs first."""
    return (
        SigningKey.objects.filter(issuer=issuer, state__in=PUBLISHED).select_related("issuer").order_by("created_at")
    )


def published_key(issuer: Issuer, name: str) -> SigningKey | None:
    """Return one published key by its fragment."""
    return published_keys(issuer).filter(name=name).first()


def secret(key: SigningKey) -> PrivateKey:
    """Open the private half of a key."""
    return PrivateKey.from_der(keyring.unseal(bytes(key.sealed), key_context(key.pk)))


def public(key: SigningKey) -> PublicKey:
    """Return the public half of a key."""
    return PublicKey.from_jwk(key.public_jwk)


def key_context(pk: UUID) -> str:
    """Return what a sealed key is bound to."""
    return f"credentials.signingkey:{pk}"


def algorithm_of(key: SigningKey) -> Algorithm:
    """Return what a key signs with."""
    return Algorithm(key.algorithm)


def due_to_start(now: dt.datetime) -> list[SigningKey]:
    """Return the next keys whose day has come."""
    keys = SigningKey.objects.filter(state=KeyState.NEXT, active_from__lte=now)
    return list(keys.select_related("issuer").order_by("active_from"))


def due_for_rotation(now: dt.datetime) -> list[SigningKey]:
    """Return the keys in service that have signed for a year, and that none follows yet."""
    before = now - dt.timedelta(days=rules.KEY_DAYS) + dt.timedelta(hours=rules.NEXT_HOURS)
    followed = SigningKey.objects.filter(
        issuer=OuterRef("issuer"), algorithm=OuterRef("algorithm"), state=KeyState.NEXT
    )
    keys = SigningKey.objects.filter(state=KeyState.ACTIVE, active_from__lte=before).exclude(Exists(followed))
    return list(keys.select_related("issuer"))
