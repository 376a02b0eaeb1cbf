"""What follows when an award moves: its claim is forgotten, its holder is told (inside the action that moves it)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from entremise.credentials import mails, mails_documents, queries_keys
from entremise.credentials.enums import AwardSource, RevokeReason
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.models_files import Claim
from entremise.credentials.rules_issuing import reference
from entremise.kernel import erasure, mail
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.people.models import Person

TOLD = {RevokeReason.MISTAKE, RevokeReason.FRAUD}  # what the platform or the person does is told elsewhere
WALL = "/moi/badges/"
NOBODYS = "nobody's yet: they wait with their badge"
OFFERS = (
    mails.BadgeOffered.kind,
    mails.BadgeStillWaits.kind,
    mails_documents.CertificateOffered.kind,
    mails_documents.CertificateStillWaits.kind,
)


def tell_holder(award: Award, what: str, *, reason: RevokeReason | None = None) -> None:
    """Write to the holder of a badge what became of it, when the account has an address."""
    user = award.person.user if award.person else None
    if user is None or not user.email:
        return
    issuer = award.badge_class.issuer
    with override(user.language):
        news = mails.BadgeMoved(
            badge=award.badge_class.name,
            issuer=issuer.name,
            reference=reference(award.public_id),
            what=what,
            why=str(reason.label) if reason else "",
            contact=issuer.email,
            url=queries_keys.address(WALL),
        )
    mail.send(news, to=user.email, about=award, language=user.language)


def after_taking(award: Award, person: Person) -> None:
    """Give the certificate of employment that waited with a badge to who took it."""
    _certificates([award.pk]).update(person=person)


def after_revocation(award: Award, reason: RevokeReason) -> None:
    """Forget who a withdrawn badge waited for, and tell who holds it."""
    if award.source == AwardSource.CERTIFICATE and award.person_id is None:
        award.narrative = ""  # somebody's dates and jobs: nobody took them
    forget_claims([award.pk])
    if reason in TOLD:
        tell_holder(award, "revoked", reason=reason)


def forget_claims(award_ids: Collection[UUID]) -> int:
    """Forget the names and addresses of those for whom these awards wait, the links and messages sent to them.

    A certificate of employment that nobody took goes with them.
    """
    ids = [str(pk) for pk in award_ids]
    erasure.forget_messages(
        OutboxMessage.objects.filter(about_type=Award._meta.label_lower, about_id__in=ids, kind__in=OFFERS)
    )
    MailLink.objects.filter(purpose=CLAIM.name, target_id__in=ids).delete()
    _certificates(award_ids).delete()
    return Claim.objects.filter(award_id__in=ids).delete()[0]


def _certificates(award_ids: Collection[UUID]) -> QuerySet[EmploymentCertificate]:
    rows: QuerySet[EmploymentCertificate] = EmploymentCertificate.objects.unscoped(NOBODYS)
    return rows.filter(award_id__in=award_ids, person=None)
