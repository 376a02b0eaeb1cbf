"""Writes of the watch: alerts, accounts cut and given back, one day's budget raised, refused looks noted."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.accounts import actions_sessions
from entremise.accounts.models import Membership, User
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.models_vault import Alert, BudgetRaise, Cut
from entremise.people import queries_vigilance
from entremise.people.enums import Verb
from entremise.people.enums_vigilance import CutReason, Finding, Outcome, RaiseReason
from entremise.people.mails_vigilance import UnusualLooks
from entremise.people.models import Person
from entremise.people.rules_vigilance import CEILING, Sign, Signal, Weight


class WatchRefused(Exception):
    """The decision cannot be taken; `reason` is a sentence for the user, `field` the one to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.REVEAL_REFUSED, may="people.reveal")
def note_refusal(person: Person, *, actor: Actor, why: str) -> Done:
    """Leave the trace of an identity asked for and refused."""
    return Done(person, data={"why": why})


@action(Verb.LOOKS_ALERTED, may="people.alert_looks")
def alert(account: User, *, actor: Actor, signals: Sequence[Signal], cut_for: str = "") -> Done:
    """Write what is unusual, one open alert a sign; cut when told; tell those who answer for the account, once."""
    User.objects.select_for_update(no_key=True).get(pk=account.pk)
    name, now = str(account.pk), clock.now()
    known = {one.kind for one in queries_vigilance.open_alerts(name)}
    new = [signal for signal in signals if signal.sign not in known]
    Alert.objects.bulk_create([Alert(kind=s.sign, actor_id=name, at=now, data=s.figures) for s in new])
    for signal in signals:
        if signal.sign in known and signal.sign != Sign.CANARY:
            _kept(name, signal)
    is_cut = bool(cut_for) and _cut(account, cut_for)
    untold = queries_vigilance.open_alerts(name).filter(told_at=None)
    is_worth_telling = is_cut or not known or any(s.weight == Weight.STRONG for s in new) or Sign.CANARY in known
    told = _tell(account, signals, is_cut=is_cut) if untold.exists() and is_worth_telling else []
    untold.update(told_at=now)
    signs = sorted(str(signal.sign) for signal in signals)
    return Done(account, data={"signs": signs, "told": len(told), "cut": cut_for if is_cut else ""})


@action(Verb.ALERT_DISMISSED, may="people.judge_account")
def dismiss(account: User, *, actor: Actor, finding: str) -> Done:
    """Say that what an account did was normal, and why; what it does next is judged afresh."""
    if finding not in Finding.values:
        raise WatchRefused(_("Dites ce que vous avez vérifié."), "finding")
    if queries_vigilance.open_cut(str(account.pk)):
        raise WatchRefused(_("L'accès de ce compte est suspendu : rétablissez-le, ou laissez-le suspendu."))
    count = _close(account, actor, finding)
    return Done(account, data={"finding": finding, "alerts": count})


@action(Verb.ACCOUNT_CUT, may="people.judge_account")
def cut(account: User, *, actor: Actor) -> Done:
    """Show no identity to this account any more, and end its sessions."""
    if not _cut(account, CutReason.BY_LEAD):
        raise WatchRefused(_("L'accès de ce compte est déjà suspendu."))
    _close(account, actor, Outcome.CUT)
    return Done(account, data={"reason": str(CutReason.BY_LEAD)})


@action(Verb.CUT_LIFTED, may="people.judge_account")
def lift(account: User, *, actor: Actor) -> Done:
    """Show identities to this account again."""
    open_cuts = Cut.objects.select_for_update().filter(actor_id=str(account.pk), lifted_at=None)
    if not open_cuts:
        raise WatchRefused(_("L'accès de ce compte n'est pas suspendu."))
    reason = open_cuts[0].reason
    Cut.objects.filter(pk=open_cuts[0].pk).update(lifted_at=clock.now(), lifted_by=actor.id)
    _close(account, actor, Outcome.LIFTED)
    return Done(account, data={"reason": reason})


@action(Verb.BUDGET_RAISED, may="people.judge_account")
def raise_budget(account: User, *, actor: Actor, raised_to: int, reason: str) -> Done:
    """Let an account see more identities today, for a reason, never beyond the ceiling of the database."""
    if reason not in RaiseReason.values:
        raise WatchRefused(_("Dites pour quelle occasion."), "reason")
    if raised_to > CEILING:
        sentence = _("%(ceiling)s identités par jour au plus, quelle que soit l'occasion.")
        raise WatchRefused(sentence % {"ceiling": CEILING}, "raised_to")
    name = str(account.pk)
    if raised_to <= queries_vigilance.allowed_today(name):
        raise WatchRefused(_("Ce compte peut déjà consulter autant d'identités aujourd'hui."), "raised_to")
    BudgetRaise.objects.create(
        actor_id=name, day=clock.today(), raised_to=raised_to, reason=reason, by_id=actor.id, at=clock.now()
    )
    return Done(account, data={"raised_to": raised_to, "reason": reason})


def _cut(account: User, reason: str) -> bool:
    """Cut an account that is not yet, and end its sessions; tell whether this call did it."""
    _row, is_new = Cut.objects.get_or_create(
        actor_id=str(account.pk), lifted_at=None, defaults={"at": clock.now(), "reason": reason}
    )
    if is_new:
        actions_sessions.end(account)
    return is_new


def _close(account: User, actor: Actor, decision: str) -> int:
    waiting = queries_vigilance.open_alerts(str(account.pk))
    return waiting.update(closed_at=clock.now(), closed_by=actor.id, decision=str(decision))


def _kept(name: str, signal: Signal) -> None:
    """Keep the highest figures of an alert that is open already."""
    row = queries_vigilance.open_alerts(name).filter(kind=signal.sign).first()
    if row is not None and signal.figures.get("count", 0) > row.data.get("count", 0):
        row.data = dict(signal.figures)
        row.save(update_fields=["data"])


def _tell(account: User, signals: Sequence[Signal], *, is_cut: bool) -> list[str]:
    addresses = queries_vigilance.told_about(account)
    with override(settings.LANGUAGE_CODE):  # its words go into mails to the agency
        facts: dict[str, Any] = {
            "who": _signature(account),
            "sentences": tuple(queries_vigilance.said(s.sign, s.figures) for s in signals),
            "is_cut": is_cut,
            "url": mail.absolute(reverse("access_security")),
        }
    for address in addresses:
        mail.send(UnusualLooks(**facts), to=address, about=account)
    return addresses


def _signature(account: User) -> str:
    name = f"{account.first_name} {account.last_name[:1].upper()}.".strip()
    membership = Membership.objects.filter(user=account, ended_on=None).select_related("agency").first()
    if membership is None:
        return name
    return ", ".join((name, str(membership.get_role_display()), membership.agency.name))
