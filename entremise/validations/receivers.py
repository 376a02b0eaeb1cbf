"""What validations do when an establishment closes, and what they keep, export and forget of a person."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from entremise.kernel import erasure, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Declaration, Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.validations import actions, queries
from entremise.validations.links import ANSWER
from entremise.validations.models import Request


@notices.establishment_closed.receiver
def stop_requests(establishment_id: UUID) -> None:
    """Stop what waits for an answer there, and tell each person the other ways."""
    for asked in queries.open_at(establishment_id):
        actions.stop(asked, actor=job_actor("validations.closed"))


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
