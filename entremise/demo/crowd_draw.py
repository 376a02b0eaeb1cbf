"""Invented people, drawn a block at a time: the same seed and block give the same people, whoever asks and when."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.demo.crowd_world import World

Numbers = NDArray[Any]
BLOCK = 10_000  # people drawn, then written, together
MOST_WISHES, MOST_EXPERIENCES = 3, 3
# How many people have each: from the first to the last value.
WISH_COUNTS = [0.5, 0.35, 0.15]
EXPERIENCE_COUNTS = [0.12, 0.4, 0.3, 0.18]
MOBILITIES = ([5, 10, 15, 20, 30, 50, 100], [0.08, 0.22, 0.14, 0.28, 0.18, 0.08, 0.02])
CONTRACTS, SCHEDULES, LICENCES = [0.8, 0.6, 0.4, 0.05, 0.2], [0.8, 0.4, 0.3, 0.15, 0.3], [0.7, 0.04, 0.01, 0.06]
WORKING_TIMES = [0.5, 0.15, 0.35]
CONSENT_SHARE, NAMED_SHARE = 0.9, 0.4
READY_SHARE, UNKNOWN_SHARE, FRESH_SHARE = 0.55, 0.1, 0.7
SKILLS_AVERAGE, FEWEST_SKILLS, MOST_SKILLS = 15, 2, 40
SKILLS_TRIED = 48  # drawn for each person, some twice: those kept are different
COMMON_SHARE, SECOND_SHARE = 0.2, 0.2
COMPANY_SHARE = 0.6  # of experiences: at a company of the directory
PROVED_SHARE, FEWEST_PROOFS, MOST_PROOFS = 0.4, 2, 8  # of people whose last experience was at such a company
ASSURANCES = ([1, 2, 3], [0.3, 0.6, 0.1])
DAY = 86_400


@dataclass(frozen=True)
class Wishes:
    """Occupations looked for: whose, which, in what order."""

    person: Numbers
    occupation: Numbers
    rank: Numbers


@dataclass(frozen=True)
class Experiences:
    """What people did; the last one of each person comes first. Days are since 1970, 0 when it goes on."""

    person: Numbers
    rank: Numbers
    kind: Numbers
    occupation: Numbers
    company: Numbers  # -1 when it is only a name
    name: Numbers
    started: Numbers
    ended: Numbers


@dataclass(frozen=True)
class Proofs:
    """Answers of companies, one a person at most: about how many of her first skills, how well known, when."""

    person: Numbers
    experience: Numbers
    count: Numbers
    assurance: Numbers
    sent: Numbers
    answered: Numbers
    witness: Numbers


@dataclass(frozen=True)
class Skills:
    """Skills held; those that are proved come first for each person."""

    person: Numbers
    rank: Numbers
    skill: Numbers
    level: Numbers
    used: Numbers  # day of last use, 0 when it is not known
    assurance: Numbers


@dataclass(frozen=True)
class People:
    """One block of people: columns by person, then what each has."""

    rank: Numbers
    commune: Numbers
    department: Numbers
    agency: Numbers
    mobility_km: Numbers
    available: Numbers  # day, 0 when it is not known
    contracts: Numbers
    schedules: Numbers
    licences: Numbers
    language: Numbers
    working_time: Numbers
    confirmed: Numbers  # seconds since 1970, as `created`
    created: Numbers
    first_name: Numbers
    last_name: Numbers
    phone: Numbers
    consents: Numbers
    named: Numbers
    wishes: Wishes
    experiences: Experiences
    skills: Skills
    proofs: Proofs


def people(world: World, seed: int, block: int) -> People:
    """Draw the people of a block."""
    rng = np.random.default_rng([seed, block + 1])  # [seed] alone orders the occupations
    commune = np.searchsorted(world.homes, rng.random(BLOCK), side="right")
    department = world.commune_department[commune]
    today = world.now // DAY
    confirmed_days = np.where(rng.random(BLOCK) < FRESH_SHARE, *_two(rng, (0, 80), (95, 400)))
    confirmed = world.now - confirmed_days * DAY - rng.integers(0, 8 * 3600, BLOCK)
    created = confirmed - rng.integers(20, 311, BLOCK) * DAY
    ready = np.where(rng.random(BLOCK) < READY_SHARE, today, today + rng.integers(5, 121, BLOCK))
    wishes = _wishes(rng, world)
    experiences = _experiences(rng, world, wishes, department, today)
    proofs = _proofs(rng, experiences, created)
    return People(
        rank=block * BLOCK + np.arange(BLOCK),
        commune=commune,
        department=department,
        agency=world.agencies_of.draw(department, rng.random(BLOCK)),
        mobility_km=rng.choice(MOBILITIES[0], BLOCK, p=MOBILITIES[1]),
        available=np.where(rng.random(BLOCK) < UNKNOWN_SHARE, 0, ready),
        contracts=_choices(rng, CONTRACTS, at_least_one=True),
        schedules=_choices(rng, SCHEDULES, at_least_one=True),
        licences=_choices(rng, LICENCES),
        language=np.floor(100 * rng.random(BLOCK)).astype(np.int64),
        working_time=rng.choice(len(WORKING_TIMES), BLOCK, p=WORKING_TIMES),
        confirmed=confirmed,
        created=created,
        first_name=rng.integers(0, 1 << 30, BLOCK),
        last_name=rng.integers(0, 1 << 30, BLOCK),
        phone=rng.integers(0, 10_000, BLOCK),
        consents=rng.random(BLOCK) < CONSENT_SHARE,
        named=rng.random(BLOCK) < NAMED_SHARE,
        wishes=wishes,
        experiences=experiences,
        skills=_skills(rng, world, wishes, experiences, proofs),
        proofs=proofs,
    )


def _two(rng: np.random.Generator, *spans: tuple[int, int]) -> list[Numbers]:
    return [rng.integers(first, last + 1, BLOCK) for first, last in spans]


def _choices(rng: np.random.Generator, shares: list[float], *, at_least_one: bool = False) -> Numbers:
    """Return sets of values as bits, each value as often as its share; the first one for who has none and must."""
    bits = ((rng.random((BLOCK, len(shares))) < shares) << np.arange(len(shares))).sum(axis=1)
    return np.where(bits == 0, 1, bits) if at_least_one else bits


def _occupation(rng: np.random.Generator, world: World, count: int) -> Numbers:
    """Draw occupations: a few for many people, many for few (Zipf)."""
    return world.popular[np.searchsorted(world.popularity, rng.random(count), side="right")]


def _near(rng: np.random.Generator, world: World, occupation: Numbers) -> Numbers:
    """Draw occupations close in the referential, whose order puts neighbours together."""
    return np.clip(occupation + rng.integers(-6, 7, len(occupation)), 0, len(world.popular) - 1)


def _wishes(rng: np.random.Generator, world: World) -> Wishes:
    first = _occupation(rng, world, BLOCK)
    table = np.stack([first, _near(rng, world, first), _near(rng, world, first)], axis=1)
    count = 1 + rng.choice(len(WISH_COUNTS), BLOCK, p=WISH_COUNTS)
    kept = np.arange(MOST_WISHES) < count[:, None]
    kept[:, 1] &= table[:, 1] != table[:, 0]
    kept[:, 2] &= (table[:, 2] != table[:, 0]) & (table[:, 2] != table[:, 1])
    person, place = np.nonzero(kept)
    return Wishes(person, table[person, place], np.cumsum(kept, axis=1)[person, place])


def _experiences(rng: np.random.Generator, world: World, wishes: Wishes, home: Numbers, today: int) -> Experiences:
    shape = (BLOCK, MOST_EXPERIENCES)
    wished = wishes.occupation[wishes.rank == 1]
    same = np.where(rng.random(BLOCK) < 0.75, wished, _occupation(rng, world, BLOCK))
    table = np.stack([same, _near(rng, world, same), _occupation(rng, world, BLOCK)], axis=1)
    breaks, lengths = rng.integers(0, 300, shape), rng.integers(90, 2_500, shape)
    breaks[:, 0] = np.where(rng.random(BLOCK) < 0.1, 0, rng.integers(20, 700, BLOCK))
    ended = today - np.cumsum(breaks + lengths, axis=1) + lengths
    count = rng.choice(len(EXPERIENCE_COUNTS), BLOCK, p=EXPERIENCE_COUNTS)
    person, rank = np.nonzero(np.arange(MOST_EXPERIENCES) < count[:, None])
    occupation = table[person, rank]
    rows = len(person)
    sites = rng.integers(0, world.companies_of.shape[2], rows)
    company = world.companies_of[home[person], world.trade[occupation], sites]
    return Experiences(
        person=person,
        rank=rank,
        kind=rng.choice(3, rows, p=[0.9, 0.07, 0.03]),
        occupation=occupation,
        company=np.where(rng.random(rows) < COMPANY_SHARE, company, -1),
        name=rng.integers(0, 1 << 30, rows),
        started=(ended - lengths)[person, rank],
        ended=np.where(ended == today, 0, ended)[person, rank],
    )


def _proofs(rng: np.random.Generator, experiences: Experiences, created: Numbers) -> Proofs:
    asked = (experiences.rank == 0) & (experiences.company >= 0) & (rng.random(len(experiences.rank)) < PROVED_SHARE)
    experience = np.flatnonzero(asked)
    rows, person = len(experience), experiences.person[experience]
    sent = created[person] + 3 * DAY + rng.integers(0, 6 * 3600, rows)
    return Proofs(
        person=person,
        experience=experience,
        count=rng.integers(FEWEST_PROOFS, MOST_PROOFS + 1, rows),
        assurance=rng.choice(ASSURANCES[0], rows, p=ASSURANCES[1]),
        sent=sent,
        answered=sent + rng.integers(3600, 10 * DAY, rows),
        witness=rng.integers(0, 1 << 30, rows),
    )


def _skills(
    rng: np.random.Generator, world: World, wishes: Wishes, experiences: Experiences, proofs: Proofs
) -> Skills:
    person, skill = _different(rng, _tried(rng, world, wishes))
    wanted = np.clip(rng.poisson(SKILLS_AVERAGE, BLOCK), FEWEST_SKILLS, MOST_SKILLS)
    rank = np.arange(len(person)) - np.searchsorted(person, np.arange(BLOCK))[person]
    kept = rank < wanted[person]
    person, skill, rank = person[kept], skill[kept], rank[kept]
    last_use = np.zeros(BLOCK, np.int64)
    last = experiences.rank == 0
    last_use[experiences.person[last]] = experiences.ended[last]
    assurance, proved = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    assurance[proofs.person], proved[proofs.person] = proofs.assurance, proofs.count
    return Skills(
        person=person,
        rank=rank,
        skill=skill,
        level=rng.integers(0, 4, len(person)),
        used=last_use[person],
        assurance=np.where(rank < proved[person], assurance[person], 0),
    )


def _tried(rng: np.random.Generator, world: World, wishes: Wishes) -> Numbers:
    """Draw skills for each person: those of what she looks for, the most needed more often, and common ones."""
    shape = (BLOCK, SKILLS_TRIED)
    first = wishes.occupation[wishes.rank == 1]
    second = first.copy()
    second[wishes.person[wishes.rank == 2]] = wishes.occupation[wishes.rank == 2]
    source = rng.random(shape)
    occupation = np.where(source < SECOND_SHARE, second[:, None], first[:, None])
    own = world.skills_of.draw(occupation, rng.random(shape) ** 1.5)
    common = world.common[(len(world.common) * rng.random(shape) ** 2).astype(np.int64)]
    return np.where(source > 1 - COMMON_SHARE, common, own)


def _different(rng: np.random.Generator, tried: Numbers) -> tuple[Numbers, Numbers]:
    """Return each person's different skills, in an order drawn for her."""
    pairs = np.unique((np.arange(BLOCK)[:, None] << 20 | tried).ravel())
    person = pairs >> 20
    order = np.argsort(person << 32 | rng.integers(0, 1 << 32, len(pairs)))
    return person, pairs[order] & (1 << 20) - 1
