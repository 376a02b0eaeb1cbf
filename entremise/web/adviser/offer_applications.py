"""The applications to one offer, for advisers: how many stand where, each one, and the list as a file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.reciprok import queries_team
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.models import Application
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

SHOWN = 200


@screen("reciprok.view")
@require_GET
def offer_applications(request: ActorRequest, pk: UUID) -> HttpResponse:
    """List the applications to one offer."""
    offer, state = found_offer(request, pk), _state(request)
    rows = _found(offer, request)
    found = list(rows[: SHOWN + 1])
    context = {
        "offer": offer,
        "found": found[:SHOWN],
        "shown": SHOWN,
        "total": rows.count() if len(found) > SHOWN else 0,  # told when the page does not hold them all
        "counts": queries_team.counts_of_offer(offer, request.actor),
        "waiting": queries_team.waiting_count(offer, request.actor),
        "states": ApplicationState.choices,
        "state": state,
        "export": column_choice(request, reverse("offer_applications_export", args=[pk]), _columns()),
    }
    return respond(request, "web/adviser/offer_applications.html", context)


@screen("reciprok.export")
@require_GET
@fresh
def offer_applications_export(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the applications to one offer as a file; it has references and no name."""
    found = list(_found(found_offer(request, pk), request)[: MOST_LINES + 1])
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "offer_applications", pk=pk)
    lines = with_columns(request, _columns(), map(_line, found))
    return spreadsheet(request, _("Candidatures de l'offre"), *lines)


def _found(offer: Offer, request: ActorRequest) -> Any:
    rows = queries_team.of_offer(offer, request.actor)
    state = _state(request)
    return rows.filter(state=state) if state else rows


def _state(request: ActorRequest) -> str:
    asked = request.GET.get("etat", "")
    return asked if asked in ApplicationState.values else ""


def _columns() -> dict[str, str]:
    return {
        "profil": _("Profil"), "envoyee": _("Envoyée le"), "etat": _("État"), "depuis": _("Depuis le"),
        "reponse": _("Répondue le"), "raison": _("Raison"), "origine": _("Provenance"),
    }  # fmt: skip


def _line(one: Application) -> list[Any]:
    days = [clock.local(at).date() if at else None for at in (one.sent_at, one.changed_at, one.answered_at)]
    told = (one.get_state_display(), one.get_reason_display(), one.get_origin_display())
    return [one.person.reference, days[0], told[0], days[1], days[2], told[1], told[2]]
