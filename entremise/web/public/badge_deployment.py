"""The state of deployment of badges as open data: one table, as a page, as CSV and as JSON."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import caches
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entremise.credentials import queries_directory as directory
from entremise.credentials.rules_deployment import LEAST_AWARDED, NOWHERE, WHOLE, Line
from entremise.kernel import clock
from entremise.web.kit.exports import spreadsheet
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

KEPT_SECONDS = 600  # everybody may ask: the tables are counted once in ten minutes
SLOT = "badge_deployment"
COLUMNS = ("periode", "code_territoire", "territoire", "badges_publies", "emetteurs", "titulaires", "badges_recus")
CSV, JSON = "csv", "json"


@screen(PUBLIC)
@require_safe
def deployment(request: ActorRequest) -> HttpResponse:
    """Show badges, issuers and holders by territory and quarter."""
    rows = [_row(line, names) for names in [_names()] for line in _lines()]
    asked = request.GET.get("format", "")
    if asked == CSV:
        return spreadsheet(request, _("Déploiement des badges"), list(COLUMNS), _values(rows))
    if asked == JSON:
        document = {
            "date": clock.today().isoformat(),
            "seuil": LEAST_AWARDED,
            "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "lignes": rows,
        }
        return JsonResponse(document, headers={"Access-Control-Allow-Origin": "*"})
    return respond(request, "web/public/badge_deployment.html", {"rows": rows, "smallest": LEAST_AWARDED})


def _lines() -> list[Line]:
    cache = caches["process"]
    kept: list[Line] | None = cache.get(SLOT)
    if kept is None:
        kept = directory.deployment()
        cache.set(SLOT, kept, KEPT_SECONDS)
    return kept


def _names() -> dict[str, str]:
    named = dict(directory.departments().values_list("code", "name"))
    return named | {WHOLE: _("Toute la France"), NOWHERE: _("Sans territoire")}


def _row(line: Line, names: dict[str, str]) -> dict[str, Any]:
    code = {WHOLE: "FR"}.get(line.territory, line.territory)
    values = (
        line.period,
        code,
        names.get(line.territory, line.territory),
        line.badges,
        line.issuers,
        line.holders,
        line.awards,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _values(rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield ["" if value is None else value for value in row.values()]
