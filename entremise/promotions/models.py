"""Tables of the promotions: promotions, saved segments of the pool, imported spreadsheets."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.models import Contact, Establishment
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.people.enums import ContractKind, Visibility
from entremise.people.models import OwnedQuerySet, Person
from entremise.promotions.enums import (
    Answer,
    AnswerChannel,
    ImportState,
    NoReason,
    Origin,
    Outcome,
    PromotionState,
)


class PromotionQuerySet(OwnedQuerySet["Promotion"]):
    """Promotions: the person's own, or those about people or agencies of the professional's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the person's own promotions, or those of the professional's territory."""
        if actor.is_professional:
            return models.Q(agency__department__in=actor.departments) | models.Q(
                person__department__in=actor.departments
            )
        if actor.has(Role.JOBSEEKER):
            return models.Q(person__user_id=actor.user_id)
        return nobody()


class Promotion(Identified):
    """One profile shown to one contact of one establishment: one traced object from sending to outcome."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="promotions", verbose_name=_("profil"))
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="promotions", verbose_name=_("établissement")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="promotions", verbose_name=_("contact")
    )
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="promotions", verbose_name=_("promu par")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="promotions", verbose_name=_("agence"))
    batch_id = models.UUIDField(null=True, blank=True)  # sent together
    origin = models.CharField(_("provenance"), max_length=10, choices=Origin.choices, default=Origin.HERE)
    visibility = models.CharField(
        _("visibilité"), max_length=12, choices=Visibility.choices, default=Visibility.ANONYMOUS
    )
    message = models.TextField(_("message"), blank=True, max_length=3000)
    state = models.CharField(_("état"), max_length=12, choices=PromotionState.choices, default=PromotionState.PREPARED)
    validated_skill_count = models.PositiveSmallIntegerField(_("compétences validées alors"), default=0)
    created_at = models.DateTimeField(_("préparée le"))
    sent_at = models.DateTimeField(_("envoyée le"), null=True)
    opened_at = models.DateTimeField(_("ouverte le"), null=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True)
    answer = models.CharField(_("réponse"), max_length=12, choices=Answer.choices, blank=True)
    no_reason = models.CharField(_("raison"), max_length=14, choices=NoReason.choices, blank=True)
    answer_word = models.TextField(_("mot de l'employeur"), blank=True, max_length=1000)
    answer_channel = models.CharField(_("réponse reçue par"), max_length=10, choices=AnswerChannel.choices, blank=True)
    next_reminder_at = models.DateTimeField(_("prochaine relance le"), null=True)
    reminder_count = models.PositiveSmallIntegerField(_("relances"), default=0)
    expires_at = models.DateTimeField(_("expire le"), null=True)
    outcome = models.CharField(_("suite"), max_length=12, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(_("suite le"), null=True, blank=True)
    outcome_contract = models.CharField(_("contrat"), max_length=20, blank=True)
    outcome_word = models.TextField(_("commentaire"), blank=True, max_length=1000)
    closed_at = models.DateTimeField(_("close le"), null=True)
    source_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 identity of an imported line

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="promotion_person"),
            models.Index(fields=["agency", "sent_at"], name="promotion_agency"),
            models.Index(fields=["establishment", "person", "-sent_at"], name="promotion_pair"),
            models.Index(fields=["adviser", "-sent_at"], name="promotion_adviser"),
            models.Index(
                fields=["next_reminder_at"], name="promotion_due", condition=models.Q(state__in=["sent", "opened"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id

    @property
    def contract_label(self) -> str:
        """Return the contract of a hire, in words."""
        return str(ContractKind(self.outcome_contract).label) if self.outcome_contract else ""


class TerritoryQuerySet(ScopedQuerySet[models.Model]):
    """Rows of an agency: seen by the professionals of its territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the rows of the professional's departments."""
        return models.Q(agency__department__in=actor.departments) if actor.is_professional else nobody()


class Segment(Identified):
    """A saved search of the pool, shared between the agencies and partners of a territory."""

    name = models.CharField(_("nom"), max_length=120)
    query = models.CharField(_("filtres"), max_length=2000)  # the search page's query string
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="segments", verbose_name=_("agence"))
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="segments", verbose_name=_("auteur"))
    is_shared = models.BooleanField(_("partagé avec le territoire"), default=True)
    created_at = models.DateTimeField(_("créé le"))

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment du vivier")
        verbose_name_plural = _("segments du vivier")

    def __str__(self) -> str:
        return self.name


class ImportFile(Identified):
    """A spreadsheet of past promotions: its columns, its dry run, its import."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_files", verbose_name=_("agence"))
    uploaded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="import_files", verbose_name=_("par")
    )
    filename = models.CharField(_("fichier"), max_length=200)
    path = models.CharField(max_length=300)
    size_bytes = models.PositiveIntegerField(_("taille"))
    state = models.CharField(_("état"), max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    columns = models.JSONField(default=list)  # header names found, in order
    mapping = models.JSONField(default=dict)  # field name → column name
    failure = models.CharField(_("problème"), max_length=300, blank=True)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    done_count = models.PositiveIntegerField(_("lignes traitées"), default=0)
    created_count = models.PositiveIntegerField(_("créées"), default=0)
    updated_count = models.PositiveIntegerField(_("mises à jour"), default=0)
    unchanged_count = models.PositiveIntegerField(_("déjà présentes"), default=0)
    error_count = models.PositiveIntegerField(_("en erreur"), default=0)
    created_at = models.DateTimeField(_("reçu le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier importé")
        verbose_name_plural = _("fichiers importés")

    def __str__(self) -> str:
        return str(self.pk)


class ImportLineError(models.Model):
    """What is wrong with one line, in plain words."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="errors", verbose_name=_("fichier"))
    line_number = models.PositiveIntegerField(_("ligne"))
    column = models.CharField(_("colonne"), max_length=120, blank=True)
    message = models.CharField(_("problème"), max_length=300)

    class Meta:
        verbose_name = _("erreur de ligne")
        verbose_name_plural = _("erreurs de lignes")
        indexes = [models.Index(fields=["file", "line_number"], name="lineerror_file")]

    def __str__(self) -> str:
        return f"{self.line_number}"
