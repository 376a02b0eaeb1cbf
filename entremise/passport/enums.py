"""Closed lists of the passport domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExperienceKind(models.TextChoices):
    """Formal and informal learning count alike."""

    JOB = "job", _("emploi")
    INTERNSHIP = "internship", _("stage ou immersion")
    VOLUNTEERING = "volunteering", _("bénévolat")
    CARING = "caring", _("aide à un proche")
    PERSONAL = "personal", _("projet personnel")


class Assurance(models.IntegerChoices):
    """How we know that a skill is held (PRODUCT.md V4)."""

    DECLARED = 0, _("dit par la personne")
    ANSWERED = 1, _("confirmé depuis une adresse donnée par la personne")
    COMPANY = 2, _("confirmé depuis l'adresse de l'entreprise")
    CHECKED = 3, _("vérifié par un conseiller")
    SIGNED = 4, _("signé par un organisme certifié")


class Level(models.TextChoices):
    """How well a skill is mastered."""

    BEGINNER = "beginner", _("débutant")
    AUTONOMOUS = "autonomous", _("autonome")
    EXPERT = "expert", _("expert, peut transmettre")


class EvidenceSource(models.TextChoices):
    """Where a piece of evidence comes from."""

    VALIDATION = "validation", _("ancien employeur")
    ADVISER = "adviser", _("conseiller")
    BADGE = "badge", _("badge")


class Verb(StrEnum):
    """What happens to a passport, in the journal."""

    EXPERIENCE_ADDED = "passport.experience_added"
    EXPERIENCE_CHANGED = "passport.experience_changed"
    EXPERIENCE_REMOVED = "passport.experience_removed"
    SKILLS_DECLARED = "passport.skills_declared"
    SKILL_CHANGED = "passport.skill_changed"
    SKILL_REMOVED = "passport.skill_removed"
    EVIDENCE_RECORDED = "passport.evidence_recorded"
    EVIDENCE_REVOKED = "passport.evidence_revoked"
