"""The applications to one offer, for advisers: how many stand where, each one, and the list as a file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.kernel import clock
from entremise.reciprok import queries_team
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.models import Application
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

SHOWN = 200


@screen("reciprok.view")
@require_GET
def offer_applications(request: ActorRequest, pk: UUID) -> HttpResponse:
    """List the applications to one offer."""
    offer = found_offer(request, pk)
    state = _state(request)
    context = {
        "offer": offer,
        "found": _found(request, pk)[:SHOWN],
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
    rows = (_line(one) for one in _found(request, pk)[:MOST_LINES])
    return spreadsheet(request, _("Candidatures de l'offre"), *with_columns(request, _columns(), rows))


def _found(request: ActorRequest, pk: UUID) -> Any:
    rows = queries_team.of_offer(found_offer(request, pk), request.actor)
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
