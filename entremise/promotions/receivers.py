"""What stops promotions from below, and what is kept, forgotten and exported for a person."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, links, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.promotions import actions, queries
from entremise.promotions.enums import PromotionState, WithdrawReason
from entremise.promotions.links import ANSWER
from entremise.promotions.models import Promotion
from entremise.promotions.workflow import OPEN

WHY = "erasure and export are asked by the person, for all of her rows"
STOPPABLE = OPEN | {PromotionState.PREPARED}


@notices.consent_withdrawn.receiver
def stop_for_consent(person_id: UUID) -> None:
    """Withdraw what is open and revoke every link: no employer sees the profile from now on."""
    for promotion in queries.under_way(person_id):
        if promotion.state in STOPPABLE:
            actions.withdraw(promotion, actor=job_actor("people.consent"), reason=WithdrawReason.CONSENT)
        else:
            links.revoke(ANSWER, promotion.pk)


@notices.establishment_closed.receiver
def stop_for_closure(establishment_id: UUID) -> None:
    """Withdraw what waits for an answer that nobody will give, and tell the advisers."""
    for promotion in queries.open_at(establishment_id):
        actions.withdraw(promotion, actor=job_actor("employers.closed"), reason=WithdrawReason.CLOSED)


def export(person_id: UUID) -> erasure.Rows:
    """Return to whom a person was shown, and what was answered."""
    rows: Any = Promotion.objects.unscoped(WHY).filter(person_id=person_id)
    exported: erasure.Rows = list(
        rows.order_by("created_at").values(
            "establishment__name",
            "establishment__siret",
            "agency__name",
            "visibility",
            "message",
            "state",
            "sent_at",
            "opened_at",
            "answered_at",
            "answer",
            "no_reason",
            "outcome",
            "outcome_on",
            "outcome_contract",
        )
    )
    return exported


def erase(person_id: UUID) -> int:
    """Forget the words written about a person, the messages that showed her and their links; keep bare facts."""
    rows: Any = Promotion.objects.unscoped(WHY).filter(person_id=person_id)
    ids = list(rows.values_list("pk", flat=True))
    gone: int = rows.update(message="", answer_word="", outcome_word="")
    gone += MailLink.objects.filter(purpose=ANSWER.name, target_id__in=ids).delete()[0]
    about = OutboxMessage.objects.filter(about_type="promotions.promotion", about_id__in=[str(pk) for pk in ids])
    return gone + about.delete()[0]


erasure.declare(
    erasure.Declaration(
        domain="promotions",
        title=_("Présentations du profil à des employeurs"),
        tables=("promotions.promotion",),
        export=export,
        erase=erase,
        kept=_("Les dates, les réponses et les suites restent sans aucun mot, pour les statistiques."),
    )
)
