"""Measure type-ahead over ROME v460 and ESCO: speed, and the right job title for mistyped queries.

Run with `python -m bench.typeahead [--json]`.
"""

import difflib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from bench import labels
from bench.report import Report, arguments, percentile, resident_mb, timed
from entremise.lib.text import normalise
from entremise.lib.typeahead import Entry, Index

QUERIES = 300
SEED = 20261121
FIRST = 5
# difflib compares with every label in Python: a handful of queries is enough to know.
DIFFLIB_QUERIES = 12

Search = Callable[[str], list[str]]


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    asked = arguments(__doc__).parse_args(given)
    if not labels.available():
        sys.stderr.write("bench skipped: ROME and ESCO files not found (set ENTREMISE_SHARED to their folder)\n")
        return 0
    report = Report("typeahead")
    entries = labels.all_entries()
    dataset = f"ROME v460 + ESCO 1.2.1, {len(entries)} labels"
    index = _build(entries, report, dataset)
    queries = labels.queries([label for _, label in labels.job_titles()], count=QUERIES, seed=SEED)
    ours = _quality_and_speed(index, queries, report, dataset)
    _while_typing(index, queries, report, dataset)
    _alternatives(entries, queries, ours, report, dataset)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _build(entries: list[Entry], report: Report, dataset: str) -> Index:
    before, start = resident_mb(), time.perf_counter()
    index = Index.build(entries)
    seconds = time.perf_counter() - start
    report.figure(name="build", value=seconds, unit="s", target="<= 5", met=seconds <= 5, dataset=dataset)
    report.figure(name="memory of the index", value=resident_mb() - before, unit="MB", dataset=dataset)
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder))
        start = time.perf_counter()
        Index.load(Path(folder))
        report.figure(name="load from a folder", value=time.perf_counter() - start, unit="s", dataset=dataset)
    return index


def _quality_and_speed(index: Index, queries: list[labels.Query], report: Report, dataset: str) -> Search:
    def search(text: str) -> list[str]:
        return [hit.label for hit in index.search(text, limit=10)]

    for query in queries[:50]:
        search(query.text)
    times, first, among = _play(search, queries)
    dataset = f"{dataset}; {len(queries)} mistyped job titles"
    for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        value = percentile(times, share)
        bound = {"target": "< 30", "met": value < 30} if name == "p95" else {}
        report.figure(name=f"search {name}", value=value, unit="ms", dataset=dataset, **bound)  # type: ignore[arg-type]
    share_first, share_five = 100 * first.total() / len(queries), 100 * among.total() / len(queries)
    report.figure(
        name=f"right title among the first {FIRST}", value=share_five, unit="%", target=">= 80",
        met=share_five >= 80, dataset=dataset,
    )  # fmt: skip
    report.figure(name="right title first", value=share_first, unit="%", dataset=dataset)
    asked = Counter(query.kind for query in queries)
    for kind, count in asked.items():
        report.figure(
            name=f"  {kind}: first {FIRST}", value=100 * among[kind] / count, unit="%",
            against=f"first: {100 * first[kind] / count:.0f} %", dataset=dataset,
        )  # fmt: skip
    return search


def _while_typing(index: Index, queries: list[labels.Query], report: Report, dataset: str) -> None:
    """Time every key pressed while 60 of the queries are typed, from the first letter."""
    begun = [query.text[:length] for query in queries[:60] for length in range(1, len(query.text) + 1)]
    times = timed(index.search, begun)
    value = percentile(times, 0.95)
    report.figure(
        name="search p95, every key pressed", value=value, unit="ms", target="< 30", met=value < 30,
        dataset=f"{dataset}; {len(times)} beginnings of queries",
    )  # fmt: skip


def _alternatives(
    entries: list[Entry], queries: list[labels.Query], ours: Search, report: Report, dataset: str
) -> None:
    """Play the same queries on what one would pick instead, in the same run."""
    texts = [entry.label for entry in entries]
    plain = [normalise(text) for text in texts]

    def by_rapidfuzz(text: str) -> list[str]:
        hits = process.extract(normalise(text), plain, scorer=fuzz.WRatio, limit=FIRST)
        return [texts[number] for _, _, number in hits]

    def by_substring(text: str) -> list[str]:
        wanted = normalise(text)
        return [texts[number] for number, label in enumerate(plain) if wanted in label][:FIRST]

    def by_difflib(text: str) -> list[str]:
        numbers = {label: number for number, label in enumerate(plain)}
        return [texts[numbers[label]] for label in difflib.get_close_matches(normalise(text), plain, FIRST, 0.5)]

    others: list[tuple[str, Search, int]] = [
        ("rapidfuzz.process.extract (WRatio)", by_rapidfuzz, 60),
        ("substring, accents removed (LIKE '%…%')", by_substring, len(queries)),
        ("difflib.get_close_matches", by_difflib, DIFFLIB_QUERIES),
    ]
    for name, search, count in others:
        where = f"{dataset}; the same {count} queries, against what one would pick instead"
        (our_times, _, our_hits), (times, _, hits) = _play(ours, queries[:count]), _play(search, queries[:count])
        fast, slow = percentile(our_times, 0.95), percentile(times, 0.95)
        found, theirs = 100 * our_hits.total() / count, 100 * hits.total() / count
        report.figure(
            name="search p95",
            value=fast,
            unit="ms",
            ratio=slow / fast,
            against=f"{name}: {slow:.1f} ms",
            dataset=where,
        )
        report.figure(
            name=f"right title among the first {FIRST}", value=found, unit="%", ratio=found / max(theirs, 1),
            against=f"{name}: {theirs:.0f} %", dataset=where,
        )  # fmt: skip


def _play(search: Search, queries: list[labels.Query]) -> tuple[list[float], Counter[str], Counter[str]]:
    first: Counter[str] = Counter()
    among: Counter[str] = Counter()
    answers: list[list[str]] = []
    times = timed(lambda query: answers.append(search(query.text)), queries)
    for query, found in zip(queries, answers, strict=True):
        wanted = normalise(query.label)
        right = [normalise(label) == wanted for label in found[:FIRST]]
        first[query.kind] += any(right[:1])
        among[query.kind] += any(right)
    return times, first, among


if __name__ == "__main__":
    sys.exit(main())
