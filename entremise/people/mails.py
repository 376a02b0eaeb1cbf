"""Messages about people's files."""

import dataclasses
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, message


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class AccessQuestioned(Mail):
    """Ask those who answer for a professional why a file was opened."""

    kind = "people.access_questioned"

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
            who="Claire M., conseil aux entreprises, Agence de Valence",
            why="pour une promotion auprès d'employeurs",
            when="mardi 24 novembre 2026 à 10 h 12",
        )
