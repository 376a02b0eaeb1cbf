"""A recruiter searches anonymous profiles from the space, and asks to meet somebody. A GET shows; only a POST acts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.employers.models_spaces import RecruiterSpace
from entremise.matching import actions_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import RecruiterAccess, RecruiterSearch
from entremise.matching.queries_recruiter import RecruiterPage
from entremise.matching.queries_recruiter_spaces import access_of_space, key_of, last_searches, waiting_wishes
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
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest
from entremise.web.recruiter.space import in_space, page

HOME = "recruiter_profiles"


@in_space("employers.own_space")
@require_GET
def profiles(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Show the search, and a page of what it found once it is made."""
    opened = access_of_space(space)
    made = made_search(request.GET.get("recherche", ""), opened)
    if opened is None or made is None:
        return _page(request, space, SearchForm(offered=[]), opened=opened)
    form, found = found_page(made, key_of(opened), request.GET.get("page", ""))
    return _page(request, space, form, found, opened=opened)


@in_space("matching.open_own_search")
@require_POST
@once
def profiles_search(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Make a search, counted, and show it."""
    opened = actions_recruiter.open_own(space, actor=request.actor)
    searched = search(opened, request.POST, actor=request.actor)
    if searched.made is not None:
        return redirect(_address(searched.made))
    return _page(request, space, searched.form, opened=opened, before=searched.before)


@in_space("matching.search_as_recruiter")
@require_POST
@once
def profiles_wish(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Ask to meet the person of a card; the wish waits while the space is not certified."""
    opened = access_of_space(space)
    made = made_search(request.POST.get("recherche", ""), opened)
    if opened is None or made is None:
        return refused(request, _("Cette recherche n'existe plus : faites-en une nouvelle."), HOME)
    back = _address(made, page_number(request.POST.get("page", "")))
    try:
        wish = actions_recruiter.wish_to_meet(
            opened, actor=request.actor, made=made, token=request.POST.get("carte", "")
        )
    except RecruiterRefused as refusal:
        return refused(request, refusal.reason, back)
    if wish.held_at is not None:
        return done(request, _("C'est noté. La demande part à l'agence dès que votre espace est certifié."), back)
    return done(request, _("C'est demandé. L'agence parle à cette personne, puis revient vers vous."), back)


def _page(
    request: ActorRequest,
    space: RecruiterSpace,
    form: SearchForm,
    found: RecruiterPage | None = None,
    *,
    opened: RecruiterAccess | None,
    before: RecruiterSearch | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        **profiles_context(form, found, before, address=_address),
        "wish_url": reverse("recruiter_profiles_wish"),
        "is_held": not space.is_certified,
        "held_count": waiting_wishes(space),
        "last": [] if found or opened is None else last_searches(opened),
    }
    return page(request, "profiles.html", space, context, status=422 if form.errors else 200)


def _address(made: RecruiterSearch, number: int = 1) -> str:
    return address_of(reverse(HOME), made, number)
