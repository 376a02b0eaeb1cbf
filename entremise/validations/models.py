"""Tables of the validations: requests, the skills asked, contacts who opposed."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.employers.models import Establishment
from entremise.kernel.models import Identified
from entremise.passport.enums import Level
from entremise.passport.models import Experience
from entremise.people.models import OwnedQuerySet, Person
from entremise.skills.models import Skill
from entremise.validations.enums import DeclineReason, RequestState, Verdict


class Request(Identified):
    """One question to one contact about one experience."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="validation_requests", verbose_name=_("profil"))
    experience = models.ForeignKey(
        Experience, models.PROTECT, related_name="validation_requests", verbose_name=_("expérience")
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="validation_requests", verbose_name=_("établissement")
    )
    contact_name = models.CharField(_("nom du contact"), max_length=160)
    contact_email = models.EmailField(_("adresse électronique du contact"))
    contact_role = models.CharField(_("fonction du contact"), max_length=120, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=1000)
    state = models.CharField(_("état"), max_length=12, choices=RequestState.choices, default=RequestState.DRAFT)
    created_at = models.DateTimeField(_("préparée le"))
    sent_at = models.DateTimeField(_("envoyée le"), null=True)
    opened_at = models.DateTimeField(_("ouverte le"), null=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True)
    closed_at = models.DateTimeField(_("close le"), null=True)
    expires_at = models.DateTimeField(_("expire le"), null=True)
    next_reminder_at = models.DateTimeField(_("prochaine relance le"), null=True)
    reminder_count = models.PositiveSmallIntegerField(_("relances"), default=0)
    person_reminded_at = models.DateTimeField(_("relancée par la personne le"), null=True)
    last_written_at = models.DateTimeField(_("dernier message le"), null=True)
    decline_reason = models.CharField(_("raison"), max_length=12, choices=DeclineReason.choices, blank=True)
    forwarded_count = models.PositiveSmallIntegerField(_("transmissions"), default=0)
    word = models.TextField(_("mot du validateur"), blank=True, max_length=1000)
    is_same_device = models.BooleanField(_("répondue depuis l'appareil de la personne"), default=False)  # V6: a hint
    to_check = models.BooleanField(_("à vérifier par un conseiller"), default=False)  # V6: sampling, raised risk
    checked_at = models.DateTimeField(_("vérifiée le"), null=True)
    fraud_proved_at = models.DateTimeField(_("fraude établie le"), null=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de validation")
        verbose_name_plural = _("demandes de validation")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "contact_email"],
                condition=models.Q(state__in=["sent", "opened"]),
                name="request_open_once",
                violation_error_message=_("Une demande est déjà en cours auprès de cette adresse."),
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="request_person"),
            models.Index(fields=["contact_email", "sent_at"], name="request_contact"),
            models.Index(
                fields=["next_reminder_at"], name="request_due", condition=models.Q(state__in=["sent", "opened"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is awaited."""
        return self.state in (RequestState.SENT, RequestState.OPENED)


class RequestedSkill(models.Model):
    """One skill of a request with the validator's verdict; what is not confirmed is shown to the person alone."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="skills", verbose_name=_("demande"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="requested", verbose_name=_("compétence"))
    verdict = models.CharField(_("réponse"), max_length=14, choices=Verdict.choices, default=Verdict.PENDING)
    example = models.TextField(_("exemple"), blank=True, max_length=500)
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices, blank=True)
    is_added_by_validator = models.BooleanField(_("ajoutée par le validateur"), default=False)

    class Meta:
        verbose_name = _("compétence demandée")
        verbose_name_plural = _("compétences demandées")
        constraints = [models.UniqueConstraint(fields=["request", "skill"], name="requestedskill_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Opposition(models.Model):
    """An address whose owner never wants to be asked again; only its hash is kept."""

    address_hash = models.CharField(max_length=64, primary_key=True)
    opposed_at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("opposition")
        verbose_name_plural = _("oppositions")

    def __str__(self) -> str:
        return self.address_hash[:8]
