"""The catalogue of aides and measures, and what fits an establishment, an offer and a person."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from entremise.desk import queries_measures as queries
from entremise.desk.rules_measures import verdicts
from entremise.employers.models import Establishment
from entremise.employers.queries import establishment
from entremise.kernel.actors import Actor
from entremise.lib.text import normalise
from entremise.offers.models import Offer
from entremise.offers.queries import offer
from entremise.people.models import Person
from entremise.people.queries import person_with_reference
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("desk.view")
@require_GET
def measures(request: ActorRequest) -> HttpResponse:
    """List the measures in force, by the words of their name and purpose."""
    typed = request.GET.get("q", "").strip()[:60]
    words = normalise(typed).split()
    found = [one for one in queries.measures() if all(word in normalise(one.name + one.purpose) for word in words)]
    return respond(request, "web/adviser/measures.html", {"measures": found, "typed": typed})


@screen("desk.view")
@require_GET
def measure(request: ActorRequest, code: str) -> HttpResponse:
    """Show one measure: its conditions, its length, its form, its source."""
    found = queries.measure(code)
    if found is None:
        raise Http404
    return respond(request, "web/adviser/measure.html", {"measure": found})


@screen("desk.view")
@require_GET
def measures_for(request: ActorRequest) -> HttpResponse:
    """Say which measures fit, why, why not, and what is to be asked; nothing is kept."""
    reference = request.GET.get("personne", "").strip()[:20]
    chosen = _offer(request.GET.get("offre", ""), request.actor)
    place = chosen.establishment if chosen else _establishment(request.GET.get("etablissement", ""))
    person: Person | None = person_with_reference(reference, request.actor) if reference else None
    known = queries.situation(place, chosen, person, request.actor)
    context: dict[str, Any] = {
        "offer": chosen,
        "establishment": place,
        "reference": reference,
        "is_unknown": bool(reference) and person is None,
        "person": person,
        "verdicts": verdicts(queries.measures(), known),
    }
    return respond(request, "web/adviser/measures_for.html", context)


def _offer(key: str, actor: Actor) -> Offer | None:
    try:
        return offer(UUID(key), actor) if key else None
    except (ValueError, Offer.DoesNotExist) as missing:
        raise Http404 from missing


def _establishment(key: str) -> Establishment | None:
    try:
        return establishment(UUID(key)) if key else None
    except (ValueError, Establishment.DoesNotExist) as missing:
        raise Http404 from missing
