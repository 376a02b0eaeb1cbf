"""The offers that an offer is compared with, and its position among them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.kernel import clock
from entremise.offers.enums import FILLED_REASONS, Channel, OfferState
from entremise.offers.models import Offer
from entremise.offers.models_followup import Introduction
from entremise.offers.rules_attractiveness import (
    MIN_SIMILAR_OFFERS,
    WINDOW_MONTHS,
    Position,
    Terms,
    hourly_cents,
    position,
)
from entremise.people.rules import months_after

OWN_DATA = (Channel.ADVISER, Channel.RECRUITER)  # offers entrusted to the platform, not those passed on by partners
MOST_COMPARED = 5_000
WHY = "figures over offers, which name nobody"
READ = (
    "pk", "pay_min_cents", "pay_max_cents", "pay_period", "weekly_hours", "experience_months", "contract",
    "duration_months", "working_time", "opened_at", "closed_at", "close_reason", "state",
)  # fmt: skip


def position_of(offer: Offer, *, today: dt.date | None = None) -> Position | None:
    """Return where an offer stands among similar ones; None when there are fewer than thirty."""
    today = today or clock.today()
    rows = _similar(offer, today)
    if len(rows) < MIN_SIMILAR_OFFERS:
        return None
    came = _came([offer.pk, *(row["pk"] for row in rows)])
    own = {name: getattr(offer, name) for name in READ}
    return position(_terms(own, came), [_terms(row, came) for row in rows], today)


def _similar(offer: Offer, today: dt.date) -> list[dict[str, Any]]:
    """Return the offers of the same job title when there are enough, else of the same occupation."""
    rows: QuerySet[Offer] = Offer.objects.unscoped(WHY).filter(
        occupation_id=offer.occupation_id,
        commune__department_id=offer.commune.department_id,
        channel__in=OWN_DATA,
        opened_at__gte=dt.datetime.combine(months_after(today, -WINDOW_MONTHS), dt.time(), tzinfo=dt.UTC),
    )
    others = rows.exclude(pk=offer.pk).order_by("-opened_at")
    found = list(others.values(*READ, "job_title_id")[:MOST_COMPARED])
    same_title = [row for row in found if offer.job_title_id and row["job_title_id"] == offer.job_title_id]
    return same_title if len(same_title) >= MIN_SIMILAR_OFFERS else found


def _came(offers: Iterable[UUID]) -> dict[UUID, list[dt.datetime]]:
    came: dict[UUID, list[dt.datetime]] = defaultdict(list)
    rows: Any = Introduction.objects.unscoped(WHY).filter(offer__in=list(offers))
    for pk, at in rows.values_list("offer_id", "at"):
        came[pk].append(at)
    return came


def _terms(row: dict[str, Any], came: dict[UUID, list[dt.datetime]]) -> Terms:
    opened_at = row["opened_at"]
    opened_on = clock.local(opened_at).date() if opened_at else None
    hours = float(row["weekly_hours"]) if row["weekly_hours"] is not None else None
    amounts = [cents for cents in (row["pay_min_cents"], row["pay_max_cents"]) if cents is not None]
    middle = sum(amounts) // len(amounts) if amounts else None
    return Terms(
        hourly_cents=hourly_cents(middle, row["pay_period"], hours),
        experience_months=row["experience_months"],
        contract=row["contract"],
        duration_months=row["duration_months"],
        working_time=row["working_time"],
        opened_on=opened_on,
        closed_on=clock.local(row["closed_at"]).date() if row["closed_at"] else None,
        is_filled=row["close_reason"] in FILLED_REASONS,
        is_open=row["state"] == OfferState.OPEN,
        came_at=tuple((clock.local(at).date() - opened_on).days for at in came[row["pk"]]) if opened_on else (),
    )
