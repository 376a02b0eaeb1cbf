"""What the follow-up keeps, exports and forgets of a person: for which offers she was presented, and the answers."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure
from entremise.kernel.erasure import Held
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.offers.models_followup import Introduction

WHY = erasure.WHY
KEPT_DAYS = 2 * 365


def erase(person_id: UUID) -> int:
    """Forget that a person was presented; the fact that somebody was stays in the acts of intermediation."""
    return int(Introduction.objects.unscoped(WHY).filter(person_id=person_id).delete()[0])


def _noted(now: Any) -> Any:
    rows: Any = Introduction.objects.unscoped(WHY).filter(at__lt=days_before(now, KEPT_DAYS))
    return rows.exclude(note="")


erasure.declare(
    erasure.Declaration(
        domain="offers",
        title=_("Offres pour lesquelles vous avez été présenté"),
        held=(
            Held(
                "offers.introduction",
                "person",
                (
                    "id", "offer__title", "offer__establishment__name", "origin", "at", "feedback", "not_kept", "note",
                    "feedback_at",
                ),
                {
                    "person": "Identifiant de son propre dossier.",
                    "adviser": "Professionnel qui l'a présentée.",
                    "agency": "Agence de ce professionnel.",
                },
                order="at",
            ),
        ),
        erase=erase,
    )
)  # fmt: skip

keep(
    Class(
        "offers.introductions",
        "Notes entre conseillers sur une mise en relation",
        "Mission d'intérêt public",
        "2 ans",
        "la mise en relation",
        "vidées ; la date, l'origine et la réponse restent",
        rows=_noted,
        let_go=lambda rows: rows.update(note=""),
    )
)
