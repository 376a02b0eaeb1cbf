"""A crowd depends on its seed alone: loaded at once or little by little, interrupted or not, the same people."""

from typing import Any

import pytest

from entremise.demo import actions, crowd, crowd_draw
from entremise.kernel.models import JournalEntry
from entremise.matching.models import PoolEntry
from entremise.people.models import Identity, Person
from entremise.skills import actions as skills
from entremise.territories import actions as territories
from tests.actions.test_demo_crowd import as_owner, every, identities_read, invented, orphan_counts, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
STORY = 3


@pytest.fixture(autouse=True)
def _story() -> None:
    territories.load_builtin()
    skills.load_builtin()
    actions.build(people=STORY, seed=3)


def told() -> list[tuple[Any, ...]]:
    """Tell who the people of the crowd are, by what does not depend on the hour nor on the database."""
    names = ("person__reference", "first_name", "last_name", "phone", "person__commune_id", "person__mobility_km")
    lists = ("person__contracts", "person__schedules", "person__languages", "person__validated_skill_count")
    with identities_read():
        return list(invented(Identity, "pk").order_by("pk").values_list("pk", *names, *lists))


def skills_told() -> list[tuple[Any, ...]]:
    rows = people().order_by("pk", "held_skills__pk")
    return list(rows.values_list("pk", "held_skills__skill__external_id", "held_skills__assurance"))


def forget_the_crowd() -> None:
    for person in people().iterator():
        person.validation_requests.all().delete()
    with identities_read():
        people().delete()


def test_little_by_little_or_at_once_they_are_the_same_people() -> None:
    with as_owner():
        assert crowd.load(people=STORY + 100, seed=5) == 100
        assert crowd.load(people=STORY + 250, seed=5) == 150
    assert orphan_counts() == dict.fromkeys(orphan_counts(), 0)
    first, first_skills = told(), skills_told()
    assert len(first) == 250
    forget_the_crowd()
    assert crowd.load(people=STORY + 250, seed=5) == 250  # by the site's account: each foreign key is checked
    assert told() == first
    assert skills_told() == first_skills
    forget_the_crowd()
    crowd.load(people=STORY + 250, seed=6)
    assert len({row[2:6] for row in told()} & {row[2:6] for row in first}) < 3  # name, telephone and commune


def test_an_interrupted_load_goes_on_where_it_was() -> None:
    wanted = 2 * crowd_draw.BLOCK + 1_000

    def interrupt(done: int, total: int) -> None:
        assert total == wanted
        raise KeyboardInterrupt

    with as_owner():
        with pytest.raises(KeyboardInterrupt):
            crowd.load(people=STORY + wanted, seed=5, progress=interrupt, lines=2)
        there = people().count()
        assert there in {crowd_draw.BLOCK, 2 * crowd_draw.BLOCK}  # whole blocks, the last of which was under way
        assert crowd.load(people=STORY + wanted, seed=5, lines=2) == wanted - there
    assert people().count() == wanted
    assert set(orphan_counts().values()) == {0}
    lines = JournalEntry.objects.filter(verb="demo.crowd_loaded").order_by("pk")
    assert [line.data["first_rank"] for line in lines] == [0, there]
    published_in_two()


def published_in_two() -> None:
    """Interrupt the writing of the pool's rows too, then go on."""

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crowd.publish(progress=interrupt, lines=1)
    crowd.publish(lines=1)
    agreed = people().filter(consents__withdrawn_at=None, consents__isnull=False)
    rows = invented(PoolEntry, "pk")
    assert set(rows.values_list("pk", flat=True)) == set(agreed.values_list("pk", flat=True))


def test_someone_of_the_same_reference_is_no_obstacle() -> None:
    crowd.load(people=STORY + 10, seed=5)
    first = people().order_by("pk").first()
    assert first is not None
    reference = first.reference
    forget_the_crowd()
    stranger = every(Person).filter(user=None).first()
    stranger.reference = reference
    stranger.save()
    assert crowd.load(people=STORY + 10, seed=5) == 10
    assert people().exclude(reference=reference).count() == 10
