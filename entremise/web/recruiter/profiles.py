"""A recruiter searches anonymous profiles from the space, and asks to meet somebody. A GET shows; only a POST acts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.employers.models_spaces import RecruiterSpace
from entremise.matching import actions_recruiter, queries_recruiter, rules_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import RecruiterAccess, RecruiterSearch
from entremise.matching.queries_cards import labels
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.queries_recruiter import RecruiterPage
from entremise.matching.queries_recruiter_spaces import access_of_space, key_of, last_searches, waiting_wishes
from entremise.web.employer.profiles_forms import SearchForm, filled, offered_skills
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.typed import whole_number
from entremise.web.recruiter.space import in_space, page

HOME = "recruiter_profiles"


@in_space("employers.own_space")
@require_GET
def profiles(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Show the search, and a page of what it found once it is made."""
    opened = access_of_space(space)
    made = _made(request.GET.get("recherche", ""), opened)
    if opened is None or made is None:
        return _page(request, space, SearchForm(offered=[]), opened=opened)
    number = whole_number(request.GET.get("page", "")) or 1
    found = queries_recruiter.page_of_cards(made, key_of(opened), number)
    criteria = parse(made.query)
    form = SearchForm(initial=filled(criteria, found.labels), offered=_offered(criteria))
    return _page(request, space, form, found, opened=opened)


@in_space("matching.open_own_search")
@require_POST
@once
def profiles_search(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Make a search, counted, and show it."""
    opened = actions_recruiter.open_own(space, actor=request.actor)
    before = _made(request.POST.get("before", ""), opened)
    known = parse(before.query) if before else PoolCriteria()
    initial = filled(known, labels(known.occupations, known.skills))
    form = SearchForm(request.POST, initial=initial, offered=_offered(known))
    if form.is_valid():
        criteria = form.criteria(opened)
        if not form.errors:
            try:
                made = actions_recruiter.search(opened, actor=request.actor, criteria=criteria)
                return redirect(_address(made))
            except RecruiterRefused as refusal:
                form.add_error(refusal.field or None, refusal.reason)
    return _page(request, space, form, opened=opened, before=before)


@in_space("matching.search_as_recruiter")
@require_POST
@once
def profiles_wish(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Ask to meet the person of a card; the wish waits while the space is not certified."""
    opened = access_of_space(space)
    made = _made(request.POST.get("recherche", ""), opened)
    if opened is None or made is None:
        return refused(request, _("Cette recherche n'existe plus : faites-en une nouvelle."), HOME)
    back = _address(made, whole_number(request.POST.get("page", "")) or 1)
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
        "form": form,
        "found": found,
        "before": found.search if found else before,
        "most_cards": rules_recruiter.MOST_CARDS,
        "wish_url": reverse("recruiter_profiles_wish"),
        "is_held": not space.is_certified,
        "held_count": waiting_wishes(space),
        "last": [] if found or opened is None else last_searches(opened),
    }
    if found is not None:
        number = found.number
        context["next_href"] = _address(found.search, found.next_number) if found.next_number else ""
        context["previous_href"] = _address(found.search, number - 1) if number > 1 else ""
    return page(request, "profiles.html", space, context, status=422 if form.errors else 200)


def _offered(criteria: PoolCriteria) -> Any:
    return offered_skills(next(iter(criteria.occupations), ""), criteria.skills)


def _made(text: str, opened: RecruiterAccess | None) -> RecruiterSearch | None:
    try:
        return queries_recruiter.search_of(UUID(text), opened) if opened else None
    except ValueError:  # an address that was cut or changed
        return None


def _address(made: RecruiterSearch, number: int = 1) -> str:
    return f"{reverse(HOME)}?recherche={made.pk}" + (f"&page={number}" if number > 1 else "") + "#profils"
