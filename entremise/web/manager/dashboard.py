"""The team's dashboard of promotions, and the same figures as a file."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.indicators import queries_export
from entremise.indicators.queries import promotion_dashboard
from entremise.indicators.queries_words import DEFINITIONS
from entremise.kernel import access, clock
from entremise.web.kit.exports import column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh
from entremise.web.manager import dashboard_tiles as words
from entremise.web.manager.dashboard_forms import FilterForm


@screen("indicators.view")
@require_GET
def dashboard(request: ActorRequest) -> HttpResponse:
    """Show what promotions give, compared and explained."""
    form = FilterForm(request.GET)
    board = promotion_dashboard(form.filters(), request.actor, clock.now())
    export = column_choice(
        request, reverse("dashboard_export"), queries_export.columns(), always=queries_export.ALWAYS
    )
    form.offer(board.agency_choices, board.kind_choices, board.adviser_choices)
    context = {
        "form": form, "board": board, "tiles": words.tiles(board), "funnel": words.funnel(board),
        "months": words.months(board), "agencies": words.table(board.agencies), "kinds": words.table(board.kinds),
        "advisers": words.table(board.advisers, with_team=False), "acts": words.acts(board),
        "acts_definition": DEFINITIONS["acts"][1], "todos": words.todos(board, request.actor),
        "export": export, "may_see_answers": bool(access.decide("reciprok.steer", request.actor)),
    }  # fmt: skip
    return respond(request, "web/manager/dashboard.html", context, part="web/manager/_dashboard.html")


@screen("indicators.view")
@require_GET
@fresh
def dashboard_export(request: ActorRequest) -> HttpResponse:
    """Give the figures of the page, with how they are counted, as CSV or XLSX."""
    board = promotion_dashboard(FilterForm(request.GET).filters(), request.actor, clock.now())
    columns, rows = queries_export.columns(), queries_export.rows(board)
    return spreadsheet(
        request, _("Tableau de bord"), *with_columns(request, columns, rows, always=queries_export.ALWAYS)
    )
