"""Who may do what with accounts."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency, Invitation, Membership, User
from entremise.kernel.access import Allowed, Decision, Denied, policy, register
from entremise.kernel.actors import LEADS, PROFESSIONALS, Actor, Role
from entremise.kernel.models import MailLink

MANAGERS = LEADS | {Role.ADMIN}

register("accounts.sign_in", {Role.SYSTEM})
register("accounts.create", {Role.SYSTEM})
register("mail.manage", {Role.DIRECTOR, Role.ADMIN})  # messages of the whole installation, addresses masked
register("mail.stop", {Role.MAILBOX_OWNER})


@policy("accounts.own", PROFESSIONALS | {Role.JOBSEEKER})
def own_account(actor: Actor, user: User) -> Decision:
    """Keep an account to its owner."""
    if actor.user_id == user.pk:
        return Allowed()
    return Denied(_("Ce compte n'est pas le vôtre."))


@policy("accounts.by_link", {Role.MAILBOX_OWNER})
def own_mailbox(actor: Actor, thing: User | Invitation) -> Decision:
    """Keep an invitation or an account to the bearer of the link that was sent about it."""
    if MailLink.objects.filter(pk=actor.id, target_id=thing.pk).exists():
        return Allowed()
    return Denied(_("Ce lien a été envoyé pour autre chose."))


@policy("members.view", MANAGERS)
def view_members(actor: Actor, agency: Agency) -> Decision:
    """Show the members of the manager's own agencies, or of the whole organisation to its administrators."""
    return _managed(actor, agency)


@policy("members.manage", MANAGERS)
def manage_members(actor: Actor, thing: Any) -> Decision:
    """Let a manager change the members of an agency that is theirs, but not their own membership."""
    if isinstance(thing, Membership) and thing.user_id == actor.user_id:
        return Denied(_("Vous ne pouvez pas mettre fin à votre propre accès : demandez-le à un autre responsable."))
    return _managed(actor, thing if isinstance(thing, Agency) else thing.agency)


@policy("agencies.set_hours", MANAGERS)
def set_hours(actor: Actor, agency: Agency) -> Decision:
    """Let a manager say when an agency of theirs is open."""
    return _managed(actor, agency)


def _managed(actor: Actor, agency: Agency) -> Decision:
    is_theirs = agency.pk in actor.agency_ids
    is_admins = actor.has(Role.ADMIN) and agency.organisation_id == actor.organisation_id
    if is_theirs or is_admins:
        return Allowed()
    return Denied(_("Cette agence n'est pas la vôtre."))
