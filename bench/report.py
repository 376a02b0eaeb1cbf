"""Print the figures of a bench: a table for people, or one JSON line per figure."""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


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
