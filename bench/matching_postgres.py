"""Measure the engine against PostgreSQL on the same profiles and the same searches, one after the other in one run.

Run with `python -m bench.matching_postgres [--json] [--people 1900000] [--queries 300]`.

PostgreSQL is what a good administrator would make of it: one flat table written in the order of places, occupations in
an int[] under GIN, communes in a GiST index of their points, the score in whole numbers and unrolled for each search,
ties drawn only among those who tie; memory for everything, no JIT, one core. Each search is played once before it is
timed. It finds the best fifty, then, the third time, counts the total and the filter values among all who are found;
the engine always counts them, and departments, and what each other value of a filter in use would find.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import matching_data as data
from bench.matching import opened, told
from bench.matching_sql import TABLES, expected, lines, sentence
from bench.report import Report, arguments, percentile, timed
from entremise.kernel.postgres import Cluster
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.index import Index
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.search import Request
from entremise.matching.engine.warm import warm

PEOPLE, QUERIES, SEED = 1_900_000, 300, 20261122
LEAST_RATIO = 50
TUNED = {
    "shared_buffers": "4GB", "effective_cache_size": "8GB", "maintenance_work_mem": "1GB", "max_wal_size": "8GB",
    "fsync": "off", "autovacuum": "off",
}  # fmt: skip
SESSION = "set jit = off; set max_parallel_workers_per_gather = 0; set work_mem = '256MB'; set random_page_cost = 1.1"
INDEXES = (
    "create index on place using gist (at)",
    "create index on profile (commune, km desc)",
    "create index on profile using gin (occupations) with (fastupdate = off)",
    "vacuum (analyze, freeze) place",
    "vacuum (analyze, freeze) profile",
)
COVERED = "number, bits, available, proved, occupations, skills, weights"
COVERING = f"create index on profile (commune, km desc) include ({COVERED})"


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many profiles (the target is for 1900000)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many searches are played on both")
    asked = parser.parse_args(given)
    if data.are_missing():
        return 0
    report = Report("matching_postgres")
    warm()
    atlas, homes = data.atlas()
    rows = data.profiles(asked.people, atlas, homes, SEED)
    requests = data.offers(asked.queries, atlas, homes, SEED + 1)
    index = opened(build(rows, atlas.geography), atlas)
    dataset = f"{told(rows, atlas)}; {asked.queries} searches, {data.NATIONAL_SHARE:.0%} national, one core each"
    with _server() as connection:
        _fill(report, connection, rows, atlas, dataset)
        _against(report, connection, index, requests, atlas, dataset)
        connection.execute(COVERING)
        connection.execute("vacuum (analyze, freeze) profile")
        _against(report, connection, index, requests, atlas, f"{dataset}; with a covering index")
        told_with = f"{dataset}; with a covering index, total and counts of {len(data.SHARES)} filter values"
        _against(report, connection, index, requests, atlas, told_with, facts=list(data.SHARES))
    report.print(asked.json)
    return 0 if report.is_met else 1


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """Start a server of our own, give it the memory of this bench, and start it again."""
    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder:
        Path(folder).chmod(0o711)  # the account of the server must reach its own folder inside
        with Cluster(Path(folder)) as cluster, psycopg.connect(cluster._superuser_address(), autocommit=True) as first:
            for name, value in TUNED.items():
                first.execute(f"alter system set {name} = '{value}'".encode())
        with Cluster(Path(folder)) as cluster, psycopg.connect(cluster.connection.owner_url, autocommit=True) as ours:
            ours.execute(SESSION)
            yield ours


def _fill(report: Report, connection: psycopg.Connection, rows: Rows, atlas: Atlas, dataset: str) -> None:
    started = time.perf_counter()
    connection.execute(TABLES)
    for table, made in lines(rows, atlas).items():
        with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin".encode()) as copy:
            for part in made:
                copy.write(part)
    for index in INDEXES:
        connection.execute(index.encode())
    report.figure(
        name="PostgreSQL: loaded and indexed", value=time.perf_counter() - started, unit="s", dataset=dataset
    )
    size = connection.execute("select pg_total_relation_size('profile')").fetchone()
    per_profile = (size[0] if size else 0) / len(rows.number)
    report.figure(name="PostgreSQL: a profile, indexes included", value=per_profile, unit="bytes", dataset=dataset)


def _against(
    report: Report,
    connection: psycopg.Connection,
    index: Index,
    requests: list[Request],
    atlas: Atlas,
    dataset: str,
    facts: Sequence[int] = (),
) -> None:
    """Play each search on both sides before the next one, so that both meet the same machine."""

    def found(request: Request) -> list[Any]:
        return connection.execute(sentence(request, atlas, facts).encode()).fetchall()

    timed(index.search, requests)
    ours, theirs, different = [], [], 0
    for request in requests:  # each is played once on each side before it is timed there
        answer = index.search(request)
        ours += timed(index.search, [request])
        different += found(request) != expected(request, answer, facts)
        theirs += timed(found, [request])
    report.figure(
        name="searches that differ: who, scores, counts", value=different, unit=f"of {len(requests)}", target="0",
        met=different == 0, dataset=dataset,
    )  # fmt: skip
    known = "the same counts" if facts else "no count"
    for share in (0.5, 0.95, 0.99):
        mine, other = percentile(ours, share), percentile(theirs, share)
        bound: dict[str, Any] = {}
        if share == 0.5:
            bound = {"target": f">= x{LEAST_RATIO}", "met": other / mine >= LEAST_RATIO}
        report.figure(
            name=f"search p{share * 100:.0f}", value=mine, unit="ms", ratio=other / mine, dataset=dataset,
            against=f"PostgreSQL, {known}: {other:.1f} ms", **bound,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
