"""Measure the search of near-duplicates: how many are found, how many merged wrongly, and how long it takes.

Run with `python -m bench.duplicates [--json] [--pairs 40000] [--known 1000000] [--incoming 50000]`.

The two minutes hold what a file brings: its lines read, signed, looked for, and compared with the texts found. They
do not hold the signatures of the known offers, which a base has since each came: those are a figure of their own.

Offers are invented (`tests/factories/offer_rewriter.py`), their rewritings and their neighbours too; the dictionary
under test and the words of the generator were written apart. The seed is not one of those used while tuning.
"""

import marshal
import multiprocessing as mp
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bench.report import Report, arguments, resident_mb
from entremise.lib.nearduplicates import SURE, Index, OfferText, compare, found, read, sign, sign_reading
from entremise.lib.text import normalise
from tests.factories.offer_rewriter import NEIGHBOURS, World, neighbour, rewritten, written

PAIRS, KNOWN, INCOMING, SEED = 40_000, 1_000_000, 50_000, 20_261_122
PROCESSES, CHUNK, PART = 2, 5_000, 500
TOLD_EVERY_S = 15  # seconds between two lines of progress
_TOLD_AT: dict[str, float] = {}
RECALL, WRONG, MOST_S = 95.0, 0.5, 120.0
OFFERS_OF_ONE = 8  # of one employer, on average
SAMPLE = 20  # incoming offers compared with every known one, the plain way
CDIST_KNOWN = 20_000

Pair = tuple[OfferText, OfferText]


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="half of them the same offer, half neighbours")
    parser.add_argument("--known", type=int, default=KNOWN)
    parser.add_argument("--incoming", type=int, default=INCOMING)
    asked = parser.parse_args(given)
    report = Report("duplicates")
    _pairs(report, asked.pairs // 2)
    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder:
        _scale(report, Path(folder), asked.known, asked.incoming)
    report.print(asked.json)
    return 0 if report.is_met else 1


def same_pairs(world: World, count: int) -> Iterator[Pair]:
    """Return the same offer written twice: as deposited then by a feed, or by two feeds."""
    for number in range(count):
        plan = world.plan(number)
        rng = random.Random(SEED + number)
        yield (written(plan, rng) if number % 2 else rewritten(plan, world, rng)), rewritten(plan, world, rng)


def other_pairs(world: World, kind: str, count: int) -> Iterator[Pair]:
    """Return an offer and one that looks like it."""
    for number in range(count):
        plan = world.plan(number)
        rng = random.Random(SEED + number)
        left = written(plan, rng) if number % 2 else rewritten(plan, world, rng, is_cut=False)
        yield left, neighbour(kind, plan, world, rng)


def _pairs(report: Report, count: int) -> None:
    world = World(SEED, count // OFFERS_OF_ONE)
    with mp.Pool(PROCESSES) as pool:
        jobs = [("", world, count), *((kind, world, count // len(NEIGHBOURS)) for kind in NEIGHBOURS)]
        told = dict(pool.imap_unordered(_compared, jobs))
    hits, total, similar = told.pop("")
    recall = 100 * hits / total
    dataset = f"{total:,} pairs of the same offer, {sum(one[1] for one in told.values()):,} pairs of neighbours"
    report.figure(name="recall", value=recall, unit="%", target=f">= {RECALL}", met=recall >= RECALL, dataset=dataset)
    wrong = 100 * sum(one[0] for one in told.values()) / sum(one[1] for one in told.values())
    report.figure(
        name="false merges", value=wrong, unit="%", target=f"<= {WRONG}", met=wrong <= WRONG, dataset=dataset
    )
    for kind, (merged, of, _) in told.items():
        report.figure(name=f"  {kind}", value=100 * merged / of, unit="%", dataset=dataset)
    # What one would pick instead, at the threshold that finds as many.
    bound = float(np.percentile(similar, 100 - recall))
    others = np.concatenate([one[2] for one in told.values()])
    theirs = 100 * float((others >= bound).mean())
    report.figure(
        name="false merges, against a ratio on the texts", value=wrong, unit="%", ratio=theirs / max(wrong, 1e-3),
        against=f"rapidfuzz.token_set_ratio >= {bound:.0f}, same recall: {theirs:.1f} %", dataset=dataset,
    )  # fmt: skip


def _compared(job: tuple[str, World, int]) -> tuple[str, tuple[int, int, NDArray[np.float64]]]:
    kind, world, count = job
    pairs = other_pairs(world, kind, count) if kind else same_pairs(world, count)
    hits, similar = 0, []
    for left, right in pairs:
        hits += compare(left, right) is not None
        similar.append(fuzz.token_set_ratio(_flat(left), _flat(right)))
    return kind, (hits, count, np.array(similar))


def _flat(offer: OfferText) -> str:
    return normalise(f"{offer.title} {offer.description}")


class Texts:
    """Offers in a file, read one at a time by their number: the known ones of a base, without the base."""

    def __init__(self, parts: list[tuple[Path, NDArray[np.int64]]]) -> None:
        self._parts = [(np.memmap(path, np.uint8, "r"), ends) for path, ends in parts]

    def __call__(self, number: int) -> OfferText:
        """Return one offer."""
        told, ends = self._parts[number // CHUNK]
        place = number % CHUNK
        return OfferText(*marshal.loads(told[ends[place] : ends[place + 1]].tobytes()))

    @staticmethod
    def write(path: Path, offers: list[OfferText]) -> tuple[Path, NDArray[np.int64]]:
        """Write some; return where each ends."""
        told = [marshal.dumps(astuple(offer)) for offer in offers]
        path.write_bytes(b"".join(told))
        return path, np.cumsum([0, *map(len, told)])


def _scale(report: Report, folder: Path, known: int, incoming: int) -> None:
    world = World(SEED + 1, known // OFFERS_OF_ONE)
    index, parts, signing = Index(), [], 0.0
    before, started = resident_mb(), time.perf_counter()
    laid: list[list[Any]] = [[], [], []]
    with mp.Pool(PROCESSES) as pool:
        starts = range(0, known, CHUNK)
        for part, *arrays, seconds in pool.imap(
            _signed, [(world, folder, start, min(CHUNK, known - start)) for start in starts]
        ):
            parts.append(part)
            signing += seconds
            _progress("known offers written and signed", len(parts) * CHUNK, known, started)
            for kept, array in zip(laid, arrays, strict=True):
                kept.append(array)
    whole = time.perf_counter() - started
    laying = time.perf_counter()
    index.add_arrays(*map(np.concatenate, laid))
    laying = time.perf_counter() - laying
    laid.clear()
    dataset = f"{known:,} known offers, {incoming:,} incoming: half the same as a known one, half neighbours"
    report.figure(
        name="signatures of the known, built before", value=signing / PROCESSES, unit="s", dataset=dataset,
        against=f"of processor on each of {PROCESSES} cores; {whole:.0f} s by the clock, the offers written too",
    )  # fmt: skip
    report.figure(name="index laid out", value=laying, unit="s", dataset=dataset)
    report.figure(name="memory of the index", value=index.size_bytes / 1e6, unit="MB", dataset=dataset,
                  against=f"this process grew by {resident_mb() - before:.0f} MB")  # fmt: skip
    texts = Texts(parts)
    _progress("signatures laid out", known, known, started)
    lines = _incoming(world, known, incoming)
    _check(report, dataset, index, texts, lines)
    _plain(report, texts, [line[2] for line in lines], known, incoming)


def _progress(what: str, done: int, of: int, started: float) -> None:
    """Say on the error output how far a long part is: a bench that is silent for ten minutes looks dead."""
    seconds = time.perf_counter() - started
    if done >= of or seconds - _TOLD_AT.get(what, 0) > TOLD_EVERY_S:
        _TOLD_AT[what] = seconds
        sys.stderr.write(f"{min(done, of):,} of {of:,} {what}, {seconds:.0f} s\n")


def _signed(job: tuple[World, Path, int, int]) -> tuple[Any, ...]:
    world, folder, start, count = job
    offers = [written(world.plan(number), random.Random(number)) for number in range(start, start + count)]
    started = time.process_time()
    signed = [sign(offer) for offer in offers]
    seconds = time.process_time() - started
    keys = np.fromiter((key for one in signed for key in one.keys), np.int64)
    lengths = np.array([len(one.keys) for one in signed], np.int64)
    sketches = np.frombuffer(b"".join(one.sketch for one in signed), np.uint8).reshape(count, -1)
    return Texts.write(folder / f"{start}", offers), keys, lengths, sketches, seconds


def _incoming(world: World, known: int, count: int) -> list[tuple[int, str, OfferText]]:
    """Write the file that comes: which known offer each line comes from, how, and its text."""
    rng = random.Random(SEED + 2)
    kinds = list(NEIGHBOURS)
    lines = []
    for rank in range(count):
        number = rng.randrange(known)
        plan = world.plan(number)
        kind = "" if rank % 2 == 0 else kinds[rank // 2 % len(kinds)]
        lines.append((number, kind, neighbour(kind, plan, world, rng) if kind else rewritten(plan, world, rng)))
    return lines


_SHARED: dict[str, Any] = {}  # read by the forked workers


def _check(report: Report, dataset: str, index: Index, texts: Texts, lines: list[tuple[int, str, OfferText]]) -> None:
    _SHARED.update(index=index, texts=texts, lines=lines)
    started = time.perf_counter()
    with mp.get_context("fork").Pool(PROCESSES) as pool:
        jobs = [range(start, min(start + PART, len(lines))) for start in range(0, len(lines), PART)]
        told = []
        for one in pool.imap_unordered(_checked, jobs):
            told.append(one)
            _progress("lines checked", len(told) * PART, len(lines), started)
    seconds = time.perf_counter() - started
    _SHARED.clear()
    count: Counter[str] = Counter()
    for part, _memory, _seconds in told:
        count.update(part)
    busy = sum(one[2] for one in told) / PROCESSES
    report.figure(name="whole file checked, processor", value=busy, unit="s", dataset=dataset,
                  against=f"on each of {PROCESSES} cores: what a quiet machine takes")  # fmt: skip
    report.figure(
        name="whole file checked", value=seconds, unit="s", target=f"< {MOST_S:.0f}", met=seconds < MOST_S,
        dataset=dataset, against=f"{PROCESSES} processes; {count['candidates'] / len(lines):.1f} candidates a line",
    )  # fmt: skip
    report.figure(name="memory of a worker, at most", value=max(one[1] for one in told), unit="MB", dataset=dataset,
                  against="the index, shared by both, is in it")  # fmt: skip
    recall = 100 * count["found"] / max(count["same"], 1)
    wrong = 100 * count["wrong"] / len(lines)
    report.figure(
        name="recall, whole search", value=recall, unit="%", target=f">= {RECALL}", met=recall >= RECALL,
        dataset=dataset, against=f"among the candidates: {100 * count['proposed'] / max(count['same'], 1):.2f} %",
    )  # fmt: skip
    report.figure(
        name="false merges, whole search", value=wrong, unit="%", target=f"<= {WRONG}", met=wrong <= WRONG,
        dataset=dataset, against="lines whose surest match is another offer",
    )  # fmt: skip


def _checked(ranks: range) -> tuple[Counter[str], float, float]:
    index, texts, lines = _SHARED["index"], _SHARED["texts"], _SHARED["lines"]
    count: Counter[str] = Counter()
    started = time.process_time()
    for rank in ranks:
        origin, kind, offer = lines[rank]
        reading = read(offer)
        candidates = index.candidates(sign_reading(reading))
        same = found(reading, candidates, texts, enough=SURE)
        count["candidates"] += len(candidates)
        if not kind:
            count["same"] += 1
            count["proposed"] += origin in candidates
            count["found"] += bool(same) and same[0][0] == origin
        count["wrong"] += bool(same) and (bool(kind) or same[0][0] != origin)
    return count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000, time.process_time() - started


def _plain(report: Report, texts: Texts, lines: list[OfferText], known: int, incoming: int) -> None:
    """Compare a few lines with a part of the known offers as one would at first: every pair, by rapidfuzz."""
    part = min(CDIST_KNOWN, known)
    choices = [_flat(texts(number)) for number in range(part)]
    queries = [_flat(line) for line in lines[:SAMPLE]]
    started = time.perf_counter()
    process.cdist(queries, choices, scorer=fuzz.token_set_ratio, workers=PROCESSES, dtype=np.float32)
    seconds = time.perf_counter() - started
    days = seconds / (len(queries) * part) * incoming * known / 86_400
    ours = next(figure.value for figure in report.figures if figure.name == "whole file checked")
    report.figure(
        name="whole file checked, against every pair", value=ours, unit="s", ratio=days * 86_400 / ours,
        against=f"rapidfuzz.cdist(token_set_ratio): {24 * days:,.0f} h",
        dataset=f"extrapolated from {len(queries)} lines and {part:,} known offers, {PROCESSES} cores",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
