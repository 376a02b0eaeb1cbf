"""Measure the nightly matching of the country: offers against all people, people against all offers, on any workers.

Run with `python -m bench.nightly [--json] [--people 1900000] [--offers 100000]`. The same chunks go to one process, to
two, to two workers of a Dask cluster on this machine, and to two of which one is killed; all must find the same. Then
people search a million offers.
"""

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from bench import matching_data as data
from bench.matching import SEED, opened, told
from bench.report import Report, arguments, percentile, timed
from entremise.matching import clients_workers as workers
from entremise.matching.engine import batch, store
from entremise.matching.engine import rows as rows_of
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.warm import warm

PEOPLE, OFFERS, ALL_OFFERS, SEARCHERS, CHUNK = 1_900_000, 100_000, 1_000_000, 40_000, 2_000
TURNS = 3  # of two processes and two Dask workers, one after the other
LEAST_RATE, LEAST_SHARE = 900, 0.85  # offers a second for each core; of the cluster to processes
KEPT, OPEN_BIT, NEAR_EACH = 50, 2, 5
Made = Callable[[], AbstractContextManager[tuple[Executor, int]]]
Found = list[batch.Best]


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many profiles (targets are for 1900000)")
    parser.add_argument("--offers", type=int, default=OFFERS, help="how many offers are matched")
    asked = parser.parse_args(given)
    if data.are_missing():
        return 0
    report = Report("nightly")
    warm()
    atlas, homes = data.atlas()
    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder:
        people = data.profiles(asked.people, atlas, homes, SEED)
        offers = offer_rows(asked.offers, homes, SEED + 3)
        setting = _written(Path(folder) / "people", people, atlas)
        _offers(report, setting, offers, told(people, atlas))
        searchers = rows_of.kept(people, np.arange(len(people.number)) < min(SEARCHERS, asked.people))
        del people
        total = ALL_OFFERS * asked.people // PEOPLE
        crowd = offer_rows(total, homes, SEED + 4)
        _people(report, _written(Path(folder) / "offers", crowd, atlas), searchers, crowd, atlas)
    report.print(asked.json)
    return 0 if report.is_met else 1


def offer_rows(count: int, homes: data.Shares, seed: int) -> Rows:
    """Draw offers as the engine reads them: one occupation, eight skills by need, a place, a few requirements."""
    rng = np.random.default_rng(seed)
    occupations = data.occupations(rng, count)
    bits = np.full(count, np.uint64(1 << OPEN_BIT))
    for choices in data.FILTERS:
        chosen = rng.choice(list(choices), count).astype(np.uint64)
        bits |= np.where(rng.random(count) < 0.25, np.uint64(1) << chosen, np.uint64(0))
    pairs = np.repeat(np.arange(count, dtype=np.int64), 8)
    ranks = (data.SKILLS_OF_ONE * rng.random(len(pairs)) ** 2).astype(np.int64)
    skills = np.unique(pairs << 20 | data.skills_of(np.repeat(occupations.astype(np.int64), 8), ranks))
    at = np.searchsorted(skills >> 20, np.arange(count + 1)).astype(np.int64)
    needs = rng.integers(1, 4, len(skills)).astype(np.uint8)
    nothing = np.zeros(count, np.uint16)
    return Rows(
        number=np.arange(1, count + 1, dtype=np.uint32),
        commune=rng.choice(len(homes), count, p=homes).astype(np.int32),
        km=rng.choice([10, 20, 30, 50, 200], count, p=[0.24, 0.25, 0.24, 0.24, data.NATIONAL_SHARE]).astype(np.uint16),
        bits=bits, available=nothing, promoted=nothing, confirmed=nothing, proved=nothing.astype(np.uint8),
        need=np.add.reduceat(needs.astype(np.uint16), at[:-1]).astype(np.uint16),
        skill_at=at, skill=(skills & (1 << 20) - 1).astype(np.uint32), weight=needs,
        wished_at=np.arange(count + 1, dtype=np.int64), wished=occupations,
        exercised_at=np.zeros(count + 1, np.int64), exercised=np.zeros(0, np.uint32),
    )  # fmt: skip


def _written(root: Path, rows: Rows, atlas: Atlas) -> batch.Setting:
    """Write an index as the site does; return how it is searched."""
    name = store.write(root, build(rows, atlas.geography), atlas, {})
    rng = np.random.default_rng(SEED)
    near = {code: rng.integers(1, data.OCCUPATIONS, NEAR_EACH).tolist() for code in range(1, data.OCCUPATIONS + 1)}
    siblings = {bit: sum(1 << other for other in choices) for choices in data.FILTERS for bit in choices}
    fresh = data.TODAY - data.FRESH_DAYS
    return batch.Setting(str(root), name, data.TODAY, fresh, KEPT, near, siblings, OPEN_BIT)


def _offers(report: Report, setting: batch.Setting, offers: Rows, dataset: str) -> None:
    dataset = f"{dataset}; {len(offers.number):,} offers, the best {KEPT} of each"
    chunks = [batch.Chunk(True, _slice(offers, start)) for start in range(0, len(offers.number), CHUNK)]
    one, first = _rate(report, "one process", partial(workers.processes, 1), setting, chunks, dataset)
    two, spread = _side_by_side(report, setting, chunks, first, dataset)
    with _machines() as (address, pids):
        killer = threading.Timer(0.4 * len(offers.number) / spread, os.kill, (pids[0], signal.SIGKILL))
        killer.start()
        _slower, found = _rate(
            report, "two Dask workers, one killed", partial(workers.cluster, address), setting, chunks, dataset
        )
        killer.cancel()
    _same(report, "two Dask workers, one killed", first, found, dataset)
    report.figure(
        name="one process, ratio of the two to it", value=two / one, unit="", dataset=dataset, against="2 at best"
    )


def _side_by_side(
    report: Report, setting: batch.Setting, chunks: list[batch.Chunk], first: Found, dataset: str
) -> tuple[float, float]:
    """Give all chunks to two processes, then to two Dask workers, and again: both meet the same machine.

    What one is to the other is the median over the turns; return the median rate of each.
    """
    near: list[float] = []
    far: list[float] = []
    with (
        workers.processes(2) as (processes, count),
        _machines() as (address, _pids),
        workers.cluster(address) as (cluster, _count),
    ):
        for executor in (processes, cluster):
            _made_ready(executor, count, setting, chunks)
        for turn in range(TURNS):
            for name, executor, rates in (("two processes", processes, near), ("two Dask workers", cluster, far)):
                rate, found = _matched(executor, setting, chunks)
                rates.append(rate)
                if turn == 0:
                    _same(report, name, first, found, dataset)
    two, spread = median(near), median(far)
    _told(report, "two processes", two, 2, dataset, is_held=True)
    _told(report, "two Dask workers", spread, 2, dataset, is_held=False)
    share = median(there / here for here, there in zip(near, far, strict=True))
    report.figure(
        name=f"Dask to processes, median of {TURNS} turns", value=share, unit="", target=f">= {LEAST_SHARE}",
        met=share >= LEAST_SHARE, dataset=dataset,
    )  # fmt: skip
    return two, spread


def _people(report: Report, setting: batch.Setting, searchers: Rows, crowd: Rows, atlas: Atlas) -> None:
    dataset = f"{len(searchers.number):,} people among {len(crowd.number):,} offers, the best {KEPT} of each"
    chunks = [batch.Chunk(False, _slice(searchers, start)) for start in range(0, len(searchers.number), CHUNK)]
    _rate(report, "one process, people", partial(workers.processes, 1), setting, chunks, dataset)
    index = opened(build(crowd, atlas.geography), atlas)
    count = min(3_000, len(searchers.number))
    requests = [batch.request_of_person(setting, searchers, i, atlas.codes) for i in range(count)]
    for request in requests[:100]:
        index.search(request)
    times = timed(index.search, requests)
    for share in (0.5, 0.95, 0.99):
        name = f"offers for one person p{share * 100:.0f}"
        report.figure(name=name, value=percentile(times, share), unit="ms", dataset=dataset)


def _rate(
    report: Report, name: str, made: Made, setting: batch.Setting, chunks: list[batch.Chunk], dataset: str
) -> tuple[float, Found]:
    """Give all chunks to workers that already opened the files; return rows a second, and what was found."""
    with made() as (executor, count):
        _made_ready(executor, count, setting, chunks)
        rate, found = _matched(executor, setting, chunks)
    _told(report, name, rate, 1, dataset, is_held=chunks[0].are_offers and "killed" not in name)
    return rate, found


def _made_ready(executor: Executor, count: int, setting: batch.Setting, chunks: list[batch.Chunk]) -> None:
    """Have the workers open the files and load what is compiled."""
    for future in [executor.submit(batch.run, setting, chunk) for chunk in chunks[: 2 * count]]:
        future.result()


def _matched(executor: Executor, setting: batch.Setting, chunks: list[batch.Chunk]) -> tuple[float, Found]:
    """Give all chunks to workers; return rows a second, and what was found."""
    started = time.perf_counter()
    futures = [executor.submit(batch.run, setting, chunk) for chunk in chunks]
    found = [future.result() for future in futures]
    return sum(len(chunk.rows.number) for chunk in chunks) / (time.perf_counter() - started), found


def _told(report: Report, name: str, rate: float, cores: int, dataset: str, *, is_held: bool) -> None:
    report.figure(
        name=f"{name}: matched", value=rate / cores, unit="/s/core" if cores > 1 else "/s",
        target=f">= {LEAST_RATE}" if is_held else "", met=rate / cores >= LEAST_RATE if is_held else None,
        dataset=dataset,
    )  # fmt: skip


def _same(report: Report, name: str, first: Found, found: Found, dataset: str) -> None:
    pairs = zip(first, found, strict=True)
    different = sum(not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True)) for one, other in pairs)
    report.figure(
        name=f"{name}: chunks that differ", value=different, unit=f"of {len(first)}", target="0", met=different == 0,
        dataset=dataset,
    )  # fmt: skip


@contextmanager
def _machines() -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers on this machine; give its address and their process identifiers."""
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder, LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
        local_directory=folder,
    ) as machines:  # fmt: skip
        yield machines.scheduler_address, [nanny.pid for nanny in machines.workers.values()]


def _slice(rows: Rows, start: int) -> Rows:
    mask: NDArray[np.bool_] = np.zeros(len(rows.number), np.bool_)
    mask[start : start + CHUNK] = True
    return rows_of.kept(rows, mask)


if __name__ == "__main__":
    sys.exit(main())
