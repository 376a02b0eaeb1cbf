"""Measure whom the score shows first against a truth that it does not see; compare weights before they are changed.

Run with `python -m bench.quality [--json] [--people 24000] [--offers 2000]`. With `ENTREMISE_WEIGHTS=draft.toml`, the
last section of that file is measured beside the weights in force. The truth is invented (see `quality_world`): figures
say how the score bears noise and what each weight does, not what employers of a real territory will answer. Its
employers go by what people can do and never saw a card: proofs help them less here than where they read them.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench import quality_measures as measures
from bench import quality_world as world
from bench.quality_measures import Quality, Tally, interval
from bench.quality_score import Candidates, Sight, order, points, request, rows
from bench.quality_world import Answers, Floats, People, Wholes
from bench.report import Report, arguments
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.index import Index
from entremise.matching.engine.score import IN_FORCE
from entremise.matching.engine.weights import FULL, Weights, WeightsRefused, read

PEOPLE, OFFERS, SEED = 24_000, 2_000, 20261122
TRUTH, CANDIDATE, NOW, FLAT = "the truth", "candidate", "in force", "a proof is worth one's word"
NDCG, HIRES, SEEN = "NDCG@10", "a hire in the first ten", "pool seen in a first fifty"
FARTHEST, LIKELY_UNITS = 10**7, 10**6
ALIKE = (95, 105)  # %, exposure of a group in a world where nothing sets it apart
Key = Callable[[Candidates, Answers], Wholes]


@dataclass(frozen=True)
class Study:
    """What was measured in one world."""

    people: People
    by_order: Mapping[str, Quality]
    candidacies: Wholes  # how often each person could have been shown
    different: int  # offers to which the engine answers otherwise than the score written plainly


def main(asked: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people")
    parser.add_argument("--offers", type=int, default=OFFERS, help="how many offers they are ordered for")
    options = parser.parse_args(asked)
    try:
        candidate = _candidate()
    except WeightsRefused as refused:
        sys.stderr.write(f"ENTREMISE_WEIGHTS: {refused}\n")
        return 2
    report = Report("quality")
    atlas, offers = world.atlas(SEED), world.offers(options.offers, SEED + 1)
    everyone = [world.people(options.people, SEED + 2, unequal=unequal) for unequal in (False, True)]
    weighed = {NOW: IN_FORCE} | ({CANDIDATE: candidate} if candidate else {})
    alike = _study(everyone[0], atlas, offers, _scores(weighed | _variants(IN_FORCE)) | BASELINES)
    unequal = _study(everyone[1], atlas, offers, _scores({**weighed, FLAT: _flat(IN_FORCE)}) | {TRUTH: _by_truth})
    told = f"{options.people:,} people, {options.offers:,} offers, {alike.candidacies.sum():,} pairs, seed {SEED}"
    _report_engine(report, [alike, unequal], options.offers, told)
    for name, weights in weighed.items():
        _report_order(report, alike, name, f"weights {name}, since {weights.since}: a hire gains 3, a meeting 1")
    _report_baselines(report, alike, "the same people and offers in other orders")
    _report_variants(report, alike, "one weight changed, the others in force: what NDCG@10 gains")
    for name in weighed:
        _report_groups(report, alike, name, f"{name}, former employers answer alike about all", is_judged=True)
    for name in (*weighed, FLAT, TRUTH):
        _report_groups(report, unequal, name, f"{name}, former employers answer less about some")
    report.print(options.json)
    return 0 if report.is_met else 1


def _candidate() -> Weights | None:
    path = os.environ.get("ENTREMISE_WEIGHTS", "")
    return read(Path(path))[-1] if path else None


def _variants(weights: Weights) -> dict[str, Weights]:
    """Return the same weights with one part more, less, or nothing; and without what makes a proof count."""
    parts = {
        "skills": ("skills",), "occupation": ("occupation", "wished", "exercised", "near"),
        "distance": ("distance",), "availability": ("availability", "soon"),
    }  # fmt: skip
    changes = {"-25 %": 0.75, "+25 %": 1.25, "nothing": 0.0}
    found = {}
    for part, names in parts.items():
        for label, factor in changes.items():
            changed: dict[str, Any] = {name: round(getattr(weights, name) * factor) for name in names}
            found[f"{part} {label}"] = replace(weights, **changed)
    return found | {FLAT: _flat(weights)}


def _flat(weights: Weights) -> Weights:
    proofs: dict[str, Any] = dict.fromkeys(("said", "address_book", "company", "checked", "signed"), FULL)
    return replace(weights, **proofs, old_proof_costs=0)


def _scores(weighed: Mapping[str, Weights]) -> dict[str, Key]:
    return {name: _by_points(weights) for name, weights in weighed.items()}


def _by_points(weights: Weights) -> Key:
    return lambda found, _answers: points(found, weights)


def _by_truth(_found: Candidates, answers: Answers) -> Wholes:
    return (answers.likely * LIKELY_UNITS).astype(np.int64)


BASELINES: dict[str, Key] = {
    "drawn": lambda found, _answers: np.zeros(len(found.at), np.int64),
    "the nearest": lambda found, _answers: FARTHEST - found.metres,
    "last confirmed": lambda found, _answers: found.confirmed,
    "most of the skills asked": lambda found, _answers: found.holds.sum(axis=1),
    TRUTH: _by_truth,
}


def _study(people: People, atlas: Atlas, offers: list[world.Offer], keys: Mapping[str, Key]) -> Study:
    """Order the candidates of each offer in each way; answers are drawn once, whoever orders."""
    index = Index(atlas, build(rows(people), atlas.geography), today=world.TODAY, fresh_since=world.TODAY - 92)
    sight, candidacies, different = Sight(people, atlas), np.zeros(people.count, np.int64), 0
    tallies = {name: Tally(people.count) for name in keys}
    for offer in offers:
        found = sight.candidates(offer)
        if not len(found.at):
            continue
        candidacies[found.at] += 1
        answers = world.answers(people, offer, found.at, found.metres, SEED + 3)
        for name, key in keys.items():
            tallies[name].add(found.at, answers.gain, order(found, key(found, answers)))
        different += not _is_engine_s(index, offer, atlas, found)
    by_order = {name: tally.quality for name, tally in tallies.items()}
    return Study(people, by_order, candidacies, different)


def _is_engine_s(index: Index, offer: world.Offer, atlas: Atlas, found: Candidates) -> bool:
    """Say whether the engine gives everybody the same points, in the same order."""
    own = points(found, IN_FORCE)
    expected = [(int(found.at[place]) + 1, int(own[place])) for place in order(found, own)]
    answer = index.search(request(offer, atlas, len(expected) + 1))
    return [(hit.number, hit.rank) for hit in answer.hits] == expected


def _report_engine(report: Report, studies: list[Study], offer_count: int, told: str) -> None:
    different = sum(study.different for study in studies)
    report.figure(
        name="offers the engine answers otherwise than this bench", value=different, target="0", met=different == 0,
        unit=f"of {len(studies) * offer_count}", dataset=told,
    )  # fmt: skip


def _report_order(report: Report, study: Study, name: str, told: str) -> None:
    own, shown = study.by_order[name], _reachable(study, name)
    never, known = study.people.promoted == 0, study.by_order[TRUTH].ndcg.mean()
    compared = "" if name == NOW else f"; with those in force {_gain(own.ndcg, study.by_order[NOW].ndcg)}"
    report.figure(
        name=NDCG, value=own.ndcg.mean(), unit="of 100", dataset=told,
        against=f"{_span(interval(own.ndcg))}; by who knows the truth {known:.2f}{compared}",
    )  # fmt: skip
    compared = "" if name == NOW else f"; with those in force {_gain(own.hires, study.by_order[NOW].hires)}"
    report.figure(
        name=HIRES, value=own.hires.mean(), unit="%", dataset=told, against=_span(interval(own.hires)) + compared
    )
    report.figure(name="first positive answer, median rank", value=float(np.median(own.first)), unit="", dataset=told)
    for tenth, share in enumerate(own.tenths, start=1):
        report.figure(name=f"positive answers, tenth {tenth} of ranks", value=100 * share, unit="%", dataset=told)
    report.figure(name=SEEN, value=100 * (shown > 0).mean(), unit="%", dataset=told)
    report.figure(name="Gini of exposure", value=measures.gini(shown), unit="", dataset=told)
    report.figure(
        name="never promoted, shown compared with the others", unit="%", dataset=told,
        value=measures.exposure(own.shown, study.candidacies, never),
        against=_span(measures.exposure_interval(own.shown, study.candidacies, never)),
    )  # fmt: skip


def _report_baselines(report: Report, study: Study, told: str) -> None:
    """Say how much better the weights in force do than what one would otherwise order by."""
    own = study.by_order[NOW]
    for name in BASELINES:
        other = study.by_order[name]
        for label, unit, mine, theirs in (
            (NDCG, "of 100", own.ndcg, other.ndcg),
            (HIRES, "%", own.hires, other.hires),
        ):
            is_judged, least = name != TRUTH, interval(mine - theirs)[0]
            report.figure(
                name=f"{label}, {name}", value=theirs.mean(), unit=unit, dataset=told,
                target="< in force" if is_judged else "", met=least > 0 if is_judged else None,
                against=f"in force {_gain(mine, theirs)}",
            )  # fmt: skip
        seen = (_reachable(study, name) > 0).mean()
        report.figure(name=f"{SEEN}, {name}", value=100 * seen, unit="%", dataset=told)


def _report_variants(report: Report, study: Study, told: str) -> None:
    own = study.by_order[NOW]
    for name in _variants(IN_FORCE):
        other = study.by_order[name]
        report.figure(
            name=name, value=other.ndcg.mean() - own.ndcg.mean(), unit="", dataset=told,
            against=f"{_span(interval(other.ndcg - own.ndcg), '+')}; a hire {_gain(other.hires, own.hires)}; "
            f"pool seen {100 * (_reachable(study, name) > 0).mean():.1f} %",
        )  # fmt: skip


def _report_groups(report: Report, study: Study, name: str, told: str, *, is_judged: bool = False) -> None:
    """Say how often each group is shown, for each time it could be, compared with the others: 100 % is alike."""
    own = study.by_order[name]
    least, most = ALIKE
    for group, label in enumerate(world.GROUPS):
        members = study.people.groups[:, group]
        ratio = measures.exposure(own.shown, study.candidacies, members)
        report.figure(
            name=f"{label}, shown compared with the others", value=ratio, unit="%", dataset=told,
            target=f"{least} to {most}" if is_judged else "", met=least <= ratio <= most if is_judged else None,
            against=_span(measures.exposure_interval(own.shown, study.candidacies, members)),
        )  # fmt: skip
    report.figure(name=NDCG, value=own.ndcg.mean(), unit="of 100", dataset=told)


def _reachable(study: Study, name: str) -> Wholes:
    """Return how often each person who could be shown was."""
    return study.by_order[name].shown[study.candidacies > 0]


def _gain(own: Floats, other: Floats) -> str:
    """Say by how much one order is better than another, the same offers drawn again for both."""
    return f"{own.mean() - other.mean():+.2f} ({_span(interval(own - other), '+')})"


def _span(ends: tuple[float, float], sign: str = "") -> str:
    return "95 %: " + " to ".join(f"{end:{sign}.2f}" for end in ends)


if __name__ == "__main__":
    sys.exit(main())
