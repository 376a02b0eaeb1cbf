"""What the validator and the person receive."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family
from entremise.validations.enums import Verdict
from entremise.validations.models import Request

EXAMPLE_DAY = date(2026, 12, 23)
EXAMPLE_URL = "https://entremise.example/valider/exemple/"
EXAMPLE_PAGE = "https://entremise.example/moi/validations/exemple/"


@message
@dataclass(frozen=True, kw_only=True)
class RequestMail(Mail):
    """Ask a contact: did this person do that in your team?"""

    kind = "validations.request"
    family = Family.VALIDATION_REQUEST
    contact_name: str
    first_name: str
    job: str
    employer: str
    started_on: date
    ended_on: date | None
    skills: tuple[str, ...]
    word: str
    expires_on: date
    url: str
    forwarded_by: str = ""

    @classmethod
    def of(
        cls, asked: Request, *, first_name: str, skills: tuple[str, ...], expires_on: date, url: str, **more: Any
    ) -> Self:
        """Write the message of a request: first name, job and dates, nothing more about the person."""
        experience = asked.experience
        return cls(
            contact_name=asked.contact_name,
            first_name=first_name,
            job=experience.title,
            employer=employer_of(asked),
            started_on=experience.started_on,
            ended_on=experience.ended_on,
            skills=skills,
            word=asked.message,
            expires_on=expires_on,
            url=url,
            **more,
        )

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(name)s dit avoir travaillé avec vous : pouvez-vous confirmer ?") % {"name": self.first_name}

    @classmethod
    def example(cls) -> Self:
        """Return an invented request."""
        return cls(
            contact_name="Marc Lemoine",
            first_name="Awa",
            job="Cuisinière",
            employer="Les Jardins de Flore",
            started_on=date(2021, 3, 1),
            ended_on=date(2023, 6, 30),
            skills=("Préparer des entrées et des desserts", "Respecter les règles d'hygiène", "Travailler en équipe"),
            word="Bonjour Marc, je cherche un poste de cuisinière à Valence. Merci de votre aide !",
            expires_on=EXAMPLE_DAY,
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class ReminderMail(RequestMail):
    """Remind a contact, with the same link."""

    kind = "validations.reminder"
    is_reminder = True
    sent_on: date
    is_from_person: bool = False
    is_last: bool = False

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(name)s attend toujours votre réponse : deux clics suffisent") % {"name": self.first_name}

    @classmethod
    def example(cls) -> Self:
        """Return an invented reminder."""
        return cls(
            contact_name="Marc Lemoine",
            first_name="Awa",
            job="Cuisinière",
            employer="Les Jardins de Flore",
            started_on=date(2021, 3, 1),
            ended_on=None,
            skills=("Préparer des entrées et des desserts",),
            word="",
            expires_on=EXAMPLE_DAY,
            url=EXAMPLE_URL,
            sent_on=date(2026, 11, 23),
        )


@message
@dataclass(frozen=True, kw_only=True)
class ReceiptMail(Mail):
    """Thank the validator, say what was recorded and until when it may be rectified."""

    kind = "validations.receipt"
    family = Family.SERVICE
    contact_name: str
    first_name: str
    confirmed: tuple[str, ...]
    is_rectified: bool
    until: date
    url: str

    @classmethod
    def of(cls, asked: Request, *, first_name: str, is_rectified: bool, until: date, url: str) -> Self:
        """Write the receipt of an answer."""
        lines = asked.skills.select_related("skill").filter(verdict=Verdict.CONFIRMED).order_by("skill__label")
        return cls(
            contact_name=asked.contact_name,
            first_name=first_name,
            confirmed=tuple(line.skill.label for line in lines),
            is_rectified=is_rectified,
            until=until,
            url=url,
        )

    @property
    def subject(self) -> str:
        """Return the subject."""
        if self.is_rectified:
            return _("Votre réponse pour %(name)s est rectifiée") % {"name": self.first_name}
        return _("Merci d'avoir répondu pour %(name)s") % {"name": self.first_name}

    @classmethod
    def example(cls) -> Self:
        """Return an invented receipt."""
        return cls(
            contact_name="Marc Lemoine",
            first_name="Awa",
            confirmed=("Travailler en équipe",),
            is_rectified=False,
            until=EXAMPLE_DAY,
            url=EXAMPLE_URL,
        )


def employer_of(asked: Request) -> str:
    """Return the name under which the contact knows the place of the experience."""
    experience = asked.experience
    name = experience.establishment.name if experience.establishment else experience.employer_name
    return name or asked.establishment.name


@dataclass(frozen=True, kw_only=True)
class PersonNotice(Mail):
    """Base of the notices to the person about one of her requests."""

    family = Family.VALIDATION_NEWS
    contact_name: str
    employer: str
    url: str

    @classmethod
    def of(cls, asked: Request, *, url: str, **more: Any) -> Self:
        """Write a notice about a request."""
        return cls(contact_name=asked.contact_name, employer=employer_of(asked), url=url, **more)

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(contact_name="Marc Lemoine", employer="Les Jardins de Flore", url=EXAMPLE_PAGE)


@message
@dataclass(frozen=True, kw_only=True)
class AnsweredMail(PersonNotice):
    """Tell the person that her contact answered."""

    kind = "validations.answered"
    confirmed_count: int = 3
    added_count: int = 1
    badge_count: int = 4

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(name)s a répondu à votre demande") % {"name": self.contact_name}


@message
@dataclass(frozen=True, kw_only=True)
class DeclinedMail(PersonNotice):
    """Tell the person that her contact will not answer; the reason stays between the contact and the service."""

    kind = "validations.declined"
    is_wrong_address: bool = False

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(name)s ne répondra pas à votre demande") % {"name": self.contact_name}


@message
@dataclass(frozen=True, kw_only=True)
class ExpiredMail(PersonNotice):
    """Tell the person that nobody answered in time."""

    kind = "validations.expired"

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre demande à %(name)s est restée sans réponse") % {"name": self.contact_name}


@message
@dataclass(frozen=True, kw_only=True)
class BouncedMail(PersonNotice):
    """Tell the person that the address does not work."""

    kind = "validations.bounced"

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre demande à %(name)s n'a pas pu être remise") % {"name": self.contact_name}


@message
@dataclass(frozen=True, kw_only=True)
class EstablishmentClosedMail(PersonNotice):
    """Tell the person that the establishment closed before the answer."""

    kind = "validations.establishment_closed"

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(employer)s a fermé : votre demande s'arrête là") % {"employer": self.employer}


@message
@dataclass(frozen=True, kw_only=True)
class SetAsideMail(PersonNotice):
    """Tell the person that the answers from an address were set aside after a check; nobody is accused."""

    kind = "validations.set_aside"
    had_answer: bool = True

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre demande à %(name)s a été vérifiée et s'arrête là") % {"name": self.contact_name}


@message
@dataclass(frozen=True, kw_only=True)
class NoticeSms(Mail):
    """Tell a person without e-mail that one of her requests moved."""

    kind = "validations.notice_sms"
    channel = Channel.SMS
    family = Family.VALIDATION_NEWS
    contact_name: str
    url: str

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(contact_name="Marc Lemoine", url=EXAMPLE_PAGE)
