"""Messages of the accounts: codes to sign in, invitations, new passwords."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils import formats
from django.utils.translation import gettext as _

from entremise.accounts import rules
from entremise.kernel.mail import Channel, Mail, absolute, message
from entremise.kernel.mail_families import Family


@message
@dataclass(frozen=True, kw_only=True)
class LoginCodeEmail(Mail):
    """The code that signs someone in, by e-mail."""

    kind = "accounts.login_code_email"
    family = Family.SERVICE
    code: str
    minutes: int = rules.CODE_MINUTES

    @property
    def subject(self) -> str:
        """Put the code first: it can be read without opening the mail."""
        return _("%(code)s est votre code de connexion") % {"code": self.code}

    @classmethod
    def example(cls) -> Self:
        """Show a code that was never given."""
        return cls(code="482915")


@message
@dataclass(frozen=True, kw_only=True)
class LoginCodeSms(Mail):
    """The code that signs someone in, by SMS."""

    kind = "accounts.login_code_sms"
    channel = Channel.SMS
    family = Family.SERVICE
    code: str
    minutes: int = rules.CODE_MINUTES

    @classmethod
    def example(cls) -> Self:
        """Show a code that was never given."""
        return cls(code="482915")


@message
@dataclass(frozen=True, kw_only=True)
class ProfessionalDoorEmail(Mail):
    """What a professional receives instead of a code: their own way in."""

    kind = "accounts.professional_door_email"
    family = Family.SERVICE
    url: str

    @property
    def subject(self) -> str:
        """Say what to do."""
        return _("Votre compte professionnel s'ouvre avec votre mot de passe")

    @classmethod
    def example(cls) -> Self:
        """Show the page of the professionals."""
        return cls(url=absolute("/connexion/professionnels/"))


@message
@dataclass(frozen=True, kw_only=True)
class Invitation(Mail):
    """The invitation to join an agency."""

    kind = "accounts.invitation"
    family = Family.SERVICE
    agency: str
    organisation: str
    role: str
    invited_by: str
    url: str
    days: int = rules.INVITATION_DAYS

    @property
    def subject(self) -> str:
        """Name the agency."""
        return _("Votre invitation à rejoindre %(agency)s") % {"agency": self.agency}

    @classmethod
    def example(cls) -> Self:
        """Show an invitation to an invented agency."""
        return cls(
            agency="Agence de Valence Centre",
            organisation="Service public de l'emploi",
            role=_("Conseiller ou conseillère à dominante entreprises"),
            invited_by="Nadia Ferrand",
            url=absolute("/connexion/invitation/exemple/"),
        )


@message
@dataclass(frozen=True, kw_only=True)
class PasswordReset(Mail):
    """The link to choose a new password."""

    kind = "accounts.password_reset"
    family = Family.SERVICE
    url: str
    hours: int = rules.PASSWORD_RESET_HOURS

    @property
    def subject(self) -> str:
        """Say what the link does."""
        return _("Choisir un nouveau mot de passe")

    @classmethod
    def example(cls) -> Self:
        """Show a link that leads nowhere."""
        return cls(url=absolute("/connexion/mot-de-passe/exemple/"))


@message
@dataclass(frozen=True, kw_only=True)
class SecurityNotice(Mail):
    """Tells the owner that the password or the second factor changed."""

    kind = "accounts.security_notice"
    family = Family.SERVICE
    what: str
    url: str

    @property
    def subject(self) -> str:
        """Say that something changed."""
        return _("Un changement de sécurité sur votre compte")

    @classmethod
    def example(cls) -> Self:
        """Show the notice of a new password."""
        return cls(what=_("Votre mot de passe a été changé."), url=absolute("/connexion/mot-de-passe-oublie/"))


@message
@dataclass(frozen=True, kw_only=True)
class NewDevice(Mail):
    """Tells the owner that the account was opened from a device never seen."""

    kind = "accounts.new_device"
    family = Family.SERVICE
    device: str
    when: str
    url: str

    @property
    def subject(self) -> str:
        """Say what happened."""
        return _("Votre compte vient d'être ouvert sur un nouvel appareil")

    @classmethod
    def example(cls) -> Self:
        """Show an opening on an invented telephone."""
        when = formats.date_format(dt.datetime(2026, 11, 24, 10, 12, tzinfo=dt.UTC), "l j F Y")
        return cls(device=_("%(browser)s sur %(system)s") % {"browser": "Firefox", "system": "Android"}, when=when,
                   url=absolute("/connexion/pas-moi/exemple/"))  # fmt: skip
