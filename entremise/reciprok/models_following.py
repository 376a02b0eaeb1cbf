"""Tables of what follows an application: meetings, recommendations, ratings of courtesy, reports of abuse."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.people.models import Person
from entremise.reciprok import rules
from entremise.reciprok.enums import (
    MeetingState,
    RatingState,
    RecommendationState,
    ReportKind,
    ReportState,
    Step,
)


class OfApplicationQuerySet(ScopedQuerySet[models.Model]):
    """What hangs from an application: seen by its person and by the professionals of its territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the person's own rows, or those of the professional's departments."""
        if actor.is_professional:
            return models.Q(application__person__department__in=actor.departments) | models.Q(
                application__inbox__agency__department__in=actor.departments
            )
        return models.Q(application__person__user_id=actor.user_id) if actor.has(Role.JOBSEEKER) else nobody()


class Meeting(Identified):
    """What an employer proposes after a favourable opinion: a few moments, of which the person chooses one."""

    application = models.ForeignKey(
        "reciprok.Application", models.CASCADE, related_name="meetings", verbose_name=_("candidature")
    )
    kind = models.CharField(_("quoi"), max_length=10, choices=Step.choices)
    slots = ArrayField(models.DateTimeField(), default=list, blank=True, verbose_name=_("créneaux"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), default=30)
    place = models.CharField(_("lieu ou numéro"), max_length=250, blank=True)
    words = models.CharField(_("précision"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED)
    chosen_at = models.DateTimeField(_("créneau choisi"), null=True)  # when it takes place
    sequence = models.PositiveSmallIntegerField(_("version"), default=0)  # of the entry in calendars
    proposed_at = models.DateTimeField(_("proposé le"))
    answered_at = models.DateTimeField(_("répondu le"), null=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendez-vous proposé")
        verbose_name_plural = _("rendez-vous proposés")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["proposed", "chosen"]),
                name="meeting_one_at_a_time",
                violation_error_message=_("Un rendez-vous est déjà proposé à cette personne."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def length(self) -> str:
        """Return how long it lasts, in words."""
        return rules.duration(self.minutes)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.application.person_id


class Recommendation(Identified):
    """An employer recommends a candidate to another; nothing is shown there before the person agrees."""

    application = models.ForeignKey(
        "reciprok.Application", models.CASCADE, related_name="recommendations", verbose_name=_("candidature")
    )
    target = models.ForeignKey(
        "reciprok.Inbox", models.PROTECT, related_name="recommendations", verbose_name=_("recommandée à")
    )
    words = models.CharField(_("pourquoi"), max_length=500, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=RecommendationState.choices, default=RecommendationState.ASKED
    )
    asked_at = models.DateTimeField(_("proposée le"))
    answered_at = models.DateTimeField(_("répondu le"), null=True)
    made = models.ForeignKey(
        "reciprok.Application", models.SET_NULL, null=True, related_name="come_from", verbose_name=_("candidature née")
    )

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommandation")
        verbose_name_plural = _("recommandations")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "target"],
                name="recommendation_once",
                violation_error_message=_("Vous avez déjà recommandé cette personne là."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.application.person_id


class Rating(Identified):
    """What a candidate thinks of how they were treated; read before it is shown, and shown from five on."""

    application = models.OneToOneField(
        "reciprok.Application", models.CASCADE, related_name="rating", verbose_name=_("candidature")
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="ratings", verbose_name=_("établissement")
    )
    courtesy = models.PositiveSmallIntegerField(_("politesse"))
    clarity = models.PositiveSmallIntegerField(_("clarté"))
    speed = models.PositiveSmallIntegerField(_("rapidité"))
    words = models.CharField(_("en quelques mots"), max_length=rules.LONGEST_RATING, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=RatingState.choices, default=RatingState.WAITING)
    given_at = models.DateTimeField(_("donné le"))
    judged_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="ratings_judged", verbose_name=_("relu par")
    )
    judged_at = models.DateTimeField(_("relu le"), null=True)
    judged_words = models.CharField(_("pourquoi écarté"), max_length=300, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("avis sur un recrutement")
        verbose_name_plural = _("avis sur des recrutements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(courtesy__range=(1, 5), clarity__range=(1, 5), speed__range=(1, 5)),
                name="rating_marks",
                violation_error_message=_("Une note se donne de 1 à 5."),
            )
        ]
        indexes = [
            models.Index(fields=["establishment"], name="rating_shown", condition=models.Q(state="published")),
            models.Index(fields=["given_at"], name="rating_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.application.person_id


class AbuseReport(Identified):
    """Something that should not happen, told by a candidate or by an employer; an adviser deals with it."""

    application = models.ForeignKey(
        "reciprok.Application", models.CASCADE, related_name="reports", verbose_name=_("candidature")
    )
    person = models.ForeignKey(  # who reports; none when it is the employer
        Person, models.SET_NULL, null=True, related_name="abuse_reports", verbose_name=_("signalé par")
    )
    kind = models.CharField(_("quoi"), max_length=14, choices=ReportKind.choices)
    words = models.TextField(_("ce qui s'est passé"), max_length=rules.LONGEST_REPORT)
    state = models.CharField(_("état"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    reported_at = models.DateTimeField(_("signalé le"))
    due_on = models.DateField(_("réponse avant le"))
    judged_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="abuse_reports_judged", verbose_name=_("traité par")
    )
    judged_at = models.DateTimeField(_("traité le"), null=True)
    outcome = models.CharField(_("ce qui a été fait"), max_length=500, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("signalement d'une candidature")
        verbose_name_plural = _("signalements de candidatures")
        indexes = [models.Index(fields=["due_on"], name="abusereport_open", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return str(self.pk)
