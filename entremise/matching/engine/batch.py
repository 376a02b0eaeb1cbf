"""Many searches at once, for whole columns of offers or of people: what one process, here or far away, does alone.

A chunk carries all that a search needs as numbers, so that a worker needs the files of an index and nothing else: no
database, no settings.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import store
from entremise.matching.engine.index import Index
from entremise.matching.engine.layout import IndexUnreadable, Rows
from entremise.matching.engine.score import EXERCISED, NEAR, WISHED
from entremise.matching.engine.search import Request

SKILLS_WEIGH = 0  # whoever fits is found, skills say in which order


class Setting(NamedTuple):
    """What all searches of a run share."""

    root: str  # folder of the index searched, on each machine that works
    generation: str
    today: int
    fresh_since: int
    wanted: int
    near: Mapping[int, Sequence[int]]  # of an offer's occupation, or of a wished one: those a short move away
    siblings: Mapping[int, int]  # of the bit of each requirement: the bits of its filter
    open_bit: int  # of the offers that look for somebody


class Chunk(NamedTuple):
    """Some offers for which people are looked for, or some people for whom offers are."""

    are_offers: bool
    rows: Rows


class Best(NamedTuple):
    """The best of each row, in order: 0 where there is nobody any more."""

    number: NDArray[np.uint32]  # of the rows of the chunk
    found: NDArray[np.uint32]  # [row, rank]
    points: NDArray[np.int16]  # [row, rank]
    total: NDArray[np.int64]


def run(setting: Setting, chunk: Chunk) -> Best:
    """Search for every row of a chunk."""
    index = _index(setting.root, setting.generation, setting.today, setting.fresh_since)
    codes = index.atlas.codes
    count = len(chunk.rows.number)
    found, points = np.zeros((count, setting.wanted), np.uint32), np.zeros((count, setting.wanted), np.int16)
    total = np.zeros(count, np.int64)
    request_of = request_of_offer if chunk.are_offers else request_of_person
    for i in range(count):
        request = request_of(setting, chunk.rows, i, codes)
        if not request.wished:
            continue  # who names no occupation is not matched: all offers would fit
        answer = index.search(request)
        size = len(answer.hits)
        found[i, :size] = [hit.number for hit in answer.hits]
        points[i, :size] = [hit.rank for hit in answer.hits]
        total[i] = answer.total
    return Best(chunk.rows.number, found, points, total)


def request_of_offer(setting: Setting, rows: Rows, i: int, codes: Sequence[str]) -> Request:
    """Say what one offer asks for: all it requires, its occupation or one near it, its skills by their need."""
    occupation = int(rows.wished[rows.wished_at[i]])
    bits = int(rows.bits[i])
    return Request(
        today=setting.today,
        commune=codes[rows.commune[i]],
        radius_km=int(rows.km[i]),
        skills=_skills(rows, i),
        skill_mode=SKILLS_WEIGH,
        wished=dict.fromkeys(setting.near.get(occupation, ()), NEAR) | {occupation: WISHED},
        exercised={occupation: EXERCISED},
        occupation_required=True,
        asked={bit: siblings for bit, siblings in setting.siblings.items() if bits >> bit & 1},
        wanted=setting.wanted,
        seed=int(rows.number[i]),
        with_counts=False,
    )


def request_of_person(setting: Setting, rows: Rows, i: int, codes: Sequence[str]) -> Request:
    """Say what one person holds, seeks and accepts; what she lacks keeps away the offers that require it."""
    bits = int(rows.bits[i])
    wished = rows.wished[rows.wished_at[i] : rows.wished_at[i + 1]].tolist()
    exercised = rows.exercised[rows.exercised_at[i] : rows.exercised_at[i + 1]].tolist()
    links = dict.fromkeys((other for code in wished for other in setting.near.get(code, ())), NEAR)
    links |= dict.fromkeys(exercised, EXERCISED) | dict.fromkeys(wished, WISHED)
    return Request(
        today=setting.today,
        commune=codes[rows.commune[i]],
        own_km=int(rows.km[i]),
        own_proved=int(rows.proved[i]),
        skills=_skills(rows, i),
        wished=links,
        occupation_required=True,
        asked={setting.open_bit: 1 << setting.open_bit},
        forbidden=[bit for bit in setting.siblings if not bits >> bit & 1],
        wanted=setting.wanted,
        seed=int(rows.number[i]),
        with_counts=False,
    )


def _skills(rows: Rows, i: int) -> dict[int, int]:
    part = slice(rows.skill_at[i], rows.skill_at[i + 1])
    return dict(zip(rows.skill[part].tolist(), rows.weight[part].tolist(), strict=True))


@lru_cache(maxsize=2)
def _index(root: str, generation: str, today: int, fresh_since: int) -> Index:
    """Open the files once in a process; refuse another generation than the one of the run."""
    stored = store.current(Path(root))
    if stored.name != generation:
        raise IndexUnreadable(f"the index of this machine is {stored.name}, the run searches {generation}")
    return Index(stored.atlas, stored.segment, today=today, fresh_since=fresh_since)
