"""Tables about people: the pseudonymous profile, the identity kept apart, wishes, consents, acts of intermediation."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import M, ScopedQuerySet, nobody
from entremise.people import rules
from entremise.people.enums import (
    ActKind,
    ConsentKind,
    ContractKind,
    Licence,
    RevealPurpose,
    Schedule,
    Visibility,
    WorkingTime,
)
from entremise.skills.models import Occupation
from entremise.territories.models import Commune, Department


class OwnedQuerySet(ScopedQuerySet[M]):
    """Rows about one person: hers for herself, her territory's for professionals."""

    person_path = "person__"

    def scope(self, actor: Actor) -> models.Q:
        """Keep the person's own rows, or those of the professional's departments."""
        path = self.person_path
        if actor.is_professional:
            return models.Q(**{f"{path}department__in": actor.departments})
        if actor.has(Role.JOBSEEKER):
            return models.Q(**{f"{path}user_id": actor.user_id})
        return nobody()


class PersonQuerySet(OwnedQuerySet["Person"]):
    """Profiles."""

    person_path = ""


class Person(Identified):
    """A jobseeker's pseudonymous profile: no name, no contact, no address beyond the commune."""

    FRESH_MONTHS = rules.FRESH_MONTHS

    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="person", verbose_name=_("compte")
    )
    reference = models.CharField(_("référence"), max_length=12, unique=True)  # printed, spoken on the phone, in files
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("commune")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("département")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("agence")
    )
    referent = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="portfolio", verbose_name=_("conseiller référent")
    )
    mobility_km = models.PositiveSmallIntegerField(_("mobilité (km)"), default=20)
    available_on = models.DateField(_("disponible à partir du"), null=True, blank=True)
    contracts = ArrayField(models.CharField(max_length=20, choices=ContractKind.choices), default=list, blank=True)
    working_time = models.CharField(
        _("temps de travail"), max_length=10, choices=WorkingTime.choices, default=WorkingTime.ANY
    )
    schedules = ArrayField(models.CharField(max_length=20, choices=Schedule.choices), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)  # ISO 639-1
    licences = ArrayField(models.CharField(max_length=20, choices=Licence.choices), default=list, blank=True)
    validated_skill_count = models.PositiveSmallIntegerField(_("compétences validées"), default=0)  # kept by passport
    confirmed_at = models.DateTimeField(_("profil confirmé le"), null=True, blank=True)
    created_at = models.DateTimeField(_("créé le"))

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("profil")
        verbose_name_plural = _("profils")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mobility_km__gte=0, mobility_km__lte=200),
                name="person_mobility",
                violation_error_message=_("La mobilité se dit entre 0 et 200 km."),
            )
        ]
        indexes = [models.Index(fields=["department", "agency"], name="person_territory")]

    def __str__(self) -> str:
        return self.reference

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.pk


class Identity(models.Model):
    """Name and contact of a person, apart from the profile; shown by reveal with a purpose."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="identity", verbose_name=_("profil")
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("identité")
        verbose_name_plural = _("identités")
        indexes = [
            models.Index(fields=["email"], name="identity_email"),
            models.Index(fields=["phone"], name="identity_phone"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def full_name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """Return the initials shown before reveal ("A. D.")."""
        return " ".join(f"{name[0].upper()}." for name in (self.first_name, self.last_name) if name)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Wish(models.Model):
    """An occupation the person looks for, in her order of preference."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="wishes", verbose_name=_("profil"))
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="wishes", verbose_name=_("métier"))
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("métier recherché")
        verbose_name_plural = _("métiers recherchés")
        constraints = [models.UniqueConstraint(fields=["person", "occupation"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.occupation_id}"


class ConsentText(models.Model):
    """A dated, numbered text to which people consent; never changed once used."""

    kind = models.CharField(_("objet"), max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("langue"), max_length=8, default="fr")
    body = models.TextField(_("texte"))
    published_on = models.DateField(_("publié le"))

    class Meta:
        verbose_name = _("texte de consentement")
        verbose_name_plural = _("textes de consentement")
        constraints = [models.UniqueConstraint(fields=["kind", "version", "language"], name="consenttext_once")]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Consent(Identified):
    """One consent, from its date to its withdrawal; a new consent is a new row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name=_("profil"))
    kind = models.CharField(_("objet"), max_length=20, choices=ConsentKind.choices)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("texte"))
    visibility = models.CharField(
        _("visibilité"), max_length=12, choices=Visibility.choices, default=Visibility.ANONYMOUS
    )
    given_at = models.DateTimeField(_("donné le"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="consent_once",
                violation_error_message=_("Ce consentement est déjà donné."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class IntermediationAct(Identified):
    """A fact: someone brought this person nearer to a job, and whether her profile was validated then."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="acts", verbose_name=_("profil"))
    kind = models.CharField(_("nature"), max_length=20, choices=ActKind.choices)
    at = models.DateTimeField(_("le"))
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="acts", verbose_name=_("par"))
    agency = models.ForeignKey(Agency, models.SET_NULL, null=True, related_name="acts", verbose_name=_("agence"))
    establishment_id = models.UUIDField(null=True, blank=True)  # employers is a sibling domain: no foreign key
    purpose = models.CharField(_("motif"), max_length=20, choices=RevealPurpose.choices, blank=True)
    validated_skill_count = models.PositiveSmallIntegerField(_("compétences validées alors"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("acte d'intermédiation")
        verbose_name_plural = _("actes d'intermédiation")
        indexes = [
            models.Index(fields=["kind", "at"], name="act_kind"),
            models.Index(fields=["person", "kind"], name="act_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


from entremise.people import models_access, models_rights  # noqa: E402  # tables in a file of their own, that extend those above

OTHERS = (models_access, models_rights)
