"""What follows when an award moves: its claim is forgotten, its holder is told (inside the action that moves it)."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import override

from entremise.credentials import mails, queries_keys
from entremise.credentials.enums import RevokeReason
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award
from entremise.credentials.models_files import Claim
from entremise.credentials.rules_issuing import reference
from entremise.kernel import erasure, mail
from entremise.kernel.models import MailLink, OutboxMessage

TOLD = {RevokeReason.MISTAKE, RevokeReason.FRAUD}  # what the platform or the person does is told elsewhere
WALL = "/moi/badges/"
OFFERS = (mails.BadgeOffered.kind, mails.BadgeStillWaits.kind)


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


def after_revocation(award: Award, reason: RevokeReason) -> None:
    """Forget who a withdrawn badge waited for, and tell who holds it."""
    forget_claims([award.pk])
    if reason in TOLD:
        tell_holder(award, "revoked", reason=reason)


def forget_claims(award_ids: Collection[UUID]) -> int:
    """Forget the names and addresses of those for whom these awards wait, the links and messages sent to them."""
    ids = [str(pk) for pk in award_ids]
    erasure.forget_messages(
        OutboxMessage.objects.filter(about_type=Award._meta.label_lower, about_id__in=ids, kind__in=OFFERS)
    )
    MailLink.objects.filter(purpose=CLAIM.name, target_id__in=ids).delete()
    return Claim.objects.filter(award_id__in=ids).delete()[0]
