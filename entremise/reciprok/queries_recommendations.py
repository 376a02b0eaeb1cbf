"""Reads of the recommendations: those of an application, to whom one may be made, where an application comes from."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entremise.employers import queries as employers
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.actors import Actor
from entremise.offers import queries_public as public_offers
from entremise.offers.models import Offer
from entremise.reciprok import queries
from entremise.reciprok.enums import ApplicationState, RecommendationState
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import Recommendation

WHY = "the policy decided on the application that it hangs from"
WHOLE = (
    "target__offer", "target__establishment__commune", "application__person", "application__establishment",
    "application__inbox__offer", "application__cv",
)  # fmt: skip
MOST_OFFERS = 30
GONE = frozenset({ApplicationState.WITHDRAWN, ApplicationState.HIRED})  # who looks no more is recommended nowhere


def of_application(application: Application) -> list[Recommendation]:
    """Return to whom an application was recommended, the latest first."""
    return list(_whole().filter(application=application).order_by("-asked_at", "-pk"))


def asked(application: Application) -> list[Recommendation]:
    """Return the recommendations that wait for the person's word."""
    return [one for one in of_application(application) if one.state == RecommendationState.ASKED]


def recommendation(pk: UUID, actor: Actor) -> Recommendation:
    """Return one recommendation that the actor may see, or raise DoesNotExist."""
    rows: Any = Recommendation.objects.visible_to(actor)
    found: Recommendation = rows.select_related(*WHOLE).get(pk=pk)
    return found


def behind(ids: Iterable[UUID]) -> dict[UUID, Recommendation]:
    """Return the recommendations that these applications were born from, by application."""
    return {one.made_id: one for one in _whole().filter(made__in=list(ids)) if one.made_id}


def open_offers(application: Application) -> list[Offer]:
    """Return the other open offers of the same employer, where a colleague recruits."""
    offer = application.inbox.offer
    here = Q(establishment=application.establishment_id)
    if offer is not None and offer.space_id:
        here |= Q(space=offer.space_id)
    rows = public_offers.published().filter(here, apply_url="")
    if offer is not None:
        rows = rows.exclude(pk=offer.pk)
    return list(rows.select_related("establishment", "commune").order_by("-opened_at", "pk")[:MOST_OFFERS])


def employers_named(typed: str, application: Application, actor: Actor) -> list[Establishment]:
    """Return the employers whose name or SIRET was typed and where somebody reads what arrives, never the same one."""
    found = [one for one in employers.search(typed, actor) if one.is_open and one.pk != application.establishment_id]
    rows: Any = RecruiterSpace.objects.unscoped("whether somebody reads applications there")
    certified = rows.filter(state=SpaceState.CERTIFIED, establishment__in=found)
    known = set(certified.values_list("establishment", flat=True))
    if len(found) == 1 and not known and queries.recipients(None, found[0]):
        return found  # a SIRET, or a name that is one employer's: its known contacts read
    return [one for one in found if one.pk in known]


def _whole() -> QuerySet[Recommendation]:
    rows: Any = Recommendation.objects.unscoped(WHY)
    found: QuerySet[Recommendation] = rows.select_related(*WHOLE)
    return found
