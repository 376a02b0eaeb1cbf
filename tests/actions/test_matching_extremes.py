"""What nobody should ask of the pool, and somebody will: it answers, exactly, and says why as for anything else."""

import pytest

from entremise.kernel.actors import Actor
from entremise.lib.uuid7 import uuid7
from entremise.matching import queries, queries_offers
from entremise.matching.engine import score
from entremise.matching.queries_criteria import MAX_SKILLS, PoolCriteria, parse
from tests.factories.accounts import actor_of, professional
from tests.factories.employers import commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.passport import SkillFactory

pytestmark = pytest.mark.django_db
NEXT_DOOR_READY = score.DISTANCE_POINTS + score.AVAILABILITY_POINTS


@pytest.fixture
def adviser() -> Actor:
    commune()
    return actor_of(professional())


def points_of(page: queries.PoolPage) -> list[int]:
    return [found.score for found in page.found]


def test_an_empty_pool_answers_every_search(adviser: Actor) -> None:
    full = PoolCriteria(commune="26362", radius_km=5, skills=(uuid7(),), occupations=("G1602",), with_near=True)
    for criteria in (PoolCriteria(), full):
        page = queries.search_pool(criteria, actor=adviser)
        assert (page.found, page.total, page.next_after) == ([], 0, None)
    assert queries_offers.people_for(OfferFactory(), actor=adviser).total == 0


def test_somebody_without_any_skill_is_found_and_last(adviser: Actor) -> None:
    skill = SkillFactory()
    bare = PoolEntryFactory(contracts=["cdi"], occupation_codes=["G1602"])
    proved = PoolEntryFactory(contracts=["cdi"], occupation_codes=["G1602"], validated_skill_ids=[skill.pk])
    page = queries_offers.people_for(OfferFactory(needs={skill.pk: 3}), actor=adviser)
    assert [found.person_id for found in page.found] == [proved.pk, bare.pk]
    without = NEXT_DOOR_READY + score.WISHED
    assert points_of(page) == [without + score.SKILL_POINTS, without]


def test_two_hundred_skills_count_for_what_is_asked_and_no_more(adviser: Actor) -> None:
    skills = [SkillFactory().pk for _ in range(200)]
    everything = PoolEntryFactory(validated_skill_ids=skills)
    two = PoolEntryFactory(validated_skill_ids=skills[:2])
    page = queries.search_pool(PoolCriteria(commune="26362", skills=tuple(skills[:2])), actor=adviser)
    assert {found.person_id for found in page.found} == {everything.pk, two.pk}
    assert points_of(page) == [score.SKILL_POINTS + NEXT_DOOR_READY] * 2
    offer = OfferFactory(needs=dict.fromkeys(skills, 3))
    parts = queries_offers.explain_for(everything, offer), queries_offers.explain_for(two, offer)
    assert [part[0].points for part in parts] == [score.SKILL_POINTS, score.SKILL_POINTS * 2 // 200]


def test_more_skills_than_a_search_may_ask_are_left_out() -> None:
    text = "&".join(f"competence={uuid7()}" for _ in range(300))
    assert len(parse(text).skills) == MAX_SKILLS


def test_skills_that_do_not_exist_are_held_by_nobody(adviser: Actor) -> None:
    PoolEntryFactory(skill_ids=[SkillFactory().pk])
    assert queries.search_pool(PoolCriteria(skills=(uuid7(), uuid7())), actor=adviser).total == 0


def test_who_does_not_move_is_found_at_home_only(adviser: Actor) -> None:
    home = PoolEntryFactory(mobility_km=0)
    PoolEntryFactory(mobility_km=0, latitude=45.02)
    page = queries.search_pool(PoolCriteria(commune="26362"), actor=adviser)
    assert [found.person_id for found in page.found] == [home.pk]
    assert points_of(page) == [NEXT_DOOR_READY]


def test_a_radius_of_nothing_is_no_limit_but_the_person_s_own(adviser: Actor) -> None:
    near = PoolEntryFactory(latitude=45.02, mobility_km=15)
    PoolEntryFactory(latitude=45.02, mobility_km=5)
    page = queries.search_pool(parse("lieu=26362&rayon=0"), actor=adviser)
    assert [found.person_id for found in page.found] == [near.pk]


def test_a_commune_that_does_not_exist_is_left_out_of_the_search(adviser: Actor) -> None:
    somebody = PoolEntryFactory()
    page = queries.search_pool(PoolCriteria(commune="99999", radius_km=1), actor=adviser)
    assert [found.person_id for found in page.found] == [somebody.pk]
    assert page.place is None
    assert points_of(page) == [score.AVAILABILITY_POINTS]
