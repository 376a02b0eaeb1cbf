"""What employers, jobseekers and advisers receive about promotions."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family
from entremise.passport.rules_card import Card, PastJob, Proof
from entremise.promotions.enums import Answer, WithdrawReason

EXAMPLE_URL = "https://entremise.example/repondre/exemple/"
EXAMPLE_CARD = Card(
    reference="K7MA-2QXP",
    occupations=("Cuisinier / Cuisinière",),
    place="Valence",
    mobility_km=20,
    is_available=True,
    contracts=("CDI",),
    jobs=(PastJob("Cuisinière", 27, dt.date(2023, 6, 30)),),
    proofs=(
        Proof("Préparer des plats chauds", 2, "Les Jardins de Flore", "chef de cuisine", dt.date(2026, 11, 12)),
        Proof("Respecter les règles d'hygiène", 2, "Les Jardins de Flore", "chef de cuisine", dt.date(2026, 11, 12)),
        Proof("Travailler en équipe", 1, "Association Tables d'hôtes", "présidente", dt.date(2026, 10, 2)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class EmployerMail(Mail):
    """Base of the messages that show a card to an employer."""

    family = Family.PROMOTION
    contact_name: str
    adviser_name: str
    agency_name: str
    agency_phone: str
    card: Card
    url: str

    @property
    def who(self) -> str:
        """Return how the person is named in a subject."""
        return self.card.name or ", ".join(self.card.occupations[:1]) or _("un profil")

    @classmethod
    def example_fields(cls) -> dict[str, object]:
        """Return invented facts shared by the examples."""
        return {
            "contact_name": "Marc Lemoine",
            "adviser_name": "Claire Morin",
            "agency_name": "Agence de Valence",
            "agency_phone": "04 75 00 00 00",
            "card": EXAMPLE_CARD,
            "url": EXAMPLE_URL,
        }


@message
@dataclass(frozen=True, kw_only=True)
class ProfileMail(EmployerMail):
    """Show a profile to an employer."""

    kind = "promotions.profile"
    message: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(agency)s vous présente un profil : %(who)s") % {"agency": self.agency_name, "who": self.who}

    @classmethod
    def example(cls) -> Self:
        """Return an invented promotion."""
        text = "Je pense à vous pour cette cuisinière, disponible tout de suite. Deux employeurs disent son sérieux."
        return cls(**cls.example_fields(), message=text)  # type: ignore[arg-type]  # facts of the right types


@message
@dataclass(frozen=True, kw_only=True)
class ReminderMail(EmployerMail):
    """Ask again, kindly, with the same link."""

    kind = "promotions.reminder"
    is_reminder = True
    sent_on: dt.date
    is_last: bool

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre avis en un clic sur un profil : %(who)s") % {"who": self.who}

    @classmethod
    def example(cls) -> Self:
        """Return an invented reminder."""
        return cls(**cls.example_fields(), sent_on=dt.date(2026, 11, 24), is_last=False)  # type: ignore[arg-type]  # idem


@message
@dataclass(frozen=True, kw_only=True)
class ReceiptMail(Mail):
    """Thank the employer, say what happens next and how to change the answer."""

    kind = "promotions.receipt"
    family = Family.SERVICE
    contact_name: str
    answer: str
    next_step: str
    agency_name: str
    agency_phone: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Merci de votre réponse")

    @classmethod
    def example(cls) -> Self:
        """Return an invented receipt."""
        return cls(
            contact_name="Marc Lemoine",
            answer=str(Answer.MEETING.label),
            next_step=_("%(who)s vous appelle sous deux jours ouvrés pour fixer le rendez-vous.")
            % {"who": "Claire Morin"},
            agency_name="Agence de Valence",
            agency_phone="04 75 00 00 00",
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class AnswerNotice(Mail):
    """Tell the adviser that an employer answered."""

    kind = "promotions.answer_notice"
    family = Family.WORK
    establishment: str
    reference: str
    answer: str
    reason: str
    word: str
    is_changed: bool
    is_good_news: bool
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(establishment)s a répondu : %(answer)s") % {
            "establishment": self.establishment,
            "answer": self.answer,
        }

    @classmethod
    def example(cls) -> Self:
        """Return an invented answer."""
        return cls(
            establishment="Les Jardins de Flore",
            reference="K7MA-2QXP",
            is_changed=False,
            is_good_news=True,
            answer=str(Answer.MEETING.label),
            reason="",
            word="Plutôt le matin.",
            url="https://entremise.example/conseil/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class StoppedNotice(Mail):
    """Tell the adviser that a promotion stopped by itself, and why."""

    kind = "promotions.stopped_notice"
    family = Family.WORK
    establishment: str
    reference: str
    reason: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Une promotion s'arrête : %(establishment)s") % {"establishment": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented stop."""
        return cls(
            establishment="Les Jardins de Flore",
            reference="K7MA-2QXP",
            reason=str(WithdrawReason.CLOSED.label),
            url="https://entremise.example/conseil/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class PromotedMail(Mail):
    """Tell the person to whom her profile was shown."""

    kind = "promotions.promoted"
    family = Family.PROMOTION_NEWS
    first_name: str
    establishments: tuple[str, ...]
    agency_name: str
    is_named: bool
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre profil a été présenté à des employeurs")

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(
            first_name="Awa",
            establishments=("Les Jardins de Flore", "Hôtel des Alpes"),
            is_named=False,
            agency_name="Agence de Valence",
            url="https://entremise.example/moi/promotions/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class PromotedText(PromotedMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "promotions.promoted_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class AnsweredMail(Mail):
    """Tell the person what an employer answered, in kind words."""

    kind = "promotions.answered"
    family = Family.PROMOTION_NEWS
    first_name: str
    establishment: str
    news: str
    next_step: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(establishment)s a répondu à propos de votre profil") % {"establishment": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented answer."""
        return cls(
            first_name="Awa",
            establishment="Les Jardins de Flore",
            news=_("Cet employeur souhaite vous rencontrer."),
            next_step=_("Votre agence vous appelle pour fixer le rendez-vous."),
            url="https://entremise.example/moi/promotions/",
        )


@message
@dataclass(frozen=True, kw_only=True)
class AnsweredText(AnsweredMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "promotions.answered_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""
