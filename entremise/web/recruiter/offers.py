"""The offers of a space: the list, one offer with what it waits for, and what its recruiter does with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions, actions_deposit, actions_publication, queries, queries_own_offers
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.offers.workflow import FLOW
from entremise.reciprok import queries_board
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.offer_files import offer_columns, offer_line
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.typed import identifier
from entremise.web.recruiter.offer_forms import CloseForm
from entremise.web.recruiter.space import in_space, page

MOVES = ("submit", "take_back", "suspend", "resume", "close")


@in_space("offers.own")
@require_GET
def offers(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """List the offers of the space, by state."""
    state = _state(request)
    listed = queries_own_offers.listed(
        space, request.actor, state=state, after=identifier(request.GET.get("apres", ""))
    )
    counts = queries_own_offers.counts(space, request.actor)
    kept = {name: value for name, value in (("etat", state), ("apres", listed.next_key)) if value}
    context = {
        "listed": listed,
        "state": state,
        "states": [(value, label, counts[value]) for value, label in OfferState.choices],
        "next_href": f"?{urlencode(kept)}" if listed.next_key else "",
        "export": column_choice(request, reverse("recruiter_offers_export"), offer_columns(for_recruiter=True)),
    }
    return page(request, "offers.html", space, context)


@in_space("offers.own")
@require_GET
def offers_export(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Give the offers of the space as a file, with the filter of the page."""
    found = queries_own_offers.exported(space, request.actor, MOST_LINES, state=_state(request))
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "recruiter_offers")
    lines = (offer_line(row, for_recruiter=True) for row in found)
    return spreadsheet(request, _("Nos offres"), *with_columns(request, offer_columns(for_recruiter=True), lines))


@in_space("offers.own")
@require_GET
def offer(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Show one offer and where it stands."""
    return _page(request, space, found_offer(request, pk))


@in_space("offers.own")
@require_POST
@once
def offer_act(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Do one thing with an offer."""
    found, act = found_offer(request, pk), request.POST.get("acte", "")
    form = CloseForm(request.POST if act == "close" else None)
    if act == "close" and not form.is_valid():
        return _page(request, space, found, form)
    try:
        moved, text = _done(request, found, act, form)
    except (OfferRefused, TransitionRefused) as refusal:
        return refused(request, refusal.reason, "recruiter_offer", pk=pk)
    box = queries_board.box_of(moved.pk, request.actor) if act == "close" else None
    if box is not None and queries_board.remaining_count(box):
        return done(request, text, "recruiter_closing", pk=box.pk)
    return done(request, text, "recruiter_offer", pk=moved.pk)


def _state(request: ActorRequest) -> str:
    asked = request.GET.get("etat", "")
    return asked if asked in OfferState.values else ""


def found_offer(request: ActorRequest, pk: UUID) -> Offer:
    """Return an offer of the recruiter's own, or answer that there is none."""
    try:
        return queries_own_offers.own_offer(pk, request.actor)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def _done(request: ActorRequest, found: Offer, act: str, form: CloseForm) -> tuple[Offer, str]:
    actor = request.actor
    if act == "hand_in":
        actions_deposit.hand_in(found, actor=actor)
        return found, _("L'offre est remise : voyez ci-dessous ce qu'elle devient.")
    if act == "copy":
        return actions_deposit.duplicate(found, actor=actor), _("Voici une copie, en brouillon.")
    if act == "longer":
        actions_deposit.keep_longer(found, actor=actor)
        return found, _("L'offre reste visible deux mois de plus.")
    if act == "take_back":
        return actions_publication.take_back(found, actor=actor), _("L'offre est redevenue un brouillon.")
    if act == "suspend":
        return actions_publication.suspend(found, actor=actor), _("L'offre n'est plus visible pour l'instant.")
    if act == "resume":
        return actions_publication.resume(found, actor=actor), _("L'offre est de nouveau visible.")
    if act == "close":
        reason = form.cleaned_data["reason"]
        return actions.close(found, actor=actor, reason=reason), _("L'offre est close.")
    raise OfferRefused(_("Rechargez la page et choisissez un bouton."))


def _page(
    request: ActorRequest, space: RecruiterSpace, found: Offer, close_form: CloseForm | None = None
) -> HttpResponse:
    alerts = actions_publication.open_alerts(found) if found.state == OfferState.WAITING else []
    context: dict[str, Any] = {
        "offer": found,
        "asked": queries.skills_asked(found),
        "alerts": alerts,
        "waits_for_space": found.state == OfferState.WAITING and not space.is_certified,
        "refusals": {verb: FLOW.refusal(found, verb, request.actor) for verb in MOVES},
        "close_form": close_form or CloseForm(),
        "is_closing": close_form is not None,
        "box": queries_board.box_of(found.pk, request.actor),
    }
    return page(request, "offer.html", space, context, status=422 if close_form else 200)
