"""What each requirement of an offer costs: the engine's counts against searches made again from scratch."""

import random
from typing import Any

import pytest

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import JournalEntry
from entremise.matching import queries_offers
from entremise.offers import actions
from entremise.offers.actions import OfferRefused
from entremise.offers.models import Offer
from entremise.people.enums import WorkingTime
from tests.actions.test_matching_offers import SOMEBODY, random_person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory, again
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
LISTS = {"schedule": "schedules", "licence": "licences", "language": "languages"}


@pytest.fixture
def adviser() -> Actor:
    commune()
    return actor_of(professional())


def everybody_for(offer: Offer, actor: Actor) -> int:
    return queries_offers.people_for(offer, actor=actor, limit=1000).total


def found_without(offer: Offer, name: str, actor: Actor) -> int:
    """Search again for the same offer that lacks one requirement; a contract is tried as each of the others."""
    kind, _, value = name.partition(":")
    if kind == "contract":
        return len(
            {
                one.person_id
                for contract in ("cdi", "cdd", "temporary", "apprenticeship", "seasonal")
                for one in queries_offers.people_for(
                    OfferFactory(**facts_of(offer) | {"contract": contract}), actor=actor, limit=1000
                ).found
            }
        )
    changed: dict[str, Any] = {"radius": {"radius_km": None}, "working_time": {"working_time": "any"}}.get(kind) or {
        LISTS[kind]: [one for one in getattr(offer, LISTS[kind]) if one != value]
    }
    return everybody_for(OfferFactory(**facts_of(offer) | changed), actor)


def facts_of(offer: Offer) -> dict[str, Any]:
    names = ("contract", "working_time", "radius_km", "schedules", "licences", "languages", "establishment", "agency")
    return {name: getattr(offer, name) for name in names}


def test_each_requirement_tells_how_many_more_there_would_be_without_it(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY, licences=["b"], schedules=["night", "weekend"])
    for _ in range(3):
        PoolEntryFactory(**SOMEBODY, schedules=["night", "weekend"])
    PoolEntryFactory(**SOMEBODY, licences=["b"], schedules=["weekend"])
    PoolEntryFactory(**SOMEBODY)  # lacks several things: no single one brings her
    offer = OfferFactory(licences=["b"], schedules=["night", "weekend"])
    assert queries_offers.relaxations_for(offer, actor=adviser) == [("licence:b", 3), ("schedule:night", 1)]


def test_without_its_radius_an_offer_finds_those_who_accept_to_come(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY, latitude=45.2, mobility_km=50)  # thirty kilometres
    PoolEntryFactory(**SOMEBODY, latitude=45.2, mobility_km=10)
    assert queries_offers.relaxations_for(OfferFactory(radius_km=20), actor=adviser) == [("radius", 1)]


def test_an_offer_whose_requirements_cost_nobody_has_nothing_to_relax(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY, licences=["b"])
    assert queries_offers.relaxations_for(OfferFactory(licences=["b"], radius_km=50), actor=adviser) == []


def test_a_closed_offer_relaxes_nothing(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY)
    assert queries_offers.relaxations_for(OfferFactory(closed=True, licences=["b"]), actor=adviser) == []


def test_only_people_whom_one_may_see_are_counted(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY, department="38", latitude=45.19, longitude=5.72, mobility_km=150)
    assert queries_offers.relaxations_for(OfferFactory(licences=["b"]), actor=adviser) == []
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    with pytest.raises(AccessDenied, match="un autre territoire"):
        queries_offers.relaxations_for(OfferFactory(licences=["b"]), actor=stranger)


def test_the_counts_are_those_of_searches_made_again(adviser: Actor) -> None:
    rng = random.Random(7)
    skills = [SkillFactory().pk for _ in range(3)]
    for _ in range(80):
        random_person(rng, skills)
    for _ in range(40):
        PoolEntryFactory(
            **SOMEBODY, schedules=rng.sample(["day", "night", "weekend"], rng.randint(0, 3)),
            licences=rng.sample(["b", "caces"], rng.randint(0, 2)), languages=rng.sample(["en"], rng.randint(0, 1)),
            working_time=rng.choice(WorkingTime.values), latitude=44.93 + rng.randint(-3, 3) / 20, mobility_km=60,
        )  # fmt: skip
    told = 0
    for _ in range(12):
        offer = OfferFactory(
            contract=rng.choice(["cdi", "cdd"]), working_time=rng.choice(WorkingTime.values),
            radius_km=rng.choice([None, 5, 15]), schedules=rng.sample(["day", "night"], rng.randint(0, 2)),
            licences=rng.sample(["b", "caces"], rng.randint(0, 1)), languages=rng.sample(["en"], rng.randint(0, 1)),
        )  # fmt: skip
        now = everybody_for(offer, adviser)
        names = queries_offers.traits_asked(offer) + (["radius"] if offer.radius_km else [])
        expected = {name: found_without(offer, name, adviser) - now for name in names}
        gains = queries_offers.relaxations_for(offer, actor=adviser)
        assert dict(gains) == {name: gain for name, gain in expected.items() if gain}
        assert [gain for _name, gain in gains] == sorted((gain for _name, gain in gains), reverse=True)
        told += len(gains)
    assert told > 10


ASKING = {
    "schedules": ["night", "weekend"], "licences": ["b"], "languages": ["en"], "working_time": "part", "radius_km": 25,
}  # fmt: skip


@pytest.mark.parametrize(
    ("requirement", "field", "left"),
    [
        ("schedule:night", "schedules", ["weekend"]), ("licence:b", "licences", []), ("language:en", "languages", []),
        ("working_time:part", "working_time", "any"), ("radius:25", "radius_km", None),
    ],
)  # fmt: skip
def test_one_requirement_is_relaxed_then_asked_again(
    adviser: Actor, requirement: str, field: str, left: object
) -> None:
    offer = OfferFactory(**ASKING)
    actions.relax(offer, actor=adviser, requirement=requirement)
    changed = again(offer)
    assert {name: getattr(changed, name) for name in ASKING} == ASKING | {field: left}
    line = JournalEntry.objects.latest("pk")
    assert (line.verb, line.data) == ("offers.relaxed", {"requirement": requirement})
    with pytest.raises(OfferRefused, match="ne demande plus cela"):
        actions.relax(offer, actor=adviser, requirement=requirement)
    actions.restore(offer, actor=adviser, requirement=requirement)
    assert {name: getattr(again(offer), name) for name in ASKING} == ASKING
    assert JournalEntry.objects.latest("pk").verb == "offers.restored"


@pytest.mark.parametrize(
    "requirement", ["", "licence", "licence:z", "radius:0", "radius:201", "radius:x", "contract:cdi", "title:x"]
)
def test_what_no_offer_asks_is_neither_relaxed_nor_asked(adviser: Actor, requirement: str) -> None:
    offer = OfferFactory(**ASKING)
    for move in (actions.relax, actions.restore):
        with pytest.raises(OfferRefused, match="ne peut pas demander cela"):
            move(offer, actor=adviser, requirement=requirement)


def test_a_closed_offer_is_not_relaxed_nor_by_who_may_not_correct_it(adviser: Actor) -> None:
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    other = actor_of(professional(Role.PLACEMENT_ADVISER))
    for move in (actions.relax, actions.restore):
        with pytest.raises(OfferRefused, match="elle ne se modifie plus"):
            move(OfferFactory(closed=True, licences=["b"]), actor=adviser, requirement="licence:b")
        with pytest.raises(AccessDenied, match="un autre territoire"):
            move(OfferFactory(licences=["b"]), actor=stranger, requirement="licence:b")
        with pytest.raises(AccessDenied, match="Votre rôle"):
            move(OfferFactory(licences=["b"]), actor=other, requirement="licence:b")
