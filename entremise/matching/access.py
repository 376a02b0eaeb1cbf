"""Who contests a result and who answers; who opens the search of anonymous profiles to a contact, and who uses it.

Answering and withdrawing a contest declare their policies with the workflow.
"""

from typing import Any

from django.utils.translation import gettext as _

from entremise.employers.workflow import is_member
from entremise.kernel import access
from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.matching.rules_recruiter import LINK_PURPOSE
from entremise.people.access import OWNER, in_territory, owned, owner_or_territory

TEAM = ADVISERS | LEADS

access.register("matching.view_contests", LEADS)
access.register("matching.see_offers", OWNER | TEAM, owner_or_territory)


@access.policy("matching.contest", TEAM)
def _may_contest(actor: Actor, person: Any) -> Decision:
    return in_territory(actor, person)


@access.policy("matching.contest_own", {Role.JOBSEEKER})
def _may_contest_own(actor: Actor, person: Any) -> Decision:
    return owned(actor, person)


def _is_of_territory(actor: Actor, establishment: Any) -> Decision:
    if establishment.commune.department_id in actor.departments:
        return Allowed()
    return Denied(str(OUT_OF_TERRITORY))


@access.policy("matching.open_recruiter_access", TEAM)
def _may_open(actor: Actor, contact: Any) -> Decision:
    return _is_of_territory(actor, contact.establishment)


@access.policy("matching.revoke_recruiter_access", TEAM)
def _may_revoke(actor: Actor, opened: Any) -> Decision:
    return _is_of_territory(actor, opened.establishment)


@access.policy("matching.follow_wish", TEAM)
def _may_follow(actor: Actor, wish: Any) -> Decision:
    return _is_of_territory(actor, wish.access.establishment)


access.register("matching.open_own_search", {Role.RECRUITER}, is_member)
access.register("matching.move_wishes", {Role.SYSTEM})


@access.policy("matching.search_as_recruiter", {Role.EMPLOYER_CONTACT, Role.RECRUITER})
def _may_search(actor: Actor, opened: Any) -> Decision:
    """Agree when the actor came by the link sent for this very access, or is in the space that it belongs to."""
    if actor.has(Role.RECRUITER):
        is_theirs = opened.space_id is not None and bool(is_member(actor, opened.space))
        return Allowed() if is_theirs else Denied(_("Cette recherche n'est pas celle de votre espace."))
    known = MailLink.objects.filter(pk=actor.id, purpose=LINK_PURPOSE, target_id=opened.pk, revoked_at=None)
    if actor.kind is ActorKind.LINK and known.exists():
        return Allowed()
    return Denied(_("Ce lien ne concerne pas cette page. Ouvrez celui du courriel que vous avez reçu."))
