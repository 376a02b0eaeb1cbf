"""The score written plainly with any weights, and the rows and requests with which the engine answers the same."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.quality_world import OCCUPATIONS, TODAY, Flags, Offer, People, Wholes
from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.search import Request
from entremise.matching.engine.weights import Weights

DAYS_OF_YEAR = 365
BEGINNER, EXPERT = score.BEGINNER, score.EXPERT
ASSURANCES, MASTERIES = range(5), range(4)


@dataclass(frozen=True)
class Candidates:
    """Who may be shown for an offer, and what the score knows of each."""

    at: Wholes  # places among people
    metres: Wholes
    reach: Wholes  # metres
    needs: Wholes
    holds: Flags  # [candidate, skill asked]
    assurance: NDArray[np.int8]
    mastery: NDArray[np.int8]
    proof_age: NDArray[np.int16]
    wished: Flags
    exercised: Flags
    near: Flags
    available: Wholes
    confirmed: Wholes
    draw: Wholes


class Sight:
    """What the score sees of people, on their map."""

    def __init__(self, people: People, atlas: Atlas) -> None:
        self.people = people
        places = atlas.geography
        points = np.stack([places.x, places.y, places.z], axis=1).astype(np.int64)
        squares = ((points[:, None] - points[None]) ** 2).sum(axis=2)
        self.metres = np.sqrt(squares.astype(np.float64)).astype(np.int64)
        codes = range(-1, OCCUPATIONS)
        self.wished = {code: (people.wished == code).any(axis=1) for code in codes}
        self.exercised = {code: (people.exercised == code).any(axis=1) for code in codes}

    def candidates(self, offer: Offer) -> Candidates:
        """Return who wishes, did, or wishes something near this work, and accepts to come."""
        people, code = self.people, offer.occupation
        metres = self.metres[offer.commune][people.commune]
        near = np.any([self.wished[other] for other in offer.near], axis=0)
        linked = self.wished[code] | self.exercised[code] | near
        at = np.flatnonzero(linked & (metres <= 1000 * people.km))
        skills = np.array(list(offer.needs))
        return Candidates(
            at=at, metres=metres[at], reach=np.maximum(1000 * people.km[at], 1000),
            needs=np.array(list(offer.needs.values())), holds=people.holds[np.ix_(at, skills)],
            assurance=people.assurance[np.ix_(at, skills)], mastery=people.mastery[np.ix_(at, skills)],
            proof_age=people.proof_age[np.ix_(at, skills)], wished=self.wished[code][at],
            exercised=self.exercised[code][at], near=near[at], available=people.available[at],
            confirmed=people.confirmed[at],
            draw=_draws(at + 1, offer.number),
        )  # fmt: skip


def points(found: Candidates, weights: Weights) -> Wholes:
    """Return the points of each candidate with these weights; with those in force, the engine's."""
    table = np.array([
        [[_skill_weight(weights, assurance, mastery, age) for age in range(3)] for mastery in MASTERIES]
        for assurance in ASSURANCES
    ])  # fmt: skip
    years = (weights.old_proof_years, weights.very_old_proof_years)
    ages = np.sum([found.proof_age > DAYS_OF_YEAR * year for year in years], axis=0)
    covered = (found.holds * table[found.assurance, found.mastery, ages]) @ found.needs
    skills = weights.skills * covered // (score.FULL_WEIGHT * found.needs.sum())
    link = np.where(found.wished, weights.wished, np.where(found.exercised, weights.exercised, weights.near))
    distance = np.maximum(weights.distance * (found.reach - found.metres) // found.reach, 0)
    soon = np.where(found.available <= TODAY + weights.soon_days, weights.soon, 0)
    ready = np.where(found.available <= TODAY, weights.availability, soon)
    total: Wholes = skills + link + distance + np.where(found.available == 0, 0, ready)
    return total


def order(found: Candidates, rank: Wholes) -> Wholes:
    """Return the candidates by rank, ties drawn as the engine draws them."""
    return np.argsort(-(rank.astype(np.int64) << 32 | found.draw))


def request(offer: Offer, atlas: Atlas, wanted: int) -> Request:
    """Say an offer to the engine, as the product says those of employers."""
    return Request(
        today=TODAY,
        commune=atlas.codes[offer.commune],
        radius_km=200,
        skills=offer.needs,
        wished={offer.occupation: score.WISHED, **dict.fromkeys(offer.near, score.NEAR)},
        exercised={offer.occupation: score.EXERCISED},
        occupation_required=True,
        wanted=wanted,
        seed=offer.number,
        with_counts=False,
    )


def rows(people: People) -> Rows:
    """Write people as the engine reads them, numbered from 1."""
    who, skill = np.nonzero(people.holds)
    facts = zip(people.assurance[who, skill], people.mastery[who, skill], people.proof_age[who, skill], strict=True)
    weight = [score.skill_weight(int(one), int(two), int(age)) for one, two, age in facts]
    return Rows(
        number=np.arange(1, people.count + 1, dtype=np.uint32),
        commune=people.commune.astype(np.int32),
        km=people.km.astype(np.uint16),
        bits=np.zeros(people.count, np.uint64),
        available=people.available.astype(np.uint16),
        promoted=people.promoted.astype(np.uint16),
        confirmed=people.confirmed.astype(np.uint16),
        proved=np.minimum((people.assurance > 0).sum(axis=1), 255).astype(np.uint8),
        need=np.zeros(0, np.uint16),
        skill_at=_starts(people.holds.sum(axis=1)),
        skill=skill.astype(np.uint32),
        weight=np.array(weight, np.uint8),
        wished_at=_starts((people.wished >= 0).sum(axis=1)),
        wished=people.wished[people.wished >= 0].astype(np.uint32),
        exercised_at=_starts((people.exercised >= 0).sum(axis=1)),
        exercised=people.exercised[people.exercised >= 0].astype(np.uint32),
    )


def _draws(numbers: Wholes, seed: int) -> Wholes:
    number: Any = numbers.astype(np.uint64)
    drawn: Any = score.tie(number, seed)
    return np.asarray(drawn, np.int64)


def _starts(counts: Wholes) -> Wholes:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.int64)


def _skill_weight(weights: Weights, assurance: int, mastery: int, age: int) -> int:
    weight = weights.proofs[assurance] - (weights.old_proof_costs * age if assurance else 0)
    weight += {BEGINNER: -weights.beginner_costs, EXPERT: weights.expert_brings}.get(mastery, 0)
    return min(weight, score.FULL_WEIGHT)
