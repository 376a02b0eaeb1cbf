"""A recruiter searches anonymous profiles by a link, and asks to meet somebody. A GET shows; only a POST acts."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entremise.kernel.models import MailLink
from entremise.matching import actions_recruiter, queries_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.links import PROFILES
from entremise.matching.models_recruiter import RecruiterAccess, RecruiterSearch
from entremise.matching.queries_recruiter import AccessClosed, RecruiterPage
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.profile_search import (
    address_of,
    found_page,
    made_search,
    page_number,
    profiles_context,
    search,
)
from entremise.web.kit.profiles_forms import SearchForm
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest

PAGE = "profiles"


@link_page(PROFILES)
@require_http_methods(["GET", "HEAD"])
def profiles(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the search, and a page of what it found once it is made."""
    try:
        opened = queries_recruiter.access_of(link)
    except AccessClosed as closed:
        return _closed(request, closed)
    made = made_search(request.GET.get("recherche", ""), opened)
    if made is None:
        return _page(request, opened, SearchForm(offered=[]))
    form, found = found_page(made, link, request.GET.get("page", ""))
    return _page(request, opened, form, found)


@link_page(PROFILES)
@require_POST
@once
def profiles_search(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Make a search, counted, and show it."""
    try:
        opened = queries_recruiter.access_of(link)
    except AccessClosed as closed:
        return _closed(request, closed)
    searched = search(opened, request.POST, actor=request.actor)
    if searched.made is not None:
        return redirect(address_of(_own_page(request), searched.made))
    return _page(request, opened, searched.form, before=searched.before)


@link_page(PROFILES)
@require_POST
@once
def profiles_wish(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Ask the adviser to meet the person of a card."""
    try:
        opened = queries_recruiter.access_of(link)
    except AccessClosed as closed:
        return _closed(request, closed)
    made = made_search(request.POST.get("recherche", ""), opened)
    if made is None:
        return refused(request, _("Cette recherche n'existe plus : faites-en une nouvelle."), _own_page(request))
    back = address_of(_own_page(request), made, page_number(request.POST.get("page", "")))
    token = request.POST.get("carte", "")
    try:
        actions_recruiter.wish_to_meet(opened, actor=request.actor, made=made, token=token)
    except RecruiterRefused as refusal:
        return refused(request, refusal.reason, back)
    return done(request, _("C'est demandé. L'agence parle à cette personne, puis revient vers vous."), back)


def _page(
    request: ActorRequest,
    opened: RecruiterAccess,
    form: SearchForm,
    found: RecruiterPage | None = None,
    *,
    before: RecruiterSearch | None = None,
) -> HttpResponse:
    own = _own_page(request)
    shown = profiles_context(form, found, before, address=lambda made, number: address_of(own, made, number))
    context = {"opened": opened, **shown}
    return respond(request, "web/employer/profiles.html", context, status=422 if form.errors else 200)


def _closed(request: ActorRequest, closed: AccessClosed) -> HttpResponse:
    return respond(request, "web/employer/profiles_closed.html", {"reason": closed.reason}, status=410)


def _own_page(request: ActorRequest) -> str:
    return reverse(PAGE, args=[own_reference(request)])
