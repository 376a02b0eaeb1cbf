"""Who may do what with accounts."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts import rules
from entremise.accounts.models import Agency, Invitation, Membership, User
from entremise.accounts.models_partners import Grant
from entremise.kernel.access import Allowed, Decision, Denied, policy, register
from entremise.kernel.actors import LEADS, PROFESSIONALS, Actor, Role
from entremise.kernel.models import MailLink
from entremise.territories.models import Department

MANAGERS = LEADS | {Role.ADMIN}

register("accounts.sign_in", {Role.SYSTEM})
register("accounts.create", {Role.SYSTEM})
register("accounts.open_partner", MANAGERS | {Role.BUSINESS_ADVISER})
register("accounts.serve_partner", {Role.SYSTEM})  # an application that proves who it is
register("accounts.allow_partner", {Role.JOBSEEKER})
register("mail.manage", {Role.DIRECTOR, Role.ADMIN})  # messages of the whole installation, addresses masked
register("mail.stop", {Role.MAILBOX_OWNER})


@policy("reminders.manage", MANAGERS)
def manage_reminders(actor: Actor, department: Department) -> Decision:
    """Let those who lead a territory say when its requests are recalled."""
    if department.pk in actor.departments:
        return Allowed()
    return Denied(_("Ce territoire n'est pas le vôtre."))


@policy("accounts.own", PROFESSIONALS | {Role.JOBSEEKER, Role.RECRUITER})
def own_account(actor: Actor, user: User) -> Decision:
    """Keep an account to its owner."""
    if actor.user_id == user.pk:
        return Allowed()
    return Denied(_("Ce compte n'est pas le vôtre."))


@policy("accounts.own_grant", {Role.JOBSEEKER})
def own_grant(actor: Actor, grant: Grant) -> Decision:
    """Keep what was allowed to an application to who allowed it."""
    if actor.user_id == grant.user_id:
        return Allowed()
    return Denied(_("Cette autorisation n'est pas la vôtre."))


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


@policy("members.manage", MANAGERS | {Role.ISSUER})
def manage_members(actor: Actor, thing: Any) -> Decision:
    """Let a manager change the members of an agency that is theirs, but not their own membership.

    Who awards badges changes those who do the same in the same agency, and nobody else there.
    """
    if isinstance(thing, Membership) and thing.user_id == actor.user_id:
        return Denied(_("Vous ne pouvez pas mettre fin à votre propre accès : demandez-le à un autre responsable."))
    agency = thing if isinstance(thing, Agency) else thing.agency
    is_first = isinstance(thing, Invitation) and thing.role == Role.ISSUER and opens_for(actor, agency)
    if is_first or (actor.has(*MANAGERS) and _managed(actor, agency)):
        return Allowed()
    is_alike = getattr(thing, "role", Role.ISSUER) == Role.ISSUER
    if actor.has(Role.ISSUER) and is_alike and agency.pk in actor.agency_ids:
        return Allowed()
    return Denied(_("Cette agence n'est pas la vôtre."))


@policy("accounts.invite_issuer", MANAGERS | {Role.ISSUER, Role.BUSINESS_ADVISER})
def invite_issuer(actor: Actor, agency: Agency) -> Decision:
    """Let those who manage an agency, or award badges there, name who awards badges; and the first one of a partner.

    Once a partner has its own people, it alone says who acts in its name.
    """
    if opens_for(actor, agency):
        return Allowed()
    if actor.has(*MANAGERS, Role.ISSUER) and agency.pk in actor.agency_ids:
        return Allowed()
    if actor.has(Role.ADMIN) and agency.organisation_id == actor.organisation_id:
        return Allowed()
    return Denied(_("Les personnes de cette organisation invitent elles-mêmes leurs collègues."))


def opens_for(actor: Actor, agency: Agency) -> bool:
    """Tell whether the actor opens this partner of the territory, where nobody works yet."""
    is_partner = agency.organisation.kind in rules.PARTNERS and agency.department_id in actor.departments
    return is_partner and not Membership.objects.filter(agency=agency, ended_on=None).exists()


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
