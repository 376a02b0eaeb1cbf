"""Why a profile has its rank in a search of the pool."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.kernel import access
from entremise.matching.engine import score
from entremise.matching.queries import without
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.queries_rank import COUNTED, Beside, NotInPool, NotInSearch, standing
from entremise.web.adviser import pool_filters
from entremise.web.adviser.pool_compare import CHOSEN
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

REFUSED = "web/adviser/pool_refused.html"


@screen("desk.search_pool")
@require_GET
def pool_rank(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Explain the rank of one profile in the search of the address."""
    criteria = parse(request.GET.urlencode())
    query = criteria.query_string()
    context: dict[str, Any] = {"query": query, "title": _("Pourquoi ce rang ?"), "contest_href": _contest(pk, query)}
    try:
        found = standing(pk, criteria, actor=request.actor)
    except NotInPool as refusal:
        return respond(request, REFUSED, {**context, "reason": refusal.reason}, status=404)
    except NotInSearch as refusal:
        missing = {"reason": refusal.reason, "card": refusal.card, "filters": _filters(criteria, refusal.missing)}
        return respond(request, REFUSED, {**context, **missing}, status=404)
    context |= {
        "standing": found,
        "counted": COUNTED,
        "version": f"{score.VERSION} ({date_format(score.IN_FORCE.since, 'j F Y')})",
        "above_href": _compared(query, pk, found.above),
        "below_href": _compared(query, pk, found.below),
        "may_promote": bool(access.decide("promotions.promote", request.actor)),
    }
    return respond(request, "web/adviser/pool_rank.html", context)


def _compared(query: str, pk: UUID, beside: Beside | None) -> str:
    """Return the address that compares a profile with its neighbour, nothing when it has none."""
    if beside is None:
        return ""
    pair = urlencode([(CHOSEN, str(pk)), (CHOSEN, str(beside.person_id))])
    return f"{reverse('pool_compare')}?{query}&{pair}" if query else f"{reverse('pool_compare')}?{pair}"


def _filters(criteria: PoolCriteria, names: list[str]) -> list[tuple[Any, str]]:
    """Name the filters to leave out, with the search that each gives."""
    return [(pool_filters.RELAX[name], without(criteria, name).query_string()) for name in names]


def _contest(pk: UUID, query: str) -> str:
    try:
        address = reverse("contest_pool", args=[pk])
    except NoReverseMatch:  # this installation takes no contestation
        return ""
    return f"{address}?{query}" if query else address
