"""Reads of the offers of a space, of what an employer's page shows, and of what waits for an adviser."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.actors import ANONYMOUS, Actor
from entremise.offers.enums import UNDECIDED, OfferState
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.queries import PAGE, Page, complete

SHOWN = 20  # on the page of a company


def counts(space: RecruiterSpace, actor: Actor) -> dict[str, int]:
    """Return how many offers of a space are in each state."""
    rows = Offer.objects.visible_to(actor).filter(space=space).order_by().values_list("state")
    return dict.fromkeys(OfferState.values, 0) | dict(rows.annotate(count=Count("pk")))


def listed(space: RecruiterSpace, actor: Actor, *, state: str = "", after: UUID | None = None) -> Page:
    """Return one page of the offers of a space, the newest first."""
    return _page(_own(space, actor, state), after)


def exported(space: RecruiterSpace, actor: Actor, most: int, *, state: str = "") -> list[Offer]:
    """Return the offers of a space for a file, one more than the file may hold when there are too many."""
    return list(complete(_own(space, actor, state)).order_by("-pk")[: most + 1])


def own_offer(pk: UUID, actor: Actor) -> Offer:
    """Return one offer of the actor's own spaces, or raise Offer.DoesNotExist."""
    rows: Any = complete(Offer.objects.visible_to(actor)).select_related("space__establishment", "space__agency")
    found: Offer = rows.exclude(space=None).get(pk=pk)
    return found


def open_at(establishment: Establishment) -> list[Offer]:
    """Return the open offers of an establishment, for everybody."""
    rows = complete(Offer.objects.visible_to(ANONYMOUS)).filter(establishment=establishment)
    return list(rows.order_by("-opened_at", "-pk")[:SHOWN])


def to_validate(actor: Actor, *, after: UUID | None = None, with_held: bool = False) -> Page:
    """Return the offers that wait for an adviser of the territory, the first to arrive first.

    Those of a space that is not certified wait for something else; `with_held` shows them too.
    """
    return _page(_waiting(actor, with_held=with_held), after, oldest_first=True)


def waiting_exported(actor: Actor, most: int, *, with_held: bool = False) -> list[Offer]:
    """Return the offers that wait for an adviser for a file, one more than it may hold when there are too many."""
    rows = complete(_waiting(actor, with_held=with_held)).select_related("space")
    return list(rows.order_by("pk")[: most + 1])


def alert_counts(offers: Iterable[Offer]) -> dict[UUID, int]:
    """Return how many alerts of each offer, as it is written now, an adviser still has to decide about."""
    rows: Any = OfferAlert.objects.unscoped("counts for offers that the caller already sees")
    here = rows.filter(offer__in=[one.pk for one in offers], version=F("offer__version"), is_blocking=True)
    undecided = here.filter(decision__in=UNDECIDED).order_by().values_list("offer_id")
    return dict(undecided.annotate(count=Count("pk")))


def _own(space: RecruiterSpace, actor: Actor, state: str) -> QuerySet[Offer]:
    rows: QuerySet[Offer] = Offer.objects.visible_to(actor).filter(space=space)
    return rows.filter(state=state) if state else rows


def _waiting(actor: Actor, *, with_held: bool) -> QuerySet[Offer]:
    rows: QuerySet[Offer] = Offer.objects.visible_to(actor).filter(state=OfferState.WAITING)
    return rows if with_held else rows.filter(Q(space=None) | Q(space__state="certified"))


def _page(rows: Any, after: UUID | None, *, oldest_first: bool = False) -> Page:
    total = rows.count()
    if after:
        rows = rows.filter(pk__gt=after) if oldest_first else rows.filter(pk__lt=after)
    ordered = complete(rows).select_related("space").order_by("pk" if oldest_first else "-pk")
    found = list(ordered[: PAGE + 1])
    return Page(found[:PAGE], total, str(found[PAGE - 1].pk) if len(found) > PAGE else "")
