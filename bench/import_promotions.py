"""Measure the import of 50 000 lines of old promotions: checked, imported, imported again; time and memory.

Run with `python -m bench.import_promotions [--json] [--lines 50000]`. Each pass is a process of its own, so that its
peak memory is its own; the alternative is what one writes first, a loop over the ORM.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.report import Report, arguments
from bench.site import new_site

LINES = 50_000
SAMPLE = 1_000  # lines given to the loop: it is slow
PEOPLE, PLACES, COLLEAGUES = 8_000, 2_000, 40
SEED = 20261123
SECONDS, MEGABYTES = 60, 300
COLUMNS = [
    "Date", "Mail", "N° SIRET", "Mail conseiller", "Réponse", "Date réponse", "Suite", "Date suite", "Remarques",
]  # fmt: skip
ANSWERS = (
    "", "", "sans réponse", "RDV", "souhaite rencontrer", "garde en vivier", "refus", "pas de besoin", "immersion",
)  # fmt: skip
OUTCOMES = ("", "", "", "sans suite", "Embauche en CDI", "CDD de 6 mois", "formation")


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="how many lines (the target is for 50000)")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.child:
        return _child(asked.child)
    report = Report("import_promotions")
    with new_site() as settings:
        _measure(asked.lines, settings.var, report)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(count: int, folder: Path, report: Report) -> None:
    lines = _lines(_territory(), count)
    for kind in ("xlsx", "csv"):
        _wipe()
        dataset = f"{count:,} lines in {kind.upper()}, {PEOPLE:,} people, {PLACES:,} establishments"
        file_id = _received(lines, folder / f"promotions.{kind}")
        check, once = _pass("check", file_id), _pass("import", file_id)
        again = _pass("again", file_id)
        both = check["seconds"] + once["seconds"]
        report.figure(name="check (dry run)", value=check["seconds"], unit="s", dataset=dataset)
        report.figure(name="import", value=once["seconds"], unit="s", dataset=dataset)
        report.figure(
            name="check and import", value=both, unit="s", target=f"< {SECONDS}", met=both < SECONDS, dataset=dataset
        )
        processor = check["processor"] + once["processor"]
        report.figure(
            name="of which processor time of the process", value=processor, unit="s", dataset=dataset,
            against="the rest is the database, and whatever else this machine does",
        )  # fmt: skip
        peak = max(one["megabytes"] for one in (check, once))
        report.figure(
            name="peak memory of the process", value=peak, unit="MB", target=f"< {MEGABYTES}", met=peak < MEGABYTES,
            dataset=dataset, against=f"of which {check['start']:.0f} MB before the first line",
        )  # fmt: skip
        made = once["created"]
        report.figure(name="promotions made", value=made, unit="", dataset=dataset, met=made > 0.9 * count)
        report.figure(
            name="promotions made or changed by the same file again", value=again["created"] + again["updated"],
            unit="", target="0", met=again["created"] + again["updated"] == 0, dataset=dataset,
        )  # fmt: skip
        report.figure(name="the same file again, check and import", value=again["seconds"], unit="s", dataset=dataset)
        if kind == "xlsx":
            _against(report, lines, count / both, dataset)


def _against(report: Report, lines: list[list[str]], ours: float, dataset: str) -> None:
    """Play a sample with the loop that one would write first, in the same run."""
    _wipe()
    started = time.perf_counter()
    _loop(lines[:SAMPLE])
    plain = min(SAMPLE, len(lines)) / (time.perf_counter() - started)
    report.figure(
        name="lines a second, checked and imported", value=ours, unit="/s", ratio=ours / plain,
        against=f"a loop over the ORM, {plain:,.0f} lines a second on {SAMPLE} lines, no check", dataset=dataset,
    )  # fmt: skip


def _pass(what: str, file_id: UUID) -> dict[str, float]:
    """Run one pass in a process of its own and return what it measured."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.import_promotions", "--child", f"{what}:{file_id}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def _child(asked: str) -> int:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "entremise.config.settings"
    django.setup()
    from entremise.promotions import actions_import, jobs_import, queries_import

    what, _, file_id = asked.partition(":")
    pk = UUID(file_id)
    steps: dict[str, list[Callable[[], Any]]] = {
        "check": [lambda: jobs_import.run_check(pk)],
        "import": [lambda: jobs_import.run_import(pk)],
        "again": [lambda: jobs_import.run_check(pk), lambda: _start(pk), lambda: jobs_import.run_import(pk)],
    }
    file = queries_import.file_for_job(pk)
    actor = queries_import.uploader(file) if file else None
    if file is None or actor is None:
        return 1
    if what == "import":
        actions_import.start_import(file, actor=actor)
    else:
        actions_import.map_columns(file, actor=actor, mapping=queries_import.proposed(file))
    start = _peak()
    started, worked = time.perf_counter(), time.process_time()
    for step in steps[what]:
        step()
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    done = queries_import.file_for_job(pk)
    counts = {"created": done.created_count, "updated": done.updated_count} if done else {}
    told = {"seconds": seconds, "processor": processor, "megabytes": _peak(), "start": start, **counts}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _start(pk: UUID) -> None:
    from entremise.promotions import actions_import, queries_import

    file = queries_import.file_for_job(pk)
    if file is not None:
        actions_import.start_import(file, actor=queries_import.uploader(file))


def _peak() -> float:
    """Return the peak memory of this program; `ru_maxrss` would count the parent's, which was forked."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def _territory() -> dict[str, list[str]]:
    """Make the people, the establishments and the team that the lines name."""
    from bench import import_data

    return import_data.territory(PEOPLE, PLACES, COLLEAGUES)


def _lines(known: dict[str, list[str]], count: int) -> list[list[str]]:
    """Write as many different promotions as asked, in the words of an office."""
    import datetime as dt

    rng = random.Random(SEED)
    met: set[tuple[str, str, int]] = set()
    lines = []
    while len(lines) < count:
        key = (rng.choice(known["emails"]), rng.choice(known["sirets"]), rng.randrange(900))
        if key in met:
            continue
        met.add(key)
        day = dt.date(2024, 1, 8) + dt.timedelta(days=key[2])
        answer, outcome = rng.choice(ANSWERS), rng.choice(OUTCOMES)
        answered = day + dt.timedelta(days=rng.randint(1, 25))
        lines.append([
            f"{day:%d/%m/%Y}", key[0], key[1], rng.choice(known["advisers"]), answer,
            f"{answered:%d/%m/%Y}" if answer else "", outcome, f"{answered:%d/%m/%Y}" if outcome else "",
            "Appelé deux fois, rappeler après les vacances." if rng.random() < 0.3 else "",
        ])  # fmt: skip
    return lines


def _received(lines: list[list[str]], path: Path) -> UUID:
    from bench import import_data

    return import_data.received(COLUMNS, lines, path)


def _wipe() -> None:
    from bench import import_data

    import_data.wipe()


def _loop(lines: list[list[str]]) -> None:
    from bench import import_data

    import_data.loop(lines)


if __name__ == "__main__":
    sys.exit(main())
