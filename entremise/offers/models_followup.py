"""Tables of the follow-up of an offer: people presented, tasks, the shared diagnosis and its versions."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.kernel.models import Identified
from entremise.offers.enums_followup import (
    AnswerSource,
    DiagnosisLevel,
    Feedback,
    IntroductionOrigin,
    NotKept,
    TaskKind,
)
from entremise.offers.models_checks import OfOfferQuerySet
from entremise.people.models import Person


class Introduction(Identified):
    """One person presented for one offer, and what the recruiter said of it."""

    offer = models.ForeignKey("offers.Offer", models.PROTECT, related_name="introductions", verbose_name=_("offre"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="introductions", verbose_name=_("profil"))
    origin = models.CharField(_("origine"), max_length=10, choices=IntroductionOrigin.choices)
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="introductions", verbose_name=_("présentée par")
    )
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="introductions", verbose_name=_("agence")
    )
    at = models.DateTimeField(_("le"))
    feedback = models.CharField(_("retour"), max_length=12, choices=Feedback.choices, default=Feedback.WAITING)
    not_kept = models.CharField(_("raison"), max_length=14, choices=NotKept.choices, blank=True)
    note = models.CharField(_("note entre conseillers"), max_length=500, blank=True)
    feedback_at = models.DateTimeField(_("retour le"), null=True)

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("mise en relation")
        verbose_name_plural = _("mises en relation")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"],
                name="introduction_once",
                violation_error_message=_("Cette personne a déjà été présentée pour cette offre."),
            )
        ]
        indexes = [models.Index(fields=["offer", "-at"], name="introduction_offer")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class FollowUpTask(Identified):
    """Something to do about an offer by a day."""

    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="tasks", verbose_name=_("offre"))
    kind = models.CharField(_("quoi"), max_length=12, choices=TaskKind.choices)
    due_on = models.DateField(_("pour le"))
    words = models.CharField(_("précision"), max_length=300, blank=True)
    assigned_to = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="offer_tasks", verbose_name=_("confiée à")
    )
    created_at = models.DateTimeField(_("prévue le"))
    done_at = models.DateTimeField(_("faite le"), null=True)
    done_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="offer_tasks_done", verbose_name=_("faite par")
    )
    outcome = models.CharField(_("résultat"), max_length=500, blank=True)

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("tâche sur une offre")
        verbose_name_plural = _("tâches sur une offre")
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], name="offertask_due", condition=models.Q(done_at=None)),
            models.Index(fields=["offer", "due_on"], name="offertask_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.offer_id}"


class Diagnosis(Identified):
    """What the adviser and the recruiter understood together of a recruitment; each version sent is kept."""

    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="diagnoses", verbose_name=_("offre"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="diagnoses", verbose_name=_("par"))
    created_at = models.DateTimeField(_("commencé le"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True)  # from then on it does not change: a new version does
    agreed_at = models.DateTimeField(_("approuvé par le recruteur le"), null=True)

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnostic partagé")
        verbose_name_plural = _("diagnostics partagés")
        constraints = [models.UniqueConstraint(fields=["offer", "version"], name="diagnosis_version")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.version}"


class DiagnosisAnswer(models.Model):
    """One answer of a diagnosis: to which question, by whom."""

    diagnosis = models.ForeignKey(
        Diagnosis, models.CASCADE, related_name="answers", verbose_name=_("diagnostic partagé")
    )
    level = models.CharField(_("niveau"), max_length=10, choices=DiagnosisLevel.choices)
    question = models.CharField(_("question"), max_length=40)
    text = models.TextField(_("réponse"), max_length=1_500)
    source = models.CharField(_("écrite par"), max_length=10, choices=AnswerSource.choices)
    changed_at = models.DateTimeField(_("modifiée le"))

    class Meta:
        verbose_name = _("réponse d'un diagnostic")
        verbose_name_plural = _("réponses d'un diagnostic")
        constraints = [models.UniqueConstraint(fields=["diagnosis", "question"], name="diagnosisanswer_once")]

    def __str__(self) -> str:
        return self.question
