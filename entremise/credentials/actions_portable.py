"""Writes of badges that other platforms bring with the person's agreement: compared, then kept or replaced."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.credentials import actions_foreign, queries_portable, rules_foreign
from entremise.credentials import rules_portable as rules
from entremise.credentials.enums import Verb
from entremise.credentials.queries_foreign import Examined
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_portable import Outcome
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.report import Verdict
from entremise.people.models import Person


@action(Verb.FOREIGN_BROUGHT, may="credentials.hold")
def receive(person: Person, *, actor: Actor, examined: Examined) -> Done:
    """Keep a badge that a platform brings, in place of the version of it that is there, unless that one is newer.

    It was verified before (`actions_foreign.examine`): that asks other sites, outside of any transaction.
    """
    found = rules.version(examined.content)
    if examined.report.verdict is Verdict.VALID and queries_portable.same_award(person, found):
        return _done(person, Outcome.UNCHANGED)
    _require(examined)
    kept = queries_portable.same_foreign(person, found)
    if any(bytes(row.body) == examined.brought.body or not found.replaces(one) for row, one in kept):
        return _done(person, Outcome.UNCHANGED)
    if not kept and person.foreign_badges.count() >= rules.MOST_KEPT:
        raise CredentialRefused(_("Ce passeport est plein : retirez-en d'abord des badges."), "given")
    skills: list[Any] = []
    for row, _version in kept:
        skills = list(row.skills.all())
        actions_foreign.remove(row, actor=actor)
    made = actions_foreign.add(person, actor=actor, examined=examined, skills=skills)
    if kept and not kept[0][0].is_shown:
        actions_foreign.show(made, actor=actor, is_shown=False)
    return _done(person, Outcome.REPLACED if kept else Outcome.CREATED)


def _require(examined: Examined) -> None:
    report = examined.report
    if not examined.may_be_kept:
        raise CredentialRefused(examined.refusal or rules_foreign.why_not(report), "given")
    if report.form is None or report.form.value not in rules.TRAVELS:
        raise CredentialRefused(_("Seuls les badges Open Badges 3.0 passent par cette interface."), "given")


def _done(person: Person, outcome: Outcome) -> Done:
    return Done(outcome, data={"outcome": outcome.value}, subject=person)
