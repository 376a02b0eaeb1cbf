"""People for an offer: what it asks for, said to the engine; each skill weighs by its need."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from entremise.kernel import access
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_traits
from entremise.matching.engine.batch import SKILLS_WEIGH
from entremise.matching.engine.search import Request
from entremise.matching.models import PoolEntry
from entremise.matching.queries import PAGE, SPARE, Cursor, PoolPage, Search, facts_of, page_of, prepare, request_of
from entremise.matching.queries_criteria import MAX_RADIUS_KM, PoolCriteria
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.queries import skills_asked
from entremise.passport.queries import known_skills
from entremise.people.enums import WorkingTime

RADIUS = "radius"  # the name of the one requirement that is no fact of a profile
NOBODY = PoolPage(found=[], total=0, facets={}, next_after=None)


def people_for(
    offer: Offer,
    *,
    actor: Actor,
    asked: Sequence[OfferSkill] | None = None,
    search: Search | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
) -> PoolPage:
    """Return the best profiles for an offer that the actor may see; nobody once it is closed.

    `asked` or `search` spare queries to who has already read what the offer asks for.
    """
    access.require("offers.view", actor, offer)
    if offer.is_closed:
        return NOBODY
    search = search or _search(offer, skills_asked(offer) if asked is None else asked)
    request = replace(request_for(offer, search, actor), wanted=limit + SPARE, below=after)
    (answer,) = feed.PEOPLE.search([request])
    return page_of(answer, search, actor, limit)


def explain_for(entry: PoolEntry, offer: Offer) -> list[rules.Part]:
    """Return the named parts of one profile's score for an offer: their sum is the rank of the search."""
    search = _search(offer, skills_asked(offer))
    return rules.parts(facts_of(entry, search), search.today)


def relaxations_for(
    offer: Offer, *, actor: Actor, asked: Sequence[OfferSkill] | None = None, search: Search | None = None
) -> list[tuple[str, int]]:
    """Return, for each requirement of an offer, how many people more would be found without it; most helpful first.

    Skills are not there: they say in which order people come and leave nobody out. Nor is the occupation: near ones
    are searched already.
    """
    access.require("offers.view", actor, offer)
    if offer.is_closed:
        return []
    search = search or _search(offer, skills_asked(offer) if asked is None else asked)
    return _gains(offer, search, request_for(offer, search, actor))[1]


def people_for_draft(offer: Offer, needs: Mapping[UUID, int], *, actor: Actor) -> tuple[int, list[tuple[str, int]]]:
    """Return how many people an offer being written would find, and how many more without each requirement.

    A recruiter learns round figures of the department of the post, never a few people.
    """
    access.require("offers.read_alerts", actor)
    known = known_skills(list(needs))
    asked = [OfferSkill(offer=offer, skill=skill, need=needs[pk]) for pk, skill in known.items()]
    search = _search(offer, asked)
    request = request_for(offer, search, actor)
    if actor.is_professional:
        return _gains(offer, search, request)
    around = replace(request, departments=frozenset({offer.commune.department_id}))
    total, gains = _gains(offer, search, around)
    rounded = [(name, rules.rounded_count(gain)) for name, gain in gains]
    return rules.rounded_count(total), [(name, gain) for name, gain in rounded if gain]


def _gains(offer: Offer, search: Search, now: Request) -> tuple[int, list[tuple[str, int]]]:
    names = traits_asked(offer) + ([RADIUS] if offer.radius_km else [])
    counting = [replace(one, wanted=0, with_counts=False) for one in (now, *(_without(now, name) for name in names))]
    found, *looser = (answer.total for answer in feed.PEOPLE.search(counting))
    gains = [(name, count - found) for name, count in zip(names, looser, strict=True) if count > found]
    return found, sorted(gains, key=lambda pair: (-pair[1], pair[0]))


def criteria_of(offer: Offer, asked: Sequence[OfferSkill]) -> PoolCriteria:
    """Say in the words of the pool what cards compare a profile with: the job, the place, the skills."""
    return PoolCriteria(
        occupations=(offer.occupation.rome_code,),
        with_near=True,
        commune=offer.commune_id,
        radius_km=offer.radius_km,
        skills=tuple(row.skill_id for row in asked),
    )


def request_for(offer: Offer, search: Search, actor: Actor) -> Request:
    """Say an offer in the engine's numbers, limited to what the actor may see; ties are drawn for each offer."""
    return replace(
        request_of(search, actor),
        skill_mode=SKILLS_WEIGH,
        asked={rules_traits.place(name): rules_traits.siblings(name) for name in traits_asked(offer)},
        seed=offer.number,
    )


def traits_asked(offer: Offer) -> list[str]:
    """Name the filter values that a profile must have, all of them."""
    times = [] if offer.working_time == WorkingTime.ANY else [offer.working_time]
    asked = {
        "contract": [offer.contract], "working_time": times, "schedule": offer.schedules, "licence": offer.licences,
        "language": offer.languages,
    }  # fmt: skip
    return [f"{kind}:{value}" for kind, values in asked.items() for value in values]


def _without(request: Request, name: str) -> Request:
    """Return the same search with one requirement less."""
    if name == RADIUS:
        return replace(request, radius_km=MAX_RADIUS_KM)  # each person still says how far she goes
    place = rules_traits.place(name)
    return replace(request, asked={bit: others for bit, others in request.asked.items() if bit != place})


def searches_for(asked_by: Mapping[Offer, Sequence[OfferSkill]]) -> list[Search]:
    """Read what the words of offers are; their places and skills came with them."""
    searches = prepare(
        [criteria_of(offer, asked) for offer, asked in asked_by.items()],
        known_places={offer.commune_id: offer.commune for offer in asked_by if offer.commune.latitude is not None},
        known_numbers={row.skill_id: row.skill.number for asked in asked_by.values() for row in asked},
    )
    return [
        replace(search, need_of={row.skill_id: row.need for row in asked})
        for search, asked in zip(searches, asked_by.values(), strict=True)
    ]


def _search(offer: Offer, asked: Sequence[OfferSkill]) -> Search:
    return searches_for({offer: asked})[0]
