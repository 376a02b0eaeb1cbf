"""A recruiter searches anonymous profiles by a link, and asks to meet somebody. A GET shows; only a POST acts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entremise.kernel.models import MailLink
from entremise.matching import actions_recruiter, queries_recruiter, rules_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.links import PROFILES
from entremise.matching.models_recruiter import RecruiterAccess, RecruiterSearch
from entremise.matching.queries_cards import labels
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.queries_recruiter import AccessClosed, RecruiterPage
from entremise.web.employer.profiles_forms import SearchForm, filled, offered_skills
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.typed import whole_number

PAGE = "profiles"


@link_page(PROFILES)
@require_http_methods(["GET", "HEAD"])
def profiles(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the search, and a page of what it found once it is made."""
    try:
        opened = queries_recruiter.access_of(link)
    except AccessClosed as closed:
        return _closed(request, closed)
    made = _made(request.GET.get("recherche", ""), opened)
    if made is None:
        form = SearchForm(offered=[])
        return _page(request, opened, form)
    found = queries_recruiter.page_of_cards(made, link, whole_number(request.GET.get("page", "")) or 1)
    criteria = parse(made.query)
    form = SearchForm(initial=filled(criteria, found.labels), offered=_offered(criteria))
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
    before = _made(request.POST.get("before", ""), opened)
    known = parse(before.query) if before else PoolCriteria()
    initial = filled(known, labels(known.occupations, known.skills))
    form = SearchForm(request.POST, initial=initial, offered=_offered(known))
    if form.is_valid():
        criteria = form.criteria(opened)
        if not form.errors:
            try:
                made = actions_recruiter.search(opened, actor=request.actor, criteria=criteria)
                return redirect(_address(request, made))
            except RecruiterRefused as refusal:
                form.add_error(refusal.field or None, refusal.reason)
    return _page(request, opened, form, before=before)


@link_page(PROFILES)
@require_POST
@once
def profiles_wish(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Ask the adviser to meet the person of a card."""
    try:
        opened = queries_recruiter.access_of(link)
    except AccessClosed as closed:
        return _closed(request, closed)
    made = _made(request.POST.get("recherche", ""), opened)
    if made is None:
        return refused(request, _("Cette recherche n'existe plus : faites-en une nouvelle."), _address(request))
    back = _address(request, made, whole_number(request.POST.get("page", "")) or 1)
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
    context: dict[str, Any] = {
        "opened": opened,
        "form": form,
        "found": found,
        "before": found.search if found else before,
        "most_cards": rules_recruiter.MOST_CARDS,
    }
    if found is not None:
        number = found.number
        context["next_href"] = _address(request, found.search, found.next_number) if found.next_number else ""
        context["previous_href"] = _address(request, found.search, number - 1) if number > 1 else ""
    return respond(request, "web/employer/profiles.html", context, status=422 if form.errors else 200)


def _closed(request: ActorRequest, closed: AccessClosed) -> HttpResponse:
    return respond(request, "web/employer/profiles_closed.html", {"reason": closed.reason}, status=410)


def _offered(criteria: PoolCriteria) -> Any:
    return offered_skills(next(iter(criteria.occupations), ""), criteria.skills)


def _made(text: str, opened: RecruiterAccess) -> RecruiterSearch | None:
    try:
        return queries_recruiter.search_of(UUID(text), opened)
    except ValueError:  # an address that was cut or changed
        return None


def _address(request: ActorRequest, made: RecruiterSearch | None = None, page: int = 1) -> str:
    address = reverse(PAGE, args=[own_reference(request)])
    if made is None:
        return address
    return f"{address}?recherche={made.pk}" + (f"&page={page}" if page > 1 else "") + "#profils"
