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


class DoubtKind(models.TextChoices):
    """What an employer who was asked about a skill said, when it was no confirmation; for the person's eyes only."""

    UNCONFIRMED = "unconfirmed", _("pas confirmée")
    UNJUDGED = "unjudged", _("la personne interrogée ne peut pas se prononcer")


class NextAction(models.TextChoices):
    """The next best thing to do for a profile, one at a time, in order of effect."""

    WISH = "wish", _("dire le métier recherché")
    COMMUNE = "commune", _("dire où chercher")
    EXPERIENCE = "experience", _("raconter une expérience")
    SKILLS = "skills", _("choisir ses compétences")
    NAME = "name", _("dire son nom")
    PROOF = "proof", _("faire confirmer ses compétences")
    FRESHEN = "freshen", _("confirmer que le profil est à jour")
    DETAILS = "details", _("préciser ses souhaits")
    CONSENT = "consent", _("autoriser la présentation du profil")
    NOTHING = "nothing", _("rien à faire pour l'instant")


class MeterReason(models.TextChoices):
    """What each part of the meter says (PRODUCT.md V0: why advisers miss people)."""

    NO_SKILL = "no_skill", _("aucune compétence")
    ONLY_DECLARED = "only_declared", _("compétences seulement déclarées")
    SOME_PROVED = "some_proved", _("quelques compétences prouvées")
    WELL_PROVED = "well_proved", _("compétences prouvées")
    NOT_FILLED = "not_filled", _("profil pas assez rempli")
    FILLED = "filled", _("profil rempli")
    NEVER_CONFIRMED = "never_confirmed", _("profil jamais confirmé")
    STALE = "stale", _("profil pas à jour")
    FRESH = "fresh", _("profil à jour")


class Item(models.TextChoices):
    """What a filled profile holds."""

    NAME = "name", _("votre nom")
    CONTACT = "contact", _("un moyen de vous joindre")
    WISH = "wish", _("un métier recherché")
    COMMUNE = "commune", _("votre commune")
    AVAILABILITY = "availability", _("votre date de disponibilité")
    CONTRACTS = "contracts", _("les contrats que vous acceptez")
    EXPERIENCE = "experience", _("une expérience")
    SKILLS = "skills", _("des compétences")


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
    SKILLS_HIDDEN = "passport.skills_hidden"
    SKILL_SHOWN = "passport.skill_shown"
