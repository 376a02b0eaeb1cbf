"""Tables of the accounts: users, organisations, agencies and their opening hours, memberships, invitations."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.enums import MemberRole, OrganisationKind
from entremise.kernel.models import Identified
from entremise.territories.models import Commune, Department


class UserManager(BaseUserManager["User"]):
    """Creates users; e-mail addresses are kept lower case."""

    def create_user(
        self, *, email: str | None = None, phone: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Create a user known by an e-mail address, a phone number (E.164) or both; no password for a jobseeker."""
        user = self.model(email=email.lower() if email else None, phone=phone or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Identified, AbstractBaseUser):
    """Someone who signs in; the name is filled for professionals and recruiters (a jobseeker's is in the vault)."""

    email = models.EmailField(_("adresse électronique"), unique=True, null=True, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(_("téléphone vérifié"), default=False)
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    language = models.CharField(_("langue"), max_length=8, default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    is_recruiter = models.BooleanField(_("recruteur"), default=False, db_default=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]  # the stubs type the base's as a class variable
    objects = UserManager()

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False),
                name="user_reachable",
                violation_error_message=_("Indiquez une adresse électronique ou un numéro de téléphone."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or str(self.pk)

    @property
    def full_name(self) -> str:
        """Return the professional's or recruiter's name, empty for a jobseeker."""
        return f"{self.first_name} {self.last_name}".strip()


class Organisation(Identified):
    """A member of the network: employment service, Cap emploi, Mission locale…"""

    kind = models.CharField(_("nature"), max_length=30, choices=OrganisationKind.choices)
    name = models.CharField(_("nom"), max_length=160, unique=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Agency(Identified):
    """A place of an organisation, with its territory and its opening hours."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agencies", verbose_name=_("organisation")
    )
    name = models.CharField(_("nom"), max_length=160)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="agencies", verbose_name=_("commune"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="agencies", verbose_name=_("département"))
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)

    class Meta:
        verbose_name = _("agence")
        verbose_name_plural = _("agences")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One half-open stretch of a weekday (0 = Monday); an agency without rows opens Mon–Thu 9–17, Fri 9–12."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="opening_hours", verbose_name=_("agence"))
    weekday = models.PositiveSmallIntegerField(_("jour"))
    opens_at = models.TimeField(_("ouvre à"))
    closes_at = models.TimeField(_("ferme à"))

    class Meta:
        verbose_name = _("horaires d'ouverture")
        verbose_name_plural = _("horaires d'ouverture")
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opening_weekday"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="opening_order"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}–{self.closes_at}"


class Membership(Identified):
    """A professional's role in an agency; territories beyond the agency's own department are added by name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("compte"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("agence"))
    role = models.CharField(_("rôle"), max_length=30, choices=MemberRole.choices)
    departments = models.ManyToManyField(
        Department, related_name="memberships", blank=True, verbose_name=_("autres départements")
    )
    started_on = models.DateField(_("depuis le"), auto_now_add=True)
    ended_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        constraints = [models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(Identified):
    """An invitation to join an agency with a role; accepted through its mail link."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="invitations", verbose_name=_("agence"))
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=30, choices=MemberRole.choices)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="invitations_sent", verbose_name=_("invité par")
    )
    created_at = models.DateTimeField(_("créée le"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True)
    revoked_at = models.DateTimeField(_("annulée le"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class SignIn(Identified):
    """One time that an account was opened, or that somebody failed to; forgotten after three months."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name=_("compte"))
    at = models.DateTimeField(_("le"))
    browser = models.CharField(_("navigateur"), max_length=20, blank=True)
    system = models.CharField(_("système"), max_length=20, blank=True)
    is_new_device = models.BooleanField(_("appareil jamais vu"), default=False)
    succeeded = models.BooleanField(_("réussie"))
    session_hash = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(_("fermée le"), null=True)

    class Meta:
        verbose_name = _("connexion")
        verbose_name_plural = _("connexions")
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_recent"),
            models.Index(fields=["at"], name="sign_in_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"
