"""Tables of the desk: visits to plan and their results, complaints to answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.desk.enums_desk import ComplaintAbout, ComplaintFrom, ComplaintOutcome, VisitResult
from entremise.employers.models import Contact, Establishment
from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.people.models import Person


class VisitPlanQuerySet(ScopedQuerySet["VisitPlan"]):
    """Plans are seen by the professionals of the agency's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the plans of the professional's departments."""
        return models.Q(agency__department__in=actor.departments) if actor.is_professional else nobody()


class VisitPlan(Identified):
    """A day of visits to employers."""

    adviser = models.ForeignKey(User, models.CASCADE, related_name="visit_plans", verbose_name=_("conseiller"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="visit_plans", verbose_name=_("agence"))
    on = models.DateField(_("le"))
    starts_at = models.TimeField(_("départ à"))
    note = models.CharField(_("objectif"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("préparé le"))

    objects = VisitPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan de visites")
        verbose_name_plural = _("plans de visites")
        indexes = [models.Index(fields=["adviser", "-on"], name="visitplan_adviser")]

    def __str__(self) -> str:
        return f"{self.on}"


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """Visits are seen with their plan."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the visits of the professional's departments."""
        return models.Q(plan__agency__department__in=actor.departments) if actor.is_professional else nobody()


class Visit(Identified):
    """One establishment to visit on a day, why, and what came of it."""

    plan = models.ForeignKey(VisitPlan, models.CASCADE, related_name="visits", verbose_name=_("plan"))
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="visits", verbose_name=_("établissement")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name=_("contact")
    )
    rank = models.PositiveSmallIntegerField(_("ordre"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), default=45)
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)
    result = models.CharField(_("résultat"), max_length=12, choices=VisitResult.choices, blank=True)
    words = models.CharField(_("ce qui s'est dit"), max_length=500, blank=True)
    done_at = models.DateTimeField(_("faite le"), null=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visite")
        verbose_name_plural = _("visites")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "establishment"],
                name="visit_once",
                violation_error_message=_("Cet établissement est déjà dans le plan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ComplaintQuerySet(ScopedQuerySet["Complaint"]):
    """Complaints are seen by the professionals of the agency's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the complaints of the professional's departments."""
        return models.Q(agency__department__in=actor.departments) if actor.is_professional else nobody()


class Complaint(Identified):
    """What somebody is not content with: registered, assigned, answered in time, counted; it holds no name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="complaints", verbose_name=_("agence"))
    origin = models.CharField(_("de"), max_length=12, choices=ComplaintFrom.choices)
    about = models.CharField(_("sur"), max_length=14, choices=ComplaintAbout.choices)
    words = models.TextField(_("ce qui est reproché"), max_length=2_000)
    establishment = models.ForeignKey(
        Establishment, models.SET_NULL, null=True, blank=True, related_name="complaints",
        verbose_name=_("établissement"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="complaints", verbose_name=_("profil")
    )
    received_at = models.DateTimeField(_("reçue le"))
    due_at = models.DateTimeField(_("réponse avant le"))  # in the agency's working time
    assigned_to = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="complaints", verbose_name=_("confiée à")
    )
    registered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="complaints_registered", verbose_name=_("enregistrée par")
    )
    outcome = models.CharField(_("suite"), max_length=12, choices=ComplaintOutcome.choices, blank=True)
    answer = models.TextField(_("réponse donnée"), max_length=2_000, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("réclamation")
        verbose_name_plural = _("réclamations")
        indexes = [
            models.Index(fields=["agency", "due_at"], name="complaint_due", condition=models.Q(answered_at=None)),
            models.Index(fields=["agency", "-received_at"], name="complaint_agency"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
