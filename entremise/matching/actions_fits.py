"""Keeps how well applications fit their offers, for a board of hundreds to be in order without scoring them all.

Derived rows, as those of the pool: nobody acts, and a pass says in the log how many it wrote.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from entremise.kernel import clock
from entremise.matching import queries_fits as queries
from entremise.matching.models_applications import ApplicationFit
from entremise.offers.models import Offer
from entremise.reciprok.queries_board import Line, lines_of

MOST_NEW = 20_000  # applications of a pass by day; what is left waits for the next, ten minutes later
MOST_AGED = 200_000  # of a pass at night: the next night begins with what is left
AT_ONCE = 500  # written together
WHY = queries.EVERYBODY


def score_new() -> int:
    """Score the applications that have no fit yet; return how many. A second pass finds none."""
    return _score(queries.unscored(clock.now())[:MOST_NEW])


def score_again() -> int:
    """Score again those that still run, once a day: profiles, offers and the age of proofs change; return how many.

    What no board shows any more is forgotten.
    """
    queries.spent().delete()
    return _score(queries.aged(clock.today())[:MOST_AGED])


def _score(found: Any) -> int:
    """Score applications some at a time, those of one offer together; what is written stays when a pass is stopped."""
    pairs = sorted(found.values_list("inbox__offer_id", "pk"))
    for start in range(0, len(pairs), AT_ONCE):
        _write(pairs[start : start + AT_ONCE])
    return len(pairs)


def _write(pairs: Sequence[tuple[UUID, UUID]]) -> None:
    offers: Any = Offer.objects.unscoped(WHY).select_related("occupation", "commune")
    known = offers.in_bulk({offer for offer, _pk in pairs})
    lines = {one.pk: one for one in lines_of([pk for _offer, pk in pairs])}
    by_offer: dict[Offer, list[Line]] = {}
    for offer, pk in pairs:
        by_offer.setdefault(known[offer], []).append(lines[pk])
    found, now = queries.matches_all(by_offer), clock.now()
    percents = {pk: found[pk].percent if pk in found else None for pk in sorted(lines)}
    ApplicationFit.objects.unscoped(WHY).bulk_create(
        [ApplicationFit(application_id=pk, percent=percent, at=now) for pk, percent in percents.items()],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["percent", "at"],
    )
