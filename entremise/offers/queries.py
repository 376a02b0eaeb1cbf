"""Reads of the offers: the agency's list, one offer, what it asks for, what its occupation usually asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Func, Q, QuerySet, TextField

from entremise.kernel.actors import Actor
from entremise.lib.text import tokens
from entremise.offers import rules
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer, OfferSkill
from entremise.skills import queries as skills
from entremise.skills.models import Occupation, Skill

PAGE = 25
PROPOSED = 15  # skills of an occupation proposed for an offer: the most needed


class Plain(Func):
    """A text without accents nor capitals, as words typed are."""

    template = r"regexp_replace(casefold(normalize(%(expressions)s, NFKD)), '[\u0300-\u036f]', '', 'g')"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which offers a list shows."""

    state: str = ""
    is_mine: bool = False
    text: str = ""  # words of the title, of the reference or of the employer


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, by key: the next one starts after its last row."""

    rows: Sequence[Offer]
    total: int
    next_key: str


def complete(rows: Any) -> QuerySet[Offer]:
    """Read with an offer what every page shows of it."""
    found: QuerySet[Offer] = rows.select_related(
        "establishment__commune", "occupation", "job_title", "commune__department", "agency", "adviser"
    )
    return found


def offer(pk: UUID, actor: Actor) -> Offer:
    """Return one offer of the territory, or raise Offer.DoesNotExist."""
    return complete(Offer.objects.visible_to(actor)).get(pk=pk)


def listed(filters: Filters, actor: Actor, *, after: UUID | None = None) -> Page:
    """Return one page of the offers of the actor's agencies, the newest first."""
    rows = _filtered(filters, actor)
    total = rows.count()
    if after:
        rows = rows.filter(pk__lt=after)  # identifiers grow with time
    found = list(complete(rows).order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], total, str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def exported(filters: Filters, actor: Actor, most: int) -> list[Offer]:
    """Return the offers of the list for a file, one more than the file may hold when there are too many."""
    return list(complete(_filtered(filters, actor)).order_by("-pk")[: most + 1])


def state_counts(actor: Actor, *, is_mine: bool = False, text: str = "") -> dict[str, int]:
    """Return how many offers of the actor's agencies are in each state."""
    rows = (
        _filtered(Filters(is_mine=is_mine, text=text), actor)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return dict.fromkeys(OfferState.values, 0) | dict(rows)


def skills_asked(offer: Offer) -> list[OfferSkill]:
    """Return the skills that an offer asks for, the most needed first."""
    return list(offer.offer_skills.select_related("skill").order_by("-need", "skill__label"))


def usual_needs(occupation: Occupation) -> list[tuple[Skill, int]]:
    """Return the skills that an occupation calls for the most, with the need that an offer usually has of each."""
    called: Any = skills.skills_of_occupation(occupation)[:PROPOSED]
    return [(skill, rules.usual_need(skill.weight)) for skill in called]


def _filtered(filters: Filters, actor: Actor) -> QuerySet[Offer]:
    rows: QuerySet[Offer] = Offer.objects.visible_to(actor).filter(agency__in=actor.agency_ids)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if words := tokens(filters.text):
        rows = rows.annotate(plain_title=Plain("title"), plain_reference=Plain("reference"))
        for word in words:
            rows = rows.filter(
                Q(plain_title__contains=word)
                | Q(plain_reference__contains=word)
                | Q(establishment__search_name__contains=word)
            )
    return rows.filter(adviser_id=actor.user_id) if filters.is_mine else rows
