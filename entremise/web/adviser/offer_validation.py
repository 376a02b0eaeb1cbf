"""Offers that wait for an adviser: the list, one offer with its alerts, what is decided about each, and about it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel.workflow import TransitionRefused
from entremise.offers import (
    actions_checks,
    actions_deposit,
    actions_publication,
    queries,
    queries_checks,
    queries_own_offers,
)
from entremise.offers.actions import OfferRefused, require_version
from entremise.offers.enums import UNDECIDED, OfferState
from entremise.offers.models import Offer
from entremise.offers.rules import LONGEST_RETURN
from entremise.offers.workflow import may_be_public
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.exports import column_choice
from entremise.web.kit.offer_files import waiting_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifier, whole_number

TO_READ = (OfferState.WAITING, OfferState.DRAFT)
LIST, ONE = "offers_to_validate", "offer_validation"


@screen("offers.view")
@require_GET
def offers_to_validate(request: ActorRequest) -> HttpResponse:
    """List the offers that wait, the first to arrive first; with those whose space is not certified when asked."""
    has_held = with_held(request)
    page = queries_own_offers.to_validate(
        request.actor, after=identifier(request.GET.get("apres", "")), with_held=has_held
    )
    alerts = queries_own_offers.alert_counts(page.rows)
    context = {
        "page": page,
        "rows": [(row, alerts.get(row.pk, 0)) for row in page.rows],
        "with_held": has_held,
        "export": column_choice(request, reverse("offers_to_validate_export"), waiting_columns()),
        "next_href": f"?apres={page.next_key}{'&espaces=1' if has_held else ''}" if page.next_key else "",
    }
    return respond(request, "web/adviser/offers_to_validate.html", context)


def with_held(request: ActorRequest) -> bool:
    """Tell whether the list shows the offers whose space is not certified too."""
    return request.GET.get("espaces") == "1"


@screen("offers.view")
@require_GET
def offer_validation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show an offer as it was written, with what was seen in it."""
    found = found_offer(request, pk)
    if found.space_id is None and found.state not in TO_READ:
        raise Http404
    return _page(request, found)


@screen("offers.open")
@require_POST
@once
def offer_validation_act(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Publish what was read, send it back with words, or have it read again."""
    found, act = found_offer(request, pk), request.POST.get("acte", "")
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        if act == "open":
            actions_deposit.validate(found, actor=request.actor, version=version)
            return done(request, _("L'offre est publiée."), LIST)
        if act == "send_back":
            words = request.POST.get("words", "")
            actions_publication.send_back(found, actor=request.actor, words=words, version=version)
            return done(request, _("L'offre est renvoyée au recruteur, avec vos mots."), LIST)
        require_version(found, version)
        actions_checks.review(found, actor=request.actor)
    except (OfferRefused, TransitionRefused) as refusal:
        return refused(request, refusal.reason, ONE, pk=pk)
    return done(request, _("L'offre vient d'être relue."), ONE, pk=pk)


@screen("offers.answer_alert")
@require_POST
@once
def offer_alert_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Decide about one alert of an offer, named in the form."""
    found, asked = found_offer(request, pk), request.POST.get("alerte", "")
    alert = next((one for one in queries_checks.alerts_of(found, request.actor) if str(one.pk) == asked), None)
    if alert is None:
        return refused(request, _("Cette alerte n'existe plus : l'offre a été relue depuis. Relisez-la."), ONE, pk=pk)
    decision, words = request.POST.get("decision", ""), request.POST.get("words", "")
    try:
        actions_checks.answer(alert, actor=request.actor, decision=decision, words=words)
    except OfferRefused as refusal:
        return refused(request, refusal.reason, ONE, pk=pk)
    return done(request, _("C'est noté."), ONE, pk=pk)


def _page(request: ActorRequest, found: Offer) -> HttpResponse:
    alerts = list(queries_checks.alerts_of(found, request.actor))
    undecided = [one for one in alerts if one.is_blocking and one.decision in UNDECIDED]
    explained = queries_checks.explained(found, alerts)
    context: dict[str, Any] = {
        "offer": found,
        "asked": queries.skills_asked(found),
        "alerts": explained,
        "undecided": undecided,
        "to_correct": "\n".join(seen.told for alert, seen in explained if seen and alert in undecided)[
            :LONGEST_RETURN
        ],
        "hindrance": may_be_public(found),
        "is_waiting": found.state in TO_READ,
        "is_ours": found.space_id is None,
    }
    return respond(request, "web/adviser/offer_validation.html", context)
