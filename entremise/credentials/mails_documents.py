"""The messages about a certificate of employment: it was written, it is hers to keep or refuse; one waits for her."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.credentials import rules
from entremise.credentials.mails import EXAMPLE_DAY
from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family


@message
@dataclass(frozen=True, kw_only=True)
class CertificateWritten(Mail):
    """Tell the person that a certificate entered her passport; where she worked is not in the message."""

    kind = "credentials.certificate_written"
    family = Family.BADGES
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Un certificat de travail est dans votre espace")

    @classmethod
    def example(cls) -> Self:
        """Show an invented certificate."""
        return cls(url=absolute("/moi/certificats/exemple/"))


@message
@dataclass(frozen=True, kw_only=True)
class CertificateOffered(Mail):
    """The link to take the certificate that an employer signed; what it says is on its page only."""

    kind = "credentials.certificate_offered"
    family = Family.BADGES
    name: str
    issuer: str
    reference: str
    url: str
    days: int = rules.CLAIM_DAYS

    @property
    def subject(self) -> str:
        """Say what it is, and from whom."""
        return _("%(issuer)s vous remet un certificat de travail") % {"issuer": self.issuer}

    @classmethod
    def example(cls) -> Self:
        """Show an invented certificate."""
        url = absolute("/badges/prendre/exemple/")
        return cls(name="Karim Benali", issuer="Maison Garance", reference="4F2A-91BC", url=url)


@message
@dataclass(frozen=True, kw_only=True)
class CertificateStillWaits(CertificateOffered):
    """The one reminder of a certificate that nobody took."""

    kind = "credentials.certificate_still_waits"
    family = Family.BADGES
    is_reminder = True
    sent_on: dt.date = EXAMPLE_DAY

    @property
    def subject(self) -> str:
        """Say that it is the same certificate."""
        return _("Votre certificat de travail vous attend encore : %(issuer)s") % {"issuer": self.issuer}
