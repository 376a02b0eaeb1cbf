"""An invented country where what people can do is known: what the score sees of it, and what employers then answer.

The truth is not the score with noise. Employers look at the true level of each skill, which nobody declares, at skills
that their offer does not name, and at the worst of what they cannot do without; a hire then takes motivation, a road
and a date. None of these is told to the engine, and the forms differ (logistic and worst-of, where the score adds up).
What is told is linked to the truth: a skill is more often declared, and more often proved, by who masters it.

Sex, age and origin are drawn independently of all the rest, so that nobody is better for being from a group. In the
unequal world, and there only, former employers answered less often about some: same truth, fewer proofs.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine.geography import Atlas, Place

TODAY = 20_780
COMMUNES, OCCUPATIONS, SKILLS_OF_ONE, SKILLS_APART = (
    120,
    40,
    20,
    10,
)  # neighbouring occupations share half their skills
SKILLS = (OCCUPATIONS - 1) * SKILLS_APART + SKILLS_OF_ONE
TOWNS = ((45.0, 4.9), (45.2, 5.7), (45.75, 4.85))
MOBILITIES = ([5, 10, 15, 20, 30, 50, 100], [0.08, 0.22, 0.14, 0.28, 0.18, 0.08, 0.02])
NOT_HELD = -9.0  # true level of a skill that one does not have
PROMOTED_SHARE = 0.02  # of those who agreed to be
MOST_ASKED, HIDDEN_NEEDS = 7, 2
GROUPS = ("women", "under 30", "over 50", "foreign origin")
# How much less often former employers answer about them in the unequal world, in log-odds.
FEWER_ANSWERS = (0.5, 0.6, 0.0, 1.2)

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class People:
    """What is declared, then what is hidden; skills are columns."""

    commune: Wholes
    km: Wholes
    wished: Wholes  # [person, 0 or 1], the second -1 when there is none
    exercised: Wholes
    available: Wholes  # days since 1970, 0 unknown
    confirmed: Wholes
    promoted: Wholes
    holds: Flags  # [person, skill] declared
    assurance: NDArray[np.int8]
    mastery: NDArray[np.int8]
    proof_age: NDArray[np.int16]  # days
    groups: Flags  # [person, group]
    truth: NDArray[np.float32]  # [person, skill] true level
    years: Floats  # of the occupation exercised
    motivation: Floats
    reliability: Floats
    patience: Floats  # how far one goes, beside what one says
    is_free: Flags

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.commune)


@dataclass(frozen=True)
class Offer:
    """What an employer writes, then what she really needs."""

    number: int
    occupation: int
    commune: int
    needs: dict[int, int]
    true_needs: dict[int, float]
    severity: float

    @property
    def near(self) -> tuple[int, ...]:
        """Return the occupations a short move away."""
        return tuple(code for code in (self.occupation - 1, self.occupation + 1) if 0 <= code < OCCUPATIONS)


def atlas(seed: int) -> Atlas:
    """Draw communes around three towns, of three departments."""
    rng = np.random.default_rng(seed)
    places = []
    for number in range(COMMUNES):
        town = number % len(TOWNS)
        latitude, longitude = TOWNS[town] + rng.normal(0, (0.16, 0.22))
        places.append(Place(f"{90 + town}{number:03d}", str(90 + town), latitude, longitude))
    return Atlas.drawn(places)


def people(count: int, seed: int, *, unequal: bool) -> People:
    """Draw people; both worlds draw the same ones, who differ by their proofs alone."""
    rng = np.random.default_rng(seed)
    exercised = np.stack([_occupations(rng, count), np.full(count, -1)], axis=1)
    other = rng.random(count) < 0.25
    exercised[other, 1] = _occupations(rng, int(other.sum()))
    wished = _wishes(rng, exercised[:, 0])
    years, ability = rng.gamma(1.5, 4, count), rng.normal(0, 1, count)
    truth = _truth(rng, exercised, wished, ability, years)
    groups = np.stack([
        rng.random(count) < 0.5, (age := rng.random(count)) < 0.3, age > 0.75, rng.random(count) < 0.25,
    ], axis=1)  # fmt: skip
    reach = rng.normal(0, 0.8, count)  # how easily former employers are found and answer
    shift = groups @ np.array(FEWER_ANSWERS) if unequal else np.zeros(count)
    holds, assurance, mastery, proof_age = _declared(rng, truth, reach - shift)
    motivation, km = rng.normal(0, 1, count), rng.choice(MOBILITIES[0], count, p=MOBILITIES[1])
    confirmed = TODAY - rng.gamma(2, 70, count) + 20 * motivation
    is_free = rng.random(count) < 0.65
    available = np.where(is_free, TODAY - rng.integers(0, 120, count), TODAY + rng.integers(1, 120, count))
    is_promoted = _chosen(rng, 0.5 * reach, PROMOTED_SHARE)
    return People(
        commune=rng.integers(0, COMMUNES, count), km=km.astype(np.int64), wished=wished, exercised=exercised,
        available=np.where(rng.random(count) < 0.3, 0, available),
        confirmed=np.clip(confirmed, TODAY - 700, TODAY).astype(np.int64),
        promoted=np.where(is_promoted, TODAY - rng.integers(1, 300, count), 0),
        holds=holds, assurance=assurance, mastery=mastery, proof_age=proof_age, groups=groups, truth=truth,
        years=years, motivation=motivation, reliability=rng.normal(0, 1, count), patience=rng.lognormal(0, 0.4, count),
        is_free=is_free,
    )  # fmt: skip


def offers(count: int, seed: int) -> list[Offer]:
    """Draw what employers write and need: stated needs are about right, and some are never stated."""
    rng = np.random.default_rng(seed)
    found = []
    for number, occupation in enumerate(_occupations(rng, count).tolist(), start=1):
        own = occupation * SKILLS_APART + np.unique((SKILLS_OF_ONE * rng.random(12) ** 1.5).astype(np.int64))
        drawn = [int(skill) for skill in rng.permutation(own)]
        asked = drawn[: int(rng.integers(2, MOST_ASKED + 1))]
        needs = {skill: int(rng.integers(1, 4)) for skill in asked}
        true_needs = {skill: max(need + float(rng.normal(0, 0.8)), 0.1) for skill, need in needs.items()}
        true_needs |= {skill: float(rng.uniform(0.5, 2)) for skill in drawn[len(asked) :][:HIDDEN_NEEDS]}
        commune, severity = int(rng.integers(0, COMMUNES)), float(rng.normal(0, 0.6))
        found.append(Offer(number, occupation, commune, needs, true_needs, severity))
    return found


@dataclass(frozen=True)
class Answers:
    """What employers would answer about each candidate, and how likely each answer was."""

    gain: Wholes  # 0 nothing, 1 wishes to meet, 3 hires
    likely: Floats  # expected gain: what somebody who knew the truth would go by


def answers(pool: People, offer: Offer, at: Wholes, metres: Wholes, seed: int) -> Answers:
    """Draw the answers about the candidates `at`, by the truth and by chance."""
    rng = np.random.default_rng((seed, offer.number))
    skills, needs = np.array(list(offer.true_needs)), np.array(list(offer.true_needs.values()))
    can = 1 / (1 + np.exp(-1.7 * pool.truth[at][:, skills].astype(np.float64)))
    fit = can @ needs / needs.sum()
    worst = np.where(needs > 2, can, 1).min(axis=1)
    is_trained = (pool.exercised[at] == offer.occupation).any(axis=1)
    practice = np.where(is_trained, np.log1p(pool.years[at]), 0)
    hidden = 0.3 * pool.reliability[at] + offer.severity
    wants = -5.3 + 3.4 * fit + 1.3 * worst + 0.4 * practice + hidden
    wish = np.where((pool.wished[at] == offer.occupation).any(axis=1), 1.0, np.where(is_trained, 0.5, 0.35))
    road = 1.3 * metres / (1000 * pool.km[at] * pool.patience[at])
    comes = -2.0 + 2.0 * wish - 1.2 * road**2 + 0.9 * pool.is_free[at] + 0.6 * pool.motivation[at]
    wants_chance, comes_chance = _logistic(wants), _logistic(comes + 0.3 * pool.reliability[at])
    is_wanted = rng.random(len(at)) < wants_chance
    is_hired = is_wanted & (rng.random(len(at)) < comes_chance)
    return Answers(is_wanted + 2 * is_hired.astype(np.int64), wants_chance * (1 + 2 * comes_chance))


def _occupations(rng: np.random.Generator, count: int) -> Wholes:
    weights = 1 / (np.arange(OCCUPATIONS) + 4.0) ** 0.9
    drawn: Wholes = rng.choice(OCCUPATIONS, count, p=weights / weights.sum())
    return drawn


def _wishes(rng: np.random.Generator, exercised: Wholes) -> Wholes:
    """Most wish what they did, some what is near, some something else; a third wish two."""
    count = len(exercised)
    step = np.clip(exercised + rng.choice([-1, 1], count), 0, OCCUPATIONS - 1)
    kind = rng.random(count)
    first = np.where(kind < 0.7, exercised, np.where(kind < 0.85, step, _occupations(rng, count)))
    second = np.where(rng.random(count) < 0.33, step, -1)
    return np.stack([first, np.where(second == first, -1, second)], axis=1)


def _truth(
    rng: np.random.Generator, exercised: Wholes, wished: Wholes, ability: Floats, years: Floats
) -> NDArray[np.float32]:
    """Draw the true level of each skill: those of the work done for most, of the work wished for some."""
    count = len(ability)
    rank = np.arange(SKILLS)
    level = 0.6 * ability[:, None] + 0.4 * np.log1p(years)[:, None] - 0.8 + rng.normal(0, 0.8, (count, SKILLS))
    chance = np.full((count, SKILLS), 0.01)
    for codes, share in ((wished, 0.3), (exercised, 0.7)):
        for place in (0, 1):
            first = codes[:, place][:, None] * SKILLS_APART
            is_own = (codes[:, place][:, None] >= 0) & (rank >= first) & (rank < first + SKILLS_OF_ONE)
            chance = np.where(is_own, np.maximum(chance, share), chance)
    return np.where(rng.random((count, SKILLS)) < chance, level, NOT_HELD).astype(np.float32)


def _declared(
    rng: np.random.Generator, truth: NDArray[np.float32], reach: Floats
) -> tuple[Flags, NDArray[np.int8], NDArray[np.int8], NDArray[np.int16]]:
    """Draw what is declared and proved: more by who masters it, some by who does not; what was proved then drifts."""
    shape = truth.shape
    has = truth > NOT_HELD
    age = rng.exponential(900, shape)
    then = np.where(has, truth + rng.normal(0, 1, shape) * np.sqrt(age / 3_000), -1.2)  # the level at the time
    holds = rng.random(shape) < np.where(has, _logistic(0.9 + 0.7 * truth), 0.004)
    is_proved = holds & (rng.random(shape) < _logistic(-1.4 + 0.8 * then + reach[:, None]))
    kind = 1 + (rng.random(shape)[..., None] > np.array([0.45, 0.8, 0.95])).sum(axis=-1)
    said = truth + rng.normal(0, 0.8, shape)
    mastery = np.where(said < -0.5, 1, np.where(said < 0.9, 2, 3)) * (rng.random(shape) < 0.5)
    return (
        holds,
        np.where(is_proved, kind, 0).astype(np.int8),
        np.where(holds, mastery, 0).astype(np.int8),
        np.minimum(age, 6_000).astype(np.int16),
    )


def _chosen(rng: np.random.Generator, pull: Floats, share: float) -> Flags:
    """Draw a share of people, more of those with a stronger pull."""
    odds = np.exp(pull)
    chosen: Flags = rng.random(len(pull)) < share * odds / odds.mean()
    return chosen


def _logistic(value: Any) -> Any:
    return 1 / (1 + np.exp(-value))
