"""Messages about badges: one waits for you, it still waits, what became of one you hold."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from entremise.credentials import rules
from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family

EXAMPLE_DAY = dt.date(2026, 11, 9)


@message
@dataclass(frozen=True, kw_only=True)
class BadgeOffered(Mail):
    """The link to take a badge that an issuer gives."""

    kind = "credentials.badge_offered"
    family = Family.BADGES
    name: str
    badge: str
    issuer: str
    how: str
    reference: str
    url: str
    days: int = rules.CLAIM_DAYS

    @property
    def subject(self) -> str:
        """Name the badge and who gives it."""
        return _("%(issuer)s vous remet un badge : %(badge)s") % {"issuer": self.issuer, "badge": self.badge}

    @classmethod
    def example(cls) -> Self:
        """Show an invented badge."""
        return cls(
            name="Karim Benali",
            badge=_("Accueillir des clients"),
            issuer="Mission locale de la Drôme",
            how=_("Vu en situation pendant la session de novembre."),
            reference="4F2A-91BC",
            url=absolute("/badges/prendre/exemple/"),
        )


@message
@dataclass(frozen=True, kw_only=True)
class BadgeStillWaits(BadgeOffered):
    """The one reminder of a badge that nobody took."""

    kind = "credentials.badge_still_waits"
    family = Family.BADGES
    is_reminder = True
    sent_on: dt.date = EXAMPLE_DAY

    @property
    def subject(self) -> str:
        """Say that it is the same badge."""
        return _("Votre badge vous attend encore : %(badge)s") % {"badge": self.badge}


@message
@dataclass(frozen=True, kw_only=True)
class BadgeMoved(Mail):
    """Tells the holder that a badge was suspended, holds again, was renewed or withdrawn, and why."""

    kind = "credentials.badge_moved"
    family = Family.BADGES
    badge: str
    issuer: str
    reference: str
    what: str  # suspended, resumed, renewed, revoked
    why: str = ""
    contact: str = ""
    url: str = ""

    @property
    def subject(self) -> str:
        """Say what happened to the badge."""
        sentences = {
            "suspended": _("Votre badge est suspendu : %(badge)s"),
            "resumed": _("Votre badge est de nouveau valable : %(badge)s"),
            "renewed": _("Votre badge est renouvelé : %(badge)s"),
            "revoked": _("Votre badge a été retiré : %(badge)s"),
        }
        return sentences[self.what] % {"badge": self.badge}

    @classmethod
    def example(cls) -> Self:
        """Show an invented withdrawal."""
        return cls(
            badge=_("Accueillir des clients"),
            issuer="Mission locale de la Drôme",
            reference="4F2A-91BC",
            what="revoked",
            why=_("remis par erreur"),
            contact="badges@exemple.fr",
            url=absolute("/moi/badges/"),
        )
