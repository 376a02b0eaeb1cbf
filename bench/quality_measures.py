"""How good an order is, and who it shows: gains by rank, exposure, and intervals by resampling offers."""

from dataclasses import dataclass

import numpy as np

from bench.quality_world import Flags, Floats, Wholes

FIRST, SHOWN, TENTHS, RESAMPLES, SEED = 10, 50, 10, 1_000, 20261122


@dataclass(frozen=True)
class Quality:
    """One order over all offers."""

    ndcg: Floats  # of 100, for each offer with a positive answer to find
    hires: Floats  # 100 when somebody of the first ten is hired, for each of the same
    first: Floats  # rank of the first positive answer, by offer that has one
    tenths: Floats  # share of positive answers in each tenth of the ranks
    shown: Wholes  # how often each person is among the first fifty


class Tally:
    """Adds up the offers of one order."""

    def __init__(self, people_count: int) -> None:
        self.ndcg: list[float] = []
        self.hires: list[float] = []
        self.first: list[int] = []
        self.tenths = np.zeros(TENTHS)
        self.shown = np.zeros(people_count, np.int64)

    def add(self, at: Wholes, gain: Wholes, ordered: Wholes) -> None:
        """Count one offer: who its candidates are, what each would bring, and their order."""
        self.shown[at[ordered[:SHOWN]]] += 1
        gains = gain[ordered]
        if not gains.any():
            return
        self.ndcg.append(100 * _dcg(gains) / _dcg(np.sort(gain)[::-1]))
        self.hires.append(100.0 * bool((gains[:FIRST] > 1).any()))
        found = np.flatnonzero(gains)
        self.first.append(int(found[0]) + 1)
        self.tenths += np.bincount(found * TENTHS // len(gains), minlength=TENTHS)

    @property
    def quality(self) -> Quality:
        """Return what was added up."""
        return Quality(
            np.array(self.ndcg), np.array(self.hires), np.array(self.first, np.float64),
            self.tenths / self.tenths.sum(), self.shown,
        )  # fmt: skip


def interval(values: Floats) -> tuple[float, float]:
    """Return the 95 % interval of a mean, offers drawn again with replacement."""
    rng = np.random.default_rng(SEED)
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def gini(counts: Wholes) -> float:
    """Return how unequally something is shared: 0 alike, 1 all for one."""
    ordered = np.sort(counts).astype(np.float64)
    rank = np.arange(1, len(ordered) + 1)
    return float(2 * (rank * ordered).sum() / (len(ordered) * ordered.sum()) - (len(ordered) + 1) / len(ordered))


def exposure(shown: Wholes, candidacies: Wholes, group: Flags) -> float:
    """Return how often a group is shown for each time it could be, compared with the others: 100 is alike."""
    rates = [shown[part].sum() / candidacies[part].sum() for part in (group, ~group)]
    return float(100 * rates[0] / rates[1])


def exposure_interval(shown: Wholes, candidacies: Wholes, group: Flags) -> tuple[float, float]:
    """Return its 95 % interval, people drawn again with replacement."""
    rng = np.random.default_rng(SEED)
    sides = []
    for part in (np.flatnonzero(group), np.flatnonzero(~group)):
        drawn = [part[rng.integers(0, len(part), len(part))] for _turn in range(RESAMPLES // 4)]
        sides.append(np.array([shown[who].sum() / candidacies[who].sum() for who in drawn]))
    ratios = 100 * sides[0] / sides[1]
    return float(np.quantile(ratios, 0.025)), float(np.quantile(ratios, 0.975))


def _dcg(gains: Wholes) -> float:
    first = gains[:FIRST]
    return float((first / np.log2(np.arange(2, len(first) + 2))).sum())
