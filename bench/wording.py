"""Measure the wording checks: time per offer of 5 000 characters, quality on the two corpora, needless alarms.

Needless alarms are counted on the sentences with which ROME describes trades: they ask nothing of anybody's person.
They are read beside the checkout, and left out with a message when they are not there.

Run with `python -m bench.wording [--json]`.
"""

import csv
import io
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

from bench.labels import ROME
from bench.report import Report, arguments, percentile
from entremise.lib.fairwording import Kind, OfferFacts, check, parameters_on

CORPORA = Path(__file__).parent.parent / "tests" / "lib"
NAMES = ("fairwording_dev.csv", "fairwording_held_out.csv")
DAY = date(2026, 11, 22)
LENGTH = 5_000
OFFERS = 60
LONGEST_MS = 20.0
ORDINARY = "unix_texte_v460_utf8.csv"
MOST_NEEDLESS = 0.002  # of ordinary sentences: an offer holds ten, and an alarm stops it


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    asked = arguments(__doc__).parse_args(given)
    report = Report("wording")
    for name in NAMES:
        if (CORPORA / name).exists():
            _quality(_rows(name), name, report)
    if ROME.exists():
        _needless(_ordinary(), report)
    else:
        sys.stderr.write("ordinary sentences skipped: ROME not found (set ENTREMISE_SHARED to its folder)\n")
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


def _ordinary() -> list[str]:
    """Return the sentences of ROME, whose export doubles the apostrophes."""
    with zipfile.ZipFile(ROME) as archive, archive.open(ORDINARY) as lines:
        rows = csv.DictReader(io.TextIOWrapper(lines, "utf-8"))
        return sorted({row["libelle_texte"].replace("''", "'").strip() for row in rows})


def _needless(sentences: list[str], report: Report) -> None:
    """Count the ordinary sentences the rules stop, then those either reader stops or suspects."""
    stopped = suspected = 0
    for text in sentences:
        found = [one for one in check("", text, OfferFacts(), parameters_on(DAY, "26")) if one.kind is not Kind.HINT]
        stopped += any(one.is_sure for one in found)
        suspected += bool(found)
    dataset = f"{len(sentences)} sentences of ROME"
    for name, count in (("ordinary, stopped", stopped), ("ordinary, stopped or suspected", suspected)):
        share, target = count / len(sentences), f"<= {MOST_NEEDLESS:.1%}"
        report.figure(
            name=name, value=100 * share, unit="%", target=target, met=share <= MOST_NEEDLESS, dataset=dataset
        )


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
