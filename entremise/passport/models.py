"""Tables of the passport: experiences, skills held, evidence."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.employers.models import Establishment
from entremise.kernel.models import Identified
from entremise.passport.enums import Assurance, DoubtKind, EvidenceSource, ExperienceKind, Level
from entremise.people.models import OwnedQuerySet, Person
from entremise.skills.models import JobTitle, Occupation, Skill


class Experience(Identified):
    """Something the person did, for an employer or not."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="experiences", verbose_name=_("profil"))
    kind = models.CharField(_("nature"), max_length=15, choices=ExperienceKind.choices, default=ExperienceKind.JOB)
    title = models.CharField(_("intitulé"), max_length=250)
    job_title = models.ForeignKey(
        JobTitle, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name=_("appellation")
    )
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name=_("métier")
    )
    establishment = models.ForeignKey(
        Establishment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiences",
        verbose_name=_("établissement"),
    )
    employer_name = models.CharField(_("employeur"), max_length=200, blank=True)
    started_on = models.DateField(_("du"))
    ended_on = models.DateField(_("au"), null=True, blank=True)
    tasks = models.TextField(_("ce que vous faisiez"), blank=True)
    created_at = models.DateTimeField(_("ajoutée le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("expérience")
        verbose_name_plural = _("expériences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="experience_dates",
                violation_error_message=_("La date de fin doit venir après la date de début."),
            )
        ]
        indexes = [models.Index(fields=["person", "-started_on"], name="experience_person")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class HeldSkill(Identified):
    """A skill the person says she has; `assurance` is the best of its living evidence, 0 when only declared."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="held_skills", verbose_name=_("profil"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="holders", verbose_name=_("compétence"))
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices, blank=True)
    last_used_on = models.DateField(_("utilisée jusqu'au"), null=True, blank=True)
    example = models.TextField(_("exemple"), blank=True)
    assurance = models.PositiveSmallIntegerField(
        _("niveau d'assurance"), choices=Assurance.choices, default=Assurance.DECLARED
    )
    is_shown = models.BooleanField(_("montrée aux autres"), default=True)  # not once asked in vain, or hidden by her
    declared_at = models.DateTimeField(_("déclarée le"))
    experiences = models.ManyToManyField(
        Experience, related_name="held_skills", blank=True, verbose_name=_("expériences")
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("compétence de la personne")
        verbose_name_plural = _("compétences de la personne")
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="heldskill_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Doubt(models.Model):
    """A question that brought no confirmation of a skill; hers alone to see, it outlives the removal of the skill."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="doubts", verbose_name=_("profil"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="doubts", verbose_name=_("compétence"))
    source_id = models.UUIDField(null=True)  # the validation request (an upper domain: no foreign key)
    kind = models.CharField(_("nature"), max_length=12, choices=DoubtKind.choices)
    at = models.DateTimeField(_("le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence de confirmation")
        verbose_name_plural = _("absences de confirmation")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "source_id"], name="doubt_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Evidence(Identified):
    """Why a skill is believed: date, origin, assurance level. Never negative; revoked when proved false."""

    held_skill = models.ForeignKey(HeldSkill, models.CASCADE, related_name="evidence", verbose_name=_("compétence"))
    source = models.CharField(_("nature"), max_length=12, choices=EvidenceSource.choices)
    source_id = models.UUIDField()  # the validation request, the badge… (an upper domain: no foreign key)
    assurance = models.PositiveSmallIntegerField(_("niveau d'assurance"), choices=Assurance.choices)
    origin = models.CharField(_("origine"), max_length=200)  # the company's name, as shown
    origin_siret = models.CharField(_("SIRET"), max_length=14, blank=True, default="", db_default="")
    witness_role = models.CharField(_("fonction du témoin"), max_length=120, blank=True)
    example = models.TextField(_("exemple"), blank=True)
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices, blank=True)
    given_on = models.DateField(_("le"))
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)

    class EvidenceQuerySet(OwnedQuerySet["Evidence"]):
        """Evidence follows the person of the skill."""

        person_path = "held_skill__person__"

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preuve")
        verbose_name_plural = _("preuves")
        constraints = [
            models.UniqueConstraint(fields=["held_skill", "source", "source_id"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.held_skill.person_id
