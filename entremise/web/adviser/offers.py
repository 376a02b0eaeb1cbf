"""The offers of the agency, and one offer: what it asks for, opening and closing it, the people for it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import access
from entremise.kernel.workflow import TransitionRefused
from entremise.matching.queries_cards import cards
from entremise.matching.queries_offer_words import relaxed
from entremise.matching.queries_offers import RADIUS, criteria_of, people_for, relaxations_for, searches_for
from entremise.offers import actions, actions_checks, queries
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.offers.queries import Filters
from entremise.offers.queries_checks import check
from entremise.offers.workflow import FLOW
from entremise.people.enums import Language, Licence, Schedule
from entremise.reciprok import queries_team
from entremise.web.adviser.offer_forms import CloseOfferForm
from entremise.web.components import flash
from entremise.web.kit.exports import column_choice
from entremise.web.kit.offer_files import offer_columns
from entremise.web.kit.once import once
from entremise.web.kit.page_keys import read_key, written_key
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifier

MOST_RELAXATIONS, LONGEST_SEARCH = 5, 100


@screen("offers.view")
@require_GET
def offers(request: ActorRequest) -> HttpResponse:
    """List the offers of the agency, by state, mine or everybody's."""
    filters = filters_of(request)
    is_mine, text = filters.is_mine, filters.text
    page = queries.listed(filters, request.actor, after=identifier(request.GET.get("apres", "")))
    counts = queries.state_counts(request.actor, is_mine=is_mine, text=text)
    kept = {"q": text, "etat": filters.state, "miennes": "1" if is_mine else "", "apres": page.next_key}
    context = {
        "filters": filters,
        "page": page,
        "states": [(value, label, counts[value]) for value, label in OfferState.choices],
        "next_href": f"?{urlencode({name: value for name, value in kept.items() if value})}" if page.next_key else "",
        "export": column_choice(request, reverse("offers_export"), offer_columns()),
    }
    return respond(request, "web/adviser/offers.html", context, part="web/adviser/_offers.html")


@screen("offers.view")
@require_GET
def offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one offer and the people for it."""
    return _page(request, found_offer(request, pk))


@screen("offers.open")
@require_POST
def offer_open(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start looking for somebody."""
    found = found_offer(request, pk)
    try:
        actions.open_offer(found, actor=request.actor)
    except actions.OfferRefused as refusal:
        actions_checks.review(found, actor=request.actor)  # what stops it is shown, to be answered one by one
        return refused(request, refusal.reason, "offer_validation", pk=pk)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, "offer", pk=pk)
    return done(request, _("L'offre est ouverte."), "offer", pk=pk)


@screen("offers.close")
@require_POST
@once
def offer_close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stop looking for somebody, with a reason."""
    found, form = found_offer(request, pk), CloseOfferForm(request.POST)
    was_open = found.state == OfferState.OPEN
    if form.is_valid():
        try:
            actions.close(found, actor=request.actor, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            return refused(request, refusal.reason, "offer", pk=pk)
        except actions.OfferRefused as refusal:
            form.add_error("reason", refusal.reason)
        else:
            if not was_open:  # taking back the closing of a draft would open it
                return done(request, _("L'offre est close."), "offer", pk=pk)
            flash.say_undoable(request, _("L'offre est close."), undo_url=reverse("offer_reopen", args=[pk]))
            return done(request, "", "offer", pk=pk)
    return _page(request, found, form)


@screen("offers.reopen")
@require_POST
@once
def offer_reopen(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Look for somebody again."""
    try:
        actions.reopen(found_offer(request, pk), actor=request.actor)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, "offer", pk=pk)
    return done(request, _("L'offre est rouverte : les profils qui lui correspondent sont là."), "offer", pk=pk)


@screen("offers.edit")
@require_POST
@once
def offer_relax(request: ActorRequest, pk: UUID, requirement: str) -> HttpResponse:
    """Ask for one thing less."""
    try:
        actions.relax(found_offer(request, pk), actor=request.actor, requirement=requirement)
    except actions.OfferRefused as refusal:
        return refused(request, refusal.reason, "offer", pk=pk)
    undo = reverse("offer_restore", args=[pk, requirement])
    flash.say_undoable(request, _("L'offre est assouplie : la liste suit."), undo_url=undo)
    return redirect(f"{reverse('offer', args=[pk])}#profils")


@screen("offers.edit")
@require_POST
@once
def offer_restore(request: ActorRequest, pk: UUID, requirement: str) -> HttpResponse:
    """Ask again for what was just relaxed."""
    try:
        actions.restore(found_offer(request, pk), actor=request.actor, requirement=requirement)
    except actions.OfferRefused as refusal:
        return refused(request, refusal.reason, "offer", pk=pk)
    return done(request, _("L'offre demande de nouveau ce qu'elle demandait."), "offer", pk=pk)


def filters_of(request: ActorRequest) -> Filters:
    """Return the filters of the list, as the address tells them."""
    state = request.GET.get("etat", "")
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    return Filters(state if state in OfferState.values else "", is_mine=request.GET.get("miennes") == "1", text=text)


def found_offer(request: ActorRequest, pk: UUID) -> Offer:
    """Return an offer of the territory, or answer that there is none."""
    try:
        return queries.offer(pk, request.actor)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def _page(request: ActorRequest, found: Offer, close_form: CloseOfferForm | None = None) -> HttpResponse:
    asked = queries.skills_asked(found)
    (search,) = searches_for({found: asked})
    people = people_for(found, actor=request.actor, search=search, after=read_key(request.GET.get("apres", "")))
    shown, _known = cards(people.found, criteria_of(found, asked))
    context: dict[str, Any] = {
        "offer": found,
        "asked": asked,
        "terms": _terms(found),
        "seen": () if found.is_closed else check(found, {row.skill_id: row.need for row in asked}).alerts,
        "relaxations": [
            _relaxation(found, name, gain)
            for name, gain in relaxations_for(found, actor=request.actor, search=search)[:MOST_RELAXATIONS]
        ],
        "people": people,
        "cards": shown,
        "is_first": "apres" not in request.GET,
        "next_href": f"{reverse('offer', args=[found.pk])}?apres={written_key(people.next_after)}#profils"
        if people.next_after
        else "",
        "may_promote": bool(access.decide("promotions.promote", request.actor)),
        "promote_query": f"?etablissement={found.establishment_id}",
        "refusals": {verb: FLOW.refusal(found, verb, request.actor) for verb in ("open", "close", "reopen")},
        "close_form": close_form or CloseOfferForm(),
        "is_closing": close_form is not None,
        "application_counts": queries_team.counts_of_offer(found, request.actor),
        "application_reasons": queries_team.reasons_of_offer(found, request.actor),
    }
    return respond(request, "web/adviser/offer.html", context, status=422 if close_form else 200)


def _relaxation(found: Offer, name: str, gain: int) -> dict[str, Any]:
    """Say in words what an offer would not ask any more, and where to change it."""
    kind = name.partition(":")[0]
    requirement = f"{RADIUS}:{found.radius_km}" if kind == RADIUS else name
    href = reverse("offer_relax", args=[found.pk, requirement]) if kind != "contract" else ""
    return {"words": relaxed(name), "gain": gain, "action": href}


def _terms(found: Offer) -> list[tuple[str, list[str]]]:
    """Return what else the offer requires, in words."""
    told = [
        (_("Horaires"), [str(Schedule(kind).label) for kind in found.schedules]),
        (_("Permis exigés"), [str(Licence(kind).label) for kind in found.licences]),
        (_("Langues exigées"), [str(Language(code).label) for code in found.languages]),
    ]
    return [(term, words) for term, words in told if words]
