"""What candidates and employers receive about meetings and recommendations."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family
from entremise.reciprok.mails import EXAMPLE_URL

SOME_DAY = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC)


class About(StrEnum):
    """What happened to a meeting."""

    PROPOSED = "proposed"
    CHOSEN = "chosen"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@message
@dataclass(frozen=True, kw_only=True)
class MeetingMail(Mail):
    """Tell the candidate of moments to choose from, of the one that is fixed, or that it is cancelled."""

    kind = "reciprok.meeting"
    family = Family.ANSWER
    about: About
    first_name: str
    employer: str
    title: str
    what: str
    slots: tuple[dt.datetime, ...]
    length: str
    place: str
    words: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject: who writes, and about what."""
        told = {
            About.PROPOSED: _("%(employer)s vous propose un rendez-vous"),
            About.CHOSEN: _("Votre rendez-vous avec %(employer)s est fixé"),
            About.DECLINED: _("%(employer)s sait que ces créneaux ne vous conviennent pas"),
            About.CANCELLED: _("%(employer)s annule le rendez-vous"),
        }[self.about]
        return told % {"employer": self.employer}

    @classmethod
    def example(cls) -> Self:
        """Return an invented proposal."""
        return cls(
            about=About.PROPOSED, first_name="Awa", employer="Les Jardins de Flore", title="Cuisinier / Cuisinière",
            what=_("un entretien"), slots=(SOME_DAY, SOME_DAY + dt.timedelta(days=1)), length="30 min",
            place="12 rue des Lilas, Valence", words="Demandez Marc à l'accueil.", url=EXAMPLE_URL,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class MeetingText(MeetingMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.meeting_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""


@message
@dataclass(frozen=True, kw_only=True)
class MeetingNewsMail(Mail):
    """Tell the employer which moment the candidate chose, or that none suits."""

    kind = "reciprok.meeting_news"
    family = Family.ANSWER
    about: About
    contact_name: str
    reference: str  # of the profile: no name leaves by mail before the page is opened
    title: str
    what: str
    at: dt.datetime | None
    minutes: int
    place: str
    words: str
    calendar_url: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        told = {
            About.PROPOSED: _("Rendez-vous proposé : %(title)s"),
            About.CHOSEN: _("Rendez-vous fixé : %(title)s"),
            About.DECLINED: _("Vos créneaux ne conviennent pas : %(title)s"),
            About.CANCELLED: _("Rendez-vous annulé : %(title)s"),
        }[self.about]
        if self.about == About.DECLINED and self.at is not None:
            told = _("Rendez-vous annulé par la personne : %(title)s")
        return told % {"title": self.title}

    @classmethod
    def example(cls) -> Self:
        """Return an invented choice."""
        return cls(
            about=About.CHOSEN, contact_name="Marc Lemoine", reference="K7-2Q4", title="Cuisinier / Cuisinière",
            what=_("un entretien"), at=SOME_DAY, minutes=30, place="12 rue des Lilas, Valence", words="",
            calendar_url=EXAMPLE_URL, url=EXAMPLE_URL,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class RecommendedMail(Mail):
    """Ask the candidate whether an employer may pass her profile on to another one, who recruits."""

    kind = "reciprok.recommended"
    family = Family.ANSWER
    first_name: str
    employer: str
    target: str
    title: str
    words: str
    url: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("%(employer)s souhaite vous recommander") % {"employer": self.employer}

    @classmethod
    def example(cls) -> Self:
        """Return an invented recommendation."""
        return cls(
            first_name="Awa", employer="Les Jardins de Flore", target="Maison Garance", title="Second de cuisine",
            words="Votre calme nous a plu ; ils cherchent quelqu'un comme vous.", url=EXAMPLE_URL,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class RecommendedText(RecommendedMail):
    """The same, by SMS, for who has no e-mail address."""

    kind = "reciprok.recommended_text"
    channel = Channel.SMS

    @property
    def subject(self) -> str:
        """Return nothing: an SMS has no subject."""
        return ""
