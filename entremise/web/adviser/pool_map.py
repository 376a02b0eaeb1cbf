"""Where the profiles of a search live: circles on a map, and the same numbers in a table that can be sorted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from entremise.lib.geo import Point
from entremise.lib.text import sort_key
from entremise.matching.queries import count_each, search_pool, without
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.territories.queries import departments, zones
from entremise.territories.queries_places import commune_places, department_places
from entremise.web.adviser import pool_filters
from entremise.web.components.maps import BubbleMap, Spot, bubble_map
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

OVERSEAS = ("97", "98")
BY_NAME, BY_COUNT = "nom", "nombre"


@dataclass(frozen=True, slots=True)
class Row:
    """One department or zone, with how many profiles live there."""

    code: str
    name: str
    count: int
    query: str  # the same search there, empty for what no filter can say
    is_chosen: bool = False

    @property
    def url(self) -> str:
        """Return the address of the search there."""
        return f"{reverse('pool')}?{self.query}" if self.query else ""


@dataclass(frozen=True, slots=True)
class Map:
    """What the page shows: a territory cut in rows."""

    rows: list[Row]
    chart: BubbleMap
    total: int
    department: str = ""  # name of the only one shown, cut in zones; empty when departments are shown
    relaxed: list[tuple[str, int]] = field(default_factory=list)  # when nobody is found: what to leave out


@screen("desk.search_pool")
@require_GET
def pool_map(request: ActorRequest) -> HttpResponse:
    """Show where the profiles of a search live, within the territory of the actor."""
    criteria = parse(request.GET.urlencode())
    mine = request.actor.departments
    shown = {criteria.department} & mine if criteria.department else mine
    drawn = _by_zone(request, criteria, next(iter(shown))) if len(shown) == 1 else _by_department(request, criteria)
    order = request.GET.get("ordre", BY_COUNT)
    query = criteria.query_string()
    context: dict[str, Any] = {
        "map": drawn,
        "rows": sorted(drawn.rows, key=_sort_key(order)),
        "order": BY_NAME if order == BY_NAME else BY_COUNT,
        "query": query,
        "wider_query": replace(criteria, department="", zone="").query_string(),
        "has_wider": bool(drawn.department) and len(mine) > 1,
        "relaxations": pool_filters.relaxations(criteria, drawn.relaxed),
    }
    return respond(request, "web/adviser/pool_map.html", context)


def _by_department(request: ActorRequest, criteria: PoolCriteria) -> Map:
    page = search_pool(criteria, actor=request.actor, limit=1)
    places = department_places(page.by_department)
    named = {department.pk: department.name for department in departments(request.actor.departments)}
    rows = [
        Row(code, named.get(code, code), count, replace(criteria, department=code, zone="").query_string())
        for code, count in page.by_department.items()
    ]
    spots = [_spot(row, places[row.code], is_apart=row.code.startswith(OVERSEAS)) for row in rows]
    ground = [at for code, at in places.items() if not code.startswith(OVERSEAS)]
    is_metropolitan = any(not spot.is_apart for spot in spots)
    return Map(rows, bubble_map(spots, ground=ground if is_metropolitan else ()), page.total, relaxed=page.relaxed)


def _by_zone(request: ActorRequest, criteria: PoolCriteria, code: str) -> Map:
    """Cut one department in employment zones; who lives in a commune without a zone is counted apart."""
    everywhere = replace(criteria, zone="")
    known = list(zones([code]))
    name = known[0].department.name if known else departments([code])[0].name
    asked = [everywhere, *(replace(everywhere, zone=zone.code) for zone in known)]
    looser = [one for one in pool_filters.RELAX if getattr(criteria, one, None) or one in criteria.toggles]
    total, *counts = count_each([*asked, *(without(criteria, one) for one in looser)], actor=request.actor)
    if not total:
        return Map(
            [],
            bubble_map([]),
            0,
            name,
            sorted(zip(looser, counts[len(known) :], strict=True), key=lambda pair: -pair[1]),
        )
    places = commune_places(code)
    rows = [
        Row(zone.code, zone.name, count, one.query_string(), is_chosen=zone.code == criteria.zone)
        for zone, count, one in zip(known, counts, asked[1:], strict=False)
    ]
    spots = [_spot(row, at) for row in rows if (at := _middle([p for zone, p in places if zone == row.code]))]
    if rest := total - sum(counts[: len(known)]):
        rows.append(Row("", _("Autres communes"), rest, ""))
    return Map(rows, bubble_map(spots, ground=[at for _zone, at in places]), total, name)


def _spot(row: Row, at: Point, *, is_apart: bool = False) -> Spot:
    told = {"place": row.name, "count": localize(row.count)}
    spoken = ngettext("%(place)s : %(count)s profil", "%(place)s : %(count)s profils", row.count) % told
    return Spot(
        row.name, row.code, row.count, str(told["count"]), spoken, at, row.url,
        is_apart=is_apart, is_chosen=row.is_chosen,
    )  # fmt: skip


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    count = len(points)
    return Point(sum(at.latitude for at in points) / count, sum(at.longitude for at in points) / count)


def _sort_key(order: str) -> Callable[[Row], Any]:
    return (lambda row: sort_key(row.name)) if order == BY_NAME else lambda row: (-row.count, row.name)
