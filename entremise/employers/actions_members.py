"""Writes about who is in a recruiter space: invited, joined, corrected, moved up or down, removed, gone.

Only a certified space invites: an invitation is a message to somebody, and an uncertified space reaches nobody. Each
change of who is there is read by the vigilance.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.accounts import actions_recruiters
from entremise.employers import actions_vigilance, rules_spaces
from entremise.employers import queries_own_spaces as own
from entremise.employers.actions_space_contacts import follow_ambassadors
from entremise.employers.actions_spaces import (
    Identity,
    SpaceRefused,
    checked,
    checked_job,
    checked_phone,
    joining_address,
    locked_space,
    require_usable,
)
from entremise.employers.enums import Verb
from entremise.employers.enums_spaces import MemberRank, SpaceState
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.mails_spaces import SpaceInvitationMail
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.models import MailLink

GONE = {SpaceState.REFUSED, SpaceState.BLOCKED, SpaceState.CLOSED}
REGISTRAR = job_actor("employers.recruiter_spaces")


@action(Verb.SPACE_MEMBER_INVITED, may="employers.manage_space")
def invite(
    space: RecruiterSpace, *, actor: Actor, identity: Identity, rank: MemberRank | str = MemberRank.MEMBER
) -> Done:
    """Invite somebody to recruit with us; the answer is the same whatever their address already opens."""
    actions_vigilance.note_activity(space)
    locked = locked_space(space)
    if not locked.is_certified:
        raise SpaceRefused(
            _("Votre espace n'est pas encore certifié : vous inviterez vos collègues dès qu'il le sera.")
        )
    told = checked(identity)
    if own.member_count(locked) >= rules_spaces.MOST_MEMBERS:
        raise SpaceRefused(_("Un espace compte au plus 30 personnes."))
    if own.invited_today(locked) >= rules_spaces.INVITATIONS_A_DAY:
        raise SpaceRefused(_("Vous avez déjà invité 10 personnes aujourd'hui. Continuez demain."))
    if own.members_of(locked, actor).filter(email=told.email).exists():
        raise SpaceRefused(_("Cette personne est déjà membre de l'espace."), "email")
    member = SpaceMember(
        space=locked, email=told.email, first_name=told.first_name, last_name=told.last_name, job=told.job,
        phone=told.phone, rank=MemberRank(rank), invited_at=clock.now(),
    )  # fmt: skip
    member.save(force_insert=True)
    _send(member, own.own_place(member.space, actor))
    actions_vigilance.examine(locked)
    return Done(member, data={"space": str(locked.pk), "rank": member.rank})


@action(Verb.SPACE_MEMBER_INVITED_AGAIN, may="employers.manage_space_member")
def invite_again(member: SpaceMember, *, actor: Actor) -> Done:
    """Send an invitation once more; the former link stops working."""
    if member.joined_at is not None:
        raise SpaceRefused(_("Cette personne est déjà dans l'espace."))
    require_usable(member.space)
    if not member.space.is_certified:
        raise SpaceRefused(_("Votre espace n'est plus certifié : aucune invitation ne part."))
    links.revoke(SPACE_INVITATION, member.pk)
    _send(member, own.own_place(member.space, actor))
    return Done(member)


@action(Verb.SPACE_MEMBER_JOINED, may="employers.join_space")
def join(member: SpaceMember, *, actor: Actor) -> Done:
    """Take the place one was invited to: the link proves the address, the account is opened when there is none."""
    locked = _locked(member)
    require_usable(locked.space)
    if locked.left_at is not None:
        raise SpaceRefused(_("Cette invitation a été annulée."))
    if locked.joined_at is not None:
        raise SpaceRefused(_("Vous êtes déjà dans cet espace : connectez-vous avec votre adresse."))
    locked.user = actions_recruiters.open_recruiter(
        locked.email,
        actor=REGISTRAR,
        first_name=locked.first_name,
        last_name=locked.last_name,
        language=get_language() or "",
    )
    locked.joined_at = clock.now()
    locked.save(update_fields=["user", "joined_at"])
    links.mark_used(MailLink.objects.get(pk=actor.id))
    follow_ambassadors(locked.space.establishment_id)
    actions_vigilance.examine(locked.space)
    return Done(locked, data={"space": str(locked.space_id)})


@action(Verb.SPACE_MEMBER_CORRECTED, may="employers.own_place_in_space")
def correct(member: SpaceMember, *, actor: Actor, job: str, phone: str) -> Done:
    """Correct one's own job and telephone."""
    locked = _locked(member)
    former = locked.phone
    locked.job, locked.phone = checked_job(job), checked_phone(phone)
    changed = locked.phone != former
    locked.save(update_fields=["job", "phone"])
    if changed:
        actions_vigilance.examine(locked.space)
    return Done(locked, data={"phone_changed": changed})


@action(Verb.SPACE_RANK_CHANGED, may="employers.manage_space_member")
def change_rank(member: SpaceMember, *, actor: Actor, rank: MemberRank | str) -> Done:
    """Make somebody an ambassador, or a member again; a space keeps one ambassador at least."""
    locked_space(member.space)
    locked = _locked(member)
    if rank not in MemberRank.values:
        raise SpaceRefused(_("Choisissez un rôle de la liste."))
    if locked.joined_at is None:
        raise SpaceRefused(_("Cette personne n'a pas encore répondu à l'invitation."))
    if rank != MemberRank.AMBASSADOR:
        _require_another(locked)
    locked.rank = MemberRank(rank)
    locked.save(update_fields=["rank"])
    follow_ambassadors(locked.space.establishment_id)
    return Done(locked, data={"rank": locked.rank})


@action(Verb.SPACE_MEMBER_REMOVED, may="employers.manage_space_member")
def remove(member: SpaceMember, *, actor: Actor) -> Done:
    """Take somebody out of the space, or cancel an invitation."""
    locked_space(member.space)
    locked = _locked(member)
    if locked.user_id == actor.user_id:
        raise SpaceRefused(_("Pour partir vous-même, utilisez « Quitter l'espace »."))
    _go(locked)
    return Done(locked)


@action(Verb.SPACE_LEFT, may="employers.own_place_in_space")
def leave(member: SpaceMember, *, actor: Actor) -> Done:
    """Leave a space; its last ambassador names another one first."""
    locked_space(member.space)
    locked = _locked(member)
    _require_another(locked)
    _go(locked)
    return Done(locked)


@links.resender(SPACE_INVITATION)
def _send_again(link: MailLink) -> None:
    member = own.invited_by_link(link)
    if member.joined_at is None and member.left_at is None and member.space.state not in GONE:
        links.revoke(SPACE_INVITATION, member.pk)
        _send(member, None)


def _require_another(member: SpaceMember) -> None:
    if member.rank == MemberRank.AMBASSADOR and not own.other_ambassadors(member):
        raise SpaceRefused(
            _("Un espace garde toujours un ambassadeur : nommez d'abord quelqu'un d'autre, ou appelez l'agence.")
        )


def _go(member: SpaceMember) -> None:
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
    follow_ambassadors(member.space.establishment_id)
    links.revoke(SPACE_INVITATION, member.pk)
    actions_vigilance.examine(member.space)


def _send(member: SpaceMember, inviter: SpaceMember | None) -> None:
    message = SpaceInvitationMail(
        first_name=member.first_name,
        invited_by=inviter.full_name if inviter else "",
        establishment=member.space.establishment.name,
        days=rules_spaces.INVITATION_DAYS,
        url=joining_address(member),
    )
    mail.send(message, to=member.email, about=member)


def _locked(member: SpaceMember) -> SpaceMember:
    rows = SpaceMember.objects.unscoped("the policy decided on this place")
    locked = rows.select_for_update(of=("self",), no_key=True)
    found: SpaceMember = locked.select_related("space__establishment__commune", "space__agency").get(pk=member.pk)  # type: ignore[assignment]
    return found
