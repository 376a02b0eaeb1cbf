"""What stops promotions from below, and what is kept, forgotten and exported for a person."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, links, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.kernel.spreadsheets import Spreadsheet, SpreadsheetRefused
from entremise.people import queries as looks
from entremise.people import queries_rights as people
from entremise.people.rules_rights import Traces
from entremise.promotions import actions, actions_import, actions_undelivered, queries, queries_import
from entremise.promotions.actions_messages import TO_EMPLOYER
from entremise.promotions.enums import PromotionState, WithdrawReason
from entremise.promotions.links import ANSWER
from entremise.promotions.models import ImportFile, Promotion
from entremise.promotions.rules_import import KEPT_DAYS
from entremise.promotions.workflow import OPEN

WHY = erasure.WHY
STOPPABLE = OPEN | {PromotionState.PREPARED}
looks.EMPLOYERS_BEHIND["promotions.promotion"] = queries.employers_of


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


@notices.message_undeliverable.receiver
def stop_reminding(kind: str, about_type: str, about_id: str) -> None:
    """Write no more to an employer whom our message did not reach."""
    if kind not in TO_EMPLOYER or about_type != Promotion._meta.label_lower:
        return
    found = queries.by_message(about_id)
    if found is not None and found.state in OPEN:
        actions_undelivered.note_undelivered(found, actor=job_actor("promotions.undelivered"))


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


WORDS_DAYS = 730


def _worded(now: dt.datetime) -> QuerySet[Any]:
    old: Any = Promotion.objects.unscoped("the platform's own retention job")
    closed = old.filter(closed_at__lt=days_before(now, WORDS_DAYS))
    return closed.exclude(message="", answer_word="", outcome_word="")  # type: ignore[no-any-return]


keep(
    Class(
        "promotions.words",
        "Message au recruteur, mot de l'employeur, commentaire de la suite",
        "Mission d'intérêt public",
        "2 ans",
        "la fin de la promotion",
        "vidés ; les dates, les réponses et les suites restent sans un mot",
        rows=_worded,
        let_go=lambda rows: rows.update(message="", answer_word="", outcome_word=""),
    ),
    Class(
        "promotions.spreadsheets",
        "Tableaux importés par les équipes, et leurs lignes en erreur",
        "Mission d'intérêt public : reprendre l'historique d'une agence",
        f"{KEPT_DAYS} jours",
        "l'envoi du fichier",
        "effacés ; les nombres de lignes restent",
        by="le travail de nuit promotions.import_forget",
    ),
)
