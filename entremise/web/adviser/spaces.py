"""The console of the recruiter spaces: by deadline, overdue first, filtered, as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.accounts.queries import primary_agency
from entremise.employers import queries_certification as queries
from entremise.employers import rules_certification as rules
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import RecruiterSpace
from entremise.employers.workflow import UNDECIDED
from entremise.kernel import clock
from entremise.promotions import actions_export
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

SHOWN = 40
WAITING, OVERDUE, EVERY = "", "en-retard", "toutes"


@dataclass(frozen=True, slots=True)
class Line:
    """One space in the list."""

    space: RecruiterSpace
    is_overdue: bool


@screen("employers.look_after_spaces")
@require_GET
def spaces(request: ActorRequest) -> HttpResponse:
    """List the spaces: those that wait for a decision first, the nearest deadline on top."""
    asked = request.GET.get("etat", "")
    counts = queries.state_counts(request.actor)
    start = _start(request.GET.get("apres", ""))
    found = list(_filtered(request)[start : start + SHOWN + 1])
    now = clock.now()
    lines = [Line(row, row.state in UNDECIDED and rules.is_overdue(row.due_at, now)) for row in found[:SHOWN]]
    following = urlencode({"etat": asked, "apres": start + SHOWN})
    context = {
        "lines": lines,
        "asked": asked,
        "states": [(value, label, counts.get(value, 0)) for value, label in SpaceState.choices],
        "waiting": sum(counts.get(state, 0) for state in UNDECIDED),
        "overdue": queries.overdue_count(request.actor),
        "next_href": f"?{following}" if len(found) > SHOWN else "",
        "export": column_choice(request, reverse("spaces_export"), _columns()),
    }
    return respond(request, "web/adviser/spaces.html", context, part="web/adviser/_spaces.html")


@screen("employers.look_after_spaces")
@require_GET
@fresh
def spaces_export(request: ActorRequest) -> HttpResponse:
    """Give the list with the filters of the page; no address nor number is in it."""
    found = list(_filtered(request)[: MOST_LINES + 1])
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "spaces")
    agency = primary_agency(request.actor)
    if agency is not None:
        actions_export.note_export(agency, actor=request.actor, what="spaces", count=len(found))
    return spreadsheet(request, _("Espaces recruteurs"), *with_columns(request, _columns(), map(_row, found)))


def _filtered(request: ActorRequest) -> Any:
    asked, rows = request.GET.get("etat", ""), queries.console(request.actor)
    if asked == OVERDUE:
        return rows.filter(state__in=UNDECIDED, due_at__lt=clock.now())
    if asked in SpaceState.values:
        return rows.filter(state=asked)
    return rows if asked == EVERY else rows.filter(state__in=UNDECIDED)


def _start(text: str) -> int:
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _columns() -> Mapping[str, str]:
    return {
        "etablissement": _("Établissement"), "siret": _("SIRET"), "commune": _("Commune"), "agence": _("Agence"),
        "etat": _("État"), "demande": _("Demandé le"), "echeance": _("Échéance"), "decide": _("Décidé le"),
        "vigilance": _("Points à répondre"), "revoir": _("À revoir"),
    }  # fmt: skip


def _row(row: Any) -> list[Any]:
    place = row.establishment
    return [
        place.name, place.siret, place.commune.name, row.agency.name, row.get_state_display(), _moment(row.created_at),
        _moment(row.due_at), _moment(row.decided_at), row.holding_count, row.get_recheck_display(),
    ]  # fmt: skip


def _moment(moment: Any) -> Any:
    return clock.local(moment).replace(tzinfo=None, microsecond=0) if moment else ""
