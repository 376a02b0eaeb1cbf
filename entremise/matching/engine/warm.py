"""Get the kernels ready before anybody searches: compiled once per version of the engine, then read from disk."""

import numpy as np

from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.index import Index
from entremise.matching.engine.rows import empty
from entremise.matching.engine.search import Request

PLACE = Place("00001", "00", 46.5, 2.5)  # somewhere in the middle


def warm() -> None:
    """Compile or load every kernel, by building and searching an index of one row."""
    none = empty()
    row = none._replace(
        number=np.ones(1, np.uint32), commune=np.zeros(1, np.int32), km=np.full(1, 10, np.uint16),
        bits=np.zeros(1, np.uint64), available=np.ones(1, np.uint16), promoted=np.zeros(1, np.uint16),
        confirmed=np.ones(1, np.uint16), proved=np.zeros(1, np.uint8), skill_at=np.array([0, 1]),
        skill=np.ones(1, np.uint32), weight=np.ones(1, np.uint8), wished_at=np.zeros(2, np.int64),
        exercised_at=np.zeros(2, np.int64),
    )  # fmt: skip
    atlas = Atlas.drawn([PLACE])
    index = Index(atlas, build(row, atlas.geography), today=1, fresh_since=1)
    index.search(Request(today=1, commune=PLACE.code, skills={1: 1}, wished={1: 1}, excluded=(2,)))
