"""What the people domain keeps, forgets and exports for a person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure
from entremise.kernel.models import OutboxMessage
from entremise.people.models import Consent, Identity, IntermediationAct, Person, Wish

WHY = "erasure and export are asked by the person, for all of her rows"


def export(person_id: UUID) -> erasure.Rows:
    """Return the profile, the identity, the wishes, the consents and the acts of a person."""
    mine = {"person_id": person_id}
    asked: list[Iterable[Any]] = [
        Person.objects.unscoped(WHY)
        .filter(pk=person_id)
        .values(
            "reference",
            "commune__name",
            "department__name",
            "mobility_km",
            "available_on",
            "contracts",
            "working_time",
            "schedules",
            "languages",
            "licences",
            "confirmed_at",
            "created_at",
        ),
        Identity.objects.unscoped(WHY).filter(**mine).values("first_name", "last_name", "email", "phone"),
        Wish.objects.unscoped(WHY).filter(**mine).values("occupation__rome_code", "occupation__label", "rank"),
        Consent.objects.unscoped(WHY)
        .filter(**mine)
        .values("kind", "text__version", "visibility", "given_at", "withdrawn_at"),
        IntermediationAct.objects.unscoped(WHY).filter(**mine).values("kind", "at", "purpose"),
    ]
    return [dict(row) for rows in asked for row in rows]


def erase(person_id: UUID) -> int:
    """Forget who the person is, what she wishes and the messages about her; keep rows that say nothing of her."""
    mine = {"person_id": person_id}
    gone = sum(model.objects.unscoped(WHY).filter(**mine).delete()[0] for model in (Identity, Wish, Consent))
    gone += OutboxMessage.objects.filter(about_type="people.person", about_id=str(person_id)).delete()[0]
    Person.objects.unscoped(WHY).filter(pk=person_id).update(
        user=None,
        referent=None,
        commune=None,
        available_on=None,
        contracts=[],
        schedules=[],
        languages=[],
        licences=[],
        confirmed_at=None,
    )
    return gone


erasure.declare(
    erasure.Declaration(
        domain="people",
        title=_("Profil, identité, souhaits et consentements"),
        tables=("people.person", "people.identity", "people.wish", "people.consent", "people.intermediationact"),
        export=export,
        erase=erase,
        kept=_("Les actes d'intermédiation restent sans nom ni commune, pour les statistiques du territoire."),
    )
)
