"""Giving badges to many: links to one person, to all who attend an event, and spreadsheets."""

from typing import TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody

M = TypeVar("M", bound=models.Model)


class OfIssuerQuerySet(ScopedQuerySet[M]):
    """Rows of an issuer: seen by its own organisation."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep what the actor's organisation made."""
        if actor.organisation_id is not None and actor.is_professional:
            return models.Q(badge_class__issuer__organisation_id=actor.organisation_id)
        return nobody()


class Claim(Identified):
    """A badge that waits for its owner at an address: forgotten once taken, or when its time is over."""

    award = models.OneToOneField(
        "credentials.Award", models.CASCADE, primary_key=False, related_name="claim", verbose_name=_("badge remis")
    )
    name = models.CharField(_("nom"), max_length=160)
    email = models.EmailField(_("adresse électronique"))
    sent_at = models.DateTimeField(_("envoyé le"))
    until = models.DateTimeField(_("jusqu'au"))
    reminder_count = models.PositiveSmallIntegerField(_("rappels"), default=0)

    class Meta:
        verbose_name = _("badge à prendre")
        verbose_name_plural = _("badges à prendre")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID | None:
        """Return the person the journal's lines are about: not known yet."""
        return None


class Event(Identified):
    """A moment when those who are there take a badge, by a QR code or a short code."""

    badge_class = models.ForeignKey(
        "credentials.BadgeClass", models.PROTECT, related_name="events", verbose_name=_("badge")
    )
    label = models.CharField(_("événement"), max_length=160)
    code = models.CharField(_("code"), max_length=12, unique=True)
    opens_at = models.DateTimeField(_("ouvre le"))
    closes_at = models.DateTimeField(_("ferme le"))
    max_count = models.PositiveIntegerField(_("places"), default=100)
    taken_count = models.PositiveIntegerField(_("badges pris"), default=0)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="badge_events", verbose_name=_("ouvert par")
    )
    created_at = models.DateTimeField(_("créé le"))
    stopped_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    objects = OfIssuerQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement où prendre un badge")
        verbose_name_plural = _("événements où prendre un badge")
        constraints = [
            models.CheckConstraint(condition=models.Q(taken_count__lte=models.F("max_count")), name="event_room"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="event_dates",
                violation_error_message=_("La fin doit venir après le début."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class AwardFile(Identified):
    """A spreadsheet of people to award a badge to: tried first, then awarded line by line; forgotten after 30 days."""

    class State(models.TextChoices):
        CHECKED = "checked", _("vérifié")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        UNDOING = "undoing", _("en cours de retrait")
        UNDONE = "undone", _("retiré")

    badge_class = models.ForeignKey(
        "credentials.BadgeClass", models.PROTECT, related_name="award_files", verbose_name=_("badge")
    )
    name = models.CharField(_("fichier"), max_length=200)
    rows = models.JSONField(_("lignes"), default=list)  # [{line, name, email, awarded_on, note}] as they were read
    faults = models.JSONField(_("lignes refusées"), default=dict)  # line number → sentences
    results = models.JSONField(_("résultats"), default=dict)  # line number → reference of its badge, or a sentence
    state = models.CharField(_("état"), max_length=8, choices=State.choices, default=State.CHECKED)
    next_row = models.PositiveIntegerField(_("prochaine ligne"), default=0)  # where a stopped run goes on
    awarded_count = models.PositiveIntegerField(_("badges remis"), default=0)
    skipped_count = models.PositiveIntegerField(_("lignes laissées"), default=0)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="award_files", verbose_name=_("déposé par")
    )
    created_at = models.DateTimeField(_("déposé le"))
    undone_count = models.PositiveIntegerField(_("badges retirés"), default=0)
    done_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = OfIssuerQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier de badges à remettre")
        verbose_name_plural = _("fichiers de badges à remettre")

    def __str__(self) -> str:
        return self.name
