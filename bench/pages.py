"""Measure each page of the story: time, SQL queries, weight of the first view; against ten times more people.

Run with `python -m bench.pages [--json] [--people 300]`.
"""

import gzip
import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import Report, arguments, percentile, timed
from bench.site import new_site
from entremise.config.database import refresh_statistics

if TYPE_CHECKING:
    from bench.story_pages import StoryPage

PEOPLE, TIMES_MORE = 300, 10
VIEWS = 40
TARGET_MS, MOST_QUERIES, HEAVIEST_KB = 120, 12, 150
SEED = 1
ASSET = re.compile(r'(?:href|src)="/static/([^"?]+)"')
FIRST_VIEWS = ("front page", "my_home", "pool", "dashboard", "validator's page", "employer's answer")


@dataclass(frozen=True)
class Measure:
    """What one page costs."""

    name: str
    p50_ms: float
    p95_ms: float
    queries: int
    weight_kb: float


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people the demonstration has")
    parser.add_argument("--alone", action="store_true", help="measure one set of data in this process, as JSON")
    asked = parser.parse_args(given)
    if asked.alone:
        sys.stdout.write(json.dumps([asdict(one) for one in _measured(asked.people)]) + "\n")
        return 0
    report = Report("pages")
    _report(report, asked.people, _in_a_child(asked.people), _in_a_child(asked.people * TIMES_MORE))
    report.print(asked.json)
    return 0 if report.is_met else 1


def _in_a_child(people: int) -> list[Measure]:
    """Measure in a process of its own: Django knows one database."""
    command = [sys.executable, "-m", "bench.pages", "--alone", "--people", str(people)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [Measure(**told) for told in json.loads(done.stdout.splitlines()[-1])]


def _measured(people: int) -> list[Measure]:
    with new_site(ENTREMISE_DEMO="1") as settings:
        pages = _pages(people)
        refresh_statistics(settings)
        return [_measure(page) for page in pages]


def _pages(people: int) -> "list[StoryPage]":
    from bench.story_pages import story_pages  # needs the settings
    from entremise.demo import actions as demo
    from entremise.skills import actions as skills
    from entremise.territories import actions as territories

    territories.load_builtin()
    skills.load_builtin()
    demo.build(people=people, seed=SEED)
    return story_pages()


def _measure(page: "StoryPage") -> Measure:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.story_pages import query_count

    page.client.get(page.path)  # the first view of a process compiles the templates
    with CaptureQueriesContext(connection) as captured:
        answer = page.client.get(page.path)
    count = query_count(captured)  # read at once: the next request empties the log
    assert answer.status_code == 200, f"{page.name}: {answer.status_code}"
    times = timed(page.client.get, [page.path] * VIEWS)
    weight = _weight_kb(answer.content) if page.name in FIRST_VIEWS else 0.0
    return Measure(page.name, percentile(times, 0.5), percentile(times, 0.95), count, weight)


def _weight_kb(page: bytes) -> float:
    """Return what a first view sends: the page, and its style sheets and scripts compressed as they are served."""
    from django.contrib.staticfiles import finders

    files = [finders.find(name) for name in dict.fromkeys(ASSET.findall(page.decode()))]
    return (len(page) + sum(len(gzip.compress(Path(str(found)).read_bytes())) for found in files if found)) / 1000


def _report(report: Report, people: int, usual: list[Measure], larger: list[Measure]) -> None:
    dataset = f"demonstration of {people} people, {VIEWS} views of each page, one process"
    many = {one.name: one for one in larger}
    for one in usual:
        report.figure(
            name=f"{one.name} p95", value=one.p95_ms, unit="ms", target=f"< {TARGET_MS}", met=one.p95_ms < TARGET_MS,
            ratio=many[one.name].p95_ms / one.p95_ms, dataset=dataset,
            against=f"{people * TIMES_MORE} people: {many[one.name].p95_ms:.0f} ms",
        )  # fmt: skip
    for one in usual:
        report.figure(
            name=f"{one.name}, SQL queries", value=one.queries, unit="", target=f"<= {MOST_QUERIES}",
            met=one.queries <= MOST_QUERIES, dataset=f"{dataset}: queries",
            against=f"{many[one.name].queries} with {people * TIMES_MORE} people",
        )  # fmt: skip
    for one in usual:
        if one.weight_kb:
            report.figure(
                name=f"{one.name}, first view", value=one.weight_kb, unit="kB", target=f"<= {HEAVIEST_KB}",
                met=one.weight_kb <= HEAVIEST_KB, dataset=f"{dataset}: weight over the wire",
            )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
