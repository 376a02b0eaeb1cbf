"""Measure how long the labels take: every establishment recomputed in one pass, then one of them on demand.

Run with `python -m bench.label [--json] [--places 300000] [--applications 5000000] [--sample 2000]`.

Establishments receive very unequal numbers of applications, and do not answer alike; a fifth of what is counted lies
out of the twelve months. The figures written are compared with the public formula in Python on a sample of
establishments, and the time with what one would write first: that formula on each establishment in turn.
"""

import random
import sys
import time
from typing import Any

from bench.report import Report, arguments, percentile
from bench.site import new_site
from entremise.config.environment import Environment

PLACES, APPLICATIONS, SAMPLE, SEED = 300_000, 5_000_000, 2_000, 20_261_123
MOST_S = 60.0
ON_DEMAND = 100


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--places", type=int, default=PLACES, help="establishments")
    parser.add_argument("--applications", type=int, default=APPLICATIONS)
    parser.add_argument("--sample", type=int, default=SAMPLE, help="establishments recounted by the public formula")
    asked = parser.parse_args(given)
    report = Report("label")
    with new_site() as settings:
        _measure(report, settings, asked)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, settings: Environment, asked: Any) -> None:
    from bench import label_data  # these need the settings
    from entremise.reciprok import actions_label

    started = time.perf_counter()
    places = label_data.fill(settings, asked.places, asked.applications, SEED)
    dataset = f"{asked.places:,} establishments, {asked.applications:,} applications"
    report.figure(name="rows written by COPY", value=time.perf_counter() - started, unit="s", dataset=dataset)
    seconds: list[float] = []
    for name in ("first pass, everything to write", "a night later, everything written again"):
        started = time.perf_counter()
        computed = actions_label.compute_all()
        seconds.append(time.perf_counter() - started)
        report.figure(
            name=name, value=seconds[-1], unit="s", target=f"< {MOST_S:.0f}", met=seconds[-1] < MOST_S,
            dataset=dataset, against=f"{computed.written:,} with figures, {computed.labelled:,} with a label, "
            f"{len(computed.moved):,} moved",
        )  # fmt: skip
    naive = _compare(report, dataset, random.Random(SEED).sample(places, min(asked.sample, len(places))))
    report.figure(
        name="one pass, against each establishment in turn", value=seconds[0], unit="s", dataset=dataset,
        ratio=naive * len(places) / seconds[0],
        against=f"the public formula in Python: {naive * len(places):,.0f} s, extrapolated from {asked.sample:,}",
    )  # fmt: skip
    _one_by_one(report, dataset, places)


def _compare(report: Report, dataset: str, sample: list[Any]) -> float:
    """Recount a sample by the public formula; return the seconds that each establishment takes."""
    from entremise.kernel import clock
    from entremise.reciprok import queries_label

    now, wrong = clock.now(), []
    started = time.perf_counter()
    plain = {pk: queries_label.figures_now(pk, now) for pk in sample}
    seconds = (time.perf_counter() - started) / len(sample)
    levels: set[int] = set()
    for pk, figures in plain.items():
        score = queries_label.score_of(pk)
        levels.add(int(figures.level))
        if queries_label.figures_of(score) != figures or (int(score.level) if score else 0) != figures.level:
            wrong.append(pk)
    report.figure(
        name="establishments that differ from the formula", value=len(wrong), unit="", target="0", met=not wrong,
        dataset=dataset, against=f"{len(sample):,} recounted, {len(levels)} levels among them",
    )  # fmt: skip
    return seconds


def _one_by_one(report: Report, dataset: str, places: list[Any]) -> None:
    from entremise.employers.models import Establishment
    from entremise.kernel.actors import job_actor
    from entremise.reciprok import actions_label

    chosen = Establishment.objects.filter(pk__in=random.Random(SEED + 1).sample(places, min(ON_DEMAND, len(places))))
    times = []
    for place in chosen:
        started = time.perf_counter()
        actions_label.compute(place, actor=job_actor("bench.label"))
        times.append(1_000 * (time.perf_counter() - started))
    for share in (0.5, 0.95):
        value = percentile(times, share)
        report.figure(name=f"one establishment on demand p{share * 100:.0f}", value=value, unit="ms", dataset=dataset)


if __name__ == "__main__":
    sys.exit(main())
