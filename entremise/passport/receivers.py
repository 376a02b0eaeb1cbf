"""What the passport keeps, forgets and exports for a person."""

from uuid import UUID

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure
from entremise.kernel.erasure import Held
from entremise.passport import actions_restore
from entremise.passport.models import Doubt, Experience, HeldSkill

WRITES = (actions_restore,)  # loaded with the domain, as its actions
WHY = erasure.WHY


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


HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."
HELD = (
    Held(
        "passport.experience",
        "person",
        (
            "id", "kind", "title", "job_title__source", "job_title__external_id", "job_title__label",
            "occupation__rome_code", "establishment__siret", "establishment__name", "employer_name", "started_on",
            "ended_on", "tasks", "created_at",
        ),
        {"person": HERS},
        order="started_on",
    ),
    Held(
        "passport.heldskill",
        "person",
        (
            "id", "skill__source", "skill__external_id", "skill__label", "level", "last_used_on", "example",
            "assurance", "is_shown", "declared_at",
        ),
        {"person": HERS},
        order="declared_at",
    ),
    Held(
        "passport.heldskill_experiences",
        "heldskill__person",
        ("heldskill", "heldskill__skill__label", "experience", "experience__title"),
        {"id": TECHNICAL},
    ),
    Held(
        "passport.evidence",
        "held_skill__person",
        (
            "id", "held_skill", "held_skill__skill__label", "source", "assurance", "origin", "origin_siret",
            "witness_role",
            "example", "level", "given_on", "revoked_at",
        ),
        {"source_id": TECHNICAL},
        order="given_on",
    ),
    Held(
        "passport.doubt",
        "person",
        ("skill__source", "skill__external_id", "skill__label", "kind", "at"),
        {"id": TECHNICAL, "person": HERS, "source_id": TECHNICAL},
        order="at",
    ),
)  # fmt: skip

erasure.declare(
    erasure.Declaration(
        domain="passport",
        title=_("Expériences, compétences et preuves"),
        held=HELD,
        erase=erase,
        restore=actions_restore.restore,
        restored=(
            "passport.experience", "passport.heldskill", "passport.heldskill_experiences", "passport.doubt",
        ),
    )
)  # fmt: skip
