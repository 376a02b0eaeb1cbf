"""People for an offer: every requirement keeps who meets it, skills weigh by their need, the score adds up."""

import datetime as dt
import random
from typing import Any

import pytest

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import queries_offers, rules, rules_traits
from entremise.matching.engine import score
from entremise.offers.models import Offer
from entremise.offers.queries import skills_asked
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import JobseekerFactory, occupation
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
COOK, WAITER = "G1602", "G1803"
SOMEBODY = {"occupation_codes": [COOK], "contracts": ["cdi"]}


@pytest.fixture
def valence() -> Commune:
    return commune()


@pytest.fixture
def adviser(valence: Commune) -> Actor:
    return actor_of(professional())


def found_for(offer: Offer, actor: Actor, **how: Any) -> list[Any]:
    return [one.person_id for one in queries_offers.people_for(offer, actor=actor, **how).found]


def test_the_wished_come_before_the_exercised_and_the_near(adviser: Actor) -> None:
    Mobility.objects.create(source=occupation(), target=occupation(WAITER, "Serveur"), kind=MobilityKind.CLOSE)
    near = PoolEntryFactory(**SOMEBODY | {"occupation_codes": [WAITER]})
    exercised = PoolEntryFactory(contracts=["cdi"], experience_codes=[COOK])
    wished = PoolEntryFactory(**SOMEBODY)
    PoolEntryFactory(contracts=["cdi"], occupation_codes=["K1302"])
    assert found_for(OfferFactory(), adviser) == [wished.pk, exercised.pk, near.pk]


def test_a_skill_weighs_by_its_need_and_leaves_nobody_out(adviser: Actor) -> None:
    useful, essential = SkillFactory(), SkillFactory()
    offer = OfferFactory(needs={useful.pk: 1, essential.pk: 3})
    without = PoolEntryFactory(**SOMEBODY)
    lesser = PoolEntryFactory(**SOMEBODY, validated_skill_ids=[useful.pk])
    better = PoolEntryFactory(**SOMEBODY, validated_skill_ids=[essential.pk])
    page = queries_offers.people_for(offer, actor=adviser)
    assert [one.person_id for one in page.found] == [better.pk, lesser.pk, without.pk]
    skills = [queries_offers.explain_for(one.entry, offer)[0].points for one in page.found]
    assert skills == [score.SKILL_POINTS * 3 // 4, score.SKILL_POINTS // 4, 0]


def test_the_place_of_work_is_within_what_the_person_accepts_and_what_the_offer_says(adviser: Actor) -> None:
    near = PoolEntryFactory(**SOMEBODY, latitude=45.02, mobility_km=15)  # ten kilometres
    PoolEntryFactory(**SOMEBODY, latitude=45.02, mobility_km=5)
    far = PoolEntryFactory(**SOMEBODY, latitude=45.2, mobility_km=50)  # thirty
    assert set(found_for(OfferFactory(), adviser)) == {near.pk, far.pk}
    assert found_for(OfferFactory(radius_km=20), adviser) == [near.pk]
    assert found_for(OfferFactory(radius_km=5), adviser) == []


@pytest.mark.parametrize(
    ("asked", "fitting", "lacking"),
    [
        ({"contract": "cdd"}, {"contracts": ["cdi", "cdd"]}, {"contracts": ["cdi"]}),
        ({"working_time": "part"}, {"working_time": "any"}, {"working_time": "full"}),
        ({"schedules": ["night"]}, {"schedules": ["day", "night"]}, {"schedules": ["day"]}),
        ({"schedules": ["night", "weekend"]}, {"schedules": ["night", "weekend"]}, {"schedules": ["night"]}),
        ({"licences": ["b", "caces"]}, {"licences": ["b", "caces"]}, {"licences": ["caces"]}),
        ({"languages": ["en", "de"]}, {"languages": ["de", "en"]}, {"languages": ["en"]}),
    ],
)
def test_each_requirement_keeps_who_meets_all_of_it(
    adviser: Actor, asked: dict[str, Any], fitting: dict[str, Any], lacking: dict[str, Any]
) -> None:
    person = PoolEntryFactory(**SOMEBODY | fitting)
    PoolEntryFactory(**SOMEBODY | lacking)
    assert found_for(OfferFactory(**asked), adviser) == [person.pk]


def test_an_offer_of_any_working_time_asks_none(adviser: Actor) -> None:
    people = {PoolEntryFactory(**SOMEBODY, working_time=time).pk for time in WorkingTime.values}
    assert set(found_for(OfferFactory(working_time="any"), adviser)) == people


def test_everything_an_offer_may_ask_is_a_fact_of_the_pool() -> None:
    known = set(rules_traits.names())
    for contract in ContractKind.values:
        for time in WorkingTime.values:
            offer = Offer(
                contract=contract, working_time=time, schedules=Schedule.values, licences=Licence.values,
                languages=Language.values,
            )  # fmt: skip
            assert set(queries_offers.traits_asked(offer)) <= known


def test_nobody_is_shown_for_a_closed_offer(adviser: Actor) -> None:
    PoolEntryFactory(**SOMEBODY)
    assert queries_offers.people_for(OfferFactory(closed=True), actor=adviser) == queries_offers.NOBODY
    assert len(found_for(OfferFactory(), adviser)) == len(found_for(OfferFactory(open=True), adviser)) == 1


def test_an_offer_of_another_territory_shows_nobody(valence: Commune) -> None:
    PoolEntryFactory(**SOMEBODY)
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    with pytest.raises(AccessDenied, match="un autre territoire"):
        queries_offers.people_for(OfferFactory(), actor=stranger)


def test_a_jobseeker_is_shown_nobody() -> None:
    with pytest.raises(AccessDenied):
        queries_offers.people_for(OfferFactory(), actor=actor_of(JobseekerFactory()))


def test_only_people_of_one_s_own_territory_are_shown(adviser: Actor) -> None:
    mine = PoolEntryFactory(**SOMEBODY, mobility_km=150)
    PoolEntryFactory(**SOMEBODY, mobility_km=150, department="38", latitude=45.19, longitude=5.72)
    there = OfferFactory(commune=commune("38185", "Grenoble", "38"))
    assert found_for(there, adviser) == [mine.pk]


def random_person(rng: random.Random, skills: list[Any]) -> None:
    held = rng.sample(skills, rng.randint(0, len(skills)))
    PoolEntryFactory(
        latitude=44.93 + rng.randint(-3, 3) / 20, longitude=4.89 + rng.randint(-3, 3) / 20,
        mobility_km=rng.choice([5, 20, 60]), occupation_codes=rng.sample([COOK, WAITER, "K1302"], rng.randint(0, 2)),
        experience_codes=rng.sample([COOK, "K1302"], rng.randint(0, 2)), skill_ids=held,
        validated_skill_ids=held[: rng.randint(0, len(held))], contracts=rng.sample(["cdi", "cdd"], rng.randint(1, 2)),
        licences=rng.sample(["b", "caces"], rng.randint(0, 2)),
        available_on=rng.choice([None, clock.today(), clock.today() + dt.timedelta(days=rng.randint(1, 60))]),
    )  # fmt: skip


def test_the_parts_explained_add_up_to_the_rank_of_the_engine(adviser: Actor) -> None:
    rng = random.Random(31)
    Mobility.objects.create(source=occupation(), target=occupation(WAITER, "Serveur"), kind=MobilityKind.CLOSE)
    skills = [SkillFactory().pk for _ in range(5)]
    for _ in range(60):
        random_person(rng, skills)
    compared = 0
    for _ in range(12):
        needs = {pk: rng.randint(1, 3) for pk in rng.sample(skills, rng.randint(0, 4))}
        offer = OfferFactory(
            contract=rng.choice(["cdi", "cdd"]), radius_km=rng.choice([None, 15]),
            licences=rng.choice([[], ["b"]]), needs=needs,
        )  # fmt: skip
        request = queries_offers.request_for(offer, queries_offers._search(offer, skills_asked(offer)), adviser)
        (answer,) = feed.PEOPLE.search([request])
        page = queries_offers.people_for(offer, actor=adviser, limit=100)
        assert [hit.number for hit in answer.hits] == [one.entry.number for one in page.found]
        for hit, one in zip(answer.hits, page.found, strict=True):
            parts = queries_offers.explain_for(one.entry, offer)
            assert hit.rank == one.score == sum(part.points for part in parts)
            assert one.score == rules.score(one.facts, clock.today())
            compared += 1
    assert compared > 60


def test_pages_follow_one_another_without_gap_or_repeat(adviser: Actor) -> None:
    rows = {PoolEntryFactory(**SOMEBODY).pk for _ in range(7)}
    offer, seen, after = OfferFactory(), [], None
    while True:
        page = queries_offers.people_for(offer, actor=adviser, limit=3, after=after)
        assert page.total == 7
        seen += [one.person_id for one in page.found]
        after = page.next_after
        if after is None:
            break
    assert len(seen) == 7
    assert set(seen) == rows


def test_ties_are_drawn_for_each_offer_and_stay_as_drawn(adviser: Actor) -> None:
    for _ in range(12):
        PoolEntryFactory(**SOMEBODY)
    offers = [OfferFactory() for _ in range(4)]
    orders = [tuple(found_for(offer, adviser)) for offer in offers]
    assert [tuple(found_for(offer, adviser)) for offer in offers] == orders
    assert len(set(orders)) > 1


def test_few_queries_are_asked_however_many_people(adviser: Actor, django_assert_max_num_queries: Any) -> None:
    offer = OfferFactory(needs={SkillFactory().pk: 2})
    for _ in range(9):
        PoolEntryFactory(**SOMEBODY)
    found_for(offer, adviser)
    with django_assert_max_num_queries(9):
        assert len(found_for(offer, adviser)) == 9
