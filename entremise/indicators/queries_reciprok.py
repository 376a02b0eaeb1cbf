"""The team's board of applications: who answers, whom to help first, what refusals say; a few statements in all."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from entremise.employers.enums import SizeBand
from entremise.employers.models import Establishment
from entremise.indicators import rules_reciprok as rules
from entremise.indicators.rules_divisions import DIVISIONS
from entremise.indicators.rules_reciprok import Answers, Criterion
from entremise.kernel.actors import Actor
from entremise.matching.engine import score
from entremise.reciprok.enums import ABOUT_THE_PERSON, ApplicationState, LabelLevel, RefusalReason
from entremise.reciprok.enums import Count as Worth
from entremise.reciprok.models import Application
from entremise.reciprok.models_label import Silence
from entremise.reciprok.queries_label import since
from entremise.reciprok.queries_reasons import worded
from entremise.reciprok.queries_team import Caller, callers
from entremise.reciprok.rules_reasons import Reasons, hints, publishable
from entremise.reciprok.workflow import WAITING

NO_ZONE = "#"  # before the code of a department, where a commune has no known zone
MOST_HELPED, MOST_OCCUPATIONS = 30, 40
COLUMNS = (
    "sent_at", "answered_at", "counted_at", "count", "person_id", "establishment__naf_id",
    "establishment__commune__zone__name", "establishment__commune__department_id", "establishment__size_band",
)  # fmt: skip
GROUPED = """
with scoped (sent_at, answered_at, counted_at, worth, person, naf, zone, department, size) as ({scoped}),
told as (
  select *, left(coalesce(naf, ''), 2) as sector, coalesce(zone, %s || department) as place,
    to_char(counted_at at time zone %s, 'YYYY-MM') as month,
    extract(epoch from answered_at - sent_at) / 3600.0 as hours
  from scoped)
select grouping(sector, place, size, month), sector, place, size, month, count(*),
  count(*) filter (where worth = %s), count(distinct person),
  percentile_disc(0.5) within group (order by hours) filter (where worth = %s)
from told
group by grouping sets ((), (sector), (place), (size), (month))
"""
WHOLE, BY_SECTOR, BY_PLACE, BY_SIZE, BY_MONTH = 0b1111, 0b0111, 0b1011, 0b1101, 0b1110
CRITERIA = {
    "skills": RefusalReason.SKILLS,
    "occupation": RefusalReason.EXPERIENCE,
    "distance": RefusalReason.DISTANCE,
    "availability": RefusalReason.AVAILABILITY,
}
POINTS = {
    "skills": score.SKILL_POINTS,
    "occupation": score.OCCUPATION_POINTS,
    "distance": score.DISTANCE_POINTS,
    "availability": score.AVAILABILITY_POINTS,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its name, and its figures unless they would point at somebody."""

    label: str
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class Help:
    """An employer to help first: who waits there, since when, whom to call, what was already proposed."""

    establishment: Establishment
    waiting: int
    oldest_at: dt.datetime
    caller: Caller
    silence: Silence | None


@dataclass(frozen=True, slots=True)
class Said:
    """Why people are refused for one occupation, and what it suggests to ask of its offers."""

    label: str
    reasons: Reasons | None
    questions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the page shows."""

    start: dt.datetime
    whole: Answers | None
    sectors: list[Line]
    places: list[Line]
    sizes: list[Line]
    months: list[Line]
    helped: list[Help]
    said: list[Said]
    criteria: Sequence[Criterion]


def board(actor: Actor, now: dt.datetime) -> Board:
    """Return the board of a territory over twelve sliding months, in a few statements."""
    found = _grouped(actor, now)
    refused, good = _outcomes(actor, now)
    return Board(
        start=since(now),
        whole=rules.whole(found[WHOLE].get("", Answers())),
        sectors=_lines(found[BY_SECTOR], _sector),
        places=_lines(found[BY_PLACE], _place),
        sizes=_lines(found[BY_SIZE], _size),
        months=_lines(found[BY_MONTH], str, is_ranked=False),
        helped=to_help(actor, now),
        said=_said(actor, now),
        criteria=rules.criteria(POINTS, CRITERIA, refused, good),
    )


def to_help(actor: Actor, now: dt.datetime) -> list[Help]:
    """Return the employers without a label where most people wait, for longest."""
    rows: Any = Application.objects.visible_to(actor).filter(state__in=WAITING)
    unlabelled = rows.exclude(establishment__label__level__gt=LabelLevel.NONE).filter(establishment__closed_on=None)
    age = ExpressionWrapper(Value(now) - F("oldest"), output_field=DurationField())
    weight = ExpressionWrapper(F("age") * F("waiting"), output_field=DurationField())
    counted = unlabelled.order_by().values("establishment").annotate(waiting=Count("pk"), oldest=Min("sent_at"))
    first = list(counted.annotate(age=age).annotate(weight=weight).order_by("-weight", "establishment")[:MOST_HELPED])
    ids = [one["establishment"] for one in first]
    places = Establishment.objects.select_related("commune").in_bulk(ids)
    phones, asked = callers(ids), _asked(ids, actor)
    return [
        Help(
            place, one["waiting"], one["oldest"], phones.get(place.pk) or Caller("", place.phone), asked.get(place.pk)
        )
        for one in first
        if (place := places.get(one["establishment"])) is not None
    ]


def _grouped(actor: Actor, now: dt.datetime) -> dict[int, dict[str, Answers]]:
    """Group five ways at once what the label counts."""
    rows: Any = Application.objects.visible_to(actor).filter(
        count__in=(Worth.ANSWERED, Worth.SILENT), counted_at__gte=since(now), counted_at__lte=now
    )
    scoped, values = rows.order_by().values_list(*COLUMNS).query.sql_with_params()
    found: dict[int, dict[str, Answers]] = {level: {} for level in (WHOLE, BY_SECTOR, BY_PLACE, BY_SIZE, BY_MONTH)}
    with connection.cursor() as cursor:
        cursor.execute(
            GROUPED.format(scoped=scoped), [*values, NO_ZONE, settings.TIME_ZONE, Worth.ANSWERED, Worth.ANSWERED]
        )
        for level, sector, place, size, month, counted, answered, people, hours in cursor.fetchall():
            key = {BY_SECTOR: sector, BY_PLACE: place, BY_SIZE: size, BY_MONTH: month}.get(level, "")
            found[level][key or ""] = Answers(counted, answered, people, None if hours is None else float(hours))
    return found


def _outcomes(actor: Actor, now: dt.datetime) -> tuple[Mapping[str, int], int]:
    """Return how many refusals gave each reason that is about the person, and how many good answers were given."""
    rows: Any = Application.objects.visible_to(actor).filter(answered_at__gte=since(now), answered_at__lte=now)
    about = {reason: Count("pk", filter=Q(reason=reason)) for reason in ABOUT_THE_PERSON}
    good = Count("pk", filter=Q(state__in=(ApplicationState.FAVOURABLE, ApplicationState.HIRED)))
    told = rows.aggregate(good_answers=good, **{f"reason_{reason}": count for reason, count in about.items()})
    return {str(reason): told[f"reason_{reason}"] for reason in about}, told["good_answers"]


def _said(actor: Actor, now: dt.datetime) -> list[Said]:
    """Return the grid of reasons by occupation, those that most refusals are about first."""
    rows: Any = Application.objects.visible_to(actor).exclude(reason="")
    lately = rows.filter(answered_at__gte=since(now), answered_at__lte=now)
    counted = lately.order_by().values_list("inbox__offer__occupation__label", "reason")
    grid: dict[str, dict[str, int]] = {}
    for label, reason, count in counted.annotate(n=Count("person", distinct=True)):
        grid.setdefault(label or _("Candidatures spontanées"), {})[reason] = count
    first = sorted(grid.items(), key=lambda one: (-sum(one[1].values()), one[0]))[:MOST_OCCUPATIONS]
    told = [(label, publishable(counts)) for label, counts in first]
    return [Said(label, reasons, [worded(one) for one in hints(reasons)]) for label, reasons in told]


def _asked(ids: Sequence[UUID], actor: Actor) -> dict[UUID, Silence]:
    rows: Any = Silence.objects.visible_to(actor).filter(establishment__in=ids)
    last = rows.order_by("establishment", "-asked_at").distinct("establishment")
    return {one.establishment_id: one for one in last}


def _lines(found: Mapping[str, Answers], name: Any, *, is_ranked: bool = True) -> list[Line]:
    shown = rules.shown(found)
    keys = sorted(found, key=(lambda key: (-found[key].counted, key)) if is_ranked else None)
    return [Line(name(key), shown[key]) for key in keys]


def _sector(key: str) -> str:
    return DIVISIONS.get(key, _("Activité inconnue"))


def _size(key: str) -> str:
    return capfirst(str(SizeBand(key).label)) if key in SizeBand.values else _("Effectif inconnu")


def _place(key: str) -> str:
    if not key.startswith(NO_ZONE):
        return key
    return _("Département %(code)s, hors bassin connu") % {"code": key.removeprefix(NO_ZONE)}
