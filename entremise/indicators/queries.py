"""The dashboard of promotions: figures of a period, compared with the one before and with the pilot's."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency
from entremise.indicators import queries_people as people
from entremise.indicators.enums import Period
from entremise.indicators.queries_people import Acts, Member
from entremise.indicators.queries_promotions import MONTHS, Grouped, grouped
from entremise.indicators.rules import Figures, Share, Span, chosen_span, months_before, span_of
from entremise.indicators.rules_protected import Groups, Protected, Reach, shown_agencies, shown_figures
from entremise.kernel import access, clock
from entremise.kernel.actors import Actor
from entremise.promotions.queries import stage_counts

NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the dashboard is about; an impossible period falls back on the last 90 days."""

    period: str = Period.QUARTER
    start: dt.date | None = None
    last: dt.date | None = None
    agency: UUID | None = None
    kind: str = ""
    adviser: UUID | None = None

    def span(self, today: dt.date) -> Span:
        """Return the period in days."""
        if self.period == Period.CUSTOM and self.start and self.last:
            return chosen_span(self.start, min(self.last, today)) or span_of(int(Period.QUARTER), today)
        days = int(self.period) if self.period in (Period.MONTH, Period.YEAR) else int(Period.QUARTER)
        return span_of(days, today)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: an agency, a partner, an adviser or a month."""

    key: str
    label: str
    figures: Figures
    adoption: Share = NOTHING
    reach: Share | None = NOTHING  # None when it would point at somebody
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the team's page shows."""

    span: Span
    now: Figures
    before: Figures
    adoption: Share
    adoption_before: Share
    adoption_by_role: dict[str, Share]
    reach: Share | None  # None when it would point at somebody, as the three counts below
    acts: Acts
    validated_count: int | None
    other_count: int | None
    waiting_count: int | None  # proved profiles that nobody ever promoted
    to_promote_count: int  # the same for who may open their cards one by one; zero for others when it is hidden
    overdue_count: int
    good_count: int
    silent_advisers: list[str]
    agencies: list[Row] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    advisers: list[Row] = field(default_factory=list)
    months: list[Row] = field(default_factory=list)
    agency_choices: list[tuple[str, str]] = field(default_factory=list)
    kind_choices: list[tuple[str, str]] = field(default_factory=list)
    adviser_choices: list[tuple[str, str]] = field(default_factory=list)


def promotion_dashboard(filters: Filters, actor: Actor, now: dt.datetime) -> Dashboard:
    """Return the figures of a territory for a period, in seven statements.

    Who may not read promotions one by one gets the usual periods, without filter, and no line of a few promotions.
    """
    sees_all = bool(access.decide("promotions.view", actor))
    filters = filters if sees_all else Filters(filters.period if filters.period != Period.CUSTOM else Period.QUARTER)
    span = filters.span(clock.local(now).date())
    found = grouped(span, actor, agency=filters.agency, kind=filters.kind, adviser=filters.adviser)
    agencies = list(
        Agency.objects.filter(department__in=actor.departments).select_related("organisation").order_by("name")
    )
    kind_of = {one.pk: one.organisation.kind for one in agencies}
    found = found if sees_all else _protected(found, kind_of)
    members = people.members(span, actor, agency=filters.agency, kind=filters.kind)
    reached = people.reach(actor)
    protected = Protected(reached, kind_of)
    groups = protected.view(agency=filters.agency, kind=filters.kind, kind_of=kind_of)
    acts = people.acts(span, actor, agency=filters.agency, kind=filters.kind)
    asked = [m for m in members if filters.adviser in (None, m.user_id)]
    stages = stage_counts(actor, now=now)
    return Dashboard(
        span=span, now=found.now, before=found.before,
        adoption=people.adoption(asked), adoption_before=people.adoption(asked, before=True),
        adoption_by_role={r: people.adoption([m for m in asked if m.role == r]) for r in people.ADVISER_ROLES},
        reach=_reach(groups),
        acts=acts if groups else Acts(None, None),
        validated_count=groups.validated if groups else None, other_count=groups.others if groups else None,
        waiting_count=groups.waiting if groups else None,
        to_promote_count=_to_promote(actor, filters, reached, groups, kind_of),
        overdue_count=stages["overdue"], good_count=stages["good"],
        silent_advisers=sorted({m.name for m in asked if m.is_here_now and not m.has_promoted}),
        agencies=_agency_rows(found, agencies, members, protected), kinds=_kind_rows(found, members, protected),
        advisers=_adviser_rows(found, members) if sees_all else [],
        months=_month_rows(found, span) if sees_all else [],
        agency_choices=[(str(one.pk), one.name) for one in agencies] if sees_all else [],
        kind_choices=_kind_choices(agencies) if sees_all else [],
        adviser_choices=_adviser_choices(members) if sees_all else [],
    )  # fmt: skip


def _to_promote(
    actor: Actor, filters: Filters, reached: list[Reach], groups: Groups | None, kind_of: dict[UUID, str]
) -> int:
    """Return how many people a team could promote this week: a list of work, not a statistic."""
    if not access.decide("people.card", actor):
        return groups.waiting if groups else 0
    return sum(
        one.waiting
        for one in reached
        if filters.agency in (None, one.agency_id)
        and (not filters.kind or (one.agency_id and kind_of.get(one.agency_id) == filters.kind))
    )


def _protected(found: Grouped, kind_of: dict[UUID, str]) -> Grouped:
    """Keep the lines that point at nobody."""
    agencies, kinds = shown_agencies(found.agencies, kind_of)
    return Grouped(
        now=shown_figures(found.now),
        before=shown_figures(found.before),
        agencies={pk: figures for pk, figures in found.agencies.items() if pk in agencies},
        kinds={kind: figures for kind, figures in found.kinds.items() if kind in kinds},
    )


def _agency_rows(found: Grouped, agencies: list[Agency], members: list[Member], protected: Protected) -> list[Row]:
    rows = [
        Row(
            str(one.pk), one.name, found.agencies.get(one.pk, Figures()),
            people.adoption([m for m in members if m.agency_id == one.pk]),
            _reach(protected.agency(one.pk)), one.organisation.name,
        )
        for one in agencies
    ]  # fmt: skip
    return [row for row in _ranked(rows) if row.figures.promotions or row.adoption.total or row.reach != NOTHING]


def _kind_rows(found: Grouped, members: list[Member], protected: Protected) -> list[Row]:
    return _ranked(
        Row(
            kind, str(OrganisationKind(kind).label), found.kinds.get(kind, Figures()),
            people.adoption([m for m in members if m.kind == kind]), _reach(protected.kind(kind)),
        )
        for kind in sorted(set(found.kinds) | {m.kind for m in members})
    )  # fmt: skip


def _reach(groups: Groups | None) -> Share | None:
    return groups.reach if groups else None


def _adviser_rows(found: Grouped, members: list[Member]) -> list[Row]:
    names: dict[UUID | None, str] = dict(found.names)
    names.update({m.user_id: m.name for m in members if m.is_here_now})
    return _ranked(
        Row(str(pk or ""), name, found.advisers.get(pk, Figures()), Share(int(pk in found.advisers), 1))
        for pk, name in names.items()
    )


def _month_rows(found: Grouped, span: Span) -> list[Row]:
    firsts = [months_before(span.last, count) for count in range(MONTHS - 1, -1, -1)]
    return [Row(f"{day:%Y-%m}", f"{day:%Y-%m}", found.months.get(f"{day:%Y-%m}", Figures())) for day in firsts]


def _ranked(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.figures.promotions, row.label))


def _kind_choices(agencies: list[Agency]) -> list[tuple[str, str]]:
    return [(kind, str(OrganisationKind(kind).label)) for kind in sorted({a.organisation.kind for a in agencies})]


def _adviser_choices(members: list[Member]) -> list[tuple[str, str]]:
    return list({str(m.user_id): m.name for m in members if m.is_here_now}.items())
