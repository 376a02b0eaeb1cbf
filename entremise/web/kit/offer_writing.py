"""What is told to who writes an offer, while they write: law, wording, advice, and the people it would find."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.http import QueryDict

from entremise.kernel.actors import Actor
from entremise.matching.queries_offer_words import relaxed
from entremise.matching.queries_offers import people_for_draft
from entremise.offers import rules
from entremise.offers.actions import Terms
from entremise.offers.enums import Channel
from entremise.offers.models import Offer
from entremise.offers.queries_checks import Check, check
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.skills.models import Occupation
from entremise.web.kit.offer_terms import written_terms
from entremise.web.kit.picking import commune_by_id
from entremise.web.kit.typed import whole_number

LONGEST_TITLE_READ = 250
LISTS = {"schedules": Schedule, "licences": Licence, "languages": Language}
MOST_GAINS = 4


@dataclass(frozen=True, slots=True)
class Gain:
    """One requirement less, and how many people more."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told while an offer is written."""

    check: Check
    people: int | None  # None while the job or the place is not known
    gains: tuple[Gain, ...]
    is_rounded: bool  # a recruiter learns round figures


def tell(
    posted: QueryDict, needs: Mapping[UUID, int], *, occupation: Occupation | None, actor: Actor, channel: str
) -> Telling:
    """Read a form that may be half filled; nothing is kept."""
    draft = draft_of(posted, occupation, channel)
    told = check(draft, needs)
    is_rounded = not actor.is_professional
    if occupation is None or not draft.commune_id:
        return Telling(told, None, (), is_rounded)
    people, gains = people_for_draft(draft, needs, actor=actor)
    return Telling(told, people, tuple(Gain(relaxed(name), gain) for name, gain in gains[:MOST_GAINS]), is_rounded)


def draft_of(posted: QueryDict, occupation: Occupation | None, channel: str) -> Offer:
    """Return what is written so far as an offer that is not kept."""
    longest = 20_000  # a text longer than allowed is read too: what is wrong in it is told with its length
    km = whole_number(posted.get("radius_km", ""))
    draft = Offer(
        number=0,  # the database gives one to what is kept
        title=posted.get("title", "").strip()[:LONGEST_TITLE_READ],
        description=posted.get("description", "")[:longest].strip(),
        contract=_known(ContractKind, posted.get("contract", ""), ContractKind.CDI),
        working_time=_known(WorkingTime, posted.get("working_time", ""), WorkingTime.ANY),
        radius_km=km if 1 <= km <= rules.FURTHEST_KM else None,
        channel=Channel(channel),
        **{name: [one for one in posted.getlist(name) if one in kinds.values] for name, kinds in LISTS.items()},
    )
    if occupation is not None:
        draft.occupation = occupation
    if (commune := commune_by_id(posted.get("commune_id", ""))) is not None:
        draft.commune = commune
    terms = written_terms(posted)
    for term in fields(Terms):
        setattr(draft, term.name, getattr(terms, term.name))
    return draft


def _known(kinds: Any, value: str, default: Any) -> Any:
    return kinds(value) if value in kinds.values else default
