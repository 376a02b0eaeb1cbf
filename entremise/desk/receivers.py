"""What the desk keeps, exports and forgets of a person: the complaints that concern her."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.desk.models import Complaint
from entremise.kernel import erasure
from entremise.kernel.erasure import Held
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep

WHY = erasure.WHY
KEPT_DAYS = 2 * 365


def erase(person_id: UUID) -> int:
    """Forget the words of the complaints about a person; that there was one, on what and in what time, stays."""
    rows: Any = Complaint.objects.unscoped(WHY).filter(person_id=person_id)
    return int(rows.update(person=None, words="", answer=""))


erasure.declare(
    erasure.Declaration(
        domain="desk",
        title=_("Réclamations"),
        held=(
            Held(
                "desk.complaint",
                "person",
                ("id", "origin", "about", "words", "received_at", "due_at", "outcome", "answer", "answered_at"),
                {
                    "person": "Identifiant de son propre dossier.",
                    "agency": "Agence qui suit la réclamation.",
                    "establishment": "Employeur dont il est question.",
                    "assigned_to": "Collègue à qui elle est confiée.",
                    "registered_by": "Professionnel qui l'a enregistrée.",
                },
                order="received_at",
            ),
        ),
        erase=erase,
        kept=_("Qu'une réclamation a existé, sur quoi et dans quel délai, sans un mot ni un nom."),
    )
)

keep(
    Class(
        "desk.complaints",
        "Réclamations : ce qui est reproché, la réponse donnée",
        "Mission d'intérêt public",
        "2 ans",
        "la réponse",
        "mots vidés ; les dates et la suite restent pour compter",
        rows=lambda now: (
            Complaint.objects.unscoped(WHY).filter(answered_at__lt=days_before(now, KEPT_DAYS)).exclude(words="")
        ),
        let_go=lambda rows: rows.update(words="", answer="", person=None),
    )
)
