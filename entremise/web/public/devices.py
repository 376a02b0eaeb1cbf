"""Where one's account is open, who tried to open it, and how to close it elsewhere."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts import actions, actions_sessions, queries, queries_sessions
from entremise.accounts.links import NOT_ME
from entremise.accounts.models import User
from entremise.kernel.actors import Role
from entremise.kernel.links import LinkRefused, Refusal
from entremise.kernel.models import MailLink
from entremise.web.kit.link_pages import link_page, link_refused
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


class OwnRequest(ActorRequest):
    """A request of somebody signed in."""

    user: User


@screen("accounts.own")
def devices(request: OwnRequest) -> HttpResponse:
    """Show where the account is open, and the last openings and failures."""
    context = {
        "sessions": queries_sessions.open_sessions(request.user, request.session.session_key or ""),
        "attempts": queries_sessions.recent_attempts(request.user),
        "is_professional": request.actor.is_professional,
        "has_second_factor": request.actor.is_professional and queries.has_second_factor(request.user),
        "layout": _layout(request),
    }
    return respond(request, "web/public/devices.html", context)


@require_POST
@screen("accounts.own")
def device_end(request: OwnRequest) -> HttpResponse:
    """End one session, or every other one."""
    chosen, key = request.POST.get("session", ""), request.session.session_key or ""
    if chosen == "others":
        actions_sessions.end_other_sessions(request.user, actor=request.actor, session_key=key)
        return done(request, _("Votre compte n'est plus ouvert qu'ici."), "devices")
    try:
        actions_sessions.end_session(request.user, actor=request.actor, sign_in_id=UUID(chosen))
    except ValueError:
        return refused(request, _("Cette session est déjà fermée."), "devices")
    return done(request, _("Cette session est fermée."), "devices")


@link_page(NOT_ME)
def not_me(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Close an account everywhere, at the word of who owns the mailbox."""
    if link.used_at:
        return link_refused(request, LinkRefused(Refusal.USED, link))
    user = queries.account_of(link)
    is_professional = queries.is_professional(user)
    if request.method == "POST":
        actions.say_not_me(user, actor=request.actor)
        return done(request, _closed(is_professional=is_professional), "home")
    return respond(request, "web/public/not_me.html", {"is_professional": is_professional})


def _layout(request: OwnRequest) -> str:
    if request.actor.is_professional:
        return "layouts/adviser.html"
    return "layouts/recruiter.html" if request.actor.has(Role.RECRUITER) else "layouts/jobseeker.html"


def _closed(*, is_professional: bool) -> str:
    if is_professional:
        return _("Votre compte est fermé partout. Un message vous permet de choisir un nouveau mot de passe.")
    return _("Votre compte est fermé partout. Personne ne peut le rouvrir sans le code que vous recevez.")
