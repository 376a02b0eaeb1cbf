"""Messages about people's files."""

import dataclasses
import datetime as dt
from typing import Self

from django.utils import formats
from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, message
from entremise.kernel.mail_families import Family
from entremise.people.enums import RevealPurpose


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class AccessQuestioned(Mail):
    """Ask those who answer for a professional why a file was opened."""

    kind = "people.access_questioned"
    family = Family.ANSWER

    reference: str
    who: str
    why: str
    when: str

    @property
    def subject(self) -> str:
        """Return the subject, without any name."""
        return _("Une personne demande pourquoi son dossier a été consulté")

    @classmethod
    def example(cls) -> Self:
        """Return an invented question."""
        return cls(
            reference="K7MA-2QXP",
            who=", ".join(("Claire M.", _("conseil aux entreprises"), "Agence de Valence")),
            why=str(RevealPurpose.PROMOTION.label),
            when=formats.date_format(dt.date(2026, 11, 24), "l j F Y"),
        )
