"""The pool search: exact filters, honest counts, a score that Python finds again."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from entremise.kernel import clock, notices
from entremise.kernel.actors import Actor, ActorKind, Role, job_actor
from entremise.lib.uuid7 import uuid7
from entremise.matching import actions, queries, rules, rules_traits
from entremise.matching.engine import score
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.people import actions as people
from entremise.skills.models import Skill
from entremise.territories.models import Commune
from tests.factories.accounts import commune
from tests.factories.matching import PoolEntryFactory

pytestmark = pytest.mark.django_db

ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)
JOBSEEKER = Actor(ActorKind.USER, str(uuid7()), frozenset({Role.JOBSEEKER}))
SKILLS = [uuid7() for _ in range(6)]


def search(actor: Actor = ADVISER, **criteria: Any) -> queries.PoolPage:
    return queries.search_pool(PoolCriteria(**criteria), actor=actor)


def people_of(page: queries.PoolPage) -> set[Any]:
    return {found.person_id for found in page.found}


@pytest.fixture
def valence(db: None) -> Commune:
    place = commune("26")
    place.latitude, place.longitude = 44.93, 4.89
    place.save()
    return place


def test_an_adviser_finds_her_territory_only() -> None:
    here = PoolEntryFactory()
    PoolEntryFactory(department="75")
    assert people_of(search()) == {here.pk}
    assert search().total == 1


def test_a_jobseeker_finds_nobody() -> None:
    PoolEntryFactory()
    assert search(JOBSEEKER).total == 0


def test_the_place_must_be_within_the_person_s_own_mobility(valence: Commune) -> None:
    near = PoolEntryFactory(latitude=45.02, mobility_km=15)  # ten kilometres
    PoolEntryFactory(latitude=45.02, mobility_km=5)
    assert people_of(search(commune=valence.pk)) == {near.pk}
    assert search(commune=valence.pk, radius_km=5).total == 0


def test_skills_all_or_any() -> None:
    both = PoolEntryFactory(skill_ids=SKILLS[:2])
    one = PoolEntryFactory(skill_ids=SKILLS[:1])
    PoolEntryFactory()
    assert people_of(search(skills=tuple(SKILLS[:2]))) == {both.pk, one.pk}
    assert people_of(search(skills=tuple(SKILLS[:2]), skill_mode="all")) == {both.pk}


def test_an_occupation_wished_or_exercised() -> None:
    wished = PoolEntryFactory(occupation_codes=["K1302"])
    exercised = PoolEntryFactory(experience_codes=["K1302"])
    PoolEntryFactory(occupation_codes=["G1609"])
    page = search(occupations=("K1302",))
    assert [found.person_id for found in page.found] == [wished.pk, exercised.pk]


def test_each_toggle_keeps_what_it_says() -> None:
    rows = {
        "validated": PoolEntryFactory(validated_skill_ids=SKILLS[:1], last_promoted_at=clock.now(), available_on=None),
        "never_promoted": PoolEntryFactory(available_on=None),
        "available": PoolEntryFactory(last_promoted_at=clock.now()),
        "fresh": PoolEntryFactory(last_promoted_at=clock.now(), available_on=None, confirmed_at=clock.now()),
    }
    for toggle, row in rows.items():
        assert people_of(search(toggles=frozenset({toggle}))) == {row.pk}, toggle


def test_a_stale_profile_is_not_fresh() -> None:
    PoolEntryFactory(confirmed_at=clock.now() - dt.timedelta(days=100))
    assert search(toggles=frozenset({"fresh"})).total == 0


def test_not_promoted_for_some_days() -> None:
    old = PoolEntryFactory(last_promoted_at=clock.now() - dt.timedelta(days=40))
    never = PoolEntryFactory()
    PoolEntryFactory(last_promoted_at=clock.now() - dt.timedelta(days=5))
    assert people_of(search(not_promoted_days=30)) == {old.pk, never.pk}


def test_part_time_finds_who_accepts_any_working_time() -> None:
    PoolEntryFactory(working_time="full")
    either = PoolEntryFactory(working_time="any")
    assert people_of(search(working_time="part")) == {either.pk}


def test_pages_follow_one_another_without_gap_or_repeat() -> None:
    rows = {PoolEntryFactory(validated_skill_ids=SKILLS[: n % 3]).pk for n in range(7)}
    seen: list[Any] = []
    after = None
    while True:
        page = queries.search_pool(PoolCriteria(), actor=ADVISER, limit=3, after=after)
        seen += [found.person_id for found in page.found]
        after = page.next_after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 7
    assert set(seen) == rows


def random_entry(rng: random.Random) -> PoolEntry:
    skills = rng.sample(SKILLS, rng.randint(0, 6))
    return PoolEntryFactory(
        latitude=44.93 + rng.randint(-3, 3) / 20,
        longitude=4.89 + rng.randint(-3, 3) / 20,
        mobility_km=rng.choice([0, 5, 20, 60]),
        occupation_codes=rng.sample(["K1302", "G1609", "N1103"], rng.randint(0, 2)),
        experience_codes=rng.sample(["K1302", "G1609", "N1103"], rng.randint(0, 2)),
        skill_ids=skills,
        validated_skill_ids=skills[: rng.randint(0, len(skills))],
        contracts=rng.sample(["cdi", "cdd", "temporary"], rng.randint(0, 3)),
        schedules=rng.sample(["day", "night"], rng.randint(0, 2)),
        licences=rng.sample(["b", "caces"], rng.randint(0, 2)),
        working_time=rng.choice(["full", "part", "any"]),
        available_on=rng.choice([None, clock.today(), clock.today() + dt.timedelta(days=rng.randint(1, 60))]),
        confirmed_at=rng.choice([None, clock.now(), clock.now() - dt.timedelta(days=200)]),
        last_promoted_at=rng.choice([None, clock.now() - dt.timedelta(days=rng.randint(1, 90))]),
    )


def random_criteria(rng: random.Random, place: Commune) -> PoolCriteria:
    return PoolCriteria(
        occupations=tuple(rng.sample(["K1302", "G1609"], rng.randint(0, 2))),
        commune=rng.choice(["", place.pk]),
        radius_km=rng.choice([None, 10, 30]),
        skills=tuple(rng.sample(SKILLS, rng.randint(0, 3))),
        toggles=frozenset(rng.sample(["validated", "never_promoted", "available", "fresh"], rng.randint(0, 2))),
        contract=rng.choice(["", "cdi"]),
        schedule=rng.choice(["", "night"]),
        licence=rng.choice(["", "b"]),
        working_time=rng.choice(["", "part"]),
    )


def test_the_engine_s_order_is_that_of_the_score_explained(valence: Commune) -> None:
    rng = random.Random(7)
    for _ in range(60):
        random_entry(rng)
    compared = 0
    for _ in range(40):
        criteria = random_criteria(rng, valence)
        page = queries.search_pool(criteria, actor=ADVISER, limit=100)
        for found in page.found:
            parts = queries.explain(found.entry, criteria)
            assert found.score == sum(part.points for part in parts), (criteria, parts)
            compared += 1
        assert [-f.score for f in page.found] == sorted(-f.score for f in page.found)
        assert page.total == len(page.found)
    assert compared > 100


def test_each_count_is_what_the_search_finds_with_that_value(valence: Commune) -> None:
    rng = random.Random(11)
    for _ in range(50):
        random_entry(rng)
    for _ in range(15):
        criteria = random_criteria(rng, valence)
        facets = search(**{f: getattr(criteria, f) for f in criteria.__dataclass_fields__}).facets
        base = {f: getattr(criteria, f) for f in criteria.__dataclass_fields__}
        for toggle, count in facets["toggle"].items():
            assert count == search(**{**base, "toggles": criteria.toggles | {toggle}}).total
        for dimension in ("contract", "schedule", "licence", "working_time"):
            for value, count in facets[dimension].items():
                assert count == search(**{**base, dimension: value}).total, (dimension, value)


def test_relaxations_say_how_many_more_each_brings() -> None:
    PoolEntryFactory(occupation_codes=["K1302"], licences=[])
    PoolEntryFactory(occupation_codes=["G1609"], licences=["b"])
    criteria = PoolCriteria(occupations=("K1302",), licence="b")
    assert queries.search_pool(criteria, actor=ADVISER).total == 0
    assert dict(queries.relaxations(criteria, actor=ADVISER)) == {"occupations": 1, "licence": 1}


def test_each_toggle_is_relaxed_by_itself() -> None:
    PoolEntryFactory(available_on=None)
    criteria = PoolCriteria(toggles=frozenset({"available", "never_promoted"}))
    assert queries.relaxations(criteria, actor=ADVISER) == [("available", 1), ("never_promoted", 0)]


def test_many_searches_are_counted_in_three_queries(
    valence: Commune, django_assert_num_queries: Callable[..., Any]
) -> None:
    rng = random.Random(5)
    for _ in range(20):
        random_entry(rng)
    asked = [random_criteria(rng, valence) for _ in range(8)]
    asked += [PoolCriteria(occupations=("K1302",), with_near=True), PoolCriteria(commune=valence.pk)]
    expected = [search(**{f: getattr(c, f) for f in c.__dataclass_fields__}).total for c in asked]
    with django_assert_num_queries(4):  # what occupations, places and skills are; what changed in the pool
        assert queries.count_each(asked, actor=ADVISER) == expected
    assert any(expected)


def test_nobody_is_counted_for_who_may_see_nobody() -> None:
    PoolEntryFactory()
    assert queries.count_each([PoolCriteria(), PoolCriteria(licence="b")], actor=JOBSEEKER) == [0, 0]


def test_profiles_may_be_ordered_by_distance_or_by_date(valence: Commune) -> None:
    far = PoolEntryFactory(latitude=45.05, mobility_km=50, confirmed_at=clock.now(), validated_skill_ids=SKILLS[:3])
    near = PoolEntryFactory(latitude=44.94, mobility_km=50, confirmed_at=None)
    by_distance = search(commune=valence.pk, sort="distance")
    assert [found.person_id for found in by_distance.found] == [near.pk, far.pk]
    assert [found.person_id for found in search(sort="recents").found] == [far.pk, near.pk]


@pytest.mark.parametrize("sort", ["pertinence", "distance", "recents"])
def test_pages_follow_one_another_in_every_order(valence: Commune, sort: str) -> None:
    rng = random.Random(23)
    for _ in range(50):
        random_entry(rng)
    criteria = PoolCriteria(commune=valence.pk, sort=sort)
    whole = [found.person_id for found in queries.search_pool(criteria, actor=ADVISER, limit=100).found]
    seen: list[Any] = []
    after = None
    while page := queries.search_pool(criteria, actor=ADVISER, limit=4, after=after):
        seen += [found.person_id for found in page.found]
        after = page.next_after
        if after is None:
            break
    assert seen == whole
    assert len(whole) >= 8


def test_a_search_survives_its_address() -> None:
    rng = random.Random(3)
    for _ in range(30):
        criteria = random_criteria(rng, Commune(code="26362"))
        assert parse(criteria.query_string()) == criteria
    full = PoolCriteria(
        not_promoted_days=30, available_by=dt.date(2026, 12, 1), zone="263", department="26", language="uk"
    )
    assert parse(full.query_string()) == full


def test_nonsense_in_an_address_is_left_out() -> None:
    assert (
        parse("metier=x&rayon=abc&competence=1&disponible_au=hier&contrat=esclave&sans_promotion_jours=²")
        == PoolCriteria()
    )


class TestThePoolFollowsPeople:
    """Rows are written by receivers, in the transaction of the change."""

    @pytest.fixture
    def person(self, valence: Commune) -> Any:
        from tests.factories.people import PersonFactory

        return PersonFactory(consenting=True, commune=valence)

    def test_a_consenting_person_enters_with_her_profile(self, person: Any) -> None:
        notices.profile_changed.fire(person_id=person.pk)
        entry = PoolEntry.objects.unscoped("a test").get(pk=person.pk)
        assert (entry.department, entry.mobility_km) == ("26", person.mobility_km)

    def test_withdrawing_consent_leaves_at_once(self, person: Any) -> None:
        notices.profile_changed.fire(person_id=person.pk)
        people.withdraw_consent(person, actor=job_actor("test"))
        assert not PoolEntry.objects.unscoped("a test").filter(pk=person.pk).exists()

    def test_a_person_without_place_is_not_in_the_pool(self, person: Any) -> None:
        person.commune = None
        person.save()
        assert actions.refresh([person.pk]) == 0

    def test_what_is_accepted_becomes_bits_and_proofs_come_best_first(self, person: Any) -> None:
        from tests.factories.passport import HeldSkillFactory

        person.contracts, person.schedules, person.licences = ["cdi", "cdd"], ["night"], ["caces"]
        person.working_time, person.languages = "any", ["fr", "uk"]
        person.save()
        said = HeldSkillFactory(person=person)
        weak, strong = HeldSkillFactory(person=person, proved=1), HeldSkillFactory(person=person, proved=3)
        HeldSkillFactory(person=person, proved=4, is_shown=False)
        actions.refresh([person.pk])
        entry = PoolEntry.objects.unscoped("a test").get()
        names = {name for name in rules_traits.names() if entry.traits & rules_traits.bit(name)}
        assert names == {
            "contract:cdi", "contract:cdd", "schedule:night", "licence:caces", "working_time:full",
            "working_time:part", "toggle:validated", "toggle:never_promoted", "language:fr", "language:uk",
        }  # fmt: skip
        expected = [Skill.objects.get(pk=held.skill_id).number for held in (strong, weak, said)]
        assert entry.skill_numbers == expected
        assert [rules.HeldSkill.read(fact).assurance for fact in entry.skill_facts] == [3, 1, 0]
        assert entry.validated_count == 2

    def test_an_emptied_pool_is_filled_again_and_one_with_rows_is_left_alone(self, person: Any) -> None:
        assert actions.fill_empty_pool() == 1
        assert actions.fill_empty_pool() == 0
        PoolEntry.objects.unscoped("a test").delete()
        assert actions.fill_empty_pool() == 1

    def test_writing_all_rows_again_changes_nothing(self, person: Any) -> None:
        actions.refresh([person.pk])
        before = PoolEntry.objects.unscoped("a test").values().get()
        seen: list[tuple[int, int]] = []
        assert actions.refresh_all(lambda done, total: seen.append((done, total))) == 1
        assert PoolEntry.objects.unscoped("a test").values().get() == before
        assert seen[-1][0] == seen[-1][1] > 0


def test_the_points_are_whole_and_named() -> None:
    entry = PoolEntryFactory(validated_skill_ids=SKILLS[:1], skill_ids=SKILLS[:1])
    parts = queries.explain(entry, PoolCriteria(skills=(SKILLS[0],)))
    assert [(part.name, part.points) for part in parts] == [
        ("skills", score.SKILL_POINTS),
        ("availability", score.AVAILABILITY_POINTS),
    ]
    assert timezone.is_aware(clock.now())
