"""Measure how long the index takes to be made from PostgreSQL: rows read, turned into columns, laid out.

Run with `python -m bench.rows [--json] [--people 200000] [--profile]`.
"""

import cProfile
import pstats
import sys
import time

from bench.report import Report, arguments
from bench.site import new_site
from entremise.config.environment import Environment

PEOPLE, SEED = 200_000, 20261122
MOST_S = 60.0  # for a million
SHOWN = 25


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people are in the pool")
    parser.add_argument("--profile", action="store_true", help="tell which functions take the time, on standard error")
    asked = parser.parse_args(given)
    report = Report("rows")
    with new_site() as settings:
        _measure(report, settings, asked.people, asked.profile)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, settings: Environment, people: int, with_profile: bool) -> None:
    from bench import crowd  # needs the settings
    from entremise.matching import queries_feed, queries_rows
    from entremise.matching.engine.build import build
    from entremise.matching.engine.warm import warm

    warm()
    started = time.perf_counter()
    crowd.fill(settings, people, SEED)
    filled = time.perf_counter()
    atlas = queries_rows.atlas()
    rows = queries_rows.all_rows(atlas)
    read = time.perf_counter()
    segment = build(rows, atlas.geography)
    built = time.perf_counter()
    queries_feed.PEOPLE.write()
    written = time.perf_counter()
    if len(rows.number) != people or segment.row_count != people:
        raise RuntimeError(f"{len(rows.number)} rows were read, not {people}")
    dataset, million = f"{people:,} people in the pool, {len(rows.skill) / people:.1f} skills each", people / 1e6
    report.figure(name="people written by COPY", value=filled - started, unit="s", dataset=dataset)
    report.figure(name="rows read, a million", value=(read - filled) / million, unit="s", dataset=dataset)
    report.figure(name="laid out, a million", value=(built - read) / million, unit="s", dataset=dataset)
    whole = (built - filled) / million
    report.figure(
        name="read and laid out, a million", value=whole, unit="s", target=f"<= {MOST_S:.0f}", met=whole <= MOST_S,
        dataset=dataset,
    )  # fmt: skip
    report.figure(
        name="read, laid out and written, a million", value=(written - built) / million, unit="s", dataset=dataset
    )
    if with_profile:
        with cProfile.Profile() as profile:
            queries_rows.all_rows(atlas)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    sys.exit(main())
