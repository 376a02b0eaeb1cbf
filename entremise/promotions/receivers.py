"""What stops promotions from below, and what is kept, forgotten and exported for a person."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, links, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.spreadsheets import Spreadsheet, SpreadsheetRefused
from entremise.people import queries_rights as people
from entremise.people.rules_rights import Traces
from entremise.promotions import actions, actions_import, queries, queries_import
from entremise.promotions.enums import PromotionState, WithdrawReason
from entremise.promotions.links import ANSWER
from entremise.promotions.models import ImportFile, Promotion
from entremise.promotions.workflow import OPEN

WHY = erasure.WHY
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


def erase(person_id: UUID) -> int:
    """Forget the words written about a person, the messages that showed her and their links; keep bare facts."""
    rows: Any = Promotion.objects.unscoped(WHY).filter(person_id=person_id)
    ids = list(rows.values_list("pk", flat=True))
    gone: int = _forget_spreadsheets(person_id)
    gone += rows.update(message="", answer_word="", outcome_word="", source_hash=None)
    gone += MailLink.objects.filter(purpose=ANSWER.name, target_id__in=ids).delete()[0]
    about = OutboxMessage.objects.filter(about_type="promotions.promotion", about_id__in=[str(pk) for pk in ids])
    return gone + erasure.forget_messages(about)


def _forget_spreadsheets(person_id: UUID) -> int:
    """Throw away the received spreadsheets that name her: a file is not corrected, it is forgotten."""
    traces = people.traces(person_id)
    rows: Any = ImportFile.objects.unscoped(WHY)
    named = [file for file in rows.exclude(path="") if _names(file, traces)]
    for file in named:
        actions_import.forget(file, actor=job_actor("people.erasure"))
    return len(named)


def _names(file: ImportFile, traces: Traces) -> bool:
    """Tell whether a spreadsheet names her; one that cannot be read any more is not worth keeping either."""
    try:
        lines = Spreadsheet(queries_import.path_of(file)).lines()
        return any(traces.are_in(" ".join(str(cell) for cell in line.cells.values())) for line in lines)
    except (SpreadsheetRefused, OSError):
        return True


HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."
OF_ANOTHER = "Donnée d'un professionnel ou d'un employeur, pas d'elle."
HELD = (
    Held(
        "promotions.promotion",
        "person",
        (
            "id", "establishment__siret", "establishment__name", "agency__name", "origin", "visibility", "message",
            "state", "validated_skill_count", "created_at", "sent_at", "opened_at", "answered_at", "answer",
            "no_reason", "answer_word", "answer_channel", "next_reminder_at", "reminder_count", "expires_at",
            "outcome", "outcome_on", "outcome_contract", "outcome_word", "closed_at",
        ),
        {
            "person": HERS,
            "contact": OF_ANOTHER,
            "adviser": OF_ANOTHER,
            "batch_id": TECHNICAL,
            "source_hash": TECHNICAL,
        },
        order="created_at",
    ),
)  # fmt: skip

erasure.declare(
    erasure.Declaration(
        domain="promotions",
        title=_("Présentations du profil à des employeurs"),
        held=HELD,
        erase=erase,
        kept=_("Les dates, les réponses et les suites restent sans aucun mot, pour les statistiques."),
    )
)
