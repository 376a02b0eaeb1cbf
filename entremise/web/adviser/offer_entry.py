"""Entering an offer and correcting it: one form, whose skills come with the job."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.accounts.queries import primary_agency
from entremise.offers import actions
from entremise.offers.enums import Channel
from entremise.offers.models import Offer
from entremise.web.adviser.offer_forms import OfferForm, initial_of
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.offer_entry import Entry, entry_context, half_filled, opened, posted_entry
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

METHODS = ["GET", "HEAD", "POST"]


@screen("offers.create")
@require_http_methods(METHODS)
@once
def offer_add(request: ActorRequest) -> HttpResponse:
    """Enter an offer, as a draft."""
    return _entry(request, None)


@screen("offers.edit")
@require_http_methods(METHODS)
@once
def offer_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct an offer."""
    found = found_offer(request, pk)
    if found.is_closed:
        return refused(request, _("Cette offre est close : elle ne se modifie plus."), "offer", pk=pk)
    return _entry(request, found)


def _entry(request: ActorRequest, offer: Offer | None) -> HttpResponse:
    initial = initial_of(offer) if offer else None
    facts: dict[str, Any] = {"actor": request.actor, "offer": offer}
    if request.method != "POST":
        return _page(request, OfferForm(initial=initial, **facts), opened(offer))
    channel = offer.channel if offer else Channel.ADVISER
    entry = posted_entry(request.POST, offer, actor=request.actor, channel=channel)
    if entry.is_unfinished:
        return _page(request, half_filled(OfferForm, request.POST, **facts), entry)
    form = OfferForm(request.POST, initial=initial, **facts)
    kept = _kept(request, form, entry.needs)
    if kept is None:
        return _page(request, form, entry, status=422)
    text = _("L'offre est corrigée.") if offer else _("L'offre est enregistrée comme brouillon.")
    return done(request, text, "offer", pk=kept.pk)


def _kept(request: ActorRequest, form: OfferForm, needs: Mapping[UUID, int]) -> Offer | None:
    """Keep what the form says, or say in it why not."""
    if not form.is_valid():
        return None
    facts = {"actor": request.actor, "sheet": form.sheet(), "needs": needs}
    try:
        kept: Offer = (
            actions.edit(form.offer, **facts) if form.offer else actions.create(primary_agency(request.actor), **facts)
        )
    except actions.OfferRefused as refusal:
        form.refuse(refusal)
        return None
    return kept


def _page(request: ActorRequest, form: OfferForm, entry: Entry, *, status: int = 200) -> HttpResponse:
    context = entry_context(form, entry, request.POST)
    return respond(request, "web/adviser/offer_form.html", context, part=entry.part, status=status)
