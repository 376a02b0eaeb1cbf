"""Documents with proofs: the certified CV, the digital certificate of employment."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.employers.models import Establishment
from entremise.kernel.models import Identified
from entremise.passport.models import Experience
from entremise.people.models import OwnedQuerySet, Person
from entremise.skills.models import Skill


class CertifiedCv(Identified):
    """A CV whose proved lines anyone may check under its link; what it shows is read afresh at each look."""

    class Template(models.TextChoices):
        CLASSIC = "classic", _("par expériences")
        SKILLS = "skills", _("par compétences")

    person = models.ForeignKey(Person, models.CASCADE, related_name="certified_cvs", verbose_name=_("profil"))
    title = models.CharField(_("titre"), max_length=160)
    summary = models.TextField(_("présentation"), blank=True)
    template = models.CharField(_("modèle"), max_length=8, choices=Template.choices, default=Template.CLASSIC)
    shows_contact = models.BooleanField(_("montre les coordonnées"), default=True)
    experiences = models.ManyToManyField(
        Experience, related_name="certified_cvs", blank=True, verbose_name=_("expériences")
    )
    skills = models.ManyToManyField(Skill, related_name="certified_cvs", blank=True, verbose_name=_("compétences"))
    awards = models.ManyToManyField(
        "credentials.Award", related_name="certified_cvs", blank=True, verbose_name=_("badges")
    )
    created_at = models.DateTimeField(_("créé le"))
    changed_at = models.DateTimeField(_("modifié le"))
    until = models.DateTimeField(_("vérifiable jusqu'au"))
    view_count = models.PositiveIntegerField(_("vérifications"), default=0)
    stopped_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("curriculum vitæ certifié")
        verbose_name_plural = _("curriculum vitæ certifiés")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class EmploymentCertificate(Identified):
    """A signed certificate of employment: dates, posts, skills exercised, trainings followed.

    The one that an employer writes is nobody's as long as its badge waits at an address: it goes with the claim.
    """

    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="employment_certificates",
        verbose_name=_("profil"),
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="employment_certificates", verbose_name=_("établissement")
    )
    award = models.OneToOneField(
        "credentials.Award",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="employment_certificate",
        verbose_name=_("badge remis"),
    )
    posts = models.JSONField(_("emplois occupés"))  # [{title, started_on, ended_on}], in the order of time
    started_on = models.DateField(_("entrée le"))
    ended_on = models.DateField(_("sortie le"), null=True, blank=True)
    trainings = models.TextField(_("formations suivies"), blank=True)
    skills = models.ManyToManyField(
        Skill, related_name="employment_certificates", blank=True, verbose_name=_("compétences exercées")
    )
    signatory = models.CharField(_("au nom de l'employeur"), max_length=160)  # role and name, as the employer says
    is_on_behalf = models.BooleanField(_("écrit par un conseiller pour l'employeur"), default=False)
    written_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="employment_certificates", verbose_name=_("écrit par")
    )
    created_at = models.DateTimeField(_("écrit le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificat de travail")
        verbose_name_plural = _("certificats de travail")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="employmentcertificate_dates",
                violation_error_message=_("La date de sortie doit venir après la date d'entrée."),
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(award__isnull=False),
                name="employmentcertificate_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID | None:
        """Return the person the journal's lines are about: nobody before it was taken."""
        return self.person_id
