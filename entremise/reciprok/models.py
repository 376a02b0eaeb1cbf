"""Tables of the applications: inboxes and applications; what hangs from them is in the modules beside."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.credentials.models_certificates import CertifiedCv
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace, current_spaces
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok import models_following, models_label, rules
from entremise.reciprok.enums import (
    AnswerChannel,
    ApplicationOrigin,
    ApplicationState,
    AsideReason,
    Count,
    Part,
    RefusalReason,
    Step,
)

OTHERS = (models_following, models_label)  # found through this one


def addressed_to(actor: Actor, path: str = "") -> models.Q:
    """Return which inboxes a recruiter reads: of their space's offers, and of the place where it is certified."""
    mine = current_spaces(actor)
    rows: Any = RecruiterSpace.objects.unscoped("a member reads what their own space received")
    certified = rows.filter(pk__in=mine, state=SpaceState.CERTIFIED).values("establishment")
    return models.Q(**{f"{path}offer__space__in": mine}) | models.Q(**{f"{path}establishment__in": certified})


class InboxQuerySet(ScopedQuerySet["Inbox"]):
    """Inboxes: those of the professional's territory, or those a recruiter reads."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the inboxes of the professional's departments, or of the recruiter's own spaces."""
        if actor.is_professional:
            return models.Q(agency__department__in=actor.departments) | models.Q(
                establishment__commune__department__in=actor.departments
            )
        return addressed_to(actor) if actor.has(Role.RECRUITER) else nobody()


class Inbox(Identified):
    """Where the applications to one offer arrive, or the spontaneous ones to an establishment; reminders are its."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="inboxes", verbose_name=_("établissement")
    )
    offer = models.OneToOneField(
        Offer, models.PROTECT, null=True, blank=True, related_name="inbox", verbose_name=_("offre")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inboxes", verbose_name=_("agence"))
    created_at = models.DateTimeField(_("ouverte le"))
    told_at = models.DateTimeField(_("nouvelles candidatures annoncées le"), null=True)
    reminder_count = models.PositiveSmallIntegerField(_("relances"), default=0)
    next_reminder_at = models.DateTimeField(_("prochaine relance le"), null=True)
    helped_at = models.DateTimeField(_("aide à la clôture proposée le"), null=True)
    over_at = models.DateTimeField(_("recrutement terminé le"), null=True)
    closing_asked_at = models.DateTimeField(_("réponse à tous demandée le"), null=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("boîte de candidatures")
        verbose_name_plural = _("boîtes de candidatures")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment"], condition=models.Q(offer=None), name="inbox_spontaneous_once"
            )
        ]
        indexes = [
            models.Index(fields=["next_reminder_at"], name="inbox_due", condition=~models.Q(next_reminder_at=None))
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def title(self) -> str:
        """Return what people apply to, in words."""
        return self.offer.title if self.offer else str(_("Candidatures spontanées"))


class ApplicationQuerySet(ScopedQuerySet["Application"]):
    """Applications: one's own, those of the professional's territory, those addressed to a recruiter."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep what the actor may see; a recruiter whose space lost its certification sees its offers' cards only."""
        if actor.is_professional:
            return models.Q(person__department__in=actor.departments) | models.Q(
                inbox__agency__department__in=actor.departments
            )
        if actor.has(Role.RECRUITER):
            return addressed_to(actor, "inbox__")
        return models.Q(person__user_id=actor.user_id) if actor.has(Role.JOBSEEKER) else nobody()


class Application(Identified):
    """One person's application to one offer, or to one establishment."""

    inbox = models.ForeignKey(Inbox, models.PROTECT, related_name="applications", verbose_name=_("boîte"))
    establishment = models.ForeignKey(  # the inbox's: the label counts by it without a join
        Establishment, models.PROTECT, related_name="applications", verbose_name=_("établissement")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications", verbose_name=_("profil"))
    origin = models.CharField(
        _("provenance"), max_length=12, choices=ApplicationOrigin.choices, default=ApplicationOrigin.SELF
    )
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="applications_made", verbose_name=_("avec")
    )
    state = models.CharField(_("état"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.SENT)
    is_current = models.BooleanField(_("en cours pour cette offre"), default=True)  # one a person and inbox
    parts = ArrayField(
        models.CharField(max_length=12, choices=Part.choices),
        default=list,
        blank=True,
        verbose_name=_("ce qui est montré"),
    )
    cv = models.ForeignKey(
        CertifiedCv, models.SET_NULL, null=True, blank=True, related_name="applications", verbose_name=_("CV joint")
    )
    words = models.TextField(_("mot de la personne"), blank=True, max_length=rules.LONGEST_WORDS)
    words_digest = models.CharField(max_length=64, blank=True)  # the same words to many employers are noticed
    sent_at = models.DateTimeField(_("envoyée le"))
    acknowledged_at = models.DateTimeField(_("reçue le"), null=True)
    read_at = models.DateTimeField(_("lue le"), null=True)
    answered_at = models.DateTimeField(_("première réponse le"), null=True)
    changed_at = models.DateTimeField(_("dernier changement le"))  # since when it stands where it stands
    expires_at = models.DateTimeField(_("close sans réponse le"))
    closed_at = models.DateTimeField(_("close le"), null=True)
    channel = models.CharField(_("réponse reçue par"), max_length=8, choices=AnswerChannel.choices, blank=True)
    reason = models.CharField(_("raison"), max_length=14, choices=RefusalReason.choices, blank=True)
    answer_words = models.TextField(_("mot du recruteur"), blank=True, max_length=rules.LONGEST_ANSWER)
    note = models.TextField(_("note de l'employeur"), blank=True, max_length=rules.LONGEST_ANSWER)
    team_note = models.TextField(
        _("note entre conseillers"), blank=True, default="", db_default="", max_length=rules.LONGEST_ANSWER
    )
    step = models.CharField(_("suite proposée"), max_length=10, choices=Step.choices, blank=True)
    reply = models.TextField(_("réponse de la personne"), blank=True, max_length=rules.LONGEST_ANSWER)
    replied_at = models.DateTimeField(_("répondu par la personne le"), null=True)
    count = models.CharField(_("compte pour le label"), max_length=8, choices=Count.choices, blank=True)
    counted_at = models.DateTimeField(_("comptée le"), null=True)
    aside_reason = models.CharField(_("non comptée parce que"), max_length=10, choices=AsideReason.choices, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidature")
        verbose_name_plural = _("candidatures")
        constraints = [
            models.UniqueConstraint(
                fields=["inbox", "person"],
                condition=models.Q(is_current=True),
                name="application_once",
                violation_error_message=_("Vous avez déjà postulé à cette offre."),
            ),
            models.CheckConstraint(
                condition=models.Q(count="") | ~models.Q(counted_at=None), name="application_counted"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="application_person"),
            models.Index(fields=["inbox", "state", "-sent_at"], name="application_inbox"),
            models.Index(
                fields=["expires_at"],
                name="application_due",
                condition=models.Q(state__in=["sent", "acknowledged", "read"]),
            ),
            models.Index(
                fields=["establishment", "counted_at"],
                name="application_counts",
                include=["count", "person", "sent_at", "answered_at"],
                condition=models.Q(count__in=["answered", "silent"]),
            ),
            models.Index(fields=["establishment", "-sent_at"], name="application_establishment"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id

    @property
    def is_named(self) -> bool:
        """Tell whether the person chose to give her name."""
        return Part.IDENTITY in self.parts

    @property
    def offer(self) -> Offer | None:
        """Return the offer applied to, nothing for a spontaneous application."""
        return self.inbox.offer
