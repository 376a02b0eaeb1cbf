"""A whole country of invented profiles as the engine reads them, on the real communes, and what is searched there."""

import csv
import gzip
import json
import sys
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.labels import SHARED
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.layout import AVAILABLE_BIT, FRESH_BIT, Rows
from entremise.matching.engine.ranking import NEAREST_FIRST, RECENT_FIRST
from entremise.matching.engine.rows import together
from entremise.matching.engine.score import EXERCISED, NEAR, WISHED
from entremise.matching.engine.search import Request

COMMUNES, POSITIONS = SHARED / "data" / "communes_etalab_2026.zip", SHARED / "data" / "laposte_hexasmal.csv.gz"
Shares = NDArray[np.float64]
TODAY, FRESH_DAYS = 20_780, 92
DRAWN_TOGETHER = 1_000_000
OCCUPATIONS, SKILLS, SKILLS_OF_ONE = 532, 17_000, 60
SKILLS_AVERAGE = 15
MOBILITIES = ([5, 10, 15, 20, 30, 50, 100], [0.08, 0.22, 0.14, 0.28, 0.18, 0.08, 0.02])
NATIONAL_SHARE = 0.03
# Bits as the product's filters have them: toggles, contracts, schedules, licences, working times; share of people.
SHARES = {0: 0.3, 1: 0.75, 4: 0.8, 5: 0.6, 6: 0.4, 7: 0.05, 8: 0.2, 9: 0.8, 10: 0.4, 11: 0.3, 12: 0.15, 13: 0.3,
          14: 0.7, 15: 0.04, 16: 0.01, 17: 0.06, 18: 0.85, 19: 0.45}  # fmt: skip
FILTERS = (range(4, 9), range(9, 14), range(14, 18), range(18, 20))


def are_missing() -> bool:
    """Tell whether the files of the communes are not there, and say so."""
    if COMMUNES.exists() and POSITIONS.exists():
        return False
    sys.stderr.write("bench skipped: the communes were not found (set ENTREMISE_SHARED to their folder)\n")
    return True


def atlas() -> tuple[Atlas, Shares]:
    """Return the real communes, and how likely each is to be somebody's home."""
    with gzip.open(POSITIONS, "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter=";")
        told = {row["Code_commune_INSEE"].zfill(5): row["coordonnees_gps"] for row in rows}
    with zipfile.ZipFile(COMMUNES) as archive:
        communes = json.loads(archive.read("communes.json"))
    people: dict[str, int] = {}
    places = []
    for one in communes:
        position = told.get(one["code"], "")
        if one["type"] == "commune-actuelle" and "," in position and one["code"] not in people:
            latitude, longitude = map(float, position.split(","))
            places.append(Place(one["code"], one["departement"], latitude, longitude))
            people[one["code"]] = one.get("population", 0)
    drawn = Atlas.drawn(places)
    weights = np.array([people[code] + 1 for code in drawn.codes], np.float64)
    return drawn, weights / weights.sum()


def profiles(count: int, atlas: Atlas, homes: Shares, seed: int) -> Rows:
    """Draw profiles, a part at a time: millions would not fit in memory while they are drawn."""
    starts = range(0, count, DRAWN_TOGETHER)
    return together([_some(start, min(DRAWN_TOGETHER, count - start), homes, seed + start) for start in starts])


def _some(start: int, count: int, homes: Shares, seed: int) -> Rows:
    """Draw some: occupations by Zipf, skills of the occupation for most, common ones for the rest."""
    rng = np.random.default_rng(seed)
    wished, exercised = occupations(rng, count), occupations(rng, count)
    skill_at, skill = _skills(rng, wished)
    bits = np.zeros(count, np.uint64)
    for bit, share in SHARES.items():
        bits |= (rng.random(count) < share).astype(np.uint64) << np.uint64(bit)
    days = TODAY + rng.integers(-200, 90, count)
    ones = np.arange(count + 1, dtype=np.int64)
    return Rows(
        number=np.arange(start + 1, start + count + 1, dtype=np.uint32),
        commune=rng.choice(len(homes), count, p=homes).astype(np.int32),
        km=rng.choice(MOBILITIES[0], count, p=MOBILITIES[1]).astype(np.uint16),
        bits=bits,
        available=np.where(rng.random(count) < 0.4, 0, days).astype(np.uint16),
        promoted=np.where(rng.random(count) < SHARES[1], 0, TODAY - rng.integers(0, 400, count)).astype(np.uint16),
        confirmed=(TODAY - rng.integers(0, 500, count)).astype(np.uint16),
        proved=np.minimum(rng.poisson(1, count), 15).astype(np.uint8),
        need=np.zeros(0, np.uint16),
        skill_at=skill_at,
        skill=skill,
        weight=rng.choice([4, 6, 7, 9, 10, 11, 12], len(skill)).astype(np.uint8),
        wished_at=ones, wished=wished, exercised_at=ones, exercised=exercised,
    )  # fmt: skip


def occupations(rng: np.random.Generator, count: int) -> NDArray[np.uint32]:
    """Draw occupations by Zipf."""
    weights = 1 / (np.arange(OCCUPATIONS) + 4.0) ** 0.9
    return (1 + rng.choice(OCCUPATIONS, count, p=weights / weights.sum())).astype(np.uint32)


def _skills(rng: np.random.Generator, wished: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    counts = rng.poisson(SKILLS_AVERAGE * 1.25, len(wished))  # some are drawn twice: about 15 different ones are left
    rows = np.repeat(np.arange(len(wished), dtype=np.int64), counts)
    ranks = (SKILLS_OF_ONE * rng.random(len(rows)) ** 2).astype(np.int64)
    own = skills_of(np.repeat(wished.astype(np.int64), counts), ranks)
    common = (300 * rng.random(len(rows)) ** 2).astype(np.int64)
    pairs = np.unique(rows << 20 | np.where(rng.random(len(rows)) < 0.2, common, own))
    at = np.searchsorted(pairs >> 20, np.arange(len(wished) + 1)).astype(np.int64)
    return at, (pairs & (1 << 20) - 1).astype(np.uint32)


def skills_of(occupation: Any, rank: Any) -> Any:
    """Return the number of a skill that an occupation calls for, the most needed first."""
    return 300 + (occupation * 31 + rank) % (SKILLS - 300)


def offers(count: int, atlas: Atlas, homes: Shares, seed: int) -> list[Request]:
    """Draw what is searched: an occupation, weighted skills, a place and its radius, sometimes filters."""
    rng = np.random.default_rng(seed)
    found = []
    for rank, occupation in enumerate(occupations(rng, count).tolist()):
        ranks = (SKILLS_OF_ONE * rng.random(8) ** 2).astype(np.int64)
        skills = {int(skills_of(occupation, rank)): int(rng.integers(1, 4)) for rank in ranks}
        asked: dict[int, int] = {}
        for choices in FILTERS:
            if rng.random() < 0.25:
                asked[int(rng.choice(list(choices)))] = sum(1 << bit for bit in choices)
        is_national = rng.random() < NATIONAL_SHARE
        near = {int(rng.integers(1, OCCUPATIONS)): NEAR for _ in range(3)}
        found.append(
            Request(
                today=TODAY,
                commune="" if is_national else atlas.codes[int(rng.choice(len(homes), p=homes))],
                radius_km=None if is_national else int(rng.choice([10, 20, 30, 50])),
                skills=skills,
                wished={**near, occupation: WISHED},
                exercised={occupation: EXERCISED},
                occupation_required=bool(rng.random() < 0.5),
                asked=asked,
                order=NEAREST_FIRST if rng.random() < 0.05 else 0,
                seed=rank,
            )
        )
    return found


def harder(plain: list[Request], atlas: Atlas, people: int, seed: int) -> list[Request]:
    """Ask the same searches with everything else that may be asked: territories, days, exclusions, next pages…"""
    rng = np.random.default_rng(seed)
    return [_harder(request, atlas, people, rng) for request in plain]


def _harder(request: Request, atlas: Atlas, people: int, rng: np.random.Generator) -> Request:
    home = atlas.number.get(request.commune, int(rng.integers(0, len(atlas.codes))))
    department = atlas.departments[int(atlas.geography.department[home])]
    day_bit = int(rng.choice([AVAILABLE_BIT, FRESH_BIT]))
    changes: list[tuple[float, dict[str, Any]]] = [
        (0.6, {"skill_mode": int(rng.integers(0, 3))}),
        (0.4, {"departments": frozenset([department, *rng.choice(atlas.departments, 8)])}),
        (0.1, {"communes": frozenset(atlas.codes[max(home - 100, 0) : home + 100])}),
        (0.1, {"skills": {}}),
        (0.2, {"available_by": TODAY + 30}),
        (0.2, {"promoted_before": TODAY - 30}),
        (0.2, {"forbidden": (int(rng.choice([0, 1])),)}),
        (0.3, {"asked": {**request.asked, day_bit: 1 << day_bit}}),
        (0.2, {"excluded": tuple(rng.integers(1, people + 1, 500).tolist())}),
        (0.1, {"order": RECENT_FIRST}),
        (0.3, {"below": (int(rng.integers(30, 80)), int(rng.integers(0, 1 << 32))), "wanted": 200}),
    ]
    chosen: dict[str, Any] = {}
    for share, change in changes:
        if rng.random() < share:
            chosen |= change
    return replace(request, **chosen)
