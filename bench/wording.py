"""Measure the wording checks: time per offer of 5 000 characters, share of findings, quality on the two corpora.

Run with `python -m bench.wording [--json]`.
"""

import csv
import time
from datetime import date
from pathlib import Path

from bench.report import Report, arguments, percentile
from entremise.lib.fairwording import Kind, OfferFacts, check, parameters_on

CORPORA = Path(__file__).parent.parent / "tests" / "lib"
NAMES = ("fairwording_dev.csv", "fairwording_held_out.csv")
DAY = date(2026, 11, 22)
LENGTH = 5_000
OFFERS = 60
LONGEST_MS = 20.0


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    asked = arguments(__doc__).parse_args(given)
    report = Report("wording")
    for name in NAMES:
        if (CORPORA / name).exists():
            _quality(_rows(name), name, report)
    _speed(_rows(NAMES[0]), report)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _rows(name: str) -> list[dict[str, str]]:
    with (CORPORA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def _is_held(title: str, description: str) -> bool:
    found = check(title, description, OfferFacts(), parameters_on(DAY, "26"))
    return any(one.kind is not Kind.HINT for one in found)


def _quality(rows: list[dict[str, str]], name: str, report: Report) -> None:
    right = missed = false = 0
    for row in rows:
        is_held = _is_held(row["text"], "") if row["field"] == "title" else _is_held("", row["text"])
        right += bool(row["labels"]) and is_held
        missed += bool(row["labels"]) and not is_held
        false += not row["labels"] and is_held
    recall, precision = right / (right + missed), right / (right + false)
    dataset = f"{name}, {len(rows)} sentences"
    report.figure(name="recall", value=recall, unit="", target=">= 0.95", met=recall >= 0.95, dataset=dataset)
    report.figure(name="precision", value=precision, unit="", target=">= 0.90", met=precision >= 0.90, dataset=dataset)


def _speed(rows: list[dict[str, str]], report: Report) -> None:
    """Time offers made of lawful sentences with one forbidden in ten, as long as an offer may be."""
    lawful = [row["text"] for row in rows if not row["labels"]]
    forbidden = [row["text"] for row in rows if row["labels"]]
    durations = []
    for number in range(OFFERS):
        text, at = "", number * 7
        while len(text) < LENGTH:
            source = forbidden if at % 10 == 0 else lawful
            text += source[at % len(source)].rstrip(".") + ". "
            at += 1
        start = time.process_time()
        check("Vendeur ou vendeuse", text[:LENGTH], OfferFacts(), parameters_on(DAY, "26"))
        durations.append((time.process_time() - start) * 1000)
    dataset = f"{OFFERS} offers of {LENGTH} characters, one core"
    middle = percentile(durations, 0.5)
    report.figure(
        name="one offer",
        value=middle,
        unit="ms",
        target=f"<= {LONGEST_MS:.0f}",
        met=middle <= LONGEST_MS,
        dataset=dataset,
    )
    report.figure(name="one offer, 95th percentile", value=percentile(durations, 0.95), unit="ms", dataset=dataset)


if __name__ == "__main__":
    raise SystemExit(main())
