"""Tables of the badges: issuers and their keys, badge classes, awards, signed forms."""

from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Organisation
from entremise.credentials import models_certificates, models_files, models_sharing, models_status, models_wallet
from entremise.credentials.enums import (
    AwardSource,
    AwardState,
    BadgeKind,
    BadgeState,
    Form,
    Framework,
    IssuerKind,
    KeyState,
    RevokeReason,
)
from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import nobody
from entremise.lib.openbadges.keys import Algorithm
from entremise.passport.enums import Assurance, Level
from entremise.people.models import OwnedQuerySet, Person
from entremise.skills.models import Skill
from entremise.territories.models import Department

OTHERS = (models_certificates, models_files, models_sharing, models_status, models_wallet)  # found through this one


class Issuer(Identified):
    """Who signs badges, known everywhere by a did:web; public."""

    slug = models.SlugField(_("nom dans les adresses"), max_length=60, unique=True)
    kind = models.CharField(_("nature"), max_length=12, choices=IssuerKind.choices)
    name = models.CharField(_("nom"), max_length=160)
    description = models.TextField(_("présentation"), blank=True)
    url = models.URLField(_("site"), blank=True)
    email = models.EmailField(_("adresse publique"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="issuers", verbose_name=_("organisation")
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="issuers", verbose_name=_("établissement")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="issuers", verbose_name=_("département")
    )
    writes_v2 = models.BooleanField(_("émet aussi en Open Badges 2.0"), default=False)
    created_at = models.DateTimeField(_("ouvert le"))
    stopped_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("émetteur de badges")
        verbose_name_plural = _("émetteurs de badges")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind=IssuerKind.PLATFORM), name="issuer_one_platform"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SigningKey(Identified):
    """A key of an issuer; the private half is sealed by the installation's own key, which is not in the database."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="keys", verbose_name=_("émetteur"))
    name = models.CharField(_("nom"), max_length=40)  # the fragment of its kid: ed25519-2026-1
    algorithm = models.CharField(_("algorithme"), max_length=6, choices=[(one.value, one.value) for one in Algorithm])
    public_jwk = models.JSONField(_("clé publique"))
    sealed = models.BinaryField(_("clé privée scellée"))
    state = models.CharField(_("état"), max_length=12, choices=KeyState.choices, default=KeyState.NEXT)
    created_at = models.DateTimeField(_("créée le"))
    active_from = models.DateTimeField(_("en service à partir du"))
    retired_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    compromised_at = models.DateTimeField(_("compromise le"), null=True, blank=True)

    class Meta:
        verbose_name = _("clé de signature")
        verbose_name_plural = _("clés de signature")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "name"], name="signingkey_name_once"),
            models.UniqueConstraint(
                fields=["issuer", "algorithm"],
                condition=models.Q(state=KeyState.ACTIVE),
                name="signingkey_one_active",
            ),
            models.UniqueConstraint(
                fields=["issuer", "algorithm"], condition=models.Q(state=KeyState.NEXT), name="signingkey_one_next"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BadgeClass(Identified):
    """One version of a badge; nothing that a badge says changes once it was published: a new version is made."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="badge_classes", verbose_name=_("émetteur"))
    series = models.UUIDField(_("badge"), default=uuid4)  # the same through all its versions, in its public address
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("titre"), max_length=400)
    description = models.TextField(_("ce que le badge dit"))
    criteria = models.TextField(_("ce qu'il faut pour l'obtenir"))
    kind = models.CharField(
        _("ce qu'il reconnaît"), max_length=30, choices=BadgeKind.choices, default=BadgeKind.COMPETENCY
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="badge_classes", verbose_name=_("compétence")
    )
    family = models.CharField(_("famille"), max_length=20, blank=True)  # the shape of its image
    language = models.CharField(_("langue"), max_length=8, default="fr")
    valid_months = models.PositiveSmallIntegerField(_("valable (mois)"), null=True, blank=True)
    is_suspendable = models.BooleanField(_("peut être suspendu"), default=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="badge_classes", verbose_name=_("territoire")
    )
    state = models.CharField(_("état"), max_length=10, choices=BadgeState.choices, default=BadgeState.DRAFT)
    created_at = models.DateTimeField(_("créé le"))
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="badgeclass_version_once"),
            models.UniqueConstraint(
                fields=["issuer", "skill"],
                condition=models.Q(state=BadgeState.PUBLISHED, kind=BadgeKind.COMPETENCY, skill__isnull=False),
                name="badgeclass_one_a_skill",
                violation_error_message=_("Vous avez déjà un badge publié pour cette compétence."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alignment(models.Model):
    """What a badge corresponds to in a referential, in a frozen version of it."""

    badge_class = models.ForeignKey(BadgeClass, models.CASCADE, related_name="alignments", verbose_name=_("badge"))
    framework = models.CharField(_("référentiel"), max_length=6, choices=Framework.choices)
    version = models.CharField(_("version"), max_length=20, blank=True)
    code = models.CharField(_("code"), max_length=200)
    name = models.CharField(_("libellé"), max_length=400)
    url = models.URLField(_("adresse"), max_length=400)

    class Meta:
        verbose_name = _("alignement")
        verbose_name_plural = _("alignements")
        constraints = [models.UniqueConstraint(fields=["badge_class", "framework", "code"], name="alignment_once")]

    def __str__(self) -> str:
        return f"{self.framework} {self.code}"


class AwardQuerySet(OwnedQuerySet["Award"]):
    """Awards: the holder's own; those that an organisation gave, for who issues; the territory's, for advisers."""

    def scope(self, actor: Actor) -> models.Q:
        """Add what the actor's own organisation awarded, when the actor issues badges."""
        if actor.has(Role.ISSUER):
            return (
                models.Q(badge_class__issuer__organisation_id=actor.organisation_id)
                if actor.organisation_id
                else nobody()
            )
        return super().scope(actor)


class Award(Identified):
    """A badge given to a person; without a person once it was erased, or as long as nobody took it."""

    badge_class = models.ForeignKey(BadgeClass, models.PROTECT, related_name="awards", verbose_name=_("badge"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="awards", verbose_name=_("profil")
    )
    public_id = models.UUIDField(_("identifiant public"), default=uuid4, unique=True)  # the credential's urn:uuid
    subject_id = models.UUIDField(_("identifiant du titulaire"), default=uuid4)  # of this award alone: links nothing
    source = models.CharField(_("provenance"), max_length=12, choices=AwardSource.choices)
    source_id = models.UUIDField(null=True, blank=True)  # the evidence, the event… ; no foreign key: it may be erased
    assurance = models.PositiveSmallIntegerField(
        _("niveau d'assurance"), choices=Assurance.choices, default=Assurance.SIGNED
    )
    origin = models.CharField(_("origine"), max_length=200, blank=True)  # the company or the organisation, as shown
    narrative = models.TextField(_("comment on le sait"), blank=True)  # written in the badge
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices, blank=True)
    awarded_on = models.DateField(_("obtenu le"))
    valid_until = models.DateTimeField(_("valable jusqu'au"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=AwardState.choices, default=AwardState.WAITING)
    reason = models.CharField(_("motif du retrait"), max_length=10, choices=RevokeReason.choices, blank=True)
    is_shown = models.BooleanField(_("montré aux autres"), default=True)
    supersedes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followers", verbose_name=_("remplace")
    )
    created_at = models.DateTimeField(_("créé le"))
    issued_at = models.DateTimeField(_("signé le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)  # revoked, declined
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)  # the last expiry reminder: 90, 30 or 7

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge remis")
        verbose_name_plural = _("badges remis")
        constraints = [
            models.UniqueConstraint(
                fields=["badge_class", "source", "source_id"],
                condition=models.Q(state__in=["offered", "waiting", "issued", "suspended"], source="validation"),
                name="award_one_a_proof",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-awarded_on"], name="award_person"),
            models.Index(fields=["source", "source_id"], name="award_source"),
            models.Index(fields=["created_at"], name="award_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID | None:
        """Return the person the journal's lines are about."""
        return self.person_id


class CredentialQuerySet(OwnedQuerySet["Credential"]):
    """Signed forms follow their award."""

    person_path = "award__person__"

    def scope(self, actor: Actor) -> models.Q:
        """Let who issues badges read no signed form: it is the person's."""
        return nobody() if actor.has(Role.ISSUER) else super().scope(actor)


class Credential(Identified):
    """One signed form of an award: the bytes that are stored are those that are served and verified."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="credentials", verbose_name=_("badge remis"))
    form = models.CharField(_("forme"), max_length=10, choices=Form.choices)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="credentials", verbose_name=_("clé"))
    body = models.BinaryField(_("contenu signé"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    created_at = models.DateTimeField(_("signé le"))

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge signé")
        verbose_name_plural = _("badges signés")
        constraints = [models.UniqueConstraint(fields=["award", "form"], name="credential_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID | None:
        """Return the person the journal's lines are about."""
        return self.award.person_id


class BadgeChoice(models.Model):
    """What a person wants done with her badges; without a row: awarded, and never put on line."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="badge_choice", verbose_name=_("profil")
    )
    declines = models.BooleanField(_("ne veut pas de badge"), default=False)
    hosts_v2 = models.BooleanField(_("accepte la mise en ligne d'Open Badges 2.0"), default=False)
    changed_at = models.DateTimeField(_("choisi le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("choix sur les badges")
        verbose_name_plural = _("choix sur les badges")

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Endorsement(Identified):
    """A signed word of one issuer about a badge class, an issuer or one award."""

    endorser = models.ForeignKey(Issuer, models.PROTECT, related_name="endorsements", verbose_name=_("qui recommande"))
    badge_class = models.ForeignKey(
        BadgeClass, models.CASCADE, null=True, blank=True, related_name="endorsements", verbose_name=_("badge")
    )
    issuer = models.ForeignKey(
        Issuer, models.CASCADE, null=True, blank=True, related_name="received_endorsements", verbose_name=_("émetteur")
    )
    award = models.ForeignKey(
        Award, models.CASCADE, null=True, blank=True, related_name="endorsements", verbose_name=_("badge remis")
    )
    text = models.TextField(_("recommandation"))
    body = models.BinaryField(_("contenu signé"))
    created_at = models.DateTimeField(_("écrite le"))
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("recommandation d'un badge")
        verbose_name_plural = _("recommandations de badges")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(badge_class__isnull=False, issuer=None, award=None)
                    | models.Q(badge_class=None, issuer__isnull=False, award=None)
                    | models.Q(badge_class=None, issuer=None, award__isnull=False)
                ),
                name="endorsement_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
