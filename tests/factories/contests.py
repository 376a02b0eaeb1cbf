"""Contested results and recruiters' searches for the tests, made by the product's own actions."""

from typing import Any

from entremise.kernel.actors import Actor, link_actor
from entremise.kernel.models import MailLink
from entremise.matching import actions_contest, actions_recruiter, queries_recruiter
from entremise.matching.links import PROFILES
from entremise.matching.models_contest import Contest
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries_criteria import PoolCriteria
from entremise.people.models import Person
from tests.factories.matching import PoolEntryFactory
from tests.factories.people import PersonFactory, consent
from tests.factories.promotions import World

COOK = "G1602"
COOKS = PoolCriteria(occupations=(COOK,))


def in_pool(**facts: Any) -> Person:
    """Return a person of the pool who agreed to be promoted."""
    row = PoolEntryFactory(**{"occupation_codes": [COOK]} | facts)
    person: Person = row.person
    if not person.consents.filter(withdrawn_at=None).exists():
        consent(person)
    return person


def contest(person: Person, actor: Actor, **facts: Any) -> Contest:
    """Contest, as an adviser, what a search says of a person."""
    told = {"criteria": COOKS, "reason": "skill", "words": "Son permis n'est pas compté."} | facts
    kept: Contest = actions_contest.contest_search(person, actor=actor, **told)
    return kept


def own_contest(person: Person, actor: Actor, **facts: Any) -> Contest:
    """Contest for oneself."""
    kept: Contest = actions_contest.contest_own(person, actor=actor, **{"reason": "distance"} | facts)
    return kept


def again(thing: Any) -> Any:
    """Read a row again."""
    return type(thing).objects.unscoped("a test").get(pk=thing.pk)


def opened(small: World) -> RecruiterAccess:
    """Open the search of profiles to the first contact of a small world."""
    access: RecruiterAccess = actions_recruiter.open_access(small.first, actor=small.adviser, agency=small.agency)
    return access


def link_of(access: RecruiterAccess) -> MailLink:
    """Return the link that was sent for an access."""
    return MailLink.objects.filter(purpose=PROFILES.name, target_id=access.pk).latest("issued_at")


def recruiter(access: RecruiterAccess) -> Actor:
    """Return the bearer of an access's link."""
    return link_actor(link_of(access).pk, PROFILES.role)


def searched(access: RecruiterAccess, **facts: Any) -> RecruiterSearch:
    """Make a search by an access."""
    told = {"occupation": COOK, "radius_km": 20, "skills": []} | facts
    criteria = queries_recruiter.criteria_around(access, **told)
    made: RecruiterSearch = actions_recruiter.search(access, actor=recruiter(access), criteria=criteria)
    return made


def cards_of(made: RecruiterSearch, access: RecruiterAccess, page: int = 1) -> list[queries_recruiter.RecruiterCard]:
    """Return the cards of one page of a search."""
    return queries_recruiter.page_of_cards(made, link_of(access), page).cards


def wished(access: RecruiterAccess, made: RecruiterSearch, rank: int = 0) -> MeetingWish:
    """Wish to meet the person of a card."""
    token = cards_of(made, access)[rank].token
    wish: MeetingWish = actions_recruiter.wish_to_meet(access, actor=recruiter(access), made=made, token=token)
    return wish


def somebody_else() -> Person:
    """Return a person who is in no pool."""
    person: Person = PersonFactory()
    return person
