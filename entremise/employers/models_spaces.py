"""Tables of the recruiter spaces: members, checks made, documents seen, vigilance points, exclusions, reports."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.enums_spaces import (
    Acquaintance,
    CheckItem,
    CheckKind,
    CheckOutcome,
    DocumentKind,
    Gravity,
    MemberRank,
    RecheckReason,
    RefusalReason,
    SpaceState,
    VigilanceKind,
)
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody

LONGEST_PRESENTATION = 2_000
LONGEST_NOTE = 2_000


class RecruiterSpaceQuerySet(ScopedQuerySet["RecruiterSpace"]):
    """Spaces: those of the professional's territory, and a recruiter's own."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the spaces of the professional's departments, or those the recruiter is a member of."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        if actor.has(Role.RECRUITER):
            return models.Q(pk__in=current_spaces(actor))
        return nobody()


class RecruiterSpace(Identified):
    """What an employer does on the platform by themselves; it reaches nobody until it is certified."""

    establishment = models.ForeignKey(
        "employers.Establishment", models.PROTECT, related_name="spaces", verbose_name=_("établissement")
    )
    agency = models.ForeignKey(  # its opening hours decide the deadlines
        Agency, models.PROTECT, related_name="recruiter_spaces", verbose_name=_("agence")
    )
    state = models.CharField(_("état"), max_length=14, choices=SpaceState.choices, default=SpaceState.TO_CERTIFY)
    acquaintance = models.CharField(
        _("connaissance"), max_length=8, choices=Acquaintance.choices, default=Acquaintance.UNKNOWN
    )
    purpose = models.CharField(_("pourquoi cet espace"), max_length=500, blank=True)
    presentation = models.TextField(_("présentation de l'entreprise"), blank=True, max_length=LONGEST_PRESENTATION)
    website = models.URLField(_("site"), max_length=200, blank=True)
    benefits = models.CharField(_("avantages"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="spaces_created", verbose_name=_("créé par")
    )
    clock_at = models.DateTimeField(_("délais comptés depuis le"))  # creation, or the day it was asked for again
    call_by_at = models.DateTimeField(_("premier appel avant le"))
    remind_by_at = models.DateTimeField(_("relance avant le"), null=True)  # 48 working hours after a failed contact
    letter_by_at = models.DateTimeField(_("courrier avant le"), null=True)  # 48 working hours more
    ends_at = models.DateTimeField(_("refusé sans contact le"))
    call_back_at = models.DateTimeField(_("à rappeler le"), null=True)
    reached_at = models.DateTimeField(_("entreprise jointe le"), null=True)
    due_at = models.DateTimeField(_("prochaine échéance"), null=True)  # the nearest of the above; null when decided
    recheck = models.CharField(_("à revoir"), max_length=12, choices=RecheckReason.choices, blank=True)
    reason = models.CharField(_("raison"), max_length=20, choices=RefusalReason.choices, blank=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="spaces_decided", verbose_name=_("décidé par")
    )
    contact_changed_at = models.DateTimeField(_("contact connu changé le"), null=True)
    last_active_at = models.DateTimeField(_("dernière activité"))

    objects = RecruiterSpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("espace recruteur")
        verbose_name_plural = _("espaces recruteurs")
        indexes = [
            models.Index(fields=["agency", "due_at"], name="space_due", condition=~models.Q(due_at=None)),
            models.Index(fields=["establishment", "state"], name="space_establishment"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_certified(self) -> bool:
        """Tell whether what this space does may reach anybody."""
        return self.state == SpaceState.CERTIFIED


class OfSpaceQuerySet(ScopedQuerySet[models.Model]):
    """What hangs from a space: seen by the professionals of its territory; members also see the members."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the rows of the professional's departments."""
        if actor.is_professional:
            return models.Q(space__establishment__commune__department__in=actor.departments)
        return nobody()


class SpaceMemberQuerySet(OfSpaceQuerySet):
    """Members are seen by the professionals of the territory and by each other."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the members of the recruiter's own spaces."""
        if actor.has(Role.RECRUITER):
            return models.Q(space__in=current_spaces(actor))
        return super().scope(actor)


class SpaceMember(Identified):
    """Somebody who recruits for an establishment; invited until their address is proved by signing in."""

    space = models.ForeignKey(RecruiterSpace, models.CASCADE, related_name="members", verbose_name=_("espace"))
    user = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="space_memberships", verbose_name=_("compte")
    )
    email = models.EmailField(_("adresse électronique"))
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    job = models.CharField(_("fonction"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    rank = models.CharField(_("rôle"), max_length=12, choices=MemberRank.choices, default=MemberRank.MEMBER)
    invited_at = models.DateTimeField(_("invité le"))
    joined_at = models.DateTimeField(_("arrivé le"), null=True)
    left_at = models.DateTimeField(_("parti le"), null=True)

    objects = SpaceMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre d'un espace recruteur")
        verbose_name_plural = _("membres d'un espace recruteur")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "email"],
                condition=models.Q(left_at=None),
                name="spacemember_once",
                violation_error_message=_("Cette personne est déjà membre de l'espace."),
            )
        ]
        indexes = [
            models.Index(fields=["email"], name="spacemember_email"),
            models.Index(fields=["phone"], name="spacemember_phone"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def full_name(self) -> str:
        """Return the member's name."""
        return f"{self.first_name} {self.last_name}".strip()


class SpaceCheck(Identified):
    """One step of the verification: the log of checks, apart from the log of business contacts."""

    space = models.ForeignKey(RecruiterSpace, models.CASCADE, related_name="checks", verbose_name=_("espace"))
    kind = models.CharField(_("vérification"), max_length=12, choices=CheckKind.choices)
    outcome = models.CharField(_("résultat"), max_length=14, choices=CheckOutcome.choices)
    document = models.CharField(_("pièce vue"), max_length=10, choices=DocumentKind.choices, blank=True)
    number = models.CharField(_("numéro appelé"), max_length=20, blank=True)  # E.164: whose it was decides
    items = ArrayField(  # the checklist, complete, of the comment that certifies
        models.CharField(max_length=12, choices=CheckItem.choices), default=list, blank=True
    )
    note = models.TextField(_("commentaire"), blank=True, max_length=LONGEST_NOTE)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="space_checks", verbose_name=_("par"))
    at = models.DateTimeField(_("le"))

    objects = OfSpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("vérification d'un espace")
        verbose_name_plural = _("vérifications d'un espace")
        indexes = [models.Index(fields=["space", "-at"], name="spacecheck_space")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=CheckKind.DOCUMENT) ^ models.Q(document=""),
                name="spacecheck_document",
                violation_error_message=_("Dites quelle pièce vous avez vue."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.space_id}"


class VigilancePoint(Identified):
    """One reason to look twice at a space, with its evidence, until somebody answers it."""

    space = models.ForeignKey(RecruiterSpace, models.CASCADE, related_name="points", verbose_name=_("espace"))
    kind = models.CharField(_("point"), max_length=18, choices=VigilanceKind.choices)
    gravity = models.PositiveSmallIntegerField(_("gravité"), choices=Gravity.choices)
    evidence = models.CharField(_("constat"), max_length=300, blank=True)  # what was compared, as it was written
    others = models.ManyToManyField(
        RecruiterSpace, related_name="points_elsewhere", blank=True, verbose_name=_("autres espaces concernés")
    )
    key = models.CharField(max_length=64)  # of the fact: the same fact is told once
    found_at = models.DateTimeField(_("vu le"))
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="vigilance_answers", verbose_name=_("répondu par")
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True)
    gone_at = models.DateTimeField(_("n'est plus vrai depuis le"), null=True)

    objects = OfSpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("point de vigilance")
        verbose_name_plural = _("points de vigilance")
        constraints = [models.UniqueConstraint(fields=["space", "kind", "key"], name="vigilancepoint_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.space_id}"


class Exclusion(Identified):
    """A SIRET or a way to reach somebody (its hash) that no new space may use, after a fraud."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("nature"), max_length=8, choices=[("siret", "SIRET"), ("email", _("adresse")),
        ("domain", _("domaine")), ("phone", _("téléphone"))])  # fmt: skip
    space = models.ForeignKey(
        RecruiterSpace, models.SET_NULL, null=True, related_name="exclusions", verbose_name=_("espace")
    )
    reason = models.CharField(_("raison"), max_length=20, choices=RefusalReason.choices)
    created_at = models.DateTimeField(_("depuis le"))
    lifted_at = models.DateTimeField(_("levée le"), null=True)

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FraudReport(Identified):
    """A fraud told to the fraud contact and to the official portal, with what it was made of."""

    space = models.ForeignKey(RecruiterSpace, models.PROTECT, related_name="reports", verbose_name=_("espace"))
    facts = models.TextField(_("faits"), max_length=4_000)
    is_phishing = models.BooleanField(_("le recruteur est la victime"), default=False)
    warned_count = models.PositiveIntegerField(_("candidats prévenus"), default=0)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="fraud_reports", verbose_name=_("par"))
    created_at = models.DateTimeField(_("signalé le"))
    sent_at = models.DateTimeField(_("transmis le"), null=True)  # to the fraud contact, by mail
    portal_at = models.DateTimeField(_("déclaré au portail officiel le"), null=True)

    objects = OfSpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("signalement de fraude")
        verbose_name_plural = _("signalements de fraude")

    def __str__(self) -> str:
        return str(self.pk)


class KnownContactChange(models.Model):
    """A privileged contact whose phone or address changed: for 72 hours the former one is still the one to call."""

    contact = models.ForeignKey("employers.Contact", models.CASCADE, related_name="changes", verbose_name=_("contact"))
    former_phone = models.CharField(_("ancien téléphone"), max_length=20, blank=True)
    former_email = models.EmailField(_("ancienne adresse"), blank=True)
    changed_at = models.DateTimeField(_("changé le"))

    class Meta:
        verbose_name = _("changement d'un contact connu")
        verbose_name_plural = _("changements de contacts connus")
        indexes = [models.Index(fields=["contact", "-changed_at"], name="contactchange_recent")]

    def __str__(self) -> str:
        return str(self.pk)


def current_spaces(actor: Actor) -> models.QuerySet[SpaceMember, dict[str, object]]:
    """Return, for a subquery, the spaces that a recruiter is a member of today."""
    mine: Any = SpaceMember.objects.unscoped("a member reads their own spaces")
    spaces: models.QuerySet[SpaceMember, dict[str, object]]
    spaces = mine.filter(user_id=actor.user_id, left_at=None).exclude(joined_at=None).values("space")
    return spaces
