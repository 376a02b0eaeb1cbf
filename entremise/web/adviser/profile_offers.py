"""Offers for a person, beside the profile that an adviser reads: the same page, or its best ones for the profile."""

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from entremise.desk.queries_profile import ProfileUnknown, person_to_show
from entremise.kernel import access, clock, journal
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.matching.queries_offer_words import offers_for_adviser
from entremise.matching.queries_reverse import offers_for
from entremise.people import actions
from entremise.people.enums import Verb
from entremise.people.models import Person
from entremise.web.kit.page_keys import read_key, written_key
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

PAGE, BEST = 20, 5
SAME_LOOK = dt.timedelta(minutes=30)  # the offers shown beside a profile are part of the same look at it
FULL, PART = "web/adviser/profile_offers.html", "web/adviser/_profile_offers.html"
REFUSED = "web/adviser/profile_refused.html"


@screen("desk.open_profile")
@require_GET
def profile_offers(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the open offers that a person fits, with the reasons; each can be answered by promoting her."""
    is_part = bool(getattr(request, "htmx", False))
    try:
        person = person_to_show(pk, request.actor)
    except (ProfileUnknown, AccessDenied) as refusal:
        if is_part:  # the profile beside which it would be shown is refused with the same words
            return HttpResponse(status=204)
        status = 404 if isinstance(refusal, ProfileUnknown) else 403
        return respond(request, REFUSED, {"reason": refusal.reason}, status=status)
    note_look(person, request.actor)
    key = read_key(request.GET.get("apres", ""))
    page = offers_for(person, actor=request.actor, limit=BEST if is_part else PAGE, after=key)
    address = reverse("profile_offers", args=[person.pk])
    context = {
        "person": person,
        "page": page,
        "cards": offers_for_adviser(page.found),
        "is_part": is_part,
        "is_first": key is None,
        "next_href": f"{address}?apres={written_key(page.next_after)}" if page.next_after else "",
        "may_promote": bool(access.decide("promotions.promote", request.actor)) and bool(vars(person)["shared"]),
        "may_see_offers": bool(access.decide("offers.view", request.actor)),
    }
    return respond(request, FULL, context, part=PART)


def note_look(person: Person, actor: Actor) -> None:
    """Leave the trace of a look, unless the profile itself was opened a moment ago."""
    looks = journal.who_read(person.pk).filter(actor_id=actor.id, verb=Verb.CARD_READ)
    if not looks.filter(at__gte=clock.now() - SAME_LOOK).exists():
        actions.read_card(person, actor=actor)
