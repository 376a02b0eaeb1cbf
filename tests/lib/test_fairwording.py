"""The wording of offers: measured on two corpora of our own writing, one of which was never looked at while tuning."""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from entremise.lib.fairwording import (
    Code,
    Finding,
    Kind,
    OfferFacts,
    Severity,
    check,
    kind_of,
    parameters_on,
)

HERE = Path(__file__).parent
DAY = date(2026, 11, 22)
PARAMETERS = parameters_on(DAY, "26")
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.90


def faults(title: str, description: str, facts: OfferFacts = OfferFacts()) -> list[Finding]:  # noqa: B008 - frozen
    return [one for one in check(title, description, facts, PARAMETERS) if one.kind is not Kind.HINT]


def codes(text: str, *, title: bool = False, facts: OfferFacts = OfferFacts()) -> set[Code]:  # noqa: B008 - frozen
    return {one.code for one in (faults(text, "", facts) if title else faults("", text, facts))}


def read_facts(text: str) -> OfferFacts:
    """Read the facts of a line: JSON, or « key=value » separated by spaces or commas; what is not a fact is left."""
    text = text.strip()
    pairs = json.loads(text) if text.startswith("{") else dict(re.findall(r"(\w+)\s*[=:]\s*([^\s,|]+)", text))
    known: dict[str, object] = {}
    for name, value in pairs.items():
        if name == "hours":
            known[name] = Decimal(str(value))
        elif name in {"pay_min_cents", "pay_max_cents"}:
            known[name] = int(value)
        elif name == "starts_on":
            known[name] = date.fromisoformat(str(value))
        elif name == "is_disability_reserved":
            known[name] = str(value).lower() in {"1", "true", "yes", "oui"}
        elif name in {"contract", "pay_period", "working_time", "place"}:
            known[name] = str(value)
    return OfferFacts(**known)  # type: ignore[arg-type]


@dataclass
class Measure:
    """What was found of a corpus, and the sentences that were not judged as labelled."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    labelled: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false))

    def report(self) -> str:
        weak = {code: f"{self.matched[code]}/{self.labelled[code]}" for code in sorted(self.labelled)}
        return f"recall {self.recall:.3f}, precision {self.precision:.3f}, by criterion {weak}"


def measure(path: Path) -> Measure:
    found = Measure()
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            in_title = row["field"] == "title"
            got = codes(row["text"], title=in_title, facts=read_facts(row["facts"] or ""))
            labels = set((row["labels"] or "").split())
            assert labels <= set(Code), row
            found.labelled.update(labels)
            found.matched.update(labels & got)
            if labels and got:
                found.right += 1
            elif labels:
                found.missed.append(row["text"])
            elif got:
                found.false.append(f"{row['text']} → {sorted(got)}")
    return found


@pytest.mark.parametrize("name", ["fairwording_dev.csv", "fairwording_held_out.csv"])
def test_most_forbidden_wordings_are_found_and_few_lawful_ones_are_held(name: str) -> None:
    found = measure(HERE / name)
    print(found.report())
    assert found.recall >= LEAST_RECALL, found.report()
    assert found.precision >= LEAST_PRECISION, found.report()
