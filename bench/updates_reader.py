"""A process that searches as a web process does, told what to do line by line; it ends with its standard input.

Started by `bench.updates` on the same site, never by hand.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

from bench.report import resident_mb, timed

LONGEST_WAIT_S = 10.0
Told = dict[str, Any]


def main() -> int:
    """Do what each line asks, answer by a line."""
    django.setup()
    from entremise.matching.engine.warm import warm

    warm()
    searches: dict[str, Callable[[Told], Told]] = {
        "ready": _ready,
        "watch": _watch,
        "search": _search,
        "check": _check,
    }
    for line in sys.stdin:
        told = json.loads(line)
        sys.stdout.write(json.dumps(searches[told["do"]](told)) + "\n")
        sys.stdout.flush()
    return 0


def _ready(told: Told) -> Told:
    """Search a few times: the index is opened, the connection made."""
    play = _player(told["seed"])
    timed(lambda _turn: play(), range(told["count"]))
    return {"megabytes": resident_mb()}


def _watch(told: Told) -> Told:
    """Search for a mark until one person is found under it (or no longer is); say when, on the machine's clock."""
    from bench.crowd import everywhere
    from entremise.matching import queries
    from entremise.matching.queries_criteria import PoolCriteria

    actor, person = everywhere(), UUID(told["person"])
    criteria = PoolCriteria(occupations=(told["mark"],))
    limit = time.monotonic() + LONGEST_WAIT_S
    sys.stdout.write(json.dumps({"watching": True}) + "\n")
    sys.stdout.flush()
    while time.monotonic() < limit:
        found = {one.person_id for one in queries.search_pool(criteria, actor=actor).found}
        if (person in found) == told["present"]:
            return {"at": time.monotonic()}
    return {"at": None}


def _search(told: Told) -> Told:
    """Search at a steady pace for a while, whatever each search takes; a late one starts at once."""
    play = _player(told["seed"])
    times: list[float] = []
    memory = [resident_mb()]
    start = time.monotonic()
    for turn in range(int(told["seconds"] * told["pace"])):
        due = start + turn / told["pace"]
        if due - start > told["seconds"] or time.monotonic() > start + 2 * told["seconds"]:
            break
        time.sleep(max(due - time.monotonic(), 0))
        times += timed(lambda _turn: play(), [turn])
        if turn % 50 == 0:
            memory.append(resident_mb())
    return {"times": times, "memory": memory}


def _check(told: Told) -> Told:
    """Answer searches from the index kept true, then from one that is made now from the whole pool."""
    from entremise.matching import queries, queries_feed

    actor, rng, crowd = _world(told["seed"])
    prepared = queries.prepare([crowd.criteria(rng) for _turn in range(told["count"])])
    requests = [queries.request_of(one, actor) for one in prepared]
    kept, made = queries_feed.PEOPLE.current(), queries_feed.PEOPLE.built().index
    different = sum(kept.search(request) != made.search(request) for request in requests)
    found = sum(bool(made.search(request).total) for request in requests)
    alike = kept.numbers().tolist() == made.numbers().tolist()
    return {"different": different, "found": found, "alike": alike, "waiting": kept.changed_count}


def _player(seed: int) -> Callable[[], None]:
    from entremise.matching import queries

    actor, rng, crowd = _world(seed)

    def play() -> None:
        queries.search_pool(crowd.criteria(rng), actor=actor)

    return play


def _world(seed: int) -> tuple[Any, random.Random, Any]:
    from bench import crowd

    return crowd.everywhere(), random.Random(seed), crowd.known(0)


if __name__ == "__main__":
    sys.exit(main())
