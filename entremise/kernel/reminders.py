"""The one reminder policy: each kind of request asks here when it writes again, and whether an address had enough.

A territory's own rule comes first, else the installation's. A department is a code.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from entremise.kernel import clock, mail, suppression
from entremise.kernel.models import OutboxMessage
from entremise.kernel.models_reminders import ReminderRule, WeeklyCap
from entremise.lib import reminders as rules
from entremise.lib.reminders import FLOOR_DAYS, LARGEST_CAP, MOST_PER_WEEK, WEEK, Fault, Policy

NOT_RECEIVED = (OutboxMessage.State.CANCELLED, OutboxMessage.State.SUPPRESSED, OutboxMessage.State.FAILED)


class PutOff(Exception):
    """A reminder is due, but its reader had enough this week or wants a pause: it waits until then."""

    def __init__(self, until_at: dt.datetime) -> None:
        super().__init__(until_at.isoformat())
        self.until_at = until_at


@dataclass(frozen=True, slots=True)
class Described:
    """A policy and the words that say what it is about and what stops it."""

    name: str
    title: Any
    stops: Any
    policy: Policy
    usual: Policy  # the installation's
    is_own: bool = False  # the territory's own


_WORDS: dict[str, tuple[Any, Any]] = {
    "validations": (
        _("Demandes de confirmation de compétences"),
        _("Ils s'arrêtent dès que le contact répond ou refuse, ou que la personne retire sa demande."),
    ),
    "promotions": (
        _("Profils présentés aux employeurs"),
        _("Ils s'arrêtent dès que l'employeur répond, ou que la personne retire son accord."),
    ),
    "applications": (
        _("Candidatures envoyées aux employeurs"),
        _("Ils s'arrêtent dès que l'employeur répond, ou que la personne retire sa candidature."),
    ),
    "badges": (
        _("Badges proposés par leur émetteur"),
        _("Ils s'arrêtent dès que la personne prend le badge, ou que l'émetteur le retire."),
    ),
}
SENTENCES: dict[Fault, Any] = {
    Fault.UNREADABLE: _("Écrivez des nombres de jours séparés par des virgules, par exemple : 7, 14."),
    Fault.TOO_MANY: _("Nombre de rappels au plus pour ces demandes : %(most)d."),
    Fault.UNORDERED: _("Écrivez les jours dans l'ordre, du premier rappel au dernier."),
    Fault.FIRST_TOO_SOON: _("Le premier rappel part au moins %(floor)d jours après l'envoi."),
    Fault.TOO_CLOSE: _("Deux rappels sont séparés d'au moins %(floor)d jours."),
    Fault.END_TOO_SOON: _("L'attente se termine au moins %(floor)d jours après le dernier message."),
    Fault.END_TOO_LATE: _("L'attente se termine au plus %(longest)d jours après l'envoi."),
    Fault.CAP: _("Choisissez entre 1 et %(cap)d rappels par semaine."),
}


def policy(name: str, department: str = "") -> Policy:
    """Return the policy of one kind of request: the territory's own when it has one, else the installation's."""
    usual = usual_policy(name)
    rule = ReminderRule.objects.filter(department=department, name=name).first() if department else None
    return _of(rule, usual) if rule else usual


def usual_policy(name: str) -> Policy:
    """Return the installation's policy for one kind of request."""
    found: Policy = settings.MAILING.reminders[name]
    return found


def names() -> list[str]:
    """Return the kinds of requests that are recalled."""
    return list(_WORDS)


def all_policies(department: str = "") -> list[Described]:
    """Return every policy with its words, as one territory has them, for the managers' page."""
    own = {rule.name: rule for rule in ReminderRule.objects.filter(department=department)} if department else {}
    found = []
    for name, (title, stops) in _WORDS.items():
        usual, rule = usual_policy(name), own.get(name)
        found.append(Described(name, title, stops, _of(rule, usual) if rule else usual, usual, rule is not None))
    return found


def sentence(fault: Fault, usual: Policy | None = None) -> str:
    """Say why a rule cannot be, in the active language."""
    limits = {"floor": FLOOR_DAYS, "cap": LARGEST_CAP}
    if usual is not None:
        limits |= {"most": usual.most, "longest": usual.longest_days}
    return str(SENTENCES[fault]) % limits


def set_rule(name: str, department: str, chosen: Policy, by_id: UUID | None) -> None:
    """Keep a territory's own rule, checked before."""
    facts = {"days": list(chosen.days), "expiry_days": chosen.expiry_days}
    ReminderRule.objects.update_or_create(
        department=department, name=name, defaults={**facts, "changed_at": clock.now(), "changed_by_id": by_id}
    )


def forget_rule(name: str, department: str) -> None:
    """Let a territory follow the installation again."""
    ReminderRule.objects.filter(department=department, name=name).delete()


def weekly_cap(department: str = "") -> int:
    """Return how many reminders one address gets in seven days at most."""
    own = WeeklyCap.objects.filter(department=department).values_list("most_per_week", flat=True).first()
    return own or MOST_PER_WEEK


def set_weekly_cap(department: str, most: int, by_id: UUID | None) -> None:
    """Keep a territory's own cap, checked before; the usual one is kept as none."""
    if most == MOST_PER_WEEK:
        WeeklyCap.objects.filter(department=department).delete()
        return
    WeeklyCap.objects.update_or_create(
        department=department,
        defaults={"most_per_week": most, "changed_at": clock.now(), "changed_by_id": by_id},
    )


def is_capped(recipient: str, department: str, now: dt.datetime) -> bool:
    """Tell whether an address had enough reminders in the last seven days, whatever they were about."""
    return free_at(recipient, department, now) is not None


def free_at(recipient: str, department: str, now: dt.datetime) -> dt.datetime | None:
    """Return when an address that had enough reminders may get one more, None when it may now."""
    kinds, spellings = mail.reminder_kinds(), {recipient, recipient.strip().lower()}
    rows = OutboxMessage.objects.filter(recipient__in=spellings, kind__in=kinds, created_at__gt=now - WEEK)
    written = rows.exclude(state__in=NOT_RECEIVED).values_list("created_at", flat=True)
    return rules.free_at(list(written), weekly_cap(department), now)


def require_turn(recipient: str, department: str, now: dt.datetime) -> None:
    """Raise PutOff when an address had enough, or is in pause.

    Until the end of the transaction, nobody else writes a reminder to it: two at once would both see room.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended('reminders ' || %s, 0))", [recipient.strip().lower()]
        )
    moments = [suppression.paused_until(recipient), free_at(recipient, department, now)]
    later = [moment for moment in moments if moment is not None]
    if later:
        raise PutOff(max(later))


def _of(rule: ReminderRule, usual: Policy) -> Policy:
    return replace(usual, days=tuple(rule.days), expiry_days=rule.expiry_days)
