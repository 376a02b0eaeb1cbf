"""What the public page of a company says of its welcome: public figures, never about a few."""

import datetime as dt
from typing import Any
from uuid import UUID

from entremise.promotions.enums import GOOD_NEWS
from entremise.promotions.models import Promotion
from entremise.reciprok.queries_label import since

FEWEST_WELCOMED = 5  # below, an employer or a person would be recognised


def welcomed_count(establishment_id: UUID, now: dt.datetime) -> int:
    """Return how many people an establishment welcomed in twelve months, of those presented to it; zero when few."""
    rows: Any = Promotion.objects.unscoped("a public figure about an employer, never of fewer than five people")
    good = rows.filter(
        establishment=establishment_id, answer__in=GOOD_NEWS, answered_at__gte=since(now), answered_at__lte=now
    )
    count: int = good.values("person").distinct().count()
    return count if count >= FEWEST_WELCOMED else 0
