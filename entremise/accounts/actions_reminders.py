"""What a territory decides about its reminders: when they leave, when waiting ends, how many an address gets."""

from django.utils.translation import gettext as _

from entremise.accounts.enums import Verb
from entremise.kernel import reminders
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib import reminders as rules
from entremise.lib.reminders import Fault, RuleRefused
from entremise.territories.models import Department

ABOUT_THE_END = {Fault.END_TOO_SOON, Fault.END_TOO_LATE}


class ReminderRefused(Exception):
    """A rule cannot be; `reason` is a sentence for the user, `field` names what to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.REMINDERS_SET, may="reminders.manage")
def set_reminders(department: Department, *, actor: Actor, name: str, days: str, expiry_days: int) -> Done:
    """Give a territory its own rule for one kind of request; what is already planned keeps its date."""
    usual = _usual(name)
    before = reminders.policy(name, department.pk)
    try:
        chosen = rules.changed(usual, rules.parse_days(days), expiry_days)
    except RuleRefused as refusal:
        field = "expiry_days" if refusal.fault in ABOUT_THE_END else "days"
        raise ReminderRefused(reminders.sentence(refusal.fault, usual), field) from refusal
    reminders.set_rule(name, department.pk, chosen, actor.user_id)
    return Done(None, data={"kind": name, "before": str(before), "after": str(chosen)}, subject=department)


@action(Verb.REMINDERS_USUAL, may="reminders.manage")
def restore_usual_reminders(department: Department, *, actor: Actor, name: str) -> Done:
    """Let a territory follow the installation's rule again for one kind of request."""
    usual = _usual(name)
    before = reminders.policy(name, department.pk)
    reminders.forget_rule(name, department.pk)
    return Done(None, data={"kind": name, "before": str(before), "after": str(usual)}, subject=department)


@action(Verb.WEEKLY_CAP_SET, may="reminders.manage")
def set_weekly_cap(department: Department, *, actor: Actor, most: int) -> Done:
    """Say how many reminders one address gets in seven days at most, whatever they are about."""
    before = reminders.weekly_cap(department.pk)
    try:
        rules.checked_cap(most)
    except RuleRefused as refusal:
        raise ReminderRefused(reminders.sentence(refusal.fault), "most") from refusal
    reminders.set_weekly_cap(department.pk, most, actor.user_id)
    return Done(None, data={"before": before, "after": most}, subject=department)


def _usual(name: str) -> rules.Policy:
    if name not in reminders.names():
        raise ReminderRefused(_("Cette sorte de demande n'existe pas."))
    return reminders.usual_policy(name)
