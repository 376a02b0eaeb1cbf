"""What validations do when an establishment closes, and what they keep, export and forget of a person."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from entremise.kernel import erasure, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Declaration, Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.validations import actions, queries
from entremise.validations.enums import RequestState
from entremise.validations.links import ANSWER
from entremise.validations.models import Request


@notices.establishment_closed.receiver
def stop_requests(establishment_id: UUID) -> None:
    """Stop what waits for an answer there, and tell each person the other ways."""
    for asked in queries.open_at(establishment_id):
        actions.stop(asked, actor=job_actor("validations.closed"))


@notices.message_undeliverable.receiver
def bounce_request(kind: str, about_type: str, about_id: str) -> None:
    """Close a request whose contact our message did not reach, and tell the person."""
    if kind not in queries.TO_CONTACT or about_type != Request._meta.label_lower:
        return
    for asked in queries.open_ones([UUID(about_id)]):
        actions.bounce(asked, actor=job_actor("validations.bounce"))


def erase(person_id: UUID) -> int:
    """Delete a person's requests with their answers, the messages that name her and their links; return how many."""
    rows = Request.objects.unscoped("erasure asked by the person").filter(person_id=person_id)
    ids = list(rows.values_list("pk", flat=True))
    about = OutboxMessage.objects.filter(about_type=Request._meta.label_lower, about_id__in=[str(pk) for pk in ids])
    erasure.forget_messages(about)
    MailLink.objects.filter(purpose=ANSWER.name, target_id__in=ids).delete()
    rows.delete()
    return len(ids)


HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."
CHECKS = "Contrôle contre la fraude : le dire aiderait qui veut le contourner."
HELD = (
    Held(
        "validations.request",
        "person",
        (
            "id", "experience", "experience__title", "establishment__siret", "establishment__name", "contact_name",
            "contact_email", "contact_role", "message", "state", "created_at", "sent_at", "opened_at", "answered_at",
            "closed_at", "expires_at", "next_reminder_at", "reminder_count", "person_reminded_at", "last_written_at",
            "decline_reason", "forwarded_count", "word",
        ),
        {"person": HERS} | dict.fromkeys(("is_same_device", "to_check", "checked_at", "fraud_proved_at"), CHECKS),
        order="created_at",
    ),
    Held(
        "validations.requestedskill",
        "request__person",
        (
            "request", "skill__source", "skill__external_id", "skill__label", "verdict", "example", "level",
            "is_added_by_validator",
        ),
        {"id": TECHNICAL},
    ),
)  # fmt: skip

erasure.declare(
    Declaration(
        domain="validations",
        title=gettext_lazy("Demandes de validation"),
        held=HELD,
        erase=erase,
        kept=gettext_lazy(
            "Les adresses de ceux qui ne veulent plus être sollicités, sous forme d'empreinte seulement."
        ),
    )
)


DRAFT_DAYS, CLOSED_DAYS = 180, 730
WHY = "the platform's own retention job"


def _drafts(now: dt.datetime) -> QuerySet[Request]:
    old = Request.objects.unscoped(WHY).filter(created_at__lt=days_before(now, DRAFT_DAYS))
    return old.filter(state=RequestState.DRAFT)


def _closed(now: dt.datetime) -> QuerySet[Request]:
    old = Request.objects.unscoped(WHY).filter(closed_at__lt=days_before(now, CLOSED_DAYS))
    return old.exclude(contact_email="", contact_name="", contact_role="", message="")


keep(
    Class(
        "validations.drafts",
        "Demandes de validation préparées et jamais envoyées",
        "Mission d'intérêt public",
        "6 mois",
        "la préparation",
        "effacées",
        rows=_drafts,
    ),
    Class(
        "validations.contacts",
        "Nom, adresse et fonction du contact, message, d'une demande close",
        "Mission d'intérêt public : la preuve reste, son témoin s'efface",
        "2 ans",
        "la fin de la demande",
        "vidés ; la réponse, sa date et l'entreprise restent avec la preuve",
        rows=_closed,
        let_go=lambda rows: rows.update(contact_email="", contact_name="", contact_role="", message=""),
    ),
    Class(
        "validations.oppositions",
        "Adresses qui ne veulent plus être sollicitées, en empreinte",
        "Obligation légale : respecter l'opposition",
        "aussi longtemps que la base",
        "l'opposition",
        "gardées : sans elles, on écrirait de nouveau",
        by="personne",
    ),
)
