"""Print the figures of a bench: a table for people, or one JSON line per figure."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, the target it is held to, and what it is compared with."""

    name: str
    dataset: str
    value: float
    unit: str
    target: str
    met: bool | None
    ratio: float | None
    against: str


class Report:
    """Collects the figures of one bench and prints them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.figures: list[Figure] = []

    def figure(
        self,
        *,
        name: str,
        value: float,
        unit: str,
        target: str = "",
        met: bool | None = None,
        ratio: float | None = None,
        against: str = "",
        dataset: str = "",
    ) -> None:
        """Add a figure; a ratio above 1 says how many times better than what it is compared with."""
        self.figures.append(Figure(name, dataset, value, unit, target, met, ratio, against))

    def shares(
        self, name: str, times: list[float], *, targets: Mapping[float, float] | None = None, dataset: str = ""
    ) -> None:
        """Add the time (ms) below which each share of the values lies, with its target when it has one."""
        targets = {} if targets is None else targets
        for share in sorted({0.5, 0.95, *targets}):
            value, target = percentile(times, share), targets.get(share)
            self.figure(
                name=f"{name} p{share * 100:.0f}", value=value, unit="ms", dataset=dataset,
                target="" if target is None else f"<= {target}", met=None if target is None else value <= target,
            )  # fmt: skip

    @property
    def is_met(self) -> bool:
        """Say whether no figure misses its target."""
        return all(figure.met is not False for figure in self.figures)

    def print(self, as_json: bool) -> None:
        """Write all figures on the standard output."""
        if as_json:
            for figure in self.figures:
                _write(json.dumps({"bench": self.name, **asdict(figure)}, ensure_ascii=False))
            return
        _write(f"\n{self.name}")
        _write(machine())
        for dataset in dict.fromkeys(figure.dataset for figure in self.figures):
            _write(f"\n  {dataset or 'no data set'}")
            for figure in self.figures:
                if figure.dataset == dataset:
                    _write(_line(figure))
        _write("")


def arguments(told: str | None) -> argparse.ArgumentParser:
    """Return the options that every bench has."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("--json", action="store_true", help="one JSON line per figure")
    return parser


def timed(act: Callable[[Thing], object], things: Iterable[Thing]) -> list[float]:
    """Do it to each thing; return how long each took, in milliseconds."""
    times = []
    for thing in things:
        started = time.perf_counter()
        act(thing)
        times.append(1000 * (time.perf_counter() - started))
    return times


def machine() -> str:
    """Return one line that says on what the figures were measured."""
    return f"{_cpu()}, {_cores()} cores, {_memory_gb():.0f} GB, Python {platform.python_version()}"


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return float("nan")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def percentile(values: list[float], share: float) -> float:
    """Return the value below which the share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _line(figure: Figure) -> str:
    mark = {True: "met", False: "MISSED", None: ""}[figure.met]
    against = f"x{figure.ratio:.3g} against {figure.against}" if figure.ratio is not None else figure.against
    value = f"{figure.value:,.2f}".rstrip("0").rstrip(".")
    return f"  {figure.name:<52} {value:>12} {figure.unit:<6} {figure.target:<10} {mark:<7} {against}".rstrip()


def _cpu() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_gb() -> float:
    if not hasattr(os, "sysconf"):
        return float("nan")
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
