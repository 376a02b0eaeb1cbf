"""How an offer stands beside similar ones, to read with the recruiter and to print."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from entremise.kernel import clock
from entremise.offers.queries_attractiveness import position_of
from entremise.offers.rules_attractiveness import MIN_SIMILAR_OFFERS, Block, Mark, Point, Position, may_be_shown
from entremise.web.adviser.offers import found_offer
from entremise.web.components.charts import Series, line_chart
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

TITLES = {
    "market": gettext_lazy("Marché de mon offre"),
    "candidates": gettext_lazy("Évolution des candidatures"),
    "criteria": gettext_lazy("Analyse des critères"),
}


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A comparison in words."""

    mark: Mark
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block in words."""

    title: str
    needs_attention: bool
    points: tuple[ShownPoint, ...]


@screen("offers.view")
@require_GET
def offer_attractiveness(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show where an offer stands, or why that cannot be said yet."""
    offer = found_offer(request, pk)
    opened_on = clock.local(offer.opened_at).date() if offer.opened_at else None
    is_due = may_be_shown(opened_on, clock.today())
    found = position_of(offer) if is_due else None
    context: dict[str, Any] = {
        "offer": offer,
        "is_due": is_due,
        "position": found,
        "verdict": _(found.verdict) if found else "",
        "blocks": [_shown(block) for block in found.blocks] if found else [],
        "chart": _chart(found) if found else None,
        "fewest": MIN_SIMILAR_OFFERS,
    }
    return respond(
        request, "web/adviser/offer_attractiveness.html", context, part="web/adviser/_offer_attractiveness.html"
    )


def _shown(block: Block) -> ShownBlock:
    return ShownBlock(str(TITLES[block.code]), block.needs_attention, tuple(_told(one) for one in block.points))


def _told(point: Point) -> ShownPoint:
    return ShownPoint(point.mark, _(point.sentence) % point.facts, _(point.advice) if point.advice else "")


def _chart(found: Position) -> Any:
    months = [format_date(_first(month), "N y") for month, _count in found.by_month]
    values = [float(count) for _month, count in found.by_month]
    return line_chart(months, [Series(_("Offres semblables ouvertes chaque mois"), values)])


def _first(month: str) -> Any:
    return dt.date.fromisoformat(f"{month}-01")
