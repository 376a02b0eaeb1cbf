"""Measure how the engine grows: the same searches among 0.2, 0.6, 1.9 and 6 million profiles, one core.

Run with `python -m bench.matching_growth [--json] [--people 200000 600000 1900000 6000000] [--queries 1000]`. Six
million take some 6 GB while they are drawn and built.
"""

import sys
import time
from dataclasses import dataclass

from bench import matching_data as data
from bench.matching import opened
from bench.report import Report, arguments, percentile, resident_mb, timed
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.search import Request
from entremise.matching.engine.warm import warm

SIZES, QUERIES, SEED = (200_000, 600_000, 1_900_000, 6_000_000), 1_000, 20261122
TARGET_AT, TARGET_MS = 6_000_000, 20.0  # p95


@dataclass(frozen=True, slots=True)
class Size:
    """What one size costs."""

    people: int
    times: list[float]
    build_s: float
    bytes_each: float

    @property
    def mean(self) -> float:
        """Return the mean time of a search, in milliseconds."""
        return sum(self.times) / len(self.times)


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES), help="how many profiles, each time")
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many searches are timed")
    asked = parser.parse_args(given)
    if data.are_missing():
        return 0
    report = Report("matching_growth")
    warm()
    atlas, homes = data.atlas()
    requests = data.offers(asked.queries, atlas, homes, SEED + 1)
    before: Size | None = None
    for people in asked.people:
        size = _measured(people, requests, atlas, homes)
        _told(report, size, before or size, f"{people:,} profiles; {asked.queries} searches, best 50 with all counts")
        before = before or size
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measured(people: int, requests: list[Request], atlas: Atlas, homes: data.Shares) -> Size:
    rows = data.profiles(people, atlas, homes, SEED)
    started = time.perf_counter()
    segment = build(rows, atlas.geography)
    seconds = time.perf_counter() - started
    del rows
    index = opened(segment, atlas)
    timed(index.search, requests[:100])
    times = timed(index.search, requests)
    return Size(people, times, 1e6 * seconds / people, segment.byte_count / people)


def _told(report: Report, size: Size, first: Size, dataset: str) -> None:
    targets = {0.95: TARGET_MS} if size.people >= TARGET_AT else {}
    report.shares("search", size.times, targets=targets, dataset=dataset)
    report.figure(
        name="search mean", value=size.mean, unit="ms", ratio=first.mean / size.mean, dataset=dataset,
        against=f"{first.people:,} profiles: {first.mean:.2f} ms (p95 {percentile(first.times, 0.95):.2f})",
    )  # fmt: skip
    report.figure(name="build, a million rows already read", value=size.build_s, unit="s", dataset=dataset)
    report.figure(name="index, a profile", value=size.bytes_each, unit="bytes", dataset=dataset)
    report.figure(name="memory of this process", value=resident_mb(), unit="MB", dataset=dataset)


if __name__ == "__main__":
    sys.exit(main())
