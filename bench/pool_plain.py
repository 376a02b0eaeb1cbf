"""The pool search as one would first write it: the ORM over the normalised tables, a page and a total, no counts."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.geo import Point, bounding_box
from entremise.matching.queries_criteria import MAX_RADIUS_KM, PoolCriteria
from entremise.people import queries as people
from entremise.people.models import Person
from entremise.promotions.models import Promotion
from entremise.territories.models import Commune

WHY = "bench"


def search(criteria: PoolCriteria, actor: Actor, limit: int = 20) -> tuple[int, list[Person]]:
    """Return the total and the first page; the place is a mere rectangle, quicker than what the product does."""
    rows = Person.objects.visible_to(actor).filter(Exists(people.promotion_consents().filter(person=OuterRef("pk"))))
    rows = rows.filter(_occupations(criteria) & _place(criteria) & _habits(criteria) & _toggles(criteria))
    sent = Promotion.objects.unscoped(WHY).filter(person=OuterRef("pk"), sent_at__isnull=False)
    if "never_promoted" in criteria.toggles:
        rows = rows.filter(~Exists(sent))
    if criteria.not_promoted_days is not None:
        since = clock.now() - dt.timedelta(days=criteria.not_promoted_days)
        rows = rows.filter(~Exists(sent.filter(sent_at__gte=since)))
    asked = Q(held_skills__is_shown=True)
    if criteria.skills:
        asked &= Q(held_skills__skill__in=criteria.skills)
    rows = rows.annotate(
        held=Count("held_skills", filter=asked, distinct=True),
        proved=Count("held_skills", filter=asked & Q(held_skills__assurance__gt=0), distinct=True),
    )
    if criteria.skills:
        rows = rows.filter(held__gte=len(criteria.skills) if criteria.skill_mode == "all" else 1)
    return rows.count(), list(rows.order_by("-proved", "-held", "pk")[:limit])


def _occupations(criteria: PoolCriteria) -> Q:
    codes = list(criteria.occupations)
    if not codes:
        return Q()
    return Q(wishes__occupation__rome_code__in=codes) | Q(experiences__occupation__rome_code__in=codes)


def _place(criteria: PoolCriteria) -> Q:
    place = Commune.objects.filter(pk=criteria.commune).first() if criteria.commune else None
    if place is None or place.latitude is None or place.longitude is None:
        return Q()
    box = bounding_box(Point(place.latitude, place.longitude), criteria.radius_km or MAX_RADIUS_KM)
    return Q(commune__latitude__range=(box.south, box.north), commune__longitude__range=(box.west, box.east))


def _habits(criteria: PoolCriteria) -> Q:
    wanted = Q()
    for column, value in (
        ("contracts", criteria.contract), ("schedules", criteria.schedule), ("licences", criteria.licence),
    ):  # fmt: skip
        if value:
            wanted &= Q(**{f"{column}__contains": [value]})
    if criteria.working_time:
        wanted &= Q(working_time__in=[criteria.working_time, "any"])
    if criteria.available_by:
        wanted &= Q(available_on__lte=criteria.available_by)
    return wanted


def _toggles(criteria: PoolCriteria) -> Q:
    wanted = Q()
    if "validated" in criteria.toggles:
        wanted &= Q(validated_skill_count__gt=0)
    if "available" in criteria.toggles:
        wanted &= Q(available_on__lte=clock.today())
    if "fresh" in criteria.toggles:
        wanted &= Q(confirmed_at__gt=clock.now() - dt.timedelta(days=91))
    return wanted
