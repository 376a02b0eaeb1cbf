"""People for an establishment: what its offers and its hires of two years say that it looks for."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_rows_offers import first_told
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer
from entremise.promotions.enums import Outcome
from entremise.promotions.models import Promotion

MOST_OCCUPATIONS = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """What an establishment looks for, as a search of the pool, and the facts that tell it."""

    criteria: PoolCriteria
    offer_count: int
    hire_count: int

    @property
    def is_known(self) -> bool:
        """Tell whether anything says which occupations it recruits; otherwise the search is only around its place."""
        return bool(self.criteria.occupations)


def sought_by(establishment: Establishment, *, actor: Actor) -> Sought:
    """Return the occupations that an establishment recruits, by what the actor may see of it, the most usual first."""
    offers, hires = _offered(establishment, actor), _hired(establishment, actor)
    usual = Counter([*offers, *(code for _pk, code in hires)]).most_common()
    ranked = sorted(usual, key=lambda pair: (-pair[1], pair[0]))
    codes = tuple(code for code, _count in ranked[:MOST_OCCUPATIONS])
    criteria = PoolCriteria(occupations=codes, commune=establishment.commune_id)
    return Sought(criteria, offer_count=len(offers), hire_count=len({pk for pk, _code in hires}))


def _offered(establishment: Establishment, actor: Actor) -> list[str]:
    """Return the occupation of each offer that is open, or was closed in the last two years."""
    told = Q(state=OfferState.OPEN) | Q(state=OfferState.CLOSED, closed_at__gte=first_told())
    rows: Any = Offer.objects.visible_to(actor).filter(told, establishment=establishment)
    return list(rows.exclude(close_reason=CloseReason.MISTAKEN).values_list("occupation__rome_code", flat=True))


def _hired(establishment: Establishment, actor: Actor) -> list[tuple[Any, str]]:
    """Return what each person hired after a promotion was looking for first: nothing else says the job she got."""
    rows: Any = Promotion.objects.visible_to(actor).filter(
        establishment=establishment, outcome=Outcome.HIRED, sent_at__gte=first_told(), person__wishes__rank=1
    )
    return list(rows.values_list("pk", "person__wishes__occupation__rome_code"))
