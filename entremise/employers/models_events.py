"""Tables of the establishment's file: its events, the services it received, its forecasts, its satisfaction."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.enums_events import (
    Certainty,
    EventKind,
    EventSource,
    ForecastContract,
    ForecastSource,
    Moment,
    ServiceKind,
)
from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.skills.models import Occupation

LONGEST_NOTE = 2_000
MOST_FORESEEN = 9_999
BEST_MARK = 5


class FileQuerySet(ScopedQuerySet[models.Model]):
    """Lines of an establishment's file: seen by the professionals of its territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the lines of the professional's departments."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        return nobody()


class DirectoryImport(Identified):
    """One load of an official file of establishments, with what it changed; batches add to its counts."""

    filename = models.CharField(_("fichier"), max_length=120)
    started_at = models.DateTimeField(_("commencé le"))
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    created_count = models.PositiveIntegerField(_("ajoutés"), default=0)
    changed_count = models.PositiveIntegerField(_("modifiés"), default=0)
    closed_count = models.PositiveIntegerField(_("fermés"), default=0)
    reopened_count = models.PositiveIntegerField(_("rouverts"), default=0)
    unchanged_count = models.PositiveIntegerField(_("inchangés"), default=0)
    ignored_count = models.PositiveIntegerField(_("laissés de côté"), default=0)

    class Meta:
        verbose_name = _("import de l'annuaire")
        verbose_name_plural = _("imports de l'annuaire")

    def __str__(self) -> str:
        return self.filename


class EstablishmentEvent(Identified):
    """Something that happened to an establishment: closed, reopened, moved, renamed…; before and after, in short."""

    establishment = models.ForeignKey(
        "employers.Establishment", models.PROTECT, related_name="events", verbose_name=_("établissement")
    )
    kind = models.CharField(_("événement"), max_length=10, choices=EventKind.choices)
    source = models.CharField(_("su par"), max_length=10, choices=EventSource.choices, default=EventSource.SIRENE)
    at = models.DateTimeField(_("noté le"))
    happened_on = models.DateField(_("survenu le"), null=True, blank=True)
    before = models.CharField(_("avant"), max_length=400, blank=True)
    after = models.CharField(_("après"), max_length=400, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement d'un établissement")
        verbose_name_plural = _("événements d'établissements")
        indexes = [
            models.Index(fields=["establishment", "-at"], name="event_establishment"),
            models.Index(fields=["-at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.establishment_id}"


class ServiceDelivered(Identified):
    """A service or a measure that an establishment received, on a day."""

    establishment = models.ForeignKey(
        "employers.Establishment", models.PROTECT, related_name="services", verbose_name=_("établissement")
    )
    service = models.CharField(_("service"), max_length=20, choices=ServiceKind.choices)
    on = models.DateField(_("rendu le"))
    note = models.TextField(_("précisions"), blank=True, max_length=LONGEST_NOTE)
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="services_delivered", verbose_name=_("par")
    )
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="services_delivered", verbose_name=_("agence")
    )
    at = models.DateTimeField(_("noté le"))

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("service rendu")
        verbose_name_plural = _("services rendus")
        indexes = [models.Index(fields=["establishment", "-on"], name="service_establishment")]

    def __str__(self) -> str:
        return f"{self.service} {self.establishment_id}"


class HiringForecast(Identified):
    """How many people an establishment thinks it will recruit, in which occupation, around when."""

    establishment = models.ForeignKey(
        "employers.Establishment", models.PROTECT, related_name="forecasts", verbose_name=_("établissement")
    )
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="forecasts", verbose_name=_("métier"))
    number = models.PositiveSmallIntegerField(
        _("nombre d'embauches"), validators=[MinValueValidator(1), MaxValueValidator(MOST_FORESEEN)]
    )
    expected_on = models.DateField(_("vers le"))
    contract = models.CharField(_("contrat"), max_length=20, choices=ForecastContract.choices, blank=True)
    source = models.CharField(_("d'où on le sait"), max_length=10, choices=ForecastSource.choices)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty.choices)
    note = models.TextField(_("précisions"), blank=True, max_length=LONGEST_NOTE)
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="hiring_forecasts", verbose_name=_("par")
    )
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="hiring_forecasts", verbose_name=_("agence")
    )
    at = models.DateTimeField(_("noté le"))

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("prévision d'embauche")
        verbose_name_plural = _("prévisions d'embauche")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_FORESEEN),
                name="forecast_number",
                violation_error_message=_("Indiquez le nombre d'embauches prévues, à partir de 1."),
            )
        ]
        indexes = [
            models.Index(fields=["establishment", "-at"], name="forecast_establishment"),
            models.Index(fields=["occupation", "expected_on"], name="forecast_occupation"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.establishment_id}"


class Satisfaction(Identified):
    """The mark that an employer gave after a key moment, with their words; an adviser notes what was answered."""

    establishment = models.ForeignKey(
        "employers.Establishment", models.PROTECT, related_name="satisfactions", verbose_name=_("établissement")
    )
    contact = models.ForeignKey(
        "employers.Contact", models.SET_NULL, null=True, blank=True, related_name="satisfactions",
        verbose_name=_("contact"),
    )  # fmt: skip
    moment = models.CharField(_("moment"), max_length=14, choices=Moment.choices)
    mark = models.PositiveSmallIntegerField(_("note"), validators=[MinValueValidator(1), MaxValueValidator(BEST_MARK)])
    verbatim = models.TextField(_("ses mots"), blank=True, max_length=LONGEST_NOTE)
    on = models.DateField(_("demandée le"))
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="satisfactions_asked", verbose_name=_("demandée par")
    )
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="satisfactions_asked", verbose_name=_("agence")
    )
    at = models.DateTimeField(_("noté le"))

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("satisfaction d'un employeur")
        verbose_name_plural = _("satisfaction des employeurs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mark__gte=1, mark__lte=BEST_MARK),
                name="satisfaction_mark",
                violation_error_message=_("La note va de 1 (pas du tout satisfait) à 5 (très satisfait)."),
            )
        ]
        indexes = [models.Index(fields=["establishment", "-on"], name="satisfaction_establishment")]

    def __str__(self) -> str:
        return f"{self.mark} {self.establishment_id}"
