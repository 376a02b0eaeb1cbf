"""Who may write in a passport."""

from typing import Any

from entremise.kernel.access import Decision, register
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.people.access import OWNER, owned, owner_or_territory
from entremise.people.models import Person


def _person(thing: Any) -> Person:
    return thing if isinstance(thing, Person) else thing.person


def _owned(actor: Actor, thing: Any) -> Decision:
    return owned(actor, _person(thing))


def _witnessed(actor: Actor, thing: Any) -> Decision:
    return owner_or_territory(actor, _person(thing))


def _evidence(actor: Actor, thing: Any) -> Decision:
    return owner_or_territory(actor, thing.held_skill.person)


register("passport.edit", OWNER, _owned)
# What others say of a skill: by their mail link, or by an adviser who called them back. Never by the person herself.
register("passport.record_evidence", ADVISERS | {Role.VALIDATOR}, _witnessed)
register("passport.hide_unconfirmed", ADVISERS | {Role.VALIDATOR}, _witnessed)
register("passport.revoke_evidence", ADVISERS | LEADS | {Role.VALIDATOR}, _evidence)
