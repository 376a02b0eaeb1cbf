"""A crowd beside the people of the story: up to a country of invented people, written by COPY in minutes.

People have a rank. What one is depends on her rank, the seed and the referential alone; her identifiers say both.
A load that was interrupted, or that asks for more people, goes on after the last rank; nobody is written twice.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from entremise.accounts.models import Organisation
from entremise.demo import crowd_load, crowd_network, crowd_rows, crowd_world, network
from entremise.demo.enums import Verb
from entremise.kernel import clock, journal
from entremise.matching import actions as matching
from entremise.people.models import Person

LINES = 3  # connections that write at once
Progress = Callable[[int, int], None]

FIRST, LAST = UUID(bytes=crowd_rows.MARK + bytes(14)), UUID(bytes=crowd_rows.MARK + b"\xff" * 14)
LAST_PERSON = "select id from people_person where id between %s and %s order by id desc limit 1"
WITHOUT_ROW = """
select p.id from people_person p
where p.id between %s and %s and not exists (select from matching_poolentry e where e.person_id = p.id)
  and exists (select from people_consent k
              where k.person_id = p.id and k.kind = 'promotion' and k.withdrawn_at is null)
order by p.id"""


class OtherSeed(Exception):
    """The crowd that is there was drawn from another seed; `reason` is a sentence for the operator."""

    def __init__(self, seed: int) -> None:
        self.reason = (
            f"Cette base contient déjà une foule inventée avec --seed {seed} : "
            "gardez ce nombre pour l'agrandir, ou partez d'une base vide."
        )
        super().__init__(self.reason)


def missing(*, people: int, seed: int) -> int:
    """Return how many people the database lacks, all invented people counted."""
    return max(0, people - _story_count() - present(seed))


def present(seed: int) -> int:
    """Return how many people the crowd has; refuse another seed than its own."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_PERSON, [FIRST, LAST])
        row = cursor.fetchone()
    if row is None:
        return 0
    told: bytes = row[0].bytes
    if (its_seed := int.from_bytes(told[12:], "big")) != seed:
        raise OtherSeed(its_seed)
    return int.from_bytes(told[2:6], "big") + 1


def load(*, people: int, seed: int, progress: Progress | None = None, lines: int = LINES) -> int:
    """Write the people that lack, by the account of this connection; return how many."""
    already = present(seed)
    wanted = already + missing(people=people, seed=seed)
    network.found()
    crowd_network.found()
    world = crowd_world.world(seed, clock.now(), _others())
    try:
        crowd_load.write(world, seed, range(already, wanted), lines=lines, progress=progress)
    finally:  # interrupted or not, one line for what is there now
        added = present(seed) - already
        if added:
            service = Organisation.objects.get(name=network.SERVICE)
            told = {"people": added, "first_rank": already, "seed": seed}
            journal.append(Verb.CROWD_LOADED, service, network.SYSTEM, data=told)
    return added


def publish(*, progress: Progress | None = None, lines: int = 2) -> int:
    """Write the pool's rows of those who agreed and have none yet; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_ROW, [FIRST, LAST])
        ids = [row[0] for row in cursor.fetchall()]
    return matching.refresh_all(progress, people=ids, lines=lines)


def _story_count() -> int:
    """Count the people of the story, as the command counts them: without the two whom a visitor plays."""
    return _others().filter(user=None).count()


def _others() -> QuerySet[Person]:
    rows = Person.objects.unscoped("the people who are not of the crowd")
    return rows.exclude(pk__range=(FIRST, LAST))
