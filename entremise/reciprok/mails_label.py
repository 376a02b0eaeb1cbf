"""What employers receive about the label: why they stay silent, a pause that comes, a contest that is settled."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, message
from entremise.kernel.mail_families import Family

EXAMPLE_URL = "https://entremise.example/recruteur/reciprok/"


@message
@dataclass(frozen=True, kw_only=True)
class WhySilentMail(Mail):
    """Ask an employer why people got no answer, and offer advice."""

    kind = "reciprok.why_silent"
    family = Family.APPLICATIONS
    is_reminder = True
    contact_name: str
    establishment: str
    silent_count: int
    agency_name: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Vos candidatures sans réponse : pouvons-nous vous aider ?")

    @classmethod
    def example(cls) -> Self:
        """Return an invented question."""
        return cls(
            contact_name="Marc Lemoine",
            establishment="Les Jardins de Flore",
            silent_count=4,
            agency_name="Agence de Valence",
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class PauseAnnouncedMail(Mail):
    """Tell an employer who answered nobody that new applications stop in a week, and what prevents it."""

    kind = "reciprok.pause_announced"
    family = Family.ANSWER
    contact_name: str
    establishment: str
    count: int
    starts_on: dt.date
    agency_name: str
    agency_phone: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(name)s : les nouvelles candidatures vont s'arrêter") % {"name": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented pause."""
        return cls(
            contact_name="Marc Lemoine",
            establishment="Les Jardins de Flore",
            count=50,
            starts_on=dt.date(2026, 11, 30),
            agency_name="Agence de Valence",
            agency_phone="04 75 00 00 00",
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class CountJudgedMail(Mail):
    """Tell a recruiter what an adviser decided on the count that they contested."""

    kind = "reciprok.count_judged"
    family = Family.ANSWER
    establishment: str
    sent_on: dt.date
    is_accepted: bool
    outcome: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre contestation : la réponse de l'agence")

    @classmethod
    def example(cls) -> Self:
        """Return an invented decision."""
        return cls(
            establishment="Les Jardins de Flore",
            sent_on=dt.date(2026, 9, 14),
            is_accepted=True,
            outcome="Vous aviez répondu par téléphone, notre collègue l'a confirmé.",
            url=EXAMPLE_URL,
        )
