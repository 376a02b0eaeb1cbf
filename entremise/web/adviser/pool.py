"""The pool: filters with counts on the left, ranked cards in the middle, the profile on the right."""

from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from entremise.kernel import access
from entremise.matching import queries
from entremise.matching.queries_cards import cards
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.territories.queries_places import zone_names
from entremise.web.adviser import pool_filters
from entremise.web.adviser.pool_forms import selects, typed_form
from entremise.web.kit.page_keys import read_key, written_key
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

OTHERS = ("zone", "department", "not_promoted_days", "available_by", "language")  # filters folded at the bottom
FEW = 5  # below, the page says which filter to leave out to find more


@screen("desk.search_pool")
@require_GET
def pool(request: ActorRequest) -> HttpResponse:
    """Show the profiles that a search finds; what was typed becomes a filter of the address first."""
    criteria, form = parse(request.GET.urlencode()), typed_form(request.GET)
    if form is not None:
        wider, unknown = form.added_to(criteria)
        for sentence in unknown:
            messages.warning(request, sentence)
        return redirect(_address(wider))
    context = _context(request, criteria)
    response = respond(request, "web/adviser/pool.html", context, part="web/adviser/_pool.html")
    if getattr(request, "htmx", False):
        response["HX-Push-Url"] = _address(criteria)
    return response


def _context(request: ActorRequest, criteria: PoolCriteria) -> dict[str, Any]:
    after = read_key(request.GET.get("apres", ""))
    page = queries.search_pool(criteria, actor=request.actor, after=after, few=FEW)
    shown, known = cards(page.found, criteria)
    query = criteria.query_string()
    lists = selects(criteria, zone_names(request.actor.departments))
    return {
        "criteria": criteria,
        "page": page,
        "cards": shown,
        "query": query,
        "is_first": "apres" not in request.GET,
        "typed": pool_filters.typed(criteria, known, page, lists),
        "lists": lists,
        "groups": pool_filters.groups(criteria, page),
        "relaxations": pool_filters.relaxations(criteria, page.relaxed) if not page.total else [],
        "wider": _wider(criteria, page),
        "next_query": _next_query(query, page),
        "export_href": _export(query),
        "is_pool": True,  # cards may be compared, and say why they have their rank
        "asked": parse_qsl(query),
        "others": sum(bool(getattr(criteria, name)) for name in OTHERS),
        "may_promote": bool(access.decide("promotions.promote", request.actor)),
    }


def _wider(criteria: PoolCriteria, page: queries.PoolPage) -> list[pool_filters.Relaxation]:
    """Say, when few are found, which filter to leave out to find more."""
    more = [(name, count) for name, count in page.relaxed if count > page.total] if page.total else []
    return pool_filters.relaxations(criteria, more)


def _next_query(query: str, page: queries.PoolPage) -> str:
    if page.next_after is None:
        return ""
    key = f"apres={written_key(page.next_after)}"
    return f"{query}&{key}" if query else key


def _address(criteria: PoolCriteria) -> str:
    query = criteria.query_string()
    return f"{reverse('pool')}?{query}" if query else reverse("pool")


def _export(query: str) -> str:
    try:
        return f"{reverse('pool_export')}?{query}"
    except NoReverseMatch:  # this installation does not export the pool
        return ""
