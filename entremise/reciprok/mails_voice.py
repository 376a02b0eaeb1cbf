"""What is written about answers back, contested applications, ratings and reports."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family

INBOX_URL = "https://entremise.example/candidatures/exemple/"
TEAM_URL = "https://entremise.example/conseil/candidatures/exemple/"
HER_URL = "https://entremise.example/mes-candidatures/exemple/"
TITLE = "Cuisinier / Cuisinière"
PLACE = "Les Jardins de Flore"


@message
@dataclass(frozen=True, kw_only=True)
class ReplyMail(Mail):
    """Tell an employer that a candidate answered them; the words are read on their page."""

    kind = "reciprok.reply"
    family = Family.APPLICATIONS
    contact_name: str
    title: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Un candidat vous a répondu : %(title)s") % {"title": self.title}

    @classmethod
    def example(cls) -> Self:
        """Return an invented answer back."""
        return cls(contact_name="Marc Lemoine", title=TITLE, url=INBOX_URL)


@message
@dataclass(frozen=True, kw_only=True)
class ReplyTeamMail(Mail):
    """Tell the agency that a candidate answered an employer."""

    kind = "reciprok.reply_team"
    family = Family.WORK
    reference: str
    establishment: str
    title: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Profil %(reference)s : réponse à %(name)s") % {
            "reference": self.reference, "name": self.establishment
        }  # fmt: skip

    @classmethod
    def example(cls) -> Self:
        """Return an invented answer back."""
        return cls(reference="EX-0001", establishment=PLACE, title=TITLE, url=TEAM_URL)


@message
@dataclass(frozen=True, kw_only=True)
class ApplicationContestedMail(Mail):
    """Tell an adviser and the agency that somebody did not want an application made with them."""

    kind = "reciprok.application_contested"
    family = Family.WORK
    reference: str
    establishment: str
    title: str
    sent_on: dt.date
    words: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Profil %(reference)s : la personne ne voulait pas cette candidature") % {"reference": self.reference}

    @classmethod
    def example(cls) -> Self:
        """Return an invented contest."""
        return cls(
            reference="EX-0001", establishment=PLACE, title=TITLE, sent_on=dt.date(2026, 11, 12),
            words="J'avais dit que ce trajet était trop long.", url=TEAM_URL,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class RatingJudgedMail(Mail):
    """Tell a person why her words about a recruitment are not published."""

    kind = "reciprok.rating_judged"
    family = Family.ANSWER
    first_name: str
    employer: str
    why: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre avis sur un recrutement : il n'est pas publié")

    @classmethod
    def example(cls) -> Self:
        """Return an invented decision."""
        return cls(first_name="Awa", employer=PLACE, why="Votre avis nomme une personne de l'équipe.", url=HER_URL)


@message
@dataclass(frozen=True, kw_only=True)
class RatingJudgedText(RatingJudgedMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.rating_judged_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class ReportTeamMail(Mail):
    """Tell the agency of a report that cannot wait: money is asked for, or the job does not exist."""

    kind = "reciprok.report_team"
    family = Family.WORK
    establishment: str
    what: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Signalement urgent : %(name)s") % {"name": self.establishment}

    @classmethod
    def example(cls) -> Self:
        """Return an invented report."""
        return cls(establishment=PLACE, what=_("on me demande de l'argent ou des codes"), url=TEAM_URL)


@message
@dataclass(frozen=True, kw_only=True)
class ReportJudgedMail(Mail):
    """Tell a person what came of her report."""

    kind = "reciprok.report_judged"
    family = Family.ANSWER
    first_name: str
    employer: str
    is_upheld: bool
    is_flipped: bool  # the refusal counts as a silence from now on
    outcome: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre signalement : la réponse de l'agence")

    @classmethod
    def example(cls) -> Self:
        """Return an invented decision."""
        return cls(
            first_name="Awa", employer=PLACE, is_upheld=True, is_flipped=True,
            outcome="La réponse reçue ne disait rien : elle ne compte plus comme une réponse.", url=HER_URL,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class ReportJudgedText(ReportJudgedMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.report_judged_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class EmployerReportJudgedMail(Mail):
    """Tell an employer what came of their report, or that one of their answers is not counted any more."""

    kind = "reciprok.employer_report_judged"
    family = Family.ANSWER
    contact_name: str
    title: str
    sent_on: dt.date
    is_theirs: bool
    is_upheld: bool
    outcome: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        if self.is_theirs:
            return _("Votre signalement : la réponse de l'agence")
        return _("Une de vos réponses ne compte plus : %(title)s") % {"title": self.title}

    @classmethod
    def example(cls) -> Self:
        """Return an answer that counts as a silence."""
        return cls(
            contact_name="Marc Lemoine", title=TITLE, sent_on=dt.date(2026, 11, 12), is_theirs=False, is_upheld=True,
            outcome="La réponse « ok ok » ne dit rien à la personne.", url=INBOX_URL,
        )  # fmt: skip
