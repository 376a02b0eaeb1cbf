"""The message about a certificate of employment: it was written, it is hers to keep or refuse."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

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
