"""Requests of many people mixed on the same connections: each reads its own, nothing is left behind (promise S1)."""

import os
import random
import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from entremise.kernel import vault
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models_vault import Disclosure
from entremise.lib.uuid7 import uuid7
from tests.factories.people import PersonFactory, set_identity
from tests.promises import Promise

REQUESTS, THREADS, ACTORS = 2_000, 4, 12


class Mixed:
    """Requests of different people in turn on the same connections, each with people of its own to be shown."""

    def __init__(self) -> None:
        self.mine: list[tuple[Actor, list[UUID], str]] = []
        self.faults: list[str] = []
        for number in range(ACTORS):
            people = [PersonFactory(user=None) for _ in range(3)]
            for person in people:
                set_identity(person, first_name=f"De{number}")
            roles = frozenset({Role.BUSINESS_ADVISER})
            actor = Actor(ActorKind.USER, str(uuid7()), roles, frozenset({f"{number:02d}"}), second_factor=True)
            self.mine.append((actor, [person.pk for person in people], f"De{number}"))

    def play(self, seed: int, requests: int) -> None:
        rng = random.Random(seed)
        try:
            for _turn in range(requests):
                self.request(rng)
        except DatabaseError as error:
            self.faults.append(str(error))
        finally:
            connection.close()

    def request(self, rng: random.Random) -> None:
        actor, people, name = rng.choice(self.mine)
        asked = [rng.choice(people), rng.choice(rng.choice(self.mine)[1])]  # one's own, and perhaps somebody else's
        fails = rng.random() < 0.1
        try:
            with vault.opened(asked, actor=actor, purpose="promotion"):
                vault.disclose(asked[0])
                if set(names()) != {name}:
                    self.faults.append(f"{name} read {names()}")
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        if left := names():
            self.faults.append(f"after {name}: {left}")


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select first_name from vault.people_identity")
        return [name for (name,) in cursor.fetchall()]


def mix(requests: int) -> tuple[int, list[str]]:
    mixed = Mixed()
    each = requests // THREADS
    threads = [threading.Thread(target=mixed.play, args=[seed, each]) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(1_500)
    assert not any(thread.is_alive() for thread in threads)
    assert Disclosure.objects.count() <= 3 * ACTORS
    return each * THREADS, mixed.faults


@pytest.mark.django_db(transaction=True)
def test_mixed_requests_read_their_own_people_and_leave_nothing_behind(record_property: Any) -> None:
    played, faults = mix(REQUESTS)
    assert faults == []
    record_property("figure", f"{played} requests of {ACTORS} accounts mixed on {THREADS} connections: 0 leak")


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_mixed_requests_leak_nothing(promise: Promise) -> None:
    played, faults = mix(int(os.environ.get("ENTREMISE_KILLS", "100")) * 1_000)
    promise("S1", f"0 fuite sur {played} requêtes entremêlées, {ACTORS} comptes", is_met=not faults)
