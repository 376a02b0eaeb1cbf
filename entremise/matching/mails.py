"""What jobseekers and employers' contacts receive about the matching."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family
from entremise.matching.enums_contest import ContestVerdict


@message
@dataclass(frozen=True, kw_only=True)
class ContestAnsweredMail(Mail):
    """Tell a person what somebody found about the result she contested."""

    kind = "matching.contest_answered"
    family = Family.ANSWER
    first_name: str
    verdict: ContestVerdict
    answer: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Une réponse à votre contestation")

    @classmethod
    def example(cls) -> Self:
        """Return an invented answer."""
        return cls(
            first_name="Awa",
            verdict=ContestVerdict.CORRECTED,
            answer="Vous aviez raison : votre permis n'était pas compté. Il l'est maintenant.",
            url="https://entremise.example/moi/contester/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class ContestAnsweredText(ContestAnsweredMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "matching.contest_answered_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class ProfilesMail(Mail):
    """Open the search of anonymous profiles to an employer's contact."""

    kind = "matching.profiles"
    family = Family.PROMOTION
    contact_name: str
    establishment: str
    adviser_name: str
    agency_name: str
    agency_phone: str
    until: dt.date
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(agency)s vous ouvre la recherche de profils") % {"agency": self.agency_name}

    @classmethod
    def example(cls) -> Self:
        """Return an invented opening."""
        return cls(
            contact_name="Marc Lemoine",
            establishment="Les Jardins de Flore",
            adviser_name="Claire Morin",
            agency_name="Agence de Valence",
            agency_phone="04 75 00 00 00",
            until=dt.date(2026, 12, 22),
            url="https://entremise.example/profils/exemple/",
        )
