"""Writing an offer online: one page, whose skills come with the job and whose words are read as they are written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions_deposit
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import Channel, OfferState
from entremise.offers.models import Offer
from entremise.web.adviser.offer_forms import initial_of
from entremise.web.kit.offer_entry import Entry, entry_context, half_filled, opened, posted_entry
from entremise.web.kit.once import once
from entremise.web.kit.responses import done
from entremise.web.kit.screens import ActorRequest
from entremise.web.recruiter.offer_forms import RecruiterOfferForm
from entremise.web.recruiter.offers import found_offer
from entremise.web.recruiter.space import in_space, page

METHODS = ["GET", "HEAD", "POST"]
HAND_IN = "hand_in"


@in_space("offers.own")
@require_http_methods(METHODS)
@once
def offer_add(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Write a new offer."""
    return _entry(request, space, None)


@in_space("offers.own")
@require_http_methods(METHODS)
@once
def offer_edit(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Change an offer."""
    return _entry(request, space, found_offer(request, pk))


def _entry(request: ActorRequest, space: RecruiterSpace, offer: Offer | None) -> HttpResponse:
    space = offer.space if offer and offer.space else space
    told = initial_of(offer) if offer else _first(space)
    facts: dict[str, Any] = {"actor": request.actor, "offer": offer, "establishment": space.establishment}
    if request.method != "POST":
        return _page(request, space, RecruiterOfferForm(initial=told, **facts), opened(offer))
    entry = posted_entry(request.POST, offer, actor=request.actor, channel=Channel.RECRUITER)
    if entry.is_unfinished:
        return _page(request, space, half_filled(RecruiterOfferForm, request.POST, **facts), entry)
    form = RecruiterOfferForm(request.POST, initial=told, **facts)
    kept = _kept(request, space, form, entry.needs)
    if kept is None:
        return _page(request, space, form, entry, status=422)
    return done(request, said(kept), "recruiter_offer", pk=kept.pk)


def said(offer: Offer) -> str:
    """Say what becomes of an offer that was just written."""
    if offer.state == OfferState.OPEN:
        return _("L'offre est publiée.")
    if offer.state != OfferState.WAITING:
        return _("L'offre est enregistrée comme brouillon : vous seul la voyez.")
    if offer.space is not None and not offer.space.is_certified:
        return _("L'offre est prête : elle paraîtra quand votre espace sera certifié.")
    return _("L'offre est remise à l'agence : un conseiller la relit avant de la publier.")


def _kept(
    request: ActorRequest, space: RecruiterSpace, form: RecruiterOfferForm, needs: Mapping[UUID, int]
) -> Offer | None:
    """Keep what the form says and hand it in when asked; or say in it why not."""
    if not form.is_valid():
        return None
    facts = {"actor": request.actor, "sheet": form.sheet(), "needs": needs}
    try:
        kept = actions_deposit.amend(form.offer, **facts) if form.offer else actions_deposit.deposit(space, **facts)
        form.offer = kept  # written already, when what follows is refused: the next attempt changes it
        if request.POST.get("step") == HAND_IN and kept.state in {OfferState.DRAFT, OfferState.RETURNED}:
            actions_deposit.hand_in(kept, actor=request.actor)
    except (OfferRefused, TransitionRefused) as refusal:
        form.refuse(OfferRefused(refusal.reason, getattr(refusal, "field", "")))
        return None
    return found_offer(request, kept.pk)


def _first(space: RecruiterSpace) -> dict[str, Any]:
    place = space.establishment.commune
    return {"commune": place.name, "commune_id": place.pk, "company": space.presentation[:2_000]}


def _page(
    request: ActorRequest, space: RecruiterSpace, form: RecruiterOfferForm, entry: Entry, *, status: int = 200
) -> HttpResponse:
    _judged = form.errors
    form.show_mandatory()
    context = entry_context(form, entry, request.POST)
    return page(request, "offer_form.html", space, context, part=entry.part, status=status)
