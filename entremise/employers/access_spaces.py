"""Who may do what in a recruiter space: its members, its ambassador, the bearer of an invitation, an adviser."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.employers.enums_spaces import MemberRank
from entremise.employers.workflow import CERTIFIERS, is_member
from entremise.kernel import access
from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import MailLink

access.register("employers.ask_space", {Role.RECRUITER})
access.register("employers.own_space", {Role.RECRUITER}, is_member)


@access.policy("employers.manage_space", {Role.RECRUITER})
def _may_manage(actor: Actor, space: Any) -> Decision:
    """Agree for the ambassadors of a space."""
    mine = space.members.filter(user_id=actor.user_id, left_at=None, rank=MemberRank.AMBASSADOR)
    if actor.user_id and mine.exists():
        return Allowed()
    return Denied(_("Seul l'ambassadeur de l'espace peut faire cela : demandez-le-lui."))


@access.policy("employers.own_place_in_space", {Role.RECRUITER})
def _is_own_place(actor: Actor, member: Any) -> Decision:
    if actor.user_id and member.user_id == actor.user_id and member.left_at is None:
        return Allowed()
    return Denied(_("Vous n'êtes pas membre de cet espace recruteur."))


@access.policy("employers.manage_space_member", {Role.RECRUITER})
def _may_manage_member(actor: Actor, member: Any) -> Decision:
    return _may_manage(actor, member.space)


@access.policy("employers.join_space", {Role.MAILBOX_OWNER})
def _may_join(actor: Actor, member: Any) -> Decision:
    """Agree for the bearer of the link that was sent about this very place."""
    if MailLink.objects.filter(pk=actor.id, target_id=member.pk).exists():
        return Allowed()
    return Denied(_("Ce lien a été envoyé pour autre chose."))


@access.policy("employers.open_space_for", CERTIFIERS)
def _may_open_for(actor: Actor, establishment: Any) -> Decision:
    if establishment.commune.department_id in actor.departments:
        return Allowed()
    return Denied(str(OUT_OF_TERRITORY))
