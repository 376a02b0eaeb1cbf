"""Saved searches of the pool, with live counts."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import primary_agency
from entremise.matching.queries import count_each
from entremise.matching.queries_criteria import parse
from entremise.promotions import queries
from entremise.promotions.actions import PromotionRefused
from entremise.promotions.actions_segments import remove_segment, save_segment
from entremise.promotions.models import Segment
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("desk.search_pool")
@require_GET
def segments(request: ActorRequest) -> HttpResponse:
    """List the saved searches with how many profiles each finds now."""
    saved = list(queries.segments(request.actor))
    counts = count_each([parse(segment.query) for segment in saved], actor=request.actor)
    rows = [
        {"segment": segment, "count": count, "may_remove": segment.agency_id in request.actor.agency_ids}
        for segment, count in zip(saved, counts, strict=True)
    ]
    return respond(request, "web/adviser/segments.html", {"rows": rows}, part="web/adviser/_segments.html")


@screen("promotions.segment_save")
@require_POST
def segment_save(request: ActorRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    query = parse(request.POST.get("query", "")).query_string()
    agency = primary_agency(request.actor)
    if agency is None:
        raise Http404
    facts = {"name": request.POST.get("name", ""), "query": query, "is_shared": "is_shared" in request.POST}
    back = f"{reverse('pool')}?{query}"
    try:
        segment = save_segment(agency, actor=request.actor, **facts)
    except PromotionRefused as refusal:
        return refused(request, refusal.reason, back)
    return done(request, _("La recherche « %s » est enregistrée.") % segment.name, back)


@screen("promotions.segment_remove")
@require_POST
def segment_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Forget a saved search."""
    try:
        segment = queries.segment(pk, request.actor)
    except Segment.DoesNotExist:
        return redirect("segments")
    remove_segment(segment, actor=request.actor)
    return done(request, _("La recherche « %s » n'est plus enregistrée.") % segment.name, "segments")
