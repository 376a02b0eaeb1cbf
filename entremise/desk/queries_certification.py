"""What waits for the certification of a recruiter space, what certifying it releases, whom a fraud reached."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from entremise.employers.models_spaces import RecruiterSpace
from entremise.matching.models_recruiter import MeetingWish, RecruiterSearch
from entremise.offers.enums import UNDECIDED, OfferState, Stopper
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert

WHY = "counts of what a space already seen waits for"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one space."""

    offers: int = 0
    offers_to_read: int = 0  # of those, what an adviser must read first
    offers_stopped: int = 0
    searches: int = 0
    wishes_held: int = 0

    @property
    def released_offers(self) -> int:
        """Return how many offers the certification publishes at once."""
        return self.offers - self.offers_to_read + self.offers_stopped


def waiting_for(space: RecruiterSpace) -> Waiting:
    """Count, in one question, what waits for the certification of a space."""
    rows = RecruiterSpace.objects.unscoped(WHY).filter(pk=space.pk)
    offers: Any = Offer.objects.unscoped(WHY)
    alerts: Any = OfferAlert.objects.unscoped(WHY)
    blocking = alerts.filter(is_blocking=True, version=F("offer__version"), decision__in=UNDECIDED)
    waiting = offers.filter(space=OuterRef("pk"), state=OfferState.WAITING)
    stopped = offers.filter(space=OuterRef("pk"), state=OfferState.SUSPENDED, stopped_by=Stopper.PLATFORM)
    searches: Any = RecruiterSearch.objects.unscoped(WHY)
    wishes: Any = MeetingWish.objects.unscoped(WHY)
    held = wishes.filter(access__space=OuterRef("pk"), released_at=None, set_aside_at=None).exclude(held_at=None)
    told = rows.annotate(
        n_waiting=_count(waiting, "space"),
        n_read=_count(waiting.filter(pk__in=blocking.values("offer")), "space"),
        n_stopped=_count(stopped, "space"),
        n_searches=_count(searches.filter(access__space=OuterRef("pk")), "access__space"),
        n_held=_count(held, "access__space"),
    ).values_list("n_waiting", "n_read", "n_stopped", "n_searches", "n_held")
    return Waiting(*told.get())


def contacted_addresses(space: RecruiterSpace) -> tuple[str, ...]:
    """Return the addresses of the jobseekers whom a space asked to meet, and who were told of it."""
    wishes: Any = MeetingWish.objects.unscoped("the candidates that a fraud reached are warned")
    rows = wishes.filter(access__space=space).exclude(released_at=None).exclude(person__user__email=None)
    return tuple(rows.values_list("person__user__email", flat=True).distinct().order_by("person__user__email"))


def _count(rows: Any, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
