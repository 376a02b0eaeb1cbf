"""What validations do when an establishment closes, and what they keep, export and forget of a person."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import erasure, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Declaration, Rows
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.validations import actions, queries
from entremise.validations.links import ANSWER
from entremise.validations.models import Request, RequestedSkill


@notices.establishment_closed.receiver
def stop_requests(establishment_id: UUID) -> None:
    """Stop what waits for an answer there, and tell each person the other ways."""
    for asked in queries.open_at(establishment_id):
        actions.stop(asked, actor=job_actor("validations.closed"))


def export(person_id: UUID) -> Rows:
    """Return a person's requests, in words of the active language."""
    rows = Request.objects.unscoped("export asked by the person").filter(person_id=person_id)
    return [
        {
            _("établissement"): asked.establishment.name,
            _("contact"): asked.contact_name,
            _("fonction"): asked.contact_role,
            _("adresse"): asked.contact_email,
            _("message"): asked.message,
            _("état"): asked.get_state_display(),
            _("envoyée le"): asked.sent_at,
            _("répondue le"): asked.answered_at,
            _("mot du validateur"): asked.word,
            _("compétences"): [
                {
                    _("compétence"): line.skill.label,
                    _("réponse"): line.get_verdict_display(),
                    _("exemple"): line.example,
                }
                for line in asked.skills.all()
            ],
        }
        for asked in rows.select_related("establishment").prefetch_related("skills__skill").order_by("created_at")
    ]


def erase(person_id: UUID) -> int:
    """Delete a person's requests with their answers, the messages that name her and their links; return how many."""
    rows = Request.objects.unscoped("erasure asked by the person").filter(person_id=person_id)
    ids = list(rows.values_list("pk", flat=True))
    OutboxMessage.objects.filter(about_type=Request._meta.label_lower, about_id__in=[str(pk) for pk in ids]).delete()
    MailLink.objects.filter(purpose=ANSWER.name, target_id__in=ids).delete()
    rows.delete()
    return len(ids)


erasure.declare(
    Declaration(
        domain="validations",
        title=gettext_lazy("Demandes de validation"),
        tables=(Request._meta.label_lower, RequestedSkill._meta.label_lower),
        export=export,
        erase=erase,
        kept=gettext_lazy(
            "Les adresses de ceux qui ne veulent plus être sollicités, sous forme d'empreinte seulement."
        ),
    )
)
