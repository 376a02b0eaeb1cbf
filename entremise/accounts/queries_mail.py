"""The accounts of the mail, for managers: what left, what waits, what failed and what to do about it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from entremise.kernel import clock, mail, suppression
from entremise.kernel.actors import Actor
from entremise.kernel.mail_families import Family
from entremise.kernel.models import OutboxMessage
from entremise.kernel.models_mail import Suppression
from entremise.kernel.relay import last_sign

State = OutboxMessage.State
DAYS = 14
SHOWN = 50
SILENT = dt.timedelta(minutes=2)
GATEWAY = _("La passerelle ou le serveur a refusé pour l'instant, huit fois. Vérifiez son état, puis renvoyez.")
ADVICE: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("bounce", "550 5.1", "5.1.", "551", "553"), _("L'adresse n'existe pas. Demandez la bonne à la personne.")),
    (("5.2.1",), _("La boîte est fermée. Demandez une autre adresse à la personne.")),
    (("5.2.2", "552"), _("La boîte est pleine. Appelez la personne, ou renvoyez dans quelques jours.")),
    (("5.7", "554"), _("Le serveur du destinataire refuse nos messages. Vérifiez SPF, DKIM et DMARC.")),
    (("complaint",), _("La personne a signalé nos messages comme indésirables. Ne renvoyez pas : appelez-la.")),
    (("BadHeader", "ValueError"), _("L'adresse ou l'objet est mal écrit. Corrigez la fiche, puis recommencez.")),
)


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """How many messages of one family, by state."""

    family: Family
    by_state: dict[str, int]

    @property
    def cells(self) -> list[int]:
        """Return one number a state, in the order of the columns."""
        return [self.by_state.get(state, 0) for state in COLUMNS]


COLUMNS = (State.SENT, State.WAITING, State.HANDED, State.HELD, State.FAILED, State.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a manager sees it: nobody's address in full."""

    pk: UUID
    kind: str
    family: str
    recipient: str
    channel: str
    state: str
    created_at: dt.datetime
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class RelaySign:
    """Whether the relay lives, and what it suffers from."""

    is_used: bool
    at: dt.datetime | None
    is_silent: bool
    error: str


def counts(actor: Actor) -> list[FamilyCount]:
    """Return how many messages were written lately, by family and state."""
    since = clock.now() - dt.timedelta(days=DAYS)
    rows = OutboxMessage.objects.filter(created_at__gt=since).values_list("kind", "state").annotate(n=Count("pk"))
    found: dict[Family, Counter[str]] = {}
    for kind, state, count in rows:
        found.setdefault(mail.family_of(kind), Counter())[state] += count
    return [FamilyCount(family, dict(found[family])) for family in Family if family in found]


def by_day(actor: Actor) -> list[tuple[dt.date, int]]:
    """Return how many messages left each day, the newest day first."""
    since = clock.now() - dt.timedelta(days=DAYS)
    rows = OutboxMessage.objects.filter(state=State.SENT, sent_at__gt=since)
    return list(rows.annotate(day=TruncDate("sent_at")).values_list("day").annotate(n=Count("pk")).order_by("-day"))


def held(actor: Actor) -> list[Shown]:
    """Return the messages that wait for a person's decision, the oldest first."""
    return [_shown(one) for one in OutboxMessage.objects.filter(state=State.HELD).order_by("created_at")[:SHOWN]]


def failed(actor: Actor) -> list[Shown]:
    """Return the messages given up lately, the newest first."""
    since = clock.now() - dt.timedelta(days=DAYS)
    rows = OutboxMessage.objects.filter(state__in=[State.FAILED, State.SUPPRESSED], created_at__gt=since)
    return [_shown(one) for one in rows.order_by("-created_at")[:SHOWN]]


def message(pk: UUID, actor: Actor) -> OutboxMessage | None:
    """Return one message."""
    return OutboxMessage.objects.filter(pk=pk).first()


def stopped(actor: Actor) -> list[Suppression]:
    """Return the addresses that get nothing any more, the newest first."""
    return list(suppression.known(limit=SHOWN))


def stopped_one(pk: UUID, actor: Actor) -> Suppression | None:
    """Return one stopped address."""
    return Suppression.objects.filter(pk=pk).first()


def shown(messages: list[OutboxMessage]) -> list[Shown]:
    """Return messages as a manager sees them."""
    return [_shown(one) for one in messages]


def relay_sign() -> RelaySign:
    """Return the relay's last sign of life."""
    at, error = last_sign(settings.SPOOL)
    moment = dt.datetime.fromtimestamp(at, dt.UTC) if at else None
    is_silent = moment is None or clock.now() - moment > SILENT
    return RelaySign(settings.SMTP_CONFIGURED and not settings.DEMO, moment, is_silent, error)


def _shown(one: OutboxMessage) -> Shown:
    return Shown(
        one.pk, one.kind, str(mail.family_of(one.kind).label), suppression.masked(one.recipient),
        one.get_channel_display(), one.state, one.created_at, one.last_error, _advice(one),
    )  # fmt: skip


def _advice(one: OutboxMessage) -> str:
    if one.last_error == Suppression.Reason.OPPOSITION:
        return str(_("La personne a arrêté ces messages. Ne renvoyez pas."))
    if one.state not in (State.FAILED, State.SUPPRESSED):
        return ""
    found = next((advice for marks, advice in ADVICE if any(mark in one.last_error for mark in marks)), GATEWAY)
    return str(found)
