"""Where an account is open, and who tried to open it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import CharField, Func, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from entremise.accounts.models import SignIn, User
from entremise.accounts.rules_devices import LAST_SHOWN, session_hash
from entremise.kernel import clock

SEEN_AT = "seen_at"  # in the session, in seconds


class Hash(Func):
    """The SHA-256 of a text, in hexadecimal, made by the database."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where the account is open now."""

    sign_in: SignIn
    device: str
    seen_at: dt.datetime
    is_current: bool

    @property
    def opened(self) -> str:
        """Return when it was opened, in words."""
        return moment_words(self.sign_in.at)

    @property
    def seen(self) -> str:
        """Return when it was used last, in words."""
        return moment_words(self.seen_at)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One opening of the account, or one failure, in words."""

    device: str
    at: dt.datetime
    succeeded: bool
    is_new_device: bool

    @property
    def when(self) -> str:
        """Return when it was, in words."""
        return moment_words(self.at)


def rows_of(hashes: Iterable[str]) -> QuerySet[Any]:
    """Return the sessions of these names; the keys of sessions themselves are kept nowhere else."""
    return Session.objects.annotate(name=Hash("session_key")).filter(name__in=list(hashes))


def open_sessions(user: User, session_key: str) -> list[OpenSession]:
    """Return where the account is open, this place first, then the last seen."""
    noted = {one.session_hash: one for one in SignIn.objects.filter(user=user, succeeded=True, ended_at=None)}
    current = session_hash(session_key)
    found = [
        OpenSession(
            sign_in=noted[row.name],
            device=device_words(noted[row.name].browser, noted[row.name].system),
            seen_at=_seen_at(row, noted[row.name].at),
            is_current=row.name == current,
        )
        for row in rows_of(noted).filter(expire_date__gt=clock.now())
    ]
    return sorted(found, key=lambda one: (one.is_current, one.seen_at), reverse=True)


def recent_attempts(user: User) -> list[Attempt]:
    """Return the last openings of the account and the failures, newest first."""
    rows = SignIn.objects.filter(user=user).order_by("-at")[:LAST_SHOWN]
    return [Attempt(device_words(r.browser, r.system), r.at, r.succeeded, r.is_new_device) for r in rows]


def is_open_on_a_new_device(user: User, since: dt.datetime) -> bool:
    """Tell whether the account was opened since then on a device never seen, where it still is open."""
    opened = SignIn.objects.filter(user=user, succeeded=True, is_new_device=True, at__gt=since)
    return opened.filter(ended_at=None).exists()


def device_words(browser: str, system: str) -> str:
    """Name a device as its owner knows it."""
    if browser and system:
        return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Appareil inconnu")


def moment_words(at: dt.datetime) -> str:
    """Write a day and an hour as one says them."""
    moment = clock.local(at)
    hour = formats.date_format(moment, _("G \\h i"))
    return _("%(day)s à %(hour)s") % {"day": formats.date_format(moment, "j F Y"), "hour": hour}


def _seen_at(row: Session, opened_at: dt.datetime) -> dt.datetime:
    seconds = row.get_decoded().get(SEEN_AT)
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if isinstance(seconds, int) else opened_at
