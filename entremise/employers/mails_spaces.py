"""What recruiters and agencies receive about recruiter spaces being asked for and joined."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, message
from entremise.kernel.mail_families import Family


@message
@dataclass(frozen=True, kw_only=True)
class SpaceAskedMail(Mail):
    """Tell a recruiter what happens now that their space is asked for, and when."""

    kind = "employers.space_asked"
    family = Family.SERVICE
    first_name: str
    establishment: str
    agency_name: str
    agency_phone: str
    call_by: dt.datetime
    opened_by: str  # the adviser who opened it for them, or nothing
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre espace recruteur : ce qui se passe maintenant")

    @classmethod
    def example(cls) -> Self:
        """Return an invented request."""
        return cls(
            first_name="Marc",
            establishment="Les Jardins de Flore",
            agency_name="Agence de Valence",
            agency_phone="04 75 00 00 00",
            call_by=dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC),
            opened_by="",
            url="https://entremise.example/recruteur/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class SpaceToCertifyMail(Mail):
    """Tell an agency that a recruiter space waits for it; nothing about who asked."""

    kind = "employers.space_to_certify"
    family = Family.WORK
    establishment: str
    city: str
    call_by: dt.datetime
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Espace recruteur à certifier : %(name)s") % {"name": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented request."""
        return cls(
            establishment="Les Jardins de Flore",
            city="Valence",
            call_by=dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC),
            url="https://entremise.example/conseil/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class SpaceInvitationMail(Mail):
    """Invite somebody to recruit in the name of an establishment."""

    kind = "employers.space_invitation"
    family = Family.SERVICE
    first_name: str
    invited_by: str
    establishment: str
    days: int
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Rejoignez l'espace recruteur de %(name)s") % {"name": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented invitation."""
        return cls(
            first_name="Lina",
            invited_by="Marc Lemoine",
            establishment="Les Jardins de Flore",
            days=14,
            url="https://entremise.example/recruteur/invitation/exemple/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class SecondSpaceMail(Mail):
    """Tell the ambassador of a certified space that another one was asked for; nothing about by whom."""

    kind = "employers.second_space"
    family = Family.SERVICE
    establishment: str
    agency_name: str
    agency_phone: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Un autre espace recruteur a été demandé pour %(name)s") % {"name": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(
            establishment="Les Jardins de Flore", agency_name="Agence de Valence", agency_phone="04 75 00 00 00"
        )
