"""The best profiles for an establishment, by what its offers and its hires say that it looks for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from entremise.employers import queries
from entremise.employers.models import Establishment
from entremise.kernel import access
from entremise.matching.queries import search_pool
from entremise.matching.queries_cards import cards
from entremise.matching.queries_establishment import sought_by
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

BEST = 5
FULL, PART = "web/adviser/establishment_profiles.html", "web/adviser/_establishment_profiles.html"


@screen("desk.search_pool")
@require_GET
def establishment_profiles(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the best five profiles for an establishment, and the way to all of them."""
    try:
        found = queries.establishment(pk)
    except Establishment.DoesNotExist as missing:
        raise Http404 from missing
    sought = sought_by(found, actor=request.actor)
    page = search_pool(sought.criteria, actor=request.actor, limit=BEST) if sought.is_known else None
    shown, known = cards(page.found, sought.criteria) if page else ([], {})
    context = {
        "establishment": found,
        "sought": sought,
        "jobs": [known.get(code, code) for code in sought.criteria.occupations],
        "cards": shown,
        "total": page.total if page else 0,
        "pool_href": f"{reverse('pool')}?{sought.criteria.query_string()}",
        "may_promote": bool(access.decide("promotions.promote", request.actor)) and found.is_open,
        "promote_query": f"?etablissement={found.pk}",
    }
    return respond(request, FULL, context, part=PART)
