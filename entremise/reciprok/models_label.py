"""Tables of the label: today's count, its history, contests, why an employer is silent, pauses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import current_spaces
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.reciprok.enums import ContestState, LabelLevel, PauseKind, SilenceReason


class OfEstablishmentQuerySet(ScopedQuerySet[models.Model]):
    """What hangs from an establishment: seen by the professionals of its territory and by its recruiters."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the rows of the professional's departments, or of the recruiter's own establishments."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        if actor.has(Role.RECRUITER):
            return models.Q(establishment__spaces__in=current_spaces(actor))
        return nobody()


class LabelScore(models.Model):
    """How an establishment answered over twelve sliding months; a public figure, so it needs no scope."""

    establishment = models.OneToOneField(
        Establishment, models.CASCADE, primary_key=True, related_name="label", verbose_name=_("établissement")
    )
    level = models.PositiveSmallIntegerField(_("niveau"), choices=LabelLevel.choices, default=LabelLevel.NONE)
    counted_count = models.PositiveIntegerField(_("candidatures comptées"), default=0)
    answered_count = models.PositiveIntegerField(_("répondues"), default=0)
    person_count = models.PositiveIntegerField(_("personnes différentes"), default=0)
    median_hours = models.PositiveIntegerField(_("délai médian (heures)"), null=True)  # of what was answered
    computed_on = models.DateField(_("calculé le"))

    class Meta:
        verbose_name = _("label d'un établissement")
        verbose_name_plural = _("labels des établissements")

    def __str__(self) -> str:
        return f"{self.establishment_id} {self.level}"


class LabelMove(models.Model):
    """The history of a label: one row each time that its level changes; public as the label is."""

    establishment = models.ForeignKey(
        Establishment, models.CASCADE, related_name="label_moves", verbose_name=_("établissement")
    )
    on = models.DateField(_("le"))
    level = models.PositiveSmallIntegerField(_("niveau"), choices=LabelLevel.choices)
    counted_count = models.PositiveIntegerField(_("candidatures comptées"))
    answered_count = models.PositiveIntegerField(_("répondues"))
    median_hours = models.PositiveIntegerField(_("délai médian (heures)"), null=True)

    class Meta:
        verbose_name = _("changement de label")
        verbose_name_plural = _("changements de label")
        constraints = [models.UniqueConstraint(fields=["establishment", "on"], name="labelmove_once")]

    def __str__(self) -> str:
        return f"{self.establishment_id} {self.on}"


class CountContest(Identified):
    """An employer says that an application is wrongly counted; an adviser decides, once."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="count_contests", verbose_name=_("établissement")
    )
    application = models.OneToOneField(
        "reciprok.Application", models.CASCADE, related_name="count_contest", verbose_name=_("candidature")
    )
    words = models.TextField(_("pourquoi"), max_length=1_000)
    state = models.CharField(_("état"), max_length=10, choices=ContestState.choices, default=ContestState.OPEN)
    contested_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="count_contests", verbose_name=_("par")
    )
    contested_at = models.DateTimeField(_("contestée le"))
    due_on = models.DateField(_("réponse avant le"))
    judged_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="count_contests_judged", verbose_name=_("décidé par")
    )
    judged_at = models.DateTimeField(_("décidé le"), null=True)
    outcome = models.CharField(_("réponse"), max_length=500, blank=True)

    objects = OfEstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("contestation d'un compte")
        verbose_name_plural = _("contestations d'un compte")
        indexes = [models.Index(fields=["due_on"], name="countcontest_open", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return str(self.pk)


class Silence(Identified):
    """An employer without the label is asked why, once a while; advice that they want becomes an adviser's task."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="silences", verbose_name=_("établissement")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="silences", verbose_name=_("agence"))
    asked_at = models.DateTimeField(_("question posée le"))
    reason = models.CharField(_("raison"), max_length=14, choices=SilenceReason.choices, blank=True)
    words = models.CharField(_("précision"), max_length=500, blank=True)
    is_advice_wanted = models.BooleanField(_("souhaite un conseil"), default=False)
    explained_at = models.DateTimeField(_("répondu le"), null=True)
    due_on = models.DateField(_("conseil avant le"), null=True)
    assigned_to = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="recruitment_advice", verbose_name=_("confié à")
    )
    done_at = models.DateTimeField(_("conseil donné le"), null=True)
    done_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="recruitment_advice_given", verbose_name=_("donné par")
    )
    outcome = models.CharField(_("ce qui a été convenu"), max_length=500, blank=True)

    objects = OfEstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("question sur un silence")
        verbose_name_plural = _("questions sur des silences")
        indexes = [
            models.Index(fields=["establishment", "-asked_at"], name="silence_establishment"),
            models.Index(
                fields=["agency", "due_on"],
                name="silence_advice",
                condition=models.Q(done_at=None) & ~models.Q(due_on=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Pause(Identified):
    """An establishment receives no new application for a while; what it received goes on, and counts."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="pauses", verbose_name=_("établissement")
    )
    kind = models.CharField(_("pourquoi"), max_length=4, choices=PauseKind.choices)
    announced_at = models.DateTimeField(_("annoncée le"))
    starts_at = models.DateTimeField(_("à partir du"))
    ends_at = models.DateTimeField(_("jusqu'au"), null=True)  # none: until an adviser lifts it
    lifted_at = models.DateTimeField(_("levée le"), null=True)
    lifted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="pauses_lifted", verbose_name=_("levée par")
    )
    words = models.CharField(_("pourquoi levée"), max_length=300, blank=True)

    objects = OfEstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause d'un établissement")
        verbose_name_plural = _("pauses des établissements")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment"], condition=models.Q(lifted_at=None), name="pause_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
