"""Measure the pool search with 200 000 profiles, against the same search written plainly over the normalised tables.

Run with `python -m bench.pool [--json] [--people 200000]`.
"""

import datetime as dt
import random
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bench.report import Report, arguments, percentile, timed
from bench.site import new_site
from entremise.config.database import as_owner
from entremise.config.environment import Environment
from entremise.kernel.actors import Actor, ActorKind, Role

if TYPE_CHECKING:
    from bench.pool_data import World
    from entremise.matching.queries_criteria import PoolCriteria

PEOPLE = 200_000
QUERIES = 200
PLAIN_QUERIES = 60  # the plain search is slow: a part of the queries is enough to know
SEED = 20261122
TARGET_MS = 150
Ask = tuple[Actor, "PoolCriteria"]


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many profiles (the target is for 200000)")
    asked = parser.parse_args(given)
    report = Report("pool")
    with new_site() as settings:
        _measure(settings, asked.people, report)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(settings: Environment, count: int, report: Report) -> None:
    from bench import pool_data  # needs the settings

    world = pool_data.referential()
    started = time.perf_counter()
    pool_data.fill(world, count, SEED)
    with as_owner(settings):
        pool_data.analyse()
    dataset = f"{count:,} consenting profiles, 15 skills on average, {len(world.communes):,} real communes"
    report.figure(name="people made and pool written", value=time.perf_counter() - started, unit="s", dataset=dataset)
    territory = _asks(world, _adviser)
    nation = _asks(world, _everywhere)
    _search(report, f"{dataset}; {QUERIES} searches of advisers, 1 to 3 departments each", territory)
    _search(report, f"{dataset}; the same {QUERIES} searches, seeing every profile", nation)
    _against(report, f"{dataset}; {PLAIN_QUERIES} of the searches, seeing every profile", nation[:PLAIN_QUERIES])
    _fresh(report, dataset)


def _search(report: Report, dataset: str, asks: list[Ask]) -> None:
    from entremise.matching import queries

    timed(_ours, asks[:20])
    times = timed(_ours, asks)
    for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        value = percentile(times, share)
        bound: dict[str, Any] = {"target": f"< {TARGET_MS}", "met": value < TARGET_MS} if name == "p95" else {}
        report.figure(name=f"page of 20, total and counts {name}", value=value, unit="ms", dataset=dataset, **bound)
    found = sorted(queries.search_pool(criteria, actor=actor).total for actor, criteria in asks)
    report.figure(
        name="profiles found, median", value=found[len(found) // 2], unit="", dataset=dataset,
        against=f"none in {sum(not total for total in found)}, at most {found[-1]:,}",
    )  # fmt: skip


def _against(report: Report, dataset: str, asks: list[Ask]) -> None:
    ours, plain = timed(_ours, asks), timed(_plain, asks)
    for share, name in ((0.5, "p50"), (0.95, "p95")):
        mine, theirs = percentile(ours, share), percentile(plain, share)
        report.figure(
            name=f"page of 20 {name}", value=mine, unit="ms", ratio=theirs / mine, dataset=dataset,
            against=f"the same filters by the ORM over the normalised tables, without counts: {theirs:,.0f} ms",
        )  # fmt: skip


def _fresh(report: Report, dataset: str) -> None:
    """Time what a change of one profile costs, searchable in the same transaction."""
    from entremise.matching import actions
    from entremise.matching.models import PoolEntry

    ids = list(PoolEntry.objects.unscoped("bench").values_list("pk", flat=True)[:200])
    times = timed(lambda person_id: actions.refresh([person_id]), ids)
    report.figure(name="one profile written again p95", value=percentile(times, 0.95), unit="ms", dataset=dataset)


def _ours(ask: Ask) -> object:
    from entremise.matching import queries

    actor, criteria = ask
    return queries.search_pool(criteria, actor=actor)


def _plain(ask: Ask) -> object:
    from bench import pool_plain

    actor, criteria = ask
    return pool_plain.search(criteria, actor)


def _asks(world: "World", who: Callable[[random.Random, "World"], Actor]) -> list[Ask]:
    rng = random.Random(SEED)
    people = random.Random(SEED)  # its own draw: both series ask the same searches
    return [(who(people, world), _criteria(rng, world)) for _ in range(QUERIES)]


def _adviser(rng: random.Random, world: "World") -> Actor:
    home = rng.choices(world.communes, cum_weights=world.commune_weights)[0].department_id
    known = sorted({commune.department_id for commune in world.communes})
    around = known[known.index(home) : known.index(home) + rng.choice([1, 1, 2, 3])]
    return _actor(frozenset(around))


def _everywhere(rng: random.Random, world: "World") -> Actor:
    return _actor(frozenset(commune.department_id for commune in world.communes))


def _actor(departments: frozenset[str]) -> Actor:
    return Actor(
        ActorKind.USER, "00000000-0000-4000-8000-000000000001", frozenset({Role.BUSINESS_ADVISER}), departments,
        second_factor=True,
    )  # fmt: skip


def _criteria(rng: random.Random, world: "World") -> "PoolCriteria":
    from entremise.kernel import clock
    from entremise.matching.queries_criteria import PoolCriteria
    from entremise.people.enums import ContractKind, Licence, Schedule

    def maybe(share: float, value: Callable[[], Any], otherwise: Any) -> Any:
        return value() if rng.random() < share else otherwise

    job = rng.choices(world.jobs, cum_weights=world.job_weights)[0]
    place = rng.choices(world.communes, cum_weights=world.commune_weights)[0]
    toggles = ["validated", "never_promoted", "available", "fresh"]
    return PoolCriteria(
        occupations=maybe(0.75, lambda: (job.rome_code,), ()),
        with_near=rng.random() < 0.3,
        commune=maybe(0.5, lambda: place.pk, ""),
        radius_km=rng.choice([None, 10, 20, 30, 50]),
        skills=maybe(0.35, lambda: tuple(rng.sample(job.skill_ids, min(len(job.skill_ids), rng.randint(1, 4)))), ()),
        skill_mode=rng.choice(["any", "any", "all"]),
        toggles=frozenset(rng.sample(toggles, rng.choice([0, 0, 1, 1, 2]))),
        not_promoted_days=maybe(0.15, lambda: 30, None),
        available_by=maybe(0.15, lambda: clock.today() + dt.timedelta(days=30), None),
        contract=maybe(0.25, lambda: rng.choice(ContractKind.values), ""),
        working_time=maybe(0.15, lambda: rng.choice(["full", "part"]), ""),
        schedule=maybe(0.1, lambda: rng.choice(Schedule.values), ""),
        licence=maybe(0.15, lambda: rng.choice(Licence.values), ""),
    )


if __name__ == "__main__":
    sys.exit(main())
