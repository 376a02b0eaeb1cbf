"""An index that changes while it is searched answers as one built afresh from what is there."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.index import TIERS, Index
from entremise.matching.engine.rows import empty, kept, together
from entremise.matching.engine.search import Answer, Request
from tests.factories.engine import FRESH_SINCE, TODAY, Row, as_arrays
from tests.factories.engine_universes import places, requests, rows

DAY = {"today": TODAY, "fresh_since": FRESH_SINCE}
Steps = list[tuple[list[Row], list[int]]]


def index_of(rows: list[Row], atlas: Atlas) -> Index:
    return Index(atlas, build(as_arrays(rows, atlas), atlas.geography), **DAY)


def told(answer: Answer) -> tuple[object, ...]:
    return answer.hits, answer.total, answer.counts, answer.by_department


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Place], list[Row], Steps, Request]:
    where = draw(places())
    steps = [
        (draw(rows(where)), draw(st.lists(st.sampled_from((0, 1, 2, 77, 1000 + 5 * 7919)), max_size=3)))
        for _ in range(draw(st.integers(0, 4)))
    ]
    return where, draw(rows(where)), steps, draw(requests(where))


@given(histories())
@settings(max_examples=80, deadline=None)
def test_an_index_that_changed_answers_as_one_built_afresh(
    drawn: tuple[list[Place], list[Row], Steps, Request],
) -> None:
    where, first, steps, request = drawn
    atlas = Atlas.drawn(where)
    index, known = index_of(first, atlas), {row.number: row for row in first}
    for changed, removed in steps:
        index.put(as_arrays(changed, atlas))
        known |= {row.number: row for row in changed}
        index.remove(removed)
        known = {number: row for number, row in known.items() if number not in removed}
        assert told(index.search(request)) == told(index_of(list(known.values()), atlas).search(request))
    assert index.numbers().tolist() == sorted(known)


def test_small_segments_are_handed_over_and_nobody_is_lost_or_seen_twice() -> None:
    atlas = Atlas.drawn([Place("A", "1", 46.5, 2.5)])
    index, chance, known = index_of([], atlas), Random(1), set[int]()
    for start in range(0, 3 * TIERS[0], 100):
        batch = {chance.randrange(1, 4 * TIERS[0]) for _ in range(100)} | {start + 1}
        index.put(as_arrays([Row(number=number, commune="A") for number in batch], atlas))
        known |= batch
        answer = index.search(Request(today=TODAY, wanted=5 * TIERS[0]))
        assert {hit.number for hit in answer.hits} == known
        assert answer.total == len(answer.hits) == len(known)
    assert index.changed_count >= len(known) > TIERS[0]


def test_the_last_of_two_rows_with_one_number_wins() -> None:
    atlas = Atlas.drawn([Place("A", "1", 46.5, 2.5)])
    index = index_of([], atlas)
    index.put(as_arrays([Row(number=7, commune="A", available=0), Row(number=7, commune="A", available=1)], atlas))
    assert index.search(Request(today=TODAY, available_by=TODAY)).total == 1
    assert index.search(Request(today=TODAY)).total == 1


def test_what_a_fork_changes_is_its_own() -> None:
    atlas = Atlas.drawn([Place("A", "1", 46.5, 2.5)])
    index = index_of([Row(number=1, commune="A")], atlas)
    index.put(as_arrays([Row(number=2, commune="A")], atlas))
    fork = index.fork()
    fork.put(as_arrays([Row(number=3, commune="A")], atlas))
    fork.remove([1, 2])
    assert fork.numbers().tolist() == [3]
    assert index.numbers().tolist() == [1, 2]


def test_a_new_day_changes_who_is_available() -> None:
    atlas = Atlas.drawn([Place("A", "1", 46.5, 2.5)])
    index = index_of([Row(number=1, commune="A", available=TODAY + 1)], atlas)
    available = Request(today=TODAY, asked={62: 1 << 62})
    assert index.search(available).total == 0
    index.set_day(TODAY + 1, FRESH_SINCE)
    assert index.search(available).total == 1


def test_an_empty_index_is_empty_until_somebody_comes() -> None:
    atlas = Atlas.drawn([Place("A", "1", 46.5, 2.5)])
    index = index_of([], atlas)
    assert index.is_empty
    index.put(as_arrays([Row(number=1, commune="A")], atlas))
    assert not index.is_empty
    index.remove([1, 99])
    assert index.is_empty


@given(st.lists(st.booleans(), max_size=60), st.data())
@settings(max_examples=40, deadline=None)
def test_rows_taken_apart_and_put_together_again_are_the_same(mask: list[bool], data: st.DataObject) -> None:
    where = data.draw(places())
    atlas = Atlas.drawn(where)
    whole = as_arrays(data.draw(rows(where)), atlas)
    chosen = np.array((mask + [False] * 60)[: len(whole.number)], np.bool_)
    parts = together([kept(whole, chosen), empty(), kept(whole, ~chosen)])
    assert sorted(parts.number.tolist()) == sorted(whole.number.tolist())
    assert sorted(parts.skill.tolist()) == sorted(whole.skill.tolist())
    assert (
        kept(parts, np.arange(len(parts.number)) < chosen.sum()).weight.tolist() == kept(whole, chosen).weight.tolist()
    )
