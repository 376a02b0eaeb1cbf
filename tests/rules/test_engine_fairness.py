"""Between equals the order is a fair draw, and nothing but points and that draw decides it."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.matching.engine import score
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.search import Answer, Request
from tests.factories.engine import TODAY, Row, as_arrays, engine_answer, engine_answer_among, living

VALENCE = Place("26362", "26", 44.93, 4.89)
ATLAS = Atlas.drawn([VALENCE])
# Values that chance alone exceeds once in a thousand, by degrees of freedom (tables of the chi-square law).
ONCE_IN_A_THOUSAND = {9: 27.88, 49: 85.35}


def seeds_of_segments(count: int) -> list[int]:
    """Return the draws of searches as the product makes them: from the address of each search."""
    chance = random.Random(11)
    jobs = [f"{letter}{number}" for letter in "ADFGHIJKMN" for number in range(1101, 1108)]
    texts = [f"metier={chance.choice(jobs)}&lieu={chance.randint(1000, 95999):05d}&rayon={n}" for n in range(count)]
    return [zlib.crc32(text.encode()) for text in texts]


def seeds_of_offers(count: int) -> list[int]:
    """Return the draws of offers as the product makes them: from identifiers that follow each other in time."""
    chance, first = random.Random(12), 1_795_000_000_000  # milliseconds: one offer a minute, as UUID version 7
    times = [(first + 60_000 * rank).to_bytes(6, "big") for rank in range(count)]
    return [zlib.crc32(time + b"\x70" + chance.randbytes(1) + b"\x80" + chance.randbytes(7)) for time in times]


def numbers(answer: Answer) -> list[int]:
    return [hit.number for hit in answer.hits]


def chi_square(observed: Sequence[float], expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in observed)


@pytest.mark.parametrize("seeds", [seeds_of_segments, seeds_of_offers])
@pytest.mark.parametrize(
    "twins",
    [
        pytest.param(range(1, 9), id="registered one after the other"),
        pytest.param([3, 900, 40_000, 77_777, 1_000_000, 1_900_000, 2**31, 2**32 - 1], id="years apart"),
        pytest.param([n << 16 for n in range(1, 9)], id="numbers that end alike"),
    ],
)
def test_each_of_eight_twins_comes_as_often_at_each_place(seeds: object, twins: Sequence[int]) -> None:
    searches = 8_000
    places = {number: [0] * 8 for number in twins}
    for seed in seeds(searches):  # type: ignore[operator]
        for place, number in enumerate(sorted(twins, key=lambda number: -score.tie(number, seed))):
            places[number][place] += 1
    cells = [count for counts in places.values() for count in counts]
    assert chi_square(cells, searches / 8) < ONCE_IN_A_THOUSAND[49]


def test_a_draw_that_favours_the_first_registered_would_be_seen() -> None:
    """The proof can fail: one search in twenty ordered by number is enough."""
    searches, places = 8_000, {number: [0] * 8 for number in range(1, 9)}
    for rank, seed in enumerate(seeds_of_segments(searches)):
        by_number = rank % 20 == 0
        for place, number in enumerate(sorted(places, key=lambda n: n if by_number else -score.tie(n, seed))):
            places[number][place] += 1
    cells = [count for counts in places.values() for count in counts]
    assert chi_square(cells, searches / 8) > ONCE_IN_A_THOUSAND[49]


def test_whoever_came_first_is_not_shown_more_often_on_the_first_page() -> None:
    """Two thousand equal people and a page of twenty, through the engine: each tenth has its share of places."""
    people = [Row(number, VALENCE.code, available=TODAY) for number in range(1, 2_001)]
    part = living(build(as_arrays(people, ATLAS), ATLAS.geography))
    tenths, searches = [0] * 10, 1_000
    for seed in seeds_of_segments(searches):
        answer = engine_answer(Request(TODAY, wanted=20, seed=seed), ATLAS, part)
        for hit in answer.hits:
            tenths[(hit.number - 1) // 200] += 1
    assert sum(tenths) == 20 * searches
    assert chi_square(tenths, 2 * searches) < ONCE_IN_A_THOUSAND[9]


people = st.lists(
    st.tuples(
        st.integers(0, 60), st.sampled_from((0, TODAY, TODAY + 10, TODAY + 90)),
        st.dictionaries(st.integers(1, 4), st.integers(1, 12), max_size=4), st.booleans(),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def rows(drawn: list[tuple[int, int, dict[int, int], bool]], given: Sequence[int]) -> list[Row]:
    return [
        Row(number, VALENCE.code, km=km, available=day, skills=skills, wished=frozenset({7} if wishes else ()))
        for number, (km, day, skills, wishes) in zip(given, drawn, strict=True)
    ]


ASKED = Request(TODAY, commune=VALENCE.code, skills={1: 3, 2: 2, 3: 1}, wished={7: score.WISHED}, wanted=50)


@settings(deadline=None)  # the first search of a process loads the kernels
@given(people, st.randoms(use_true_random=False), st.integers(0, 2**32 - 1))
def test_other_numbers_change_nobody_s_points_and_only_the_order_of_equals(
    drawn: list[tuple[int, int, dict[int, int], bool]], chance: random.Random, seed: int
) -> None:
    usual = list(range(1, len(drawn) + 1))
    others = chance.sample(range(1, 2**32), len(drawn))
    request = replace(ASKED, seed=seed)
    first, second = (engine_answer_among(request, rows(drawn, given), ATLAS) for given in (usual, others))
    points = {hit.number: hit.rank for hit in first.hits}
    again = {usual[others.index(hit.number)]: hit.rank for hit in second.hits}
    assert again == points
    assert [hit.rank for hit in second.hits] == [hit.rank for hit in first.hits]
    drawn_order = sorted(points, key=lambda number: (-points[number], -score.tie(number, seed)))
    assert numbers(first) == drawn_order


@settings(deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_changes_nothing(
    drawn: list[tuple[int, int, dict[int, int], bool]], chance: random.Random
) -> None:
    told = rows(drawn, range(1, len(drawn) + 1))
    shuffled = chance.sample(told, len(told))
    assert engine_answer_among(ASKED, shuffled, ATLAS) == engine_answer_among(ASKED, told, ATLAS)


@settings(deadline=None)
@given(people)
def test_the_same_search_gives_the_same_order(drawn: list[tuple[int, int, dict[int, int], bool]]) -> None:
    told = rows(drawn, range(1, len(drawn) + 1))
    assert engine_answer_among(ASKED, told, ATLAS) == engine_answer_among(ASKED, told, ATLAS)


class TestExtremes:
    """What nobody should write, and somebody will."""

    def test_no_skill_anywhere(self) -> None:
        told = [Row(1, VALENCE.code, proved=0), Row(2, VALENCE.code, proved=2)]
        answer = engine_answer_among(Request(TODAY, commune=VALENCE.code), told, ATLAS)
        bare = score.DISTANCE_POINTS
        assert [(hit.number, hit.rank) for hit in answer.hits] == [(2, bare + score.proof_points(2)), (1, bare)]

    def test_skills_that_nobody_has(self) -> None:
        answer = engine_answer_among(replace(ASKED, skills={999: 3}), [Row(1, VALENCE.code)], ATLAS)
        assert [(hit.number, hit.rank) for hit in answer.hits] == [(1, score.DISTANCE_POINTS)]

    def test_a_skill_held_that_weighs_nothing_is_as_one_not_held(self) -> None:
        told = [Row(1, VALENCE.code, skills={1: 0, 2: 0}), Row(2, VALENCE.code)]
        answer = engine_answer_among(ASKED, told, ATLAS)
        assert [hit.rank for hit in answer.hits] == [score.DISTANCE_POINTS] * 2

    def test_two_hundred_skills_of_one_person(self) -> None:
        told = [Row(1, VALENCE.code, skills=dict.fromkeys(range(1, 201), 12)), Row(2, VALENCE.code, skills={1: 12})]
        answer = engine_answer_among(replace(ASKED, skills=dict.fromkeys(range(1, 11), 2)), told, ATLAS)
        ranks = [score.SKILL_POINTS, score.SKILL_POINTS // 10]
        assert [(hit.number, hit.rank - score.DISTANCE_POINTS) for hit in answer.hits] == [
            (1, ranks[0]),
            (2, ranks[1]),
        ]

    def test_a_mobility_of_nothing_stays_at_home(self) -> None:
        told = [Row(1, VALENCE.code, km=0)]
        assert numbers(engine_answer_among(replace(ASKED, radius_km=0), told, ATLAS)) == [1]

    def test_an_empty_pool(self) -> None:
        assert as_arrays([], ATLAS).number.size == 0
        assert engine_answer_among(ASKED, [], ATLAS).total == 0
