"""What the people domain keeps, forgets and exports for a person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.accounts import queries as accounts
from entremise.accounts.models import User
from entremise.kernel import erasure
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.people.models import Consent, Identity, IntermediationAct, Person, Wish

WHY = "erasure and export are asked by the person, for all of her rows"


def export(person_id: UUID) -> erasure.Rows:
    """Return the account, the profile, the identity, the wishes, the consents and the acts of a person."""
    mine = {"person_id": person_id}
    asked: list[Iterable[Any]] = [
        User.objects.filter(person=person_id).values(
            "email", "phone", "phone_verified", "language", "created_at", "last_login"
        ),
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
    """Forget who the person is, her account, wishes and messages; keep rows that say nothing of her."""
    account = User.objects.filter(person=person_id).first()
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
    return gone + (_erase_account(account) if account else 0)


def _erase_account(account: User) -> int:
    """Delete an account, its second factors, its links and what was written to it; a professional's work keeps it."""
    if accounts.is_professional(account):
        return 0
    addresses = [address for address in (account.email, account.phone) if address]
    gone = OutboxMessage.objects.filter(recipient__in=addresses).delete()[0]
    gone += MailLink.objects.filter(recipient__in=addresses).delete()[0]
    return gone + account.delete()[0]


erasure.declare(
    erasure.Declaration(
        domain="people",
        title=_("Compte, profil, identité, souhaits et consentements"),
        tables=(
            "accounts.user",
            "people.person",
            "people.identity",
            "people.wish",
            "people.consent",
            "people.intermediationact",
        ),
        export=export,
        erase=erase,
        kept=_("Les actes d'intermédiation restent sans nom ni commune, pour les statistiques du territoire."),
    )
)
