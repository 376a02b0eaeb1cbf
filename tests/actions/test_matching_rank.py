"""Why a rank: the place is the one of the list, the neighbours too, and each gain keeps its promise."""

import datetime as dt
import random
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from entremise.kernel import clock
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.lib.uuid7 import uuid7
from entremise.matching import queries, queries_rank, rules
from entremise.matching.engine import score
from entremise.matching.models import PoolEntry
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_rank import NotInPool, NotInSearch, Standing, standing
from entremise.territories.models import Commune
from tests.actions.test_matching_search import random_criteria, random_entry
from tests.factories.accounts import commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db

ADVISER = Actor(
    ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
)
ANYBODY = PoolCriteria()
SKILLS = [uuid7() for _ in range(3)]


def rank(entry: PoolEntry, criteria: PoolCriteria = ANYBODY, actor: Actor = ADVISER) -> Standing:
    return standing(entry.pk, criteria, actor=actor)


def listed(criteria: PoolCriteria) -> list[UUID]:
    return [found.person_id for found in queries.search_pool(criteria, actor=ADVISER, limit=500).found]


@pytest.fixture
def valence(db: None) -> Commune:
    place = commune("26")
    place.latitude, place.longitude = 44.93, 4.89
    place.save()
    return place


@pytest.mark.parametrize("lots", [(1_000,), (1, 2, 100), (3, 3, 3, 3, 300)])
def test_the_place_and_the_neighbours_are_those_of_the_list(
    valence: Commune, monkeypatch: pytest.MonkeyPatch, lots: tuple[int, ...]
) -> None:
    monkeypatch.setattr(queries_rank, "LOTS", lots)
    rng = random.Random(4)
    for _ in range(40):
        random_entry(rng)
    searched = [random_criteria(rng, valence) for _ in range(6)]
    searched += [PoolCriteria(), PoolCriteria(sort="recents"), PoolCriteria(commune=valence.pk, sort="distance")]
    met = 0
    for criteria in searched:
        people = listed(criteria)
        for at, pk in enumerate(people):
            told = standing(pk, criteria, actor=ADVISER)
            assert (told.position, told.total) == (at + 1, len(people))
            assert told.above is None if at == 0 else told.above and told.above.person_id == people[at - 1]
            assert (told.below.person_id if told.below else None) == (people[at + 1] if at + 1 < len(people) else None)
            assert told.card.score == sum(row.reason.points for row in told.rows)
            met += 1
    assert met > 60


def test_who_is_not_found_is_told_which_filter_leaves_her_out(valence: Commune) -> None:
    row = PoolEntryFactory(licences=["b"], available_on=None)
    with pytest.raises(NotInSearch) as one:
        rank(row, PoolCriteria(licence="caces"))
    assert one.value.missing == ["licence"]
    assert one.value.reason == "Ce profil n'est pas parmi ceux que cette recherche trouve."
    with pytest.raises(NotInSearch) as two:
        rank(row, PoolCriteria(licence="caces", toggles=frozenset({"available"})))
    assert two.value.missing == []


@pytest.mark.parametrize("sort", ["pertinence", "distance", "recents"])
def test_the_filter_named_lets_her_in_whatever_the_order(valence: Commune, sort: str) -> None:
    rng = random.Random(sort)  # each order meets searches of its own
    entries = [random_entry(rng) for _ in range(30)]
    checked = 0
    for criteria in [replace(random_criteria(rng, valence), sort=sort) for _ in range(5)]:
        inside = set(listed(criteria))
        names = [name for name in queries.RELAXED if getattr(criteria, name)] + sorted(criteria.toggles)
        let_in = {name: set(listed(queries.without(criteria, name))) for name in names}
        for entry in entries:
            if entry.pk in inside:
                continue
            with pytest.raises(NotInSearch) as refused:
                rank(entry, criteria)
            assert refused.value.missing == [name for name in names if entry.pk in let_in[name]]
            checked += 1
    assert checked > 50


def test_a_place_beyond_what_is_counted_is_not_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_rank, "LOTS", (2, 3))
    entries = [PoolEntryFactory() for _ in range(9)]
    places = [rank(entry).position for entry in entries]
    assert sorted(place for place in places if place) == [1, 2, 3, 4, 5]
    far = next(rank(entry) for entry in entries if rank(entry).position is None)
    assert (far.total, far.above, far.below) == (9, None, None)
    assert all(gain.position is None for gain in far.gains)
    with pytest.raises(NotInSearch):
        rank(PoolEntryFactory(department="26", licences=["b"]), PoolCriteria(licence="caces"))


def test_another_territory_and_a_withdrawn_consent_are_refused() -> None:
    here, elsewhere = PoolEntryFactory(), PoolEntryFactory(department="38")
    for pk in (elsewhere.pk, uuid7()):
        with pytest.raises(NotInPool, match="relève d'un autre territoire"):
            standing(pk, PoolCriteria(), actor=ADVISER)
    PoolEntry.objects.unscoped("test").filter(pk=here.pk).delete()
    with pytest.raises(NotInPool):
        rank(here)


def test_a_jobseeker_reads_no_rank() -> None:
    row = PoolEntryFactory()
    with pytest.raises(NotInPool):
        rank(row, actor=Actor(ActorKind.USER, str(uuid7()), frozenset({Role.JOBSEEKER})))


def test_equal_points_are_said_to_be_drawn() -> None:
    entries = [PoolEntryFactory() for _ in range(3)]
    middle = next(told for told in map(rank, entries) if told.position == 2)
    assert middle.is_drawn_above
    assert middle.is_drawn_below
    better = PoolEntryFactory(validated_skill_ids=SKILLS[:1])
    assert rank(better).position == 1
    assert not rank(better).is_drawn_below


def test_an_order_by_distance_without_a_place_is_by_points() -> None:
    told = rank(PoolEntryFactory(), PoolCriteria(sort="distance"))
    assert told.is_by_points


def test_a_gain_gives_the_points_and_the_place_it_promised(valence: Commune) -> None:
    criteria = PoolCriteria(skills=(SKILLS[0],), occupations=("G1602",), commune=valence.pk)
    for _ in range(6):
        PoolEntryFactory(skill_ids=SKILLS[:1], occupation_codes=["G1602"], mobility_km=40)
    late = PoolEntryFactory(
        latitude=45.0, skill_ids=SKILLS[:1], experience_codes=["G1602"], mobility_km=20, available_on=None
    )
    before = rank(late, criteria)
    assert before.position == 7
    promised = {gain.sentence: gain for gain in before.gains}
    assert set(promised) == {
        "Ajouter le métier de la recherche aux métiers souhaités",
        "Préciser la disponibilité, si elle est immédiate",
        f"Faire confirmer « {before.skills[0].label} » par un employeur",
        "Accepter d'aller 10 km plus loin",
    }
    changes: dict[str, dict[str, Any]] = {
        "Ajouter le métier de la recherche aux métiers souhaités": {"occupation_codes": ["G1602"]},
        "Préciser la disponibilité, si elle est immédiate": {"available_on": clock.today()},
        "Accepter d'aller 10 km plus loin": {"mobility_km": 30},
        f"Faire confirmer « {before.skills[0].label} » par un employeur": {
            "skill_facts": [rules.day_number(clock.today()) * 256 + 2]
        },
    }
    rows = PoolEntry.objects.unscoped("test").filter(pk=late.pk)
    (as_it_was,) = rows.values(*{name for change in changes.values() for name in change})
    for sentence, change in changes.items():
        rows.update(**change)
        after = rank(late, criteria)
        assert after.card.score - before.card.score == promised[sentence].points, sentence
        assert after.position == promised[sentence].position, sentence
        rows.update(**as_it_was)


def test_skills_asked_are_told_one_by_one() -> None:
    row = PoolEntryFactory(validated_skill_ids=SKILLS[:1], skill_ids=SKILLS[1:2])
    SkillFactory(pk=SKILLS[2])
    told = rank(row, PoolCriteria(skills=tuple(SKILLS)))
    assert [(one.is_held, one.assurance, one.weight) for one in told.skills] == [
        (True, 4, score.FULL_WEIGHT), (True, 0, score.PROOF_WEIGHTS[0]), (False, 0, 0),
    ]  # fmt: skip
    assert told.skills[0].proved_on == clock.today()
    assert told.skills[1].proved_on is None


def test_an_unknown_skill_of_the_address_promises_nothing() -> None:
    PoolEntryFactory(skill_ids=SKILLS[:1])
    row = PoolEntryFactory(skill_ids=SKILLS[:1], available_on=clock.today() + dt.timedelta(days=60))
    told = rank(row, PoolCriteria(skills=(SKILLS[0], uuid7())))
    assert len(told.skills) == 1
    assert all("« »" not in gain.sentence and "«  »" not in gain.sentence for gain in told.gains)
