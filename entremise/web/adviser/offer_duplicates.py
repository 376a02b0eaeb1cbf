"""The offers that repeat one: why they are the same, which one is kept, how to bring one back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel.access import AccessDenied
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions_duplicates as actions
from entremise.offers import queries_duplicates as queries
from entremise.offers.actions import OfferRefused
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import DuplicateDecision
from entremise.web.adviser.offers import found_offer
from entremise.web.components import flash
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

PAGE = "offer_duplicates"


@screen("offers.view")
@require_GET
def offer_duplicates(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the offers that repeat one, and what was decided about them."""
    found = found_offer(request, pk)
    context = {
        "offer": found,
        "repeats": [] if found.is_closed else queries.repeats_seen_by(found, request.actor),
        "decisions": [_decision(found, one) for one in queries.decisions_about(found, request.actor)],
    }
    return respond(request, "web/adviser/offer_duplicates.html", context)


@screen("offers.duplicates")
@require_POST
@once
def duplicate_set_aside(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Set one of the two offers aside: this one, or the other one that the form names."""
    found, other = found_offer(request, pk), request.POST.get("autre", "")
    repeat = next((one for one in queries.repeats_seen_by(found, request.actor) if str(one.offer.pk) == other), None)
    if repeat is None:
        return refused(request, _("Ces deux offres ne sont plus en double : relisez-les."), PAGE, pk=pk)
    choices = {"celle-ci": (found, repeat.offer), "l-autre": (repeat.offer, found)}
    if (choice := choices.get(request.POST.get("ecarter", ""))) is None:
        return refused(request, _("Dites laquelle des deux offres est à écarter."), PAGE, pk=pk)
    aside, kept = choice
    try:
        decision = actions.set_aside(aside, actor=request.actor, kept=kept, match=repeat.match)
    except (OfferRefused, TransitionRefused, AccessDenied) as refusal:
        return refused(request, refusal.reason, PAGE, pk=pk)
    words = _("« %(title)s » est écartée : l'autre offre est gardée.") % {"title": aside.title}
    flash.say_undoable(request, words, undo_url=reverse("duplicate_undo", args=[decision.pk]))
    return done(request, "", PAGE, pk=pk)


@screen("offers.undo_duplicate")
@require_POST
@once
def duplicate_undo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Bring back an offer that was set aside by mistake."""
    try:
        decision = queries.decision(pk, request.actor)
    except DuplicateDecision.DoesNotExist as missing:
        raise Http404 from missing
    try:
        actions.undo(decision, actor=request.actor)
    except (OfferRefused, TransitionRefused) as refusal:
        return refused(request, refusal.reason, PAGE, pk=decision.set_aside_id)
    words = _("« %(title)s » est revenue. Ces deux offres ne vous seront plus signalées comme des doublons.")
    return done(request, words % {"title": decision.set_aside.title}, PAGE, pk=decision.set_aside_id)


def _decision(found: Offer, one: DuplicateDecision) -> dict[str, Any]:
    is_kept = one.kept_id == found.pk
    return {
        "one": one,
        "is_kept": is_kept,
        "other": one.set_aside if is_kept else one.kept,
        "likeness": queries.likeness_words(one.likeness),
    }
