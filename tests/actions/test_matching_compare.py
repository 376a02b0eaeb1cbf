"""Two profiles side by side: the same scores as in the search, and honest words."""

import datetime as dt

import pytest

from entremise.kernel import clock
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.lib.uuid7 import uuid7
from entremise.matching.models import PoolEntry
from entremise.matching.queries_compare import Comparison, comparison
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_rank import NotInPool
from tests.factories.matching import PoolEntryFactory

pytestmark = pytest.mark.django_db

ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)
ANYBODY = PoolCriteria()
SKILLS = [uuid7() for _ in range(5)]


def compared(left: PoolEntry, right: PoolEntry, criteria: PoolCriteria = ANYBODY) -> Comparison:
    return comparison([left.pk, right.pk], criteria, actor=ADVISER)


def test_each_part_says_who_is_better() -> None:
    left = PoolEntryFactory(validated_skill_ids=SKILLS[:1], occupation_codes=["G1602"])
    right = PoolEntryFactory(
        skill_ids=SKILLS[:1], occupation_codes=["G1602"], available_on=clock.today() + dt.timedelta(days=90)
    )
    both = compared(left, right, PoolCriteria(skills=(SKILLS[0],), occupations=("G1602",)))
    first, second = left.person.reference, right.person.reference
    assert both.verdicts == [
        f"Pour cette recherche, {first} a 35 points de plus que {second} (85 contre 50).",
        f"Compétences : avantage à {first}, 40 contre 20.",
        f"Disponibilité : avantage à {first}, 15 contre 0.",
        "À égalité : Métier.",
        f"Toutes compétences comprises, {first} en a 1 de confirmée, contre 0.",
    ]
    assert [(pair.title, pair.left and pair.left.points, pair.right and pair.right.points) for pair in both.parts] == [
        ("Compétences", 40, 20), ("Métier", 30, 30), ("Disponibilité", 15, 0),
    ]  # fmt: skip


def test_the_order_chosen_is_kept_and_changes_no_verdict() -> None:
    one, two = PoolEntryFactory(validated_skill_ids=SKILLS[:2]), PoolEntryFactory()
    assert compared(one, two).verdicts == compared(two, one).verdicts
    assert compared(two, one).left.card.reference == two.person.reference


def test_equal_profiles_are_said_equal() -> None:
    assert compared(PoolEntryFactory(), PoolEntryFactory()).verdicts == [
        "Pour cette recherche, les deux profils ont le même nombre de points : 15.",
        "À égalité : Compétences, Disponibilité.",
    ]


def test_skills_are_told_once_asked_shared_or_only_of_one() -> None:
    left = PoolEntryFactory(validated_skill_ids=[SKILLS[0], SKILLS[1]], skill_ids=[SKILLS[2]])
    right = PoolEntryFactory(skill_ids=[SKILLS[0], SKILLS[1], SKILLS[3]])
    both = compared(left, right, PoolCriteria(skills=(SKILLS[0], SKILLS[4])))
    assert [(pair.left.is_held, pair.right.is_held) for pair in both.asked] == [(True, True)]  # the other is unknown
    assert [(pair.left.assurance, pair.right.assurance) for pair in both.shared] == [(4, 0)]
    assert len(both.left.only) == len(both.right.only) == 1
    labels = [pair.label for pair in (*both.asked, *both.shared)]
    labels += [held.label for side in both.sides for held in side.only]
    assert len(set(labels)) == 4


def test_a_skill_asked_that_one_lacks_is_not_repeated_below() -> None:
    left, right = PoolEntryFactory(skill_ids=SKILLS[:1]), PoolEntryFactory()
    both = compared(left, right, PoolCriteria(skills=(SKILLS[0],)))
    assert both.left.only == []
    assert [(pair.left.is_held, pair.right.is_held) for pair in both.asked] == [(True, False)]


def test_what_each_accepts_comes_from_the_row() -> None:
    left = PoolEntryFactory(contracts=["cdi"], licences=["b"], languages=["fr", "uk"], working_time="part")
    both = compared(left, PoolEntryFactory())
    assert both.left.traits == {
        "toggle": ["never_promoted"], "contract": ["cdi"], "licence": ["b"], "language": ["fr", "uk"],
        "working_time": ["part"],
    }  # fmt: skip


def test_someone_of_another_territory_or_gone_is_refused() -> None:
    here, elsewhere = PoolEntryFactory(), PoolEntryFactory(department="38")
    with pytest.raises(NotInPool, match="L'un de ces deux profils n'est plus dans le vivier"):
        compared(here, elsewhere)
    other = PoolEntryFactory()
    PoolEntry.objects.unscoped("test").filter(pk=other.pk).delete()
    with pytest.raises(NotInPool):
        compared(here, other)


def test_a_jobseeker_compares_nobody() -> None:
    left, right = PoolEntryFactory(), PoolEntryFactory()
    with pytest.raises(NotInPool):
        comparison(
            [left.pk, right.pk],
            PoolCriteria(),
            actor=Actor(ActorKind.USER, str(uuid7()), frozenset({Role.JOBSEEKER})),
        )
