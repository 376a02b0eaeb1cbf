"""Taking a badge: by the link of a message, or by the code of an event; whoever takes it is signed in by a code."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.credentials import actions_claims, actions_events, queries_issuing
from entremise.credentials.enums import AwardSource
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import links
from entremise.kernel.actors import ANONYMOUS, Actor, Role
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.people import actions as people_actions
from entremise.people import queries as people
from entremise.people.actions import ProfileRefused
from entremise.people.models import Person
from entremise.web.kit.link_pages import link_page
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

WALL = "/moi/badges/"


@link_page(CLAIM)
@once
def badge_claim(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the badge that waits, and give it to the jobseeker who is signed in."""
    award = queries_issuing.award_of_link(link.target_id)
    if award is None:
        raise Http404
    links.mark_opened(link)
    actor = _signed_in(request)
    person = _person(actor, opens=request.method == "POST")
    reason = actions_claims.not_to_take(award, person)
    if request.method == "POST" and person is not None and not reason:
        try:
            actions_claims.take(award, actor=actor, person=person)
            return _taken(request, award)
        except (CredentialRefused, TransitionRefused) as refusal:
            reason = refusal.reason
    context = {"badge": award.badge_class, "award": award, "label": "", "how": award.narrative}
    context["is_certificate"] = award.source == AwardSource.CERTIFICATE
    return _page(request, actor, reason, context)


@screen(PUBLIC)
@once
def badge_event(request: ActorRequest, code: str) -> HttpResponse:
    """Show the badge of an event, and give it to the jobseeker who is signed in."""
    event = queries_issuing.event_with_code(code)
    if event is None:
        raise Http404
    actor = request.actor
    person = _person(actor, opens=request.method == "POST")
    reason = _("Vous avez déjà pris ce badge : il est dans votre espace.") if _has(event, person) else ""
    reason = reason or actions_events.not_to_take(event)
    if request.method == "POST" and person is not None and not reason:
        try:
            actions_events.take(event, actor=actor, person=person)
            return _taken(request)
        except CredentialRefused as refusal:
            reason = refusal.reason
    context = {"badge": event.badge_class, "label": event.label, "event": event}
    return _page(request, actor, reason, context)


def _signed_in(request: ActorRequest) -> Actor:
    """Return who is signed in, behind the bearer of the link."""
    return accounts.actor_for(request.user, second_factor=False) if request.user.is_authenticated else ANONYMOUS


def _person(actor: Actor, *, opens: bool) -> Person | None:
    """Return the jobseeker who is signed in; the space of a newcomer opens when a badge is taken."""
    if not actor.has(Role.JOBSEEKER):
        return None
    found = people.person_of(actor)
    user = accounts.user_of(actor)
    if found is None and opens and user is not None:
        with suppress(ProfileRefused):  # another window of the same newcomer was quicker
            people_actions.open_profile(user, actor=actor)
        found = people.person_of(actor)
    return found


def _has(event: Any, person: Person | None) -> bool:
    return person is not None and queries_issuing.taken_at(event, person)


def _taken(request: ActorRequest, award: Award | None = None) -> HttpResponse:
    if award is not None and award.source == AwardSource.CERTIFICATE:
        said = _("Le certificat est à vous. Il est signé dans la minute, puis vous pouvez le télécharger.")
        return done(request, said, "my_certificates")
    said = _("Le badge est à vous. Il est signé dans la minute, puis vous pouvez le montrer et le télécharger.")
    return done(request, said, WALL)


def _page(request: ActorRequest, actor: Actor, reason: str, context: dict[str, Any]) -> HttpResponse:
    user = accounts.user_of(actor)
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    told = {
        "reason": reason,
        "is_jobseeker": actor.has(Role.JOBSEEKER),
        "is_professional": actor.is_professional,
        "account": (user.email or user.phone) if user else "",
        "sign_in": sign_in,
    }
    status = 409 if reason and request.method == "POST" else 200
    if request.method == "POST" and not told["is_jobseeker"]:
        return HttpResponseRedirect(sign_in)
    return respond(request, "web/public/badge_claim.html", told | context, status=status)
