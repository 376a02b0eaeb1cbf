"""The front page, which leads those signed in to their place; the pages every public site owes."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from entremise.accounts import actions as account_actions
from entremise.accounts import queries
from entremise.kernel import access
from entremise.kernel.actors import ActorKind, Role
from entremise.people import actions as people_actions
from entremise.people import queries as people_queries
from entremise.people.actions import ProfileRefused
from entremise.web.kit.navigation import place_of
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen


@screen(PUBLIC)
def home(request: ActorRequest) -> HttpResponse:
    """Say what this is to whoever arrives; lead those signed in to their own place."""
    if request.actor.kind is not ActorKind.USER:
        return respond(request, "web/public/home.html")
    user = queries.user_of(request.actor)
    if user and request.actor.has(Role.JOBSEEKER) and people_queries.person_of(request.actor) is None:
        with suppress(ProfileRefused):  # another window of the same newcomer was quicker
            people_actions.open_profile(user, actor=request.actor)
    return redirect(place_of(request.actor))


@require_POST
@screen(PUBLIC)
def set_language(request: ActorRequest) -> HttpResponse:
    """Change the language of the pages, and keep it on the account."""
    response = django_set_language(request)
    language = request.POST.get("language", "")
    user = queries.user_of(request.actor)
    if user and language in dict(settings.LANGUAGES) and access.decide("accounts.own", request.actor, user):
        account_actions.choose_language(user, actor=request.actor, language=language)
    return response


@screen(PUBLIC)
def legal(request: ActorRequest) -> HttpResponse:
    """Say who publishes the site."""
    return respond(request, "web/public/legal.html")


@screen(PUBLIC)
def accessibility(request: ActorRequest) -> HttpResponse:
    """Say how accessible the site is and whom to tell."""
    return respond(request, "web/public/accessibility.html")


@screen(PUBLIC)
def privacy(request: ActorRequest) -> HttpResponse:
    """Say what becomes of what people entrust to the site."""
    return respond(request, "web/public/privacy.html")
