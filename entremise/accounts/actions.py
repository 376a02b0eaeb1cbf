"""Writes of the accounts: entering without a password, professionals, invitations, memberships, opening hours."""

from collections.abc import Iterable, Sequence
from datetime import time
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from entremise.accounts import actions_partners as partners
from entremise.accounts import actions_sessions as sessions
from entremise.accounts import mails, queries, rules
from entremise.accounts.enums import MemberRole, Verb
from entremise.accounts.links import INVITATION, PASSWORD_RESET
from entremise.accounts.models import Agency, Invitation, Membership, OpeningHours, Organisation, User
from entremise.accounts.rules_devices import Visit
from entremise.kernel import clock, delivery, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.lib.identifiers import gettext_noop
from entremise.territories.models import Commune, Department

ALREADY_A_MEMBER = gettext_noop("Cette personne a déjà ce rôle dans votre agence.")
ALREADY_INVITED = gettext_noop("Une invitation est déjà en attente pour cette adresse. Vous pouvez la renvoyer.")
ROLE_NOT_THERE = gettext_noop("Dans cette organisation, le seul rôle possible est la remise de badges.")
ROLE_TOO_HIGH = gettext_noop("Votre rôle ne permet pas de donner celui-ci. Demandez-le à votre direction.")
NO_SMS = gettext_noop(
    "Ce site n'envoie pas de SMS pour l'instant. Indiquez votre adresse électronique : le code y arrivera. "
    "Si vous n'en avez pas, demandez à votre agence une lettre avec un code."
)
NEVER_OPEN = gettext_noop(
    "Une agence ouvre au moins un jour par semaine : remplissez au moins une plage, ou revenez aux horaires habituels."
)
NOT_A_PROFESSIONAL_ADDRESS = gettext_noop(
    "Cette adresse ouvre déjà un espace de demandeur d'emploi ou de recruteur. "
    "Demandez une invitation à votre adresse électronique professionnelle."
)


class AccountRefused(Exception):
    """An account cannot be changed this way; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HoursRefused(AccountRefused):
    """These opening hours make no week; `faults` say where, none when no day opens at all."""

    def __init__(self, reason: str, faults: Sequence[rules.HoursFault] = ()) -> None:
        super().__init__(reason)
        self.faults = faults


@action(Verb.CODE_SENT, may="accounts.sign_in")
def send_code(identifier: rules.Identifier, *, actor: Actor, code: str) -> OutboxMessage:
    """Send the code that signs in; a professional's address receives the way to their own page instead."""
    language = get_language() or settings.LANGUAGE_CODE
    if identifier.door is rules.Door.PHONE:
        if not delivery.has_way_out(OutboxMessage.Channel.SMS):
            raise AccountRefused(_(NO_SMS))
        return mail.send(mails.LoginCodeSms(code=code), to=identifier.value, language=language)
    user = queries.user_by_email(identifier.value)
    if user and queries.is_professional(user):
        door = mails.ProfessionalDoorEmail(url=mail.absolute(reverse("professional_login")))
        return mail.send(door, to=identifier.value, about=user, language=language)
    return mail.send(mails.LoginCodeEmail(code=code), to=identifier.value, language=language)


@action(Verb.JOBSEEKER_REGISTERED, may="accounts.create")
def register_jobseeker(identifier: rules.Identifier, *, actor: Actor, language: str = "") -> User:
    """Open the account of someone who has just proved an address or a number; two at once open one account."""
    is_phone = identifier.door is rules.Door.PHONE
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email=None if is_phone else identifier.value,
                phone=identifier.value if is_phone else None,
                phone_verified=is_phone,
                language=language or settings.LANGUAGE_CODE,
            )
    except IntegrityError:
        found = queries.user_by_phone(identifier.value) if is_phone else queries.user_by_email(identifier.value)
        if found is None:
            raise
        return found


@action(Verb.SIGNED_IN, may="accounts.sign_in")
def note_sign_in(user: User, *, actor: Actor, method: str, phone: str = "", visit: Visit | None = None) -> Done:
    """Note that someone signed in, how and where, and that a number was proved by its code."""
    if phone and user.phone == phone and not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
    if visit is None:
        return Done(user, data={"method": method})
    sessions.remember(user, visit)
    return Done(user, data={"method": method} | ({"new_device": True} if visit.is_new else {}))


@action(Verb.LANGUAGE_CHOSEN, may="accounts.own")
def choose_language(user: User, *, actor: Actor, language: str) -> Done:
    """Keep the language someone chose, for the pages and for the messages."""
    user.language = language
    user.save(update_fields=["language"])
    return Done(user, data={"language": language})


@action(Verb.SECOND_FACTOR_CHANGED, may="accounts.sign_in")
def note_second_factor(user: User, *, actor: Actor, change: str, session_key: str = "") -> Done:
    """Note that a second factor was added, replaced or removed, end the other sessions and tell its owner."""
    sessions.end(user, kept=session_key)
    tell_owner(user, gettext_noop("Le second facteur de votre compte a été changé."))
    return Done(user, data={"change": change})


@action(Verb.AGENCY_OPENED, may="accounts.create")
def open_agency(commune: Commune, *, actor: Actor, name: str, organisation: str, kind: str) -> Agency:
    """Open an agency in a commune, and its organisation when that is new."""
    parent, _is_new = Organisation.objects.get_or_create(name=organisation, defaults={"kind": kind})
    return Agency.objects.create(organisation=parent, name=name, commune=commune, department=commune.department)


@action(Verb.PROFESSIONAL_CREATED, may="accounts.create")
def create_professional(
    agency: Agency,
    *,
    actor: Actor,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    password: str | None = None,
    departments: Iterable[Department] = (),
) -> Done:
    """Open a professional's account in an agency; the second factor is set at the first sign-in."""
    user = queries.user_by_email(email)
    if user and not queries.is_professional(user):
        raise AccountRefused(_(NOT_A_PROFESSIONAL_ADDRESS))
    if user is None:
        user = User.objects.create_user(
            email=rules.parse_email(email), password=password, first_name=first_name, last_name=last_name
        )
    membership = _join(user, agency, role)
    membership.departments.add(*departments)
    return Done(user, data={"agency": str(agency.pk), "role": role})


@action(Verb.INVITED, may="members.manage")
def invite(agency: Agency, *, actor: Actor, email: str, role: str) -> Invitation:
    """Invite someone by e-mail to join the agency with a role."""
    if not actor.is_system and not rules.may_grant(actor.roles, role):
        raise AccountRefused(_(ROLE_TOO_HIGH))
    return invitation_to(agency, email=email, role=role, invited_by=actor.user_id)


def invitation_to(agency: Agency, *, email: str, role: str, invited_by: UUID | None) -> Invitation:
    """Write an invitation and send it (inside the action that decided who may invite)."""
    address = rules.parse_email(email)
    if not rules.may_work_there(agency.organisation.kind, role):
        raise AccountRefused(_(ROLE_NOT_THERE))
    if Membership.objects.filter(agency=agency, role=role, ended_on=None, user__email=address).exists():
        raise AccountRefused(_(ALREADY_A_MEMBER))
    waiting = Invitation.objects.filter(agency=agency, accepted_at=None, revoked_at=None)
    if waiting.filter(email=address, role=role).exists():
        raise AccountRefused(_(ALREADY_INVITED))
    invitation = Invitation.objects.create(
        agency=agency, email=address, role=role, invited_by_id=invited_by, created_at=clock.now()
    )
    _send_invitation(invitation)
    return invitation


@action(Verb.INVITATION_SENT_AGAIN, may="members.manage")
def send_invitation_again(invitation: Invitation, *, actor: Actor) -> Invitation:
    """Send the invitation once more, with a new link; the former one stops working."""
    _refuse_unless_pending(invitation)
    links.revoke(INVITATION, invitation.pk)
    _send_invitation(invitation)
    return invitation


@action(Verb.INVITATION_REVOKED, may="members.manage")
def revoke_invitation(invitation: Invitation, *, actor: Actor) -> Invitation:
    """Cancel an invitation that nobody accepted yet."""
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _refuse_unless_pending(locked)
    locked.revoked_at = clock.now()
    locked.save(update_fields=["revoked_at"])
    links.revoke(INVITATION, locked.pk)
    return locked


@action(Verb.INVITATION_ACCEPTED, may="accounts.by_link")
def accept_invitation(
    invitation: Invitation, *, actor: Actor, first_name: str = "", last_name: str = "", password: str | None = None
) -> Done:
    """Join the agency; someone unknown gets an account, a professional already known one more role."""
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _refuse_unless_pending(locked)
    user = queries.user_by_email(locked.email)
    if user and not queries.is_professional(user):
        raise AccountRefused(_(NOT_A_PROFESSIONAL_ADDRESS))
    if user is None:
        user = User.objects.create_user(
            email=locked.email, password=password, first_name=first_name, last_name=last_name
        )
    _join(user, locked.agency, locked.role)
    locked.accepted_at = clock.now()
    locked.save(update_fields=["accepted_at"])
    MailLink.objects.filter(pk=actor.id, used_at=None).update(used_at=clock.now())
    return Done(user, data={"invitation": str(locked.pk), "role": locked.role})


@action(Verb.MEMBER_REMOVED, may="members.manage")
def end_membership(membership: Membership, *, actor: Actor) -> Done:
    """End someone's role in the agency, from now on."""
    membership.ended_on = clock.today()
    membership.save(update_fields=["ended_on"])
    return Done(membership, data={"role": membership.role})


@action(Verb.AGENCY_CHANGED, may="agencies.set_hours")
def set_opening_hours(agency: Agency, *, actor: Actor, hours: Iterable[tuple[int, time, time]]) -> Done:
    """Replace the opening hours of an agency by (weekday from 0 for Monday, opens, closes), each day in its order."""
    wanted = list(hours)
    if not wanted:
        raise HoursRefused(_(NEVER_OPEN))
    if faults := rules.hours_faults(wanted):
        raise HoursRefused(_(faults[0].message), faults)
    _close_every_day(agency)
    OpeningHours.objects.bulk_create(
        OpeningHours(agency=agency, weekday=weekday, opens_at=opens_at, closes_at=closes_at)
        for weekday, opens_at, closes_at in wanted
    )
    return Done(agency, data={"opening_hours": "own"})


@action(Verb.AGENCY_CHANGED, may="agencies.set_hours")
def restore_usual_hours(agency: Agency, *, actor: Actor) -> Done:
    """Give an agency the usual hours of the service again."""
    _close_every_day(agency)
    return Done(agency, data={"opening_hours": "usual"})


@action(Verb.PASSWORD_RESET_ASKED, may="accounts.sign_in")
def send_password_reset(user: User, *, actor: Actor) -> User:
    """Send the link to choose a new password; only the last one sent works."""
    _send_reset(user)
    return user


@action(Verb.PASSWORD_CHANGED, may="accounts.by_link")
def change_password(user: User, *, actor: Actor, password: str) -> User:
    """Set a new password, end the other sessions and tell the owner."""
    user.set_password(password)
    user.save(update_fields=["password"])
    MailLink.objects.filter(pk=actor.id, used_at=None).update(used_at=clock.now())
    sessions.end(user)
    tell_owner(user, gettext_noop("Votre mot de passe a été changé."))
    return user


@action(Verb.NOT_ME, may="accounts.by_link")
def say_not_me(user: User, *, actor: Actor) -> Done:
    """Close an account that somebody else opened: every session ends, a professional chooses a new password."""
    MailLink.objects.filter(pk=actor.id, used_at=None).update(used_at=clock.now())
    ended_count = sessions.end(user) + partners.end_all(user)
    if queries.is_professional(user):
        user.set_unusable_password()
        user.save(update_fields=["password"])
        _send_reset(user)
    return Done(user, data={"ended": ended_count})


@links.resender(INVITATION)
def _resend_invitation(link: MailLink) -> None:
    invitation = queries.invitation_of(link)
    if invitation.accepted_at is None and invitation.revoked_at is None:
        links.revoke(INVITATION, invitation.pk)
        _send_invitation(invitation)


@links.resender(PASSWORD_RESET)
def _resend_reset(link: MailLink) -> None:
    _send_reset(queries.account_of(link))


def _send_reset(user: User) -> None:
    links.revoke(PASSWORD_RESET, user.pk)
    link = links.issue(PASSWORD_RESET, user.pk, user.email or "")
    url = mail.absolute(reverse("password_reset", args=[links.token(link)]))
    mail.send(mails.PasswordReset(url=url), to=user.email or "", about=user, language=user.language)


def _send_invitation(invitation: Invitation) -> None:
    link = links.issue(INVITATION, invitation.pk, invitation.email)
    inviter, reader = invitation.invited_by, queries.user_by_email(invitation.email)
    language = reader.language if reader else settings.LANGUAGE_CODE
    with override(language):
        role = str(MemberRole(invitation.role).label)
    message = mails.Invitation(
        agency=invitation.agency.name,
        organisation=invitation.agency.organisation.name,
        role=role,
        invited_by=inviter.full_name if inviter else "",
        url=mail.absolute(reverse("invitation", args=[links.token(link)])),
    )
    mail.send(message, to=invitation.email, about=invitation, language=language)


def _close_every_day(agency: Agency) -> None:
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)  # two leads at once: the last one's week, whole
    agency.opening_hours.all().delete()


def _refuse_unless_pending(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise AccountRefused(_("Cette invitation a déjà été acceptée."))
    if invitation.revoked_at:
        raise AccountRefused(_("Cette invitation a été annulée."))


def _join(user: User, agency: Agency, role: str) -> Membership:
    membership, is_new = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if not is_new and membership.ended_on:
        membership.ended_on = None
        membership.save(update_fields=["ended_on"])
    return membership


def tell_owner(user: User, sentence: str) -> None:
    """Write to the owner of an account that its safety changed; the sentence is translated for them."""
    if not user.email:
        return
    with override(user.language):
        notice = mails.SecurityNotice(what=_(sentence), url=mail.absolute(reverse("password_forgotten")))
    mail.send(notice, to=user.email, about=user, language=user.language)
