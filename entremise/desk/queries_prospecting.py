"""Employers to visit: those that recruit, or may, what people of the pool look for; and the plans of visits."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, Q, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.desk import rules_prospecting as rules
from entremise.desk.models import Visit, VisitPlan
from entremise.employers.models import ContactLog, Establishment
from entremise.employers.models_events import HiringForecast
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.geo import Point
from entremise.matching.queries import count_each
from entremise.matching.queries_criteria import PoolCriteria
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.people.rules import months_after
from entremise.promotions.enums import Outcome
from entremise.promotions.models import Promotion
from entremise.territories.models import Commune
from entremise.territories.queries import point_of

MOST_CANDIDATES, MOST_SHOWN, MOST_OCCUPATIONS, MOST_PLANS = 400, 60, 40, 20
WINDOW_MONTHS, FORESEEN_MONTHS = 24, 12
IN_THE_SEA = Point(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Filters:
    """Where and what to look for."""

    zone: str = ""
    section: str = ""  # of the NAF
    size: str = ""
    occupation: str = ""  # a ROME code: employers that recruit it
    is_never_met: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An establishment to visit, its score and the reasons that make it."""

    establishment: Establishment
    score: int
    reasons: tuple[str, ...]
    occupations: tuple[str, ...]

    @property
    def pk_text(self) -> str:
        """Return its key as a form sends it."""
        return str(self.establishment.pk)


def targets(filters: Filters, actor: Actor) -> list[Target]:
    """Return the establishments of the territory most worth a visit, with why."""
    today = clock.today()
    places = _candidates(filters, actor, today)
    known = _signals(places, actor, today)
    found = []
    for place in places:
        signals, occupations = known[place.pk]
        told = rules.reasons(signals, today)
        found.append(Target(place, rules.score(told), tuple(map(_sentence, told)), occupations))
    best = sorted(found, key=lambda one: (-one.score, one.establishment.name))
    return best[:MOST_SHOWN]


def plans(actor: Actor) -> tuple[list[VisitPlan], list[VisitPlan]]:
    """Return the actor's plans: those to come, the nearest first, and the last past ones."""
    rows: Any = VisitPlan.objects.visible_to(actor).filter(adviser_id=actor.user_id)
    counted = rows.annotate(visit_count=Count("visits"), done_count=Count("visits", filter=~Q(visits__done_at=None)))
    last, today = list(counted.order_by("-on", "pk")[:MOST_PLANS]), clock.today()
    return [one for one in reversed(last) if one.on >= today], [one for one in last if one.on < today]


def plan(pk: UUID, actor: Actor) -> VisitPlan:
    """Return one plan of the territory, or raise VisitPlan.DoesNotExist."""
    rows: Any = VisitPlan.objects.visible_to(actor)
    return rows.select_related("agency__commune", "adviser").get(pk=pk)  # type: ignore[no-any-return]


def visits(of: VisitPlan) -> list[Visit]:
    """Return the visits of a plan in their order."""
    rows: Any = Visit.objects.unscoped("visits of a plan already seen").filter(plan=of)
    return list(rows.select_related("establishment__commune", "contact").order_by("rank", "pk"))


def visit(pk: UUID, actor: Actor) -> Visit:
    """Return one visit of the territory, or raise Visit.DoesNotExist."""
    rows: Any = Visit.objects.visible_to(actor)
    return rows.select_related("plan__agency", "establishment__commune").get(pk=pk)  # type: ignore[no-any-return]


def timetable(of: VisitPlan, stops: Sequence[Visit]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when each visit begins and ends."""
    zone = clock.local(clock.now()).tzinfo
    starts_at = dt.datetime.combine(of.on, of.starts_at, tzinfo=zone)
    points = [stop_at(one.establishment.commune) for one in stops]
    return rules.timetable(starts_at, stop_at(of.agency.commune), points, [one.minutes for one in stops])


def stop_at(commune: Commune) -> Point:
    """Return where a commune is; the middle of the sea when it is not known, so that it comes last."""
    return point_of(commune) or IN_THE_SEA


def _sentence(one: rules.Reason) -> str:
    """Return a reason in words."""
    n, why = one.count, rules.Why
    if one.why is why.FORGOTTEN:
        return _("aucun échange depuis plus d'un an")
    if one.why is why.RECENT_TALK and not n:
        return _("échange aujourd'hui")
    told = {
        why.OPEN_OFFERS: ngettext("%(count)s offre ouverte", "%(count)s offres ouvertes", n),
        why.OFFERS: ngettext("%(count)s offre en deux ans", "%(count)s offres en deux ans", n),
        why.HIRES: ngettext("%(count)s embauche après une présentation",
                            "%(count)s embauches après une présentation", n),
        why.FORECASTS: ngettext("%(count)s recrutement prévu", "%(count)s recrutements prévus", n),
        why.POOL: ngettext("%(count)s personne du vivier cherche ses métiers",
                           "%(count)s personnes du vivier cherchent ses métiers", n),
        why.RECENT_TALK: ngettext("échange il y a %(count)s jour", "échange il y a %(count)s jours", n),
    }  # fmt: skip
    return told[one.why] % {"count": n}


def _candidates(filters: Filters, actor: Actor, today: dt.date) -> list[Establishment]:
    """Return open establishments of the territory, those with a signal first."""
    rows: Any = Establishment.objects.filter(commune__department__in=actor.departments, closed_on=None)
    if filters.zone:
        rows = rows.filter(commune__zone=filters.zone)
    if filters.section:
        rows = rows.filter(naf__section=filters.section)
    if filters.size:
        rows = rows.filter(size_band=filters.size)
    since = _since(today)
    offers = Offer.objects.visible_to(actor).filter(created_at__gte=since)
    if filters.occupation:
        offers = offers.filter(occupation__rome_code=filters.occupation)
    telling: Any = offers.order_by().values("establishment")
    foreseen: Any = HiringForecast.objects.visible_to(actor).filter(expected_on__gte=today)
    if filters.occupation:
        foreseen = foreseen.filter(occupation__rome_code=filters.occupation)
    if filters.is_never_met:
        met: Any = ContactLog.objects.visible_to(actor).order_by().values("establishment")
        rows = rows.exclude(pk__in=met)
    told = Q(pk__in=telling) | Q(pk__in=foreseen.order_by().values("establishment"))
    if filters.occupation:
        rows = rows.filter(told)
    first = Case(When(told, then=Value(0)), default=Value(1), output_field=IntegerField())
    ranked = rows.select_related("commune", "naf").annotate(first=first).order_by("first", "-size_band", "pk")
    return list(ranked[:MOST_CANDIDATES])


def _signals(
    places: Sequence[Establishment], actor: Actor, today: dt.date
) -> dict[UUID, tuple[rules.Signals, tuple[str, ...]]]:
    keys = [place.pk for place in places]
    offered = _offered(keys, actor, today)
    hired = _counts(_hired(actor, today).filter(establishment__in=keys), Count("pk"))
    foreseen = _counts(_foreseen(actor, today).filter(establishment__in=keys), Sum("number"))
    talks: Any = ContactLog.objects.visible_to(actor).filter(establishment__in=keys).order_by()
    talked = dict(talks.values_list("establishment").annotate(at=Max("at")).values_list("establishment", "at"))
    usual = {pk: _usual(rows) for pk, rows in offered.items()}
    looking = _looking(usual.values(), actor)
    return {
        pk: (
            rules.Signals(
                open_offer_count=sum(1 for _code, state in offered[pk] if state == OfferState.OPEN),
                offer_count=len(offered[pk]),
                hire_count=hired.get(pk, 0),
                forecast_count=foreseen.get(pk, 0),
                pool_count=sum(looking.get(code, 0) for code in usual.get(pk, ())),
                last_talk_on=clock.local(talked[pk]).date() if pk in talked else None,
            ),
            usual.get(pk, ()),
        )
        for pk in keys
    }


def _offered(keys: Sequence[UUID], actor: Actor, today: dt.date) -> dict[UUID, list[tuple[str, str]]]:
    offered: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows: Any = Offer.objects.visible_to(actor).filter(establishment__in=keys, created_at__gte=_since(today))
    for pk, code, state in rows.values_list("establishment", "occupation__rome_code", "state"):
        offered[pk].append((code, state))
    return offered


def _hired(actor: Actor, today: dt.date) -> Any:
    return Promotion.objects.visible_to(actor).filter(outcome=Outcome.HIRED, sent_at__gte=_since(today)).order_by()


def _foreseen(actor: Actor, today: dt.date) -> Any:
    until = months_after(today, FORESEEN_MONTHS)
    rows: Any = HiringForecast.objects.visible_to(actor)
    return rows.filter(expected_on__gte=today, expected_on__lte=until).order_by()


def _counts(rows: Any, counted: Any) -> dict[UUID, int]:
    return dict(rows.values_list("establishment").annotate(n=counted).values_list("establishment", "n"))


def _usual(offers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    counts = Counter(code for code, _state in offers)
    return tuple(code for code, _count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3])


def _looking(usual: Iterable[tuple[str, ...]], actor: Actor) -> Mapping[str, int]:
    """Count the people of the pool who look for each occupation."""
    codes = [code for code, _count in Counter(code for some in usual for code in some).most_common(MOST_OCCUPATIONS)]
    asked = [PoolCriteria(occupations=(code,)) for code in codes]
    return dict(zip(codes, count_each(asked, actor=actor), strict=True))


def _since(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(months_after(today, -WINDOW_MONTHS), dt.time(), tzinfo=dt.UTC)
