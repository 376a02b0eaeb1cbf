"""All figures about promotions in one statement: the scoped rows are grouped five ways at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from entremise.accounts.models import Agency
from entremise.indicators.rules import Figures, Span, months_before
from entremise.kernel.actors import Actor
from entremise.promotions.enums import GOOD_NEWS, Answer, Outcome
from entremise.promotions.models import Promotion

MONTHS = 12
COLUMNS = (
    "sent_at", "answered_at", "answer", "outcome", "agency_id", "agency__organisation__kind", "adviser_id",
    "adviser__first_name", "adviser__last_name",
)  # fmt: skip

# `scoped` is written by the ORM, which knows what the actor may see.
GROUPED = """
with scoped (sent_at, answered_at, answer, outcome, agency_id, kind, adviser_id, first_name, last_name) as ({scoped}),
told as (
  select *, extract(epoch from answered_at - sent_at) / 86400.0 as days,
    to_char(sent_at at time zone %s, 'YYYY-MM') as month,
    case when sent_at >= %s and sent_at < %s then 'now' when sent_at >= %s and sent_at < %s then 'before' end as span
  from scoped)
select grouping(agency_id, kind, adviser_id, month), span, agency_id, kind, adviser_id, month,
  min(trim(first_name || ' ' || last_name)), count(*), count(*) filter (where answer <> ''),
  count(*) filter (where answer = any(%s)), count(*) filter (where answer = %s), count(*) filter (where answer = %s),
  count(*) filter (where outcome = %s), avg(days) filter (where answer <> ''),
  percentile_cont(0.5) within group (order by days) filter (where answer <> '')
from told
group by grouping sets ((span), (span, agency_id), (span, kind), (span, adviser_id), (month))
"""
WHOLE, BY_AGENCY, BY_KIND, BY_ADVISER, BY_MONTH = 0b1111, 0b0111, 0b1011, 0b1101, 0b1110


@dataclass
class Grouped:
    """Figures of a period by agency, partner and adviser, of the period before, and of the last twelve months."""

    now: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)
    agencies: dict[UUID, Figures] = field(default_factory=dict)
    kinds: dict[str, Figures] = field(default_factory=dict)
    advisers: dict[UUID | None, Figures] = field(default_factory=dict)
    names: dict[UUID | None, str] = field(default_factory=dict)
    months: dict[str, Figures] = field(default_factory=dict)


def grouped(
    span: Span, actor: Actor, *, agency: UUID | None = None, kind: str = "", adviser: UUID | None = None
) -> Grouped:
    """Return what the promotions of a territory gave, grouped five ways."""
    first_month = months_before(span.last, MONTHS - 1)
    rows: Any = Promotion.objects.visible_to(actor).filter(
        agency__in=Agency.objects.filter(department__in=actor.departments),
        sent_at__gte=midnight(min(span.previous.start, first_month)), sent_at__lt=midnight(span.end),
    )  # fmt: skip
    wanted = {"agency": agency, "agency__organisation__kind": kind, "adviser": adviser}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    scoped, values = rows.values_list(*COLUMNS).query.sql_with_params()
    edges = [span.start, span.end, span.previous.start, span.previous.end]
    with connection.cursor() as cursor:
        cursor.execute(
            GROUPED.format(scoped=scoped),
            [
                *values, settings.TIME_ZONE, *map(midnight, edges),
                sorted(GOOD_NEWS), Answer.MEETING, Answer.KEPT, Outcome.HIRED,
            ],
        )  # fmt: skip
        return _sorted_out(cursor.fetchall(), f"{first_month:%Y-%m}")


def midnight(day: dt.date) -> dt.datetime:
    """Return the first instant of a day in the site's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _sorted_out(rows: Sequence[tuple[Any, ...]], first_month: str) -> Grouped:
    found = Grouped()
    for level, span, agency, kind, adviser, month, name, *counts in rows:
        figures = Figures(*counts[:6], *(None if days is None else float(days) for days in counts[6:]))
        if level == BY_MONTH and month >= first_month:
            found.months[month] = figures
        elif level == WHOLE and span == "before":
            found.before = figures
        elif span == "now":
            _place(found, level, {BY_AGENCY: agency, BY_KIND: kind, BY_ADVISER: adviser}.get(level), figures, name)
    return found


def _place(found: Grouped, level: int, key: Any, figures: Figures, name: str | None) -> None:
    if level == WHOLE:
        found.now = figures
    elif level == BY_AGENCY:
        found.agencies[key] = figures
    elif level == BY_KIND:
        found.kinds[key] = figures
    elif level == BY_ADVISER:
        found.advisers[key] = figures
        found.names[key] = name or ""
