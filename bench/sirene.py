"""Measure the import of a stock file of SIRENE: a new directory, the same file again, a month later.

Compared with what one would write first: one `update_or_create` a line. Run with `python -m bench.sirene [--json]`.
"""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Report, arguments
from bench.site import new_site

LINES = 1_000_000
TARGET_SECONDS = 300
TARGET_MB = 500
PLAIN_LINES = 5_000
CHANGED = 0.02  # of the lines, in a month


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="lines of the file")
    asked = parser.parse_args(given)
    report = Report("sirene")
    with new_site(), TemporaryDirectory(prefix="entremise-sirene-") as folder:
        _measure(report, Path(folder), asked.lines)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, folder: Path, count: int) -> None:
    from bench import sirene_data  # these need the settings
    from entremise.employers.models import Establishment
    from entremise.territories.actions import load_builtin

    load_builtin()
    dataset = f"{count:,} lines of the official drawing, invented"
    first, later = folder / "StockEtablissement_utf8.csv", folder / "later.csv"
    sirene_data.write_stock(first, count)
    sirene_data.write_stock(later, count, changed_share=CHANGED)
    started = time.perf_counter()
    plain = sirene_data.plainly(first, PLAIN_LINES) / (time.perf_counter() - started)
    Establishment.objects.all().delete()
    seconds = _load(report, "a new directory", first, dataset)
    report.figure(
        name="lines a second", value=count / seconds, unit="l/s", ratio=count / seconds / plain, dataset=dataset,
        against=f"update_or_create a line: {plain:,.0f} l/s",
    )  # fmt: skip
    _load(report, "the same file again", first, dataset)
    _load(report, f"a month later, {CHANGED:.0%} changed", later, dataset)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    report.figure(
        name="most memory, the interpreter included", value=peak, unit="MB", target=f"< {TARGET_MB}",
        met=peak < TARGET_MB, dataset=dataset,
    )  # fmt: skip


def _load(report: Report, name: str, path: Path, dataset: str) -> float:
    from entremise.employers import actions_sirene  # needs the settings

    started = time.perf_counter()
    found = actions_sirene.load_stock(path)
    seconds = time.perf_counter() - started
    told = ", ".join(f"{what} {count:,}" for what, count in found.counts.items() if count)
    report.figure(
        name=name, value=seconds, unit="s", target=f"< {TARGET_SECONDS}", met=seconds < TARGET_SECONDS,
        against=told, dataset=dataset,
    )  # fmt: skip
    return seconds


if __name__ == "__main__":
    sys.exit(main())
