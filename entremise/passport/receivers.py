"""What the passport keeps, forgets and exports for a person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure
from entremise.passport.models import Doubt, Evidence, Experience, HeldSkill

WHY = "erasure and export are asked by the person, for all of her rows"


def export(person_id: UUID) -> erasure.Rows:
    """Return the experiences, the skills, their proofs and what was not confirmed."""
    asked: list[Iterable[Any]] = [
        Experience.objects.unscoped(WHY)
        .filter(person=person_id)
        .values(
            "kind",
            "title",
            "job_title__label",
            "establishment__siret",
            "establishment__name",
            "employer_name",
            "started_on",
            "ended_on",
            "tasks",
            "created_at",
        ),
        HeldSkill.objects.unscoped(WHY)
        .filter(person=person_id)
        .values("skill__label", "level", "last_used_on", "example", "assurance", "is_shown", "declared_at"),
        Evidence.objects.unscoped(WHY)
        .filter(held_skill__person=person_id)
        .values(
            "held_skill__skill__label",
            "source",
            "assurance",
            "origin",
            "witness_role",
            "example",
            "level",
            "given_on",
            "revoked_at",
        ),
        Doubt.objects.unscoped(WHY).filter(person=person_id).values("skill__label", "kind", "at"),
    ]
    return [dict(row) for rows in asked for row in rows]


def erase(person_id: UUID) -> int:
    """Forget everything the person said and everything others said of her skills."""
    gone = HeldSkill.objects.unscoped(WHY).filter(person=person_id).delete()[0]  # with their proofs
    gone += Doubt.objects.unscoped(WHY).filter(person=person_id).delete()[0]
    return gone + sum(_erase_experience(one) for one in Experience.objects.unscoped(WHY).filter(person=person_id))


def _erase_experience(experience: Experience) -> int:
    """Delete an experience, or empty it when a request of an upper domain still holds it."""
    try:
        return experience.delete()[0]
    except ProtectedError:
        experience.title = experience.employer_name = experience.tasks = ""
        experience.establishment = experience.job_title = experience.occupation = None
        experience.save()
        return 1


erasure.declare(
    erasure.Declaration(
        domain="passport",
        title=_("Expériences, compétences et preuves"),
        tables=("passport.experience", "passport.heldskill", "passport.evidence", "passport.doubt"),
        export=export,
        erase=erase,
    )
)
