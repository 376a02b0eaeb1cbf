"""Who writes while others search: rows of the pool changed one transaction at a time, as receivers change them."""

import random
import time
from typing import Any
from uuid import UUID

from django.db import connection

from bench.crowd import ENTRY, person_id
from bench.report import timed

MOVED_EVERY = 20  # changes: then somebody is taken out, or back in
FACTS = """
update matching_poolentry set available_on = current_date + %s, confirmed_at = now() - %s * interval '1 day',
  traits = traits # (1::bigint << %s), mobility_km = %s where person_id = %s"""
PROOF = """
update matching_poolentry set skill_facts[1] = (current_date - date '1970-01-01') * 256 + 2 * 16 + %s,
  validated_count = validated_count + 1, last_promoted_at = now(), promotion_count = promotion_count + 1
where person_id = %s and cardinality(skill_facts) > 0"""
MARK = """
update matching_poolentry set occupation_codes = array_remove(occupation_codes, %s::varchar) || %s::varchar[]
where person_id = %s"""
COLUMNS = ", ".join(ENTRY)


class Writer:
    """Changes rows at random, reproducibly."""

    def __init__(self, people: int, seed: int) -> None:
        self.people = people
        self.moved_count = 0
        self._rng = random.Random(seed)
        self._away: list[tuple[Any, ...]] = []

    def person(self, rank: int) -> UUID:
        """Return somebody, spread over the country."""
        return person_id(rank * 7_919 % self.people)

    def mark(self, person: UUID, mark: str, *, present: bool) -> None:
        """Put a mark among the occupations that somebody looks for, or take it out."""
        with connection.cursor() as cursor:
            cursor.execute(MARK, [mark, [mark] if present else [], person])

    def change_steadily(self, seconds: float, pace: int) -> list[float]:
        """Change rows at a steady pace; a late change is made at once. Return how long each took, in milliseconds."""
        started = time.monotonic()
        times: list[float] = []
        for turn in range(int(seconds * pace)):
            time.sleep(max(started + turn / pace - time.monotonic(), 0))
            if time.monotonic() > started + 1.5 * seconds:
                break
            times += timed(self._change, [turn])
        return times

    def _change(self, turn: int) -> None:
        rng, somebody = self._rng, person_id(self._rng.randrange(self.people))
        with connection.cursor() as cursor:
            if turn % MOVED_EVERY == 0:
                self._move(somebody)
            elif turn % 3 == 0:
                cursor.execute(PROOF, [rng.randint(1, 4), somebody])
            else:
                given = [rng.randint(-60, 60), rng.randint(0, 300), rng.randint(4, 19), rng.choice([5, 10, 20, 50])]
                cursor.execute(FACTS, [*given, somebody])

    def _move(self, somebody: UUID) -> None:
        """Take somebody out of the pool, or bring back who left first."""
        self.moved_count += 1
        with connection.cursor() as cursor:
            if len(self._away) > MOVED_EVERY:
                places = ", ".join(["%s"] * len(ENTRY))
                cursor.execute(f"insert into matching_poolentry ({COLUMNS}) values ({places})", self._away.pop(0))
                return
            cursor.execute(f"delete from matching_poolentry where person_id = %s returning {COLUMNS}", [somebody])
            self._away += cursor.fetchall()
