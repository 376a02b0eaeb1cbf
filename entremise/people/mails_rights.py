"""Messages about people's rights: an unused account, a decision about a consent."""

import dataclasses
import datetime as dt
from typing import Self

from django.utils import formats
from django.utils.translation import gettext as _

from entremise.kernel.mail import Channel, Mail, message
from entremise.kernel.mail_families import Family


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class ErasureSoon(Mail):
    """Tell that an unused account will be erased, and that opening it is enough to keep it."""

    kind = "people.erasure_soon"
    family = Family.ANSWER  # the law asks for it: nobody stops it

    day: dt.date

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Votre compte sera effacé le %(day)s") % {"day": formats.date_format(self.day, "j F Y")}

    @classmethod
    def on(cls, day: dt.date) -> Self:
        """Return the message for a day."""
        return cls(day=day)

    @classmethod
    def example(cls) -> Self:
        """Return an invented warning."""
        return cls(day=dt.date(2026, 12, 24))


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class ErasureSoonSms(ErasureSoon):
    """The same, for who gave a telephone only."""

    kind = "people.erasure_soon_sms"
    channel = Channel.SMS


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class ConsentReceipt(Mail):
    """Give a person the receipt of her consent, or of its withdrawal, with the exact text."""

    kind = "people.consent_receipt"
    family = Family.SERVICE

    number: str
    is_given: bool
    is_named: bool
    version: int
    published_on: dt.date
    body: str
    at: str

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Reçu de votre accord") if self.is_given else _("Reçu du retrait de votre accord")

    @classmethod
    def example(cls) -> Self:
        """Return an invented receipt."""
        return cls(
            number="019a9e1c-6a5e-7c11-8b1d-0f2a9c3e4d5f",
            is_given=True,
            is_named=False,
            version=2,
            published_on=dt.date(2026, 11, 22),
            body=_("Vous nous autorisez à présenter votre profil à des employeurs qui recrutent près de chez vous."),
            at=formats.date_format(dt.date(2026, 11, 24), "l j F Y"),
        )
