"""The offers that fit a person, one of them, and the establishments that recruit people like her."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from entremise.matching import queries_offer_words as words
from entremise.matching.enums_fit import Holding
from entremise.matching.queries_entry import entry_for_herself
from entremise.matching.queries_offer_words import OfferCard, offer_cards
from entremise.matching.queries_recruiting import Recruiter, recruiters_for
from entremise.matching.queries_reverse import OfferCriteria, OffersPage, found_offers, more_offers, offers_for
from entremise.offers import queries as offers
from entremise.offers.models import Offer
from entremise.passport import queries as passport
from entremise.passport.models import HeldSkill
from entremise.people.models import Person
from entremise.promotions import queries as promotions
from entremise.promotions.models import Promotion
from entremise.web.jobseeker.applying import standing
from entremise.web.jobseeker.offer_forms import OfferFilterForm, kept
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.page_keys import read_key, written_key
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

PAGE, BEST, PLACES = 10, 3, 10


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill that an offer asks for, with the proof that the person has of it."""

    asked: words.AskedSkill
    held: HeldSkill | None
    proof: passport.Proof | None


@dataclass(frozen=True, slots=True)
class RecruiterCard:
    """An establishment, what tells that it recruits people like the person, and whether it knows her already."""

    recruiter: Recruiter
    distance: str
    evidence: list[str]
    shown: Promotion | None


@screen("people.see_own")
@require_GET
def my_offers(request: ActorRequest) -> HttpResponse:
    """Show the open offers that the person fits, best first; when there is none, what keeps others away."""
    person = my_person(request)
    form = OfferFilterForm(request.GET, mobility_km=person.mobility_km)
    criteria, key = form.criteria(), read_key(request.GET.get("apres", ""))
    page = offers_for(person, actor=request.actor, criteria=criteria, limit=PAGE, after=key)
    form.count(page.facets.get("contract", {}))
    is_filtered = criteria != OfferCriteria(sort=criteria.sort)
    context = {
        "person": person,
        "form": form,
        "page": page,
        "cards": offer_cards(page.found, person),
        "is_filtered": is_filtered,
        "is_first": key is None,
        "more": [] if is_filtered or page.total else _more(request, person),
        "next_href": _next(request, page),
    }
    return respond(request, "web/jobseeker/offers.html", context, part="web/jobseeker/_offers.html")


@screen("people.see_own")
@require_GET
def my_best_offers(request: ActorRequest) -> HttpResponse:
    """Show the best three offers in the person's first page, which asks for them once it is there."""
    if not getattr(request, "htmx", False):
        return redirect("my_offers")
    person = my_person(request)
    page = offers_for(person, actor=request.actor, limit=BEST)
    context = {"page": page, "cards": offer_cards(page.found, person)}
    return respond(request, "web/jobseeker/_offers_best.html", context)


@screen("people.see_own")
@require_GET
def my_more_offers(request: ActorRequest) -> HttpResponse:
    """Say what keeps other offers away from the person; the list asks for it once it is there."""
    context = {"more": _more(request, my_person(request))}
    return respond(request, "web/jobseeker/offers_more.html", context, part="web/jobseeker/_offers_more.html")


@screen("people.see_own")
@require_GET
def my_offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one open offer: what it asks for, how the person holds it, why it is proposed, what she can do."""
    person = my_person(request)
    try:
        offer = offers.offer(pk, request.actor)
    except Offer.DoesNotExist:
        return respond(request, "web/jobseeker/offer_gone.html", status=404)
    entry = entry_for_herself(person)
    (found,) = found_offers([offer], entry) if entry else (None,)
    (card,) = offer_cards([found], person) if found else (None,)
    lines = _lines(card, person) if card else []
    terms = words.conditions(offer, entry)
    context = {
        "person": person,
        "offer": offer,
        "card": card,
        "lines": lines,
        "to_prove": sum(line.asked.holding == Holding.SAID for line in lines),
        "to_add": sum(line.asked.holding == Holding.MISSING for line in lines),
        "asked": [] if card else offers.skills_asked(offer),
        "missing": Holding.MISSING,
        "hidden": Holding.HIDDEN,
        "terms": terms,
        "unmet": [term for term in terms if not term.is_met],
        "is_far": found is not None and not words.is_within_reach(offer, found.facts),
        "distance": words.how_far(found.facts.distance_m) if found else "",
        **standing(request, offer),
    }
    return respond(request, "web/jobseeker/offer.html", context)


@screen("people.see_own")
@require_GET
def my_recruiters(request: ActorRequest) -> HttpResponse:
    """Show who recruits people like the person, with the facts that tell it and what to do next."""
    person = my_person(request)
    found = recruiters_for(person, actor=request.actor, limit=PLACES)
    shown = {row.establishment_id: row for row in reversed(list(promotions.of_person(person, request.actor)))}
    cards = [
        RecruiterCard(
            one, words.how_far(one.distance_m), words.evidence_sentences(one.evidence), shown.get(one.establishment.pk)
        )
        for one in found
    ]
    return respond(request, "web/jobseeker/recruiters.html", {"person": person, "cards": cards})


def _more(request: ActorRequest, person: Person) -> list[str]:
    found = more_offers(person, actor=request.actor)
    return [words.more_sentence(name, count, person.mobility_km) for name, count in found]


def _next(request: ActorRequest, page: OffersPage) -> str:
    if page.next_after is None:
        return ""
    return f"{reverse('my_offers')}?{urlencode({**kept(request.GET), 'apres': written_key(page.next_after)})}"


def _lines(card: OfferCard, person: Person) -> list[SkillLine]:
    """Put beside each skill asked for what the passport has of it, the best held first."""
    held = {row.skill_id: row for row in passport.held_skills(person, with_experiences=False)}
    asked = [skill for _kind, skills in card.by_holding for skill in skills]
    return [
        SkillLine(skill, row := held.get(skill.skill_id), passport.best_proof(row) if row else None) for skill in asked
    ]
