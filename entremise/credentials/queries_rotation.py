"""Reads for who answers for keys: each issuer's, their state, what is left to sign again."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from entremise.credentials.enums import KeyState
from entremise.credentials.models import Issuer, SigningKey
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.keys import Algorithm

USES = {Algorithm.EDDSA: "Open Badges 3.0", Algorithm.RS256: "JWT, Open Badges 2.0", Algorithm.ES256: "SD-JWT"}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key and how many badges it signed that are still there."""

    key: SigningKey
    use: str
    signed_count: int

    @property
    def is_given_up(self) -> bool:
        """Tell whether the key may have been seen by somebody else."""
        return self.key.state == KeyState.COMPROMISED

    @property
    def is_in_service(self) -> bool:
        """Tell whether the key signs now."""
        return self.key.state == KeyState.ACTIVE


@dataclass(frozen=True, slots=True)
class IssuerKeys:
    """The keys of one issuer, the newest first."""

    issuer: Issuer
    lines: list[KeyLine]

    @property
    def left_count(self) -> int:
        """Return how many badges wait to be signed again."""
        return sum(line.signed_count for line in self.lines if line.is_given_up)


def issuers_of(actor: Actor) -> QuerySet[Issuer]:
    """Return the issuers whose keys the actor answers for: those of one's organisation; all, for the operator."""
    if actor.is_system:
        return Issuer.objects.order_by("name")
    if actor.organisation_id is None:
        return Issuer.objects.none()
    return Issuer.objects.filter(organisation_id=actor.organisation_id).order_by("name")


def by_issuer(actor: Actor) -> list[IssuerKeys]:
    """Return the keys of each of these issuers."""
    issuers = {one.pk: IssuerKeys(one, []) for one in issuers_of(actor)}
    rows = SigningKey.objects.filter(issuer__in=issuers).select_related("issuer")
    for key in rows.annotate(signed_count=Count("credentials")).order_by("-created_at", "name"):
        issuers[key.issuer_id].lines.append(KeyLine(key, USES[Algorithm(key.algorithm)], key.signed_count))
    return list(issuers.values())


def key_for(pk: UUID, actor: Actor) -> KeyLine | None:
    """Return one key that the actor answers for."""
    rows = SigningKey.objects.filter(issuer__in=issuers_of(actor), pk=pk).select_related("issuer")
    key = rows.annotate(signed_count=Count("credentials")).first()
    return KeyLine(key, USES[Algorithm(key.algorithm)], key.signed_count) if key else None
