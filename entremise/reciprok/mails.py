"""What candidates and employers receive about applications."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family

EXAMPLE_URL = "https://entremise.example/candidatures/exemple/"


@message
@dataclass(frozen=True, kw_only=True)
class AcknowledgedMail(Mail):
    """Tell the person at once that the application arrived, what it shows, and by when it ends."""

    kind = "reciprok.acknowledged"
    family = Family.ANSWER
    first_name: str
    employer: str
    title: str
    shown: tuple[str, ...]
    answer_by: dt.date
    adviser: str  # who made it with the person; empty when she did it herself
    url: str
    contest_url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre candidature est bien arrivée : %(employer)s") % {"employer": self.employer}

    @classmethod
    def example(cls) -> Self:
        """Return an invented acknowledgement."""
        return cls(
            first_name="Awa",
            employer="Les Jardins de Flore",
            title="Cuisinier / Cuisinière",
            shown=(_("3 compétences confirmées"), _("mes expériences")),
            answer_by=dt.date(2027, 1, 22),
            adviser="",
            url=EXAMPLE_URL,
            contest_url="",
        )


@message
@dataclass(frozen=True, kw_only=True)
class AcknowledgedText(AcknowledgedMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.acknowledged_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class NewsMail(Mail):
    """Tell the person where the application stands: the fact, why, the recruiter's words, what she can do now."""

    kind = "reciprok.news"
    family = Family.ANSWER
    first_name: str
    employer: str
    title: str
    fact: str
    reason: str
    words: str
    next_step: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject: who writes, and about what; never the bad news itself."""
        return _("%(employer)s : des nouvelles de votre candidature") % {"employer": self.employer}

    @classmethod
    def example(cls) -> Self:
        """Return an invented refusal."""
        return cls(
            first_name="Awa",
            employer="Les Jardins de Flore",
            title="Cuisinier / Cuisinière",
            fact=_("Votre candidature n'est pas retenue cette fois."),
            reason=_("Une autre personne a été retenue."),
            words="Merci de votre candidature, votre profil nous a plu.",
            next_step=_("Voyez ci-dessous ce que vous pouvez faire maintenant."),
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class NewsText(NewsMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.news_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


class Why(StrEnum):
    """Why an employer is written to about an inbox."""

    NEW = "new"
    REMINDER = "reminder"
    HELP = "help"
    CLOSING = "closing"


@message
@dataclass(frozen=True, kw_only=True)
class InboxMail(Mail):
    """Tell an employer of applications: new ones, ones that wait, how to answer those who remain."""

    kind = "reciprok.inbox"
    family = Family.APPLICATIONS
    contact_name: str
    title: str
    why: Why
    new_count: int
    waiting_count: int
    oldest_on: dt.date | None
    lines: tuple[str, ...]
    is_last: bool
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        if self.why is Why.NEW:
            told = ngettext(
                "%(count)d nouvelle candidature : %(title)s",
                "%(count)d nouvelles candidatures : %(title)s",
                self.new_count,
            )
            return told % {"count": self.new_count, "title": self.title}
        if self.why is Why.CLOSING:
            return _("Répondez à tous en une minute : %(title)s") % {"title": self.title}
        told = ngettext(
            "%(count)d candidat attend votre réponse : %(title)s",
            "%(count)d candidats attendent votre réponse : %(title)s",
            self.waiting_count,
        )
        return told % {"count": self.waiting_count, "title": self.title}

    @classmethod
    def example(cls) -> Self:
        """Return invented news."""
        return cls(
            contact_name="Marc Lemoine",
            title="Cuisinier / Cuisinière",
            why=Why.NEW,
            new_count=2,
            waiting_count=3,
            oldest_on=dt.date(2026, 11, 12),
            lines=("Cuisinier / Cuisinière, Valence : 3 compétences confirmées",),
            is_last=False,
            url=EXAMPLE_URL,
        )


@message
@dataclass(frozen=True, kw_only=True)
class InboxReminder(InboxMail):
    """The same, as a reminder: it is counted in the weekly cap of its reader."""

    kind = "reciprok.inbox_reminder"
    is_reminder = True

    @classmethod
    def example(cls) -> Self:
        """Return an invented reminder."""
        return cls(
            contact_name="Marc Lemoine", title="Cuisinier / Cuisinière", why=Why.REMINDER, new_count=0,
            waiting_count=3, oldest_on=dt.date(2026, 11, 12), lines=(), is_last=True, url=EXAMPLE_URL,
        )  # fmt: skip
