"""The states of an application and how it moves between them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Contact
from entremise.employers.models_spaces import SpaceMember
from entremise.kernel import clock
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import Transition, Workflow
from entremise.reciprok import rules
from entremise.reciprok.enums import ApplicationState as S
from entremise.reciprok.enums import MeetingState

LINK_PURPOSE = "reciprok.inbox"
CONTEST_PURPOSE = "reciprok.contest"
TEAM = ADVISERS | LEADS
EMPLOYER = frozenset({Role.RECRUITER, Role.EMPLOYER_CONTACT})
HERS = frozenset({Role.JOBSEEKER, Role.MAILBOX_OWNER, Role.SYSTEM})  # the second by the link of her own message
WAITING = frozenset({S.SENT, S.ACKNOWLEDGED, S.READ})  # the employer has not answered
RUNNING = WAITING | {S.FAVOURABLE}
ANSWERABLE = RUNNING | {S.UNANSWERED}
OVER = frozenset({S.HIRED, S.REFUSED, S.WITHDRAWN, S.UNANSWERED})


def has_moved(state: str, seen: str) -> bool:
    """Tell whether somebody answered since a page showed the state `seen`; what tells none is not compared."""
    return bool(seen) and seen != state and not {seen, state} <= WAITING


def is_own(actor: Actor, application: Any) -> Decision:
    """Agree for the person who applied."""
    if actor.user_id and application.person.user_id == actor.user_id:
        return Allowed()
    return Denied(_("Cette candidature n'est pas la vôtre."))


def is_in_territory(actor: Actor, application: Any) -> Decision:
    """Agree when the person or the inbox is of the professional's territory."""
    known = {application.person.department_id, application.inbox.agency.department_id}
    return Allowed() if known & actor.departments else Denied(_("Cette candidature relève d'un autre territoire."))


def reads_inbox(actor: Actor, inbox: Any) -> Decision:
    """Agree for the bearer of the inbox's own link, and for the current members of a certified space there."""
    if actor.kind is not ActorKind.LINK:
        return _is_of_certified_space(actor, inbox)
    email = _reader_of(actor, inbox)
    if not email:
        return Denied(_("Ce lien ne concerne pas cette page. Ouvrez celui du courriel que vous avez reçu."))
    if still_reads(inbox, email):
        return Allowed()
    return Denied(_("Vous ne suivez plus les candidatures de cet employeur : votre lien ne sert plus."))


def reads_as_member(actor: Actor, inbox: Any) -> bool:
    """Tell whether an employer is of the space itself: a contact who bears a link is only known there."""
    return actor.kind is not ActorKind.LINK or is_member(inbox, _reader_of(actor, inbox))


def still_reads(inbox: Any, email: str) -> bool:
    """Tell whether this address still reads an inbox: a member of its space, or a contact who did not refuse."""
    return is_member(inbox, email) or is_contact(inbox, email)


def is_member(inbox: Any, email: str) -> bool:
    """Tell whether this address is of the certified space that an inbox is for."""
    rows: Any = SpaceMember.objects.unscoped("whether a link's reader is still there")
    here = rows.filter(email__iexact=email, left_at=None, space__state=SpaceState.CERTIFIED).exclude(joined_at=None)
    if inbox.offer is not None and inbox.offer.space_id:
        return bool(here.filter(space=inbox.offer.space_id).exists())
    return bool(here.filter(space__establishment=inbox.establishment_id).exists())


def is_contact(inbox: Any, email: str) -> bool:
    """Tell whether this address is a known contact of an employer that no space reads for."""
    if inbox.offer is not None and inbox.offer.space_id:
        return False
    rows: Any = Contact.objects.unscoped("whether a link's reader is still there")
    known = rows.filter(establishment=inbox.establishment_id, email__iexact=email, opposed_at=None)
    return bool(known.exists())


def _reader_of(actor: Actor, inbox: Any) -> str:
    rows = MailLink.objects.filter(pk=actor.id, purpose=LINK_PURPOSE, target_id=inbox.pk, revoked_at=None)
    return rows.values_list("recipient", flat=True).first() or ""


def _is_of_certified_space(actor: Actor, inbox: Any) -> Decision:
    spaces = inbox.establishment.spaces.filter(members__user_id=actor.user_id, members__left_at=None)
    states = set(spaces.values_list("state", flat=True)) if actor.user_id else set()
    if SpaceState.CERTIFIED in states:
        return Allowed()
    if states:
        return Denied(_("Votre espace n'est pas certifié : vous ne pouvez pas encore répondre aux candidats."))
    return Denied(_("Ces candidatures ne vous sont pas adressées."))


def is_addressed(actor: Actor, application: Any) -> Decision:
    """Agree for whom the application was written to, and for the professionals who note what they heard."""
    if actor.is_system:
        return Allowed()
    if actor.is_professional:
        return is_in_territory(actor, application)
    return reads_inbox(actor, application.inbox)


def is_theirs(actor: Actor, application: Any) -> Decision:
    """Agree for the person, by her account or her own link, and for the platform when she withdrew her consent."""
    if actor.is_system:
        return Allowed()
    if actor.kind is not ActorKind.LINK:
        return is_own(actor, application)
    hers = MailLink.objects.filter(pk=actor.id, purpose=CONTEST_PURPOSE, target_id=application.pk, revoked_at=None)
    return Allowed() if hers.exists() else Denied(_("Ce lien ne concerne pas cette candidature."))


def _may_answer(application: Any, actor: Actor) -> str:
    if application.state != S.UNANSWERED or application.establishment.is_open:
        return ""
    return _("Cet établissement est fermé : cette candidature est close.")


def _may_reconsider(application: Any, actor: Actor) -> str:
    if application.state != S.REFUSED or rules.may_rectify(application.answered_at, clock.now()):
        return _may_answer(application, actor)
    return _("Une réponse se modifie pendant 30 jours.")


def _is_over(application: Any, actor: Actor) -> str:
    if not application.establishment.is_open:
        return ""
    is_followed = application.state == S.FAVOURABLE and (
        application.count or application.meetings.filter(state=MeetingState.PROPOSED).exists()
    )
    if application.expires_at <= clock.now() and not is_followed:
        return ""
    return _("Cette candidature attend encore une réponse.")


FLOW = Workflow(
    "reciprok",
    S,
    S.SENT,
    [
        Transition("acknowledge", {S.SENT}, S.ACKNOWLEDGED, {Role.SYSTEM}),
        Transition("read", {S.SENT, S.ACKNOWLEDGED}, S.READ, EMPLOYER, check=is_addressed),
        Transition(
            "favour", ANSWERABLE - {S.FAVOURABLE} | {S.REFUSED}, S.FAVOURABLE, EMPLOYER | TEAM,
            check=is_addressed, guard=_may_reconsider,
        ),
        Transition("refuse", ANSWERABLE, S.REFUSED, EMPLOYER | TEAM, check=is_addressed, guard=_may_answer),
        Transition("hire", RUNNING | {S.UNANSWERED, S.REFUSED}, S.HIRED, EMPLOYER | TEAM, check=is_addressed),
        Transition("withdraw", RUNNING, S.WITHDRAWN, HERS, check=is_theirs),
        Transition("close_unanswered", RUNNING, S.UNANSWERED, {Role.SYSTEM}, guard=_is_over),
    ],
    refusals={
        S.SENT: gettext_lazy("Cette candidature vient d'être envoyée."),
        S.ACKNOWLEDGED: gettext_lazy("Cette candidature est déjà reçue."),
        S.READ: gettext_lazy("Cette candidature est déjà lue."),
        S.FAVOURABLE: gettext_lazy("Un avis favorable a déjà été donné à cette candidature."),
        S.HIRED: gettext_lazy("Cette personne a été embauchée."),
        S.REFUSED: gettext_lazy("Une réponse a déjà été donnée à cette candidature."),
        S.WITHDRAWN: gettext_lazy("Cette personne a retiré sa candidature : elle n'attend plus de réponse."),
        S.UNANSWERED: gettext_lazy("Cette candidature est close : soixante jours sont passés sans réponse."),
    },
)  # fmt: skip
