"""What recruiters receive about the certification of their space, and what the fraud contact receives."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family


@dataclass(frozen=True, slots=True)
class Decision:
    """What every one of these messages says: which establishment, which agency, until when."""

    establishment: str
    agency_name: str
    agency_phone: str
    ends_at: dt.datetime

    @classmethod
    def example(cls) -> Self:
        """Return invented facts."""
        return cls(
            "Les Jardins de Flore", "Agence de Valence", "04 75 00 00 00", dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
        )


@dataclass(frozen=True, kw_only=True)
class SpaceMail(Mail):
    """A message to a member of a space."""

    family = Family.SERVICE
    decision: Decision
    first_name: str


@message
@dataclass(frozen=True, kw_only=True)
class SpaceCertifiedMail(SpaceMail):
    """Tell the members that their space is certified, and what that opens."""

    kind = "employers.space_certified"
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre espace recruteur est certifié")

    @classmethod
    def example(cls) -> Self:
        """Return an invented certification."""
        return cls(decision=Decision.example(), first_name="Marc", url=absolute("/recruteur/"))


@message
@dataclass(frozen=True, kw_only=True)
class SpaceDocumentsMail(SpaceMail):
    """Ask to show documents, and say that none is to be sent."""

    kind = "employers.space_documents"
    documents: tuple[str, ...]

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre espace recruteur : une pièce à nous montrer")

    @classmethod
    def example(cls) -> Self:
        """Return an invented request."""
        return cls(decision=Decision.example(), first_name="Marc", documents=("extrait Kbis", "pièce d'identité"))


@message
@dataclass(frozen=True, kw_only=True)
class SpaceReminderMail(SpaceMail):
    """Tell a recruiter that nobody could reach the company; two models, with an offer that waits or without."""

    kind = "employers.space_reminder"
    offer_count: int

    @property
    def subject(self) -> str:
        """Return the subject of the model."""
        if self.offer_count:
            return _("Vos offres attendent : nous n'avons pas pu vous joindre")
        return _("Votre espace recruteur : nous n'avons pas pu vous joindre")

    @classmethod
    def example(cls) -> Self:
        """Return an invented reminder."""
        return cls(decision=Decision.example(), first_name="Marc", offer_count=2)


@message
@dataclass(frozen=True, kw_only=True)
class SpaceRefusedMail(SpaceMail):
    """Tell the members that their space is not certified; the reason only when it teaches nothing to a fraud."""

    kind = "employers.space_refused"
    reason: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre espace recruteur n'a pas été certifié")

    @classmethod
    def example(cls) -> Self:
        """Return an invented refusal."""
        reason = _("aucun contact avec l'entreprise dans les délais")
        return cls(decision=Decision.example(), first_name="Marc", reason=reason)


@message
@dataclass(frozen=True, kw_only=True)
class SpacePhishedMail(SpaceMail):
    """Tell the members of a space whose account was stolen what was done and what to do: they are the victims."""

    kind = "employers.space_phished"

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre espace recruteur est mis à l'abri")

    @classmethod
    def example(cls) -> Self:
        """Return an invented message."""
        return cls(decision=Decision.example(), first_name="Marc")


@message
@dataclass(frozen=True, kw_only=True)
class FraudReportMail(Mail):
    """Tell the fraud contact what was found; the file itself is read on the site."""

    kind = "employers.fraud_report"
    family = Family.SERVICE
    siret: str
    establishment: str
    agency_name: str
    facts: str
    is_phishing: bool
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Signalement de fraude : espace recruteur %(siret)s") % {"siret": self.siret}

    @classmethod
    def example(cls) -> Self:
        """Return an invented report."""
        return cls(
            siret="12345678900012",
            establishment="Les Jardins de Flore",
            agency_name="Agence de Valence",
            facts=_("L'entreprise n'a pas demandé cet espace ; l'offre demande un virement."),
            is_phishing=False,
            url=absolute("/conseil/espaces/"),
        )


@message
@dataclass(frozen=True, kw_only=True)
class FraudWarningMail(Mail):
    """Warn a candidate who was in touch with a recruiter that was not who they said."""

    kind = "employers.fraud_warning"
    family = Family.SERVICE
    establishment: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Soyez prudent avec une offre à laquelle vous avez répondu")

    @classmethod
    def example(cls) -> Self:
        """Return an invented warning."""
        return cls(establishment="Les Jardins de Flore")
