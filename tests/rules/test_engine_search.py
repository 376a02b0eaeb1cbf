"""The search engine finds, counts and orders exactly what looking at every row would."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.matching.engine import search
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.layout import IndexUnreadable
from entremise.matching.engine.ranking import NEAREST_FIRST, RECENT_FIRST
from entremise.matching.engine.search import Request
from tests.factories import engine_universes as universes
from tests.factories.engine import (
    TODAY,
    Row,
    as_arrays,
    engine_answer,
    engine_answer_among,
    living,
    slow_answer,
)

PARIS, PANTIN = Place("75056", "75", 48.8566, 2.3522), Place("93055", "93", 48.8938, 2.4124)
LYON = Place("69123", "69", 45.7640, 4.8357)
TOWNS = [PARIS, PANTIN, LYON]
ATLAS = Atlas.drawn(TOWNS)
SEEN = settings(deadline=None)  # the first search compiles the kernels


def numbers(answer: search.Answer) -> list[int]:
    return [hit.number for hit in answer.hits]


def found(rows: list[Row], **asked: object) -> list[int]:
    return sorted(numbers(engine_answer_among(Request(TODAY, **asked), rows, ATLAS)))


@st.composite
def universe(draw: st.DrawFn, least: int = 0) -> tuple[list[Place], list[Row], Request]:
    places, offers = draw(universes.places()), draw(st.booleans())
    rows = draw(universes.rows(places, offers=offers, least=least))
    return places, rows, draw(universes.requests(places, offers=offers))


@given(universe())
@settings(SEEN, max_examples=400)
def test_a_search_answers_as_looking_at_every_row_would(drawn: tuple[list[Place], list[Row], Request]) -> None:
    places, rows, request = drawn
    assert engine_answer_among(request, rows, Atlas.drawn(places)) == slow_answer(request, rows, places)


@given(universe(least=20), st.data())
@settings(SEEN, max_examples=150)
def test_a_search_that_keeps_most_rows_orders_them_alike(
    drawn: tuple[list[Place], list[Row], Request], data: st.DataObject
) -> None:
    """Fewer filters, so that the short list fills up and the short cuts are taken."""
    places, rows, request = drawn
    wide = replace(
        request, asked={}, forbidden=(), available_by=0, promoted_before=0, skill_mode=0, occupation_required=False,
        departments=None, communes=None, radius_km=None, commune=data.draw(st.sampled_from(("", places[0].code))),
        wanted=data.draw(st.sampled_from((1, 3))),
    )  # fmt: skip
    assert engine_answer_among(wide, rows, Atlas.drawn(places)) == slow_answer(wide, rows, places)


@given(universe(least=10), st.sampled_from((1, 3, 7)))
@settings(SEEN, max_examples=80)
def test_pages_put_end_to_end_are_one_long_page(drawn: tuple[list[Place], list[Row], Request], size: int) -> None:
    places, rows, request = drawn
    atlas = Atlas.drawn(places)
    part = living(build(as_arrays(rows, atlas), atlas.geography))
    whole = engine_answer(replace(request, wanted=100), atlas, part)
    pages, page = [], engine_answer(replace(request, wanted=size), atlas, part)
    while page.hits:
        assert (page.total, page.counts) == (whole.total, whole.counts)
        pages += page.hits
        last = page.hits[-1]
        page = engine_answer(replace(request, wanted=size, below=(last.rank, last.draw)), atlas, part)
    assert pages == whole.hits
    assert len(pages) == whole.total


@given(universe(), st.integers(1, 4))
@settings(SEEN, max_examples=80)
def test_several_segments_answer_as_one(drawn: tuple[list[Place], list[Row], Request], count: int) -> None:
    places, rows, request = drawn
    atlas = Atlas.drawn(places)
    parts = [living(build(as_arrays(rows[rank::count], atlas), atlas.geography)) for rank in range(count)]
    assert engine_answer(request, atlas, *parts) == engine_answer_among(request, rows, atlas)


@given(universe(), st.data())
@settings(SEEN, max_examples=80)
def test_a_row_replaced_since_is_never_found(
    drawn: tuple[list[Place], list[Row], Request], data: st.DataObject
) -> None:
    places, rows, request = drawn
    gone = data.draw(st.sets(st.sampled_from([row.number for row in rows]))) if rows else set()
    atlas = Atlas.drawn(places)
    part = living(build(as_arrays(rows, atlas), atlas.geography), gone)
    answer = engine_answer(request, atlas, part)
    assert answer == slow_answer(request, rows, places, gone)
    assert gone.isdisjoint(numbers(answer))


@given(universe(), st.integers(0, 100))
@settings(SEEN, max_examples=40)
def test_the_order_of_the_rows_given_changes_nothing(drawn: tuple[list[Place], list[Row], Request], seed: int) -> None:
    places, rows, request = drawn
    atlas = Atlas.drawn(places)
    shuffled = Random(seed).sample(rows, len(rows))
    first = build(as_arrays(rows, atlas), atlas.geography)
    second = build(as_arrays(shuffled, atlas), Atlas.drawn(Random(seed).sample(places, len(places))).geography)
    for name, one, other in zip(first._fields, first, second, strict=True):
        assert np.array_equal(one, other), name
    assert engine_answer(request, atlas, living(first)) == engine_answer(request, atlas, living(second))


def test_no_segment_and_an_empty_segment_find_nobody() -> None:
    nobody = search.Answer(hits=[], total=0, counts=[0] * 64, by_department={})
    asked = Request(TODAY, commune=PARIS.code, skills={1: 3}, wished={1: 30}, asked={62: 1 << 62}, excluded=(4,))
    assert engine_answer(asked, ATLAS) == nobody
    assert engine_answer_among(asked, [], ATLAS) == nobody
    assert engine_answer_among(Request(TODAY), [], ATLAS) == nobody


def test_an_unknown_commune_finds_nobody() -> None:
    assert found([Row(1, PARIS.code)], commune="99999") == []
    assert found([Row(1, PARIS.code)], commune="99999", communes=frozenset({PARIS.code})) == []
    assert found([Row(1, PARIS.code)], commune="") == [1]


def test_only_the_communes_asked_for_that_are_in_the_departments_asked_for() -> None:
    rows = [Row(rank, town.code, km=500) for rank, town in enumerate(TOWNS, start=1)]
    both = frozenset({PARIS.code, LYON.code})
    assert found(rows, communes=both) == [1, 3]
    assert found(rows, communes=both, departments=frozenset({"69"})) == [3]
    assert found(rows, communes=both, commune=PANTIN.code, radius_km=7) == [1]
    assert found(rows, communes=frozenset()) == []
    assert found(rows, communes=frozenset({"99999"})) == []
    assert found(rows, departments=frozenset()) == []


@pytest.mark.parametrize(
    ("km", "radius_km", "own_km", "expected"),
    [
        (0, None, None, [1]),
        (6, None, None, [1]),
        (7, None, None, [1, 2]),
        (7, 6, None, [1]),
        (7, 7, 6, [1]),
        (7, 7, 7, [1, 2]),
        (65_535, None, None, [1, 2, 3]),
        (65_535, 0, None, [1]),
        (65_535, None, 0, [1]),
        (391, 20_000, None, [1, 2]),
        (392, 20_000, None, [1, 2, 3]),
    ],
)
def test_the_shortest_of_both_mobilities_and_the_radius_decides(
    km: int, radius_km: int | None, own_km: int | None, expected: list[int]
) -> None:
    """Pantin is 6 041 metres away from Paris, Lyon 391 438."""
    rows = [Row(rank, town.code, km=km) for rank, town in enumerate(TOWNS, start=1)]
    assert found(rows, commune=PARIS.code, radius_km=radius_km, own_km=own_km) == expected


def test_the_nearest_come_first_and_next_door_is_the_nearest() -> None:
    rows = [Row(rank, town.code, km=500) for rank, town in enumerate(TOWNS, start=1)]
    request = Request(TODAY, commune=PARIS.code, order=NEAREST_FIRST)
    assert numbers(engine_answer_among(request, rows, ATLAS)) == [1, 2, 3]
    assert numbers(engine_answer_among(replace(request, commune=LYON.code), rows, ATLAS)) == [3, 1, 2]


def test_nearest_first_without_a_commune_goes_by_points() -> None:
    rows = [Row(1, PARIS.code, proved=1), Row(2, LYON.code, proved=3), Row(3, PARIS.code)]
    assert numbers(engine_answer_among(Request(TODAY, order=NEAREST_FIRST), rows, ATLAS)) == [2, 1, 3]


def test_the_last_confirmed_come_first() -> None:
    rows = [Row(1, PARIS.code, confirmed=TODAY - 5, proved=5), Row(2, PARIS.code), Row(3, PARIS.code, confirmed=TODAY)]
    assert numbers(engine_answer_among(Request(TODAY, order=RECENT_FIRST), rows, ATLAS)) == [3, 1, 2]


def test_two_values_of_one_filter_are_both_required_and_each_person_counts_once() -> None:
    one_filter = 0b11
    rows = [Row(1, PARIS.code, bits=0b01), Row(2, PARIS.code, bits=0b10), Row(3, PARIS.code, bits=0b11)]
    answer = engine_answer_among(Request(TODAY, asked={0: one_filter, 1: one_filter}), rows, ATLAS)
    assert numbers(answer) == [3]
    assert answer.counts[:2] == [2, 2]


def test_counts_of_a_filter_say_what_each_value_would_find() -> None:
    licence, car = 1 << 4 | 1 << 5, 1 << 9
    rows = [
        Row(1, PARIS.code, bits=1 << 4 | 1 << 9),
        Row(2, PARIS.code, bits=1 << 5 | 1 << 9),
        Row(3, PARIS.code, bits=1 << 5),
    ]
    answer = engine_answer_among(Request(TODAY, asked={4: licence, 9: car}), rows, ATLAS)
    assert numbers(answer) == [1]
    assert {bit: answer.counts[bit] for bit in (4, 5, 9)} == {4: 1, 5: 1, 9: 1}


@pytest.mark.parametrize("own_km", [None, 30])
def test_an_offer_that_needs_no_skill_is_not_lost_behind_those_that_do(own_km: int | None) -> None:
    """Once the short list is full, offers are looked at by the skills they ask: these ask none, and may be first."""
    offers = [Row(rank, PARIS.code, skills={1: 1, 99: 1}, need=2) for rank in range(1, 10)]
    offers += [Row(rank, PANTIN.code, need=0) for rank in range(10, 13)]
    request = Request(TODAY, own_km=own_km, own_proved=5, skills={1: 12, 2: 12}, wanted=3)
    parts = [living(build(as_arrays(some, ATLAS), ATLAS.geography)) for some in (offers[:9], offers[9:])]
    assert sorted(numbers(engine_answer(request, ATLAS, *parts))) == [10, 11, 12]


def test_one_skill_may_bring_all_its_points_to_an_offer_of_a_person_without_mobility() -> None:
    """What a skill can bring depends on the offer, whatever is known of the person who searches."""
    asked = dict.fromkeys(range(1, 21), 12)
    offers = [Row(rank, PARIS.code, skills={rank: 1, 99: 1}, need=2) for rank in range(1, 4)]
    best = [Row(rank, PARIS.code, skills={20: 1}, need=1) for rank in range(10, 13)]
    parts = [living(build(as_arrays(some, ATLAS), ATLAS.geography)) for some in (offers, best)]
    answer = engine_answer(Request(TODAY, own_proved=0, skills=asked, wanted=3), ATLAS, *parts)
    assert sorted(numbers(answer)) == [10, 11, 12]


def test_a_skill_and_an_occupation_of_the_same_number_are_not_confused() -> None:
    rows = [
        Row(1, PARIS.code, skills={7: 12}),
        Row(2, PARIS.code, wished=frozenset({7})),
        Row(3, PARIS.code, exercised=frozenset({7})),
    ]
    assert found(rows, skills={7: 3}, skill_mode=1) == [1]
    assert found(rows, wished={7: 30}, occupation_required=True) == [2]
    assert found(rows, exercised={7: 20}, occupation_required=True) == [3]


def test_two_hundred_skills_at_their_highest_weigh_forty_points_and_no_more() -> None:
    every = dict.fromkeys(range(1, 201), 3)
    rows = [Row(1, PARIS.code, skills=dict.fromkeys(every, 12)), Row(2, PARIS.code, skills={200: 12})]
    answer = engine_answer_among(Request(TODAY, skills=every), rows, ATLAS)
    assert [(hit.number, hit.rank) for hit in answer.hits] == [(1, 40), (2, 0)]


@pytest.mark.parametrize(
    ("available_by", "promoted_before", "expected"),
    [
        (0, 0, [1, 2, 3]),
        (TODAY, 0, [2]),
        (TODAY + 1, 0, [2, 3]),
        (0, TODAY, [1, 2]),
        (0, TODAY - 10, [1]),
        (TODAY + 1, TODAY, [2]),
    ],
)
def test_days_are_compared_to_the_day(available_by: int, promoted_before: int, expected: list[int]) -> None:
    rows = [
        Row(1, PARIS.code),
        Row(2, PARIS.code, available=TODAY, promoted=TODAY - 10),
        Row(3, PARIS.code, available=TODAY + 1, promoted=TODAY),
    ]
    assert found(rows, available_by=available_by, promoted_before=promoted_before) == expected


def test_a_search_larger_than_those_before_makes_the_memory_of_its_thread_larger() -> None:
    """Kernels write where they are told to: a list longer than its place would write over others."""
    places = [Place(f"7500{number}", "75", 48.85 + number / 100, 2.35) for number in range(3)]
    rows = [
        Row(number, f"7500{number % 3}", skills={number % 7 + 1: 6}, wished=frozenset({number % 5}))
        for number in range(1, 301)
    ]
    atlas = Atlas.drawn(places)
    small = Request(TODAY, commune="75000", skills={1: 1}, wished={1: 30}, wanted=5)
    large = Request(
        TODAY,
        commune="75001",
        radius_km=50,
        skills=dict.fromkeys(range(1, 250), 12),
        wished=dict.fromkeys(range(200), 7),
        exercised=dict.fromkeys(range(200), 5),
        excluded=tuple(range(1, 2_000, 3)),
        wanted=5_000,
    )
    for request in (small, large, small):
        assert engine_answer_among(request, rows, atlas) == slow_answer(request, rows, places)


@pytest.mark.parametrize("radius_km", [0, 1, 10**6, 10**15])
def test_any_radius_is_a_radius(radius_km: int) -> None:
    """Distances are compared by their squares: a radius beyond the globe is the globe, and overflows nothing."""
    places = [Place("75056", "75", 48.8566, 2.3522), Place("13055", "13", 43.2965, 5.3698)]
    rows = [Row(1, "75056", km=60_000), Row(2, "13055", km=60_000)]
    request = Request(TODAY, commune="75056", radius_km=radius_km)
    answer = engine_answer_among(request, rows, Atlas.drawn(places))
    assert answer == slow_answer(request, rows, places)
    assert answer.total == (2 if radius_km >= 10**6 else 1)


def test_what_kernels_read_by_address_is_refused_when_it_is_of_another_kind() -> None:
    atlas = Atlas.drawn([Place("75056", "75", 48.8566, 2.3522)])
    segment = build(as_arrays([Row(1, "75056")], atlas), atlas.geography)
    for wrong in (segment.number.astype(np.uint64), np.zeros(4, np.uint32)[::2]):
        with pytest.raises(IndexUnreadable):
            living(segment._replace(number=wrong))
