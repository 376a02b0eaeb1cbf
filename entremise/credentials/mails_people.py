"""Messages to the holders of badges: one ends soon."""

import dataclasses
import datetime as dt
from typing import Self

from django.utils import formats
from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class BadgeEnding(Mail):
    """Tell that a badge ends soon, and what can be done."""

    kind = "credentials.badge_ending"
    family = Family.BADGES

    badge: str
    issuer: str
    day: dt.date
    url: str

    @property
    def subject(self) -> str:
        """Say which badge and when."""
        words = {"badge": self.badge, "day": formats.date_format(self.day, "j F Y")}
        return _("Votre badge se termine le %(day)s : %(badge)s") % words

    @classmethod
    def example(cls) -> Self:
        """Return an invented reminder."""
        return cls(
            badge=_("Accueillir des clients"),
            issuer="Mission locale de la Drôme",
            day=dt.date(2027, 2, 20),
            url=absolute("/moi/badges/"),
        )
