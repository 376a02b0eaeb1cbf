"""What a recruiter receives about a shared diagnosis."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, message
from entremise.kernel.mail_families import Family


@message
@dataclass(frozen=True, kw_only=True)
class DiagnosisMail(Mail):
    """Share a diagnosis with the recruiter: to read, complete, approve."""

    kind = "offers.diagnosis"
    family = Family.PROMOTION
    contact_name: str
    title: str
    establishment: str
    adviser_name: str
    agency_name: str
    agency_phone: str
    until: dt.date
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre recrutement « %(title)s » : notre diagnostic partagé") % {"title": self.title}

    @classmethod
    def example(cls) -> Self:
        """Return an invented diagnosis."""
        return cls(
            contact_name="Marc Lemoine",
            title="Jardinier paysagiste",
            establishment="Les Jardins de Flore",
            adviser_name="Claire Morin",
            agency_name="Agence de Valence",
            agency_phone="04 75 00 00 00",
            until=dt.date(2027, 1, 22),
            url="https://entremise.example/diagnostic/exemple/",
        )
