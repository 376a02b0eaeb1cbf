"""Measure how soon a change of the pool is searched, and searches while it changes, from other processes.

Run with `python -m bench.updates [--json] [--people 200000] [--minutes 10] [--pace 200] [--searches 10]`.

Two other processes search as the web processes do (criteria to cards, the engine and the database). First they look
for one person at a time: from the return of the commit to the end of the first search that shows it, in the slower of
the two. Then rows change, each in its own transaction, at a steady pace, while both search at a steady pace; one
change in twenty takes somebody out of the pool, or back in. At the end each process compares its index with one made
anew.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, cast

from bench.report import Report, arguments
from bench.site import new_site
from entremise.config.environment import Environment

if TYPE_CHECKING:
    from bench.changes import Writer

PEOPLE, MINUTES, PACE, SEARCHES, SEED = 200_000, 10.0, 200, 10, 20261122
READERS, WATCHED, CHECKED = 2, 200, 300
MARK = "Z9999"  # an occupation that nobody looks for
TARGET_MS, AT_MOST_MS = 50.0, 1_000.0
ENDS_IN_S = 10.0


class Reader:
    """Another process that searches."""

    def __init__(self, number: int) -> None:
        self.seed = SEED + number
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.updates_reader"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "entremise.config.settings"},
        )  # fmt: skip

    def ask(self, **told: object) -> None:
        """Tell it what to do."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"seed": self.seed, **told}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for what it answers."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a process that searched has ended: its message says why")
        return cast("dict[str, Any]", json.loads(line))

    def end(self) -> None:
        """Let it end, or end it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(ENDS_IN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people are in the pool")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long rows change")
    parser.add_argument("--pace", type=int, default=PACE, help="how many changes a second")
    parser.add_argument("--searches", type=int, default=SEARCHES, help="how many searches a second, in each process")
    asked = parser.parse_args(given)
    report = Report("updates")
    with new_site() as settings:
        dataset = f"{asked.people:,} people in the pool, {READERS} processes that search"
        writer = _filled(settings, asked.people)
        with _readers() as readers:
            for reader in readers:
                reader.ask(do="ready", count=50)
            for reader in readers:
                reader.answer()
            _seen(report, readers, writer, dataset)
            told = f"{dataset}, {asked.searches} searches a second each, {asked.minutes:g} minutes"
            _sustained(report, readers, writer, 60 * asked.minutes, asked.pace, asked.searches, told)
            _compared(report, readers, told)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _filled(settings: Environment, people: int) -> "Writer":
    from bench import crowd  # needs the settings
    from bench.changes import Writer
    from entremise.matching import actions
    from entremise.matching.engine.warm import warm

    warm()
    crowd.fill(settings, people, SEED)
    actions.write_index()
    return Writer(people, SEED)


@contextmanager
def _readers() -> Iterator[list[Reader]]:
    with ExitStack() as stack:
        readers = []
        for number in range(READERS):
            readers.append(Reader(number))
            stack.callback(readers[-1].end)
        yield readers


def _seen(report: Report, readers: list[Reader], writer: "Writer", dataset: str) -> None:
    """Mark people one by one, then take the mark away; wait each time until all processes see it."""
    delays, missed = [], 0
    for turn in range(WATCHED):
        person, present = writer.person(turn // 2), turn % 2 == 0
        for reader in readers:
            reader.ask(do="watch", person=str(person), mark=MARK, present=present)
        for reader in readers:
            reader.answer()  # it is watching
        writer.mark(person, MARK, present=present)
        committed = time.monotonic()
        seen = [reader.answer()["at"] for reader in readers]
        if None in seen:
            missed += 1
        else:
            delays.append(max(1000 * (max(seen) - committed), 0.0))
    report.shares("from commit to shown everywhere,", delays, targets={0.95: TARGET_MS}, dataset=dataset)
    report.figure(
        name="from commit to shown everywhere, longest", value=max(delays), unit="ms", target=f"<= {AT_MOST_MS:.0f}",
        met=max(delays) <= AT_MOST_MS and not missed, dataset=dataset,
        against=f"{WATCHED} changes, {missed} never seen; a search of the mark takes its share of it",
    )  # fmt: skip


def _sustained(
    report: Report, readers: list[Reader], writer: "Writer", seconds: float, pace: int, searches: int, dataset: str
) -> None:
    for reader in readers:
        reader.ask(do="search", seconds=seconds, pace=searches)
    started = time.monotonic()
    times = writer.change_steadily(seconds, pace)
    rate = len(times) / (time.monotonic() - started)
    answers = [reader.answer() for reader in readers]
    report.figure(
        name="changes committed a second", value=rate, unit="/s", target=f">= {0.99 * pace:.0f}",
        met=rate >= 0.99 * pace, dataset=dataset, against=f"{len(times):,} in all, {writer.moved_count:,} out or back",
    )  # fmt: skip
    report.shares("one change committed,", times, dataset=dataset)
    for number, answer in enumerate(answers, start=1):
        report.shares(f"process {number}: search, criteria to cards,", answer["times"], dataset=dataset)
        settled, *rest = answer["memory"][len(answer["memory"]) // 10 :]
        last = rest[-1] if rest else settled
        report.figure(
            name=f"process {number}: memory at the end", value=last, unit="MB", dataset=dataset,
            against=f"{settled:.0f} MB after a tenth of the time, {len(answer['times']):,} searches",
        )  # fmt: skip


def _compared(report: Report, readers: list[Reader], dataset: str) -> None:
    for number, reader in enumerate(readers, start=1):  # one after the other: each reads the whole pool
        reader.ask(do="check", count=CHECKED)
        told = reader.answer()
        report.figure(
            name=f"process {number}: answers unlike those of a new index", value=told["different"],
            unit=f"of {CHECKED}", target="0", met=told["different"] == 0 and told["alike"], dataset=dataset,
            against=f"somebody found by {told['found']}; the same people: {'yes' if told['alike'] else 'NO'}; "
            f"{told['waiting']:,} rows in small segments",
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
