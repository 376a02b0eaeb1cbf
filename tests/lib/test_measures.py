"""Figures that can be defended."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.measures import (
    SMALLEST_CELL,
    Durations,
    difference_of_rates,
    durations,
    is_publishable,
    quantile,
    rate,
    ratio_of_means,
    ratio_of_rates,
    suppress,
)

counts = st.integers(0, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


# Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_rate_has_the_published_wilson_interval(hits: int, total: int, low: float, high: float) -> None:
    found = rate(hits, total)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((hits / total, low, high), abs=6e-5)


def test_a_rate_out_of_nothing_is_nothing() -> None:
    assert rate(0, 0) is None


@pytest.mark.parametrize(("hits", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_an_impossible_share_is_refused(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        rate(hits, total)


@given(counts)
def test_an_interval_holds_the_rate_and_stays_between_0_and_1(count: tuple[int, int]) -> None:
    found = rate(*count)
    assert (found is None) == (count[1] == 0)
    if found is not None:
        assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    chance = random.Random(5)
    covered = 0
    for _ in range(2000):
        found = rate(sum(chance.random() < 0.17 for _ in range(60)), 60)
        assert found is not None
        covered += found.low <= 0.17 <= found.high
    assert 0.93 <= covered / 2000 <= 0.98


def test_more_confidence_asks_for_a_wider_interval() -> None:
    narrow, wide = rate(20, 50, confidence=0.8), rate(20, 50, confidence=0.99)
    assert narrow is not None
    assert wide is not None
    assert wide.low < narrow.low < narrow.high < wide.high


def test_delays_are_summed_up_by_mean_median_and_deciles() -> None:
    assert durations([12, 2, 4, 30, 7]) == Durations(5, 11.0, 7.0, 2.8, 22.8)
    assert durations([]) is None


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.floats(0, 1))
def test_a_quantile_lies_between_the_extremes(values: list[float], share: float) -> None:
    assert min(values) <= quantile(values, share) <= max(values) + 1e-6


def test_a_quantile_of_nothing_or_beyond_the_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        quantile([], 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile([1.0], 1.5)


def test_a_difference_of_rates_follows_newcombe() -> None:
    # Newcombe 1998, table II, example (a): 56/70 - 48/80.
    first, second = rate(56, 70), rate(48, 80)
    assert first is not None
    assert second is not None
    gap = difference_of_rates(first, second)
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert gap.excludes(0)


@given(counts, counts)
def test_exchanging_the_two_rates_turns_the_difference_over(one: tuple[int, int], two: tuple[int, int]) -> None:
    first, second = rate(*one), rate(*two)
    if first is None or second is None:
        return
    there, back = difference_of_rates(first, second), difference_of_rates(second, first)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert there.low - 1e-9 <= there.value <= there.high + 1e-9


def test_a_ratio_says_plus_seventeen_percent_and_whether_it_is_chance() -> None:
    small_one, small_two = rate(47, 400), rate(40, 400)
    large_one, large_two = rate(4700, 40_000), rate(4000, 40_000)
    assert small_one
    assert small_two
    assert large_one
    assert large_two
    weak, strong = ratio_of_rates(small_one, small_two), ratio_of_rates(large_one, large_two)
    assert weak
    assert strong
    assert weak.value == pytest.approx(1.175)
    assert not weak.excludes(1)
    assert strong.excludes(1)
    assert strong.low < strong.value < strong.high


def test_a_ratio_with_an_empty_side_says_nothing() -> None:
    none, some = rate(0, 10), rate(3, 10)
    assert none
    assert some
    assert ratio_of_rates(none, some) is None
    assert ratio_of_rates(some, none) is None
    assert ratio_of_means([1.0], [1.0, 2.0]) is None
    assert ratio_of_means([0.0, 0.0], [1.0, 2.0]) is None


def test_a_ratio_of_means_covers_the_truth_about_as_often_as_it_says() -> None:
    chance = random.Random(8)
    covered = 0
    for _ in range(600):
        first = [chance.expovariate(1 / 2.34) for _ in range(200)]
        second = [chance.expovariate(1 / 2.0) for _ in range(200)]
        found = ratio_of_means(first, second)
        assert found is not None
        covered += found.low <= 1.17 <= found.high
    assert 0.92 <= covered / 600 <= 0.98


@pytest.mark.parametrize(("count", "shown"), [(0, False), (10, False), (11, True)])
def test_a_figure_about_fewer_than_eleven_people_is_not_published(count: int, shown: bool) -> None:
    assert is_publishable(count) is shown


def test_a_small_cell_takes_the_smallest_other_one_with_it() -> None:
    assert suppress({"A": 3, "B": 40, "C": 20, "D": 0}) == {"A": None, "B": 40, "C": None, "D": 0}
    assert suppress({"A": 15, "B": 40}) == {"A": 15, "B": 40}


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8))
def test_no_small_cell_can_be_recovered_from_the_total(cells: dict[int, int]) -> None:
    shown = suppress(cells)
    hidden = [key for key, count in shown.items() if count is None]
    assert all(count is None or count == 0 or count >= SMALLEST_CELL for count in shown.values())
    assert all(shown[key] in (None, cells[key]) for key in cells)
    still_there = [key for key in cells if cells[key] > 0 and key not in hidden]
    if hidden and still_there:  # else all is hidden, and the total itself is too small or says nothing more
        assert len(hidden) >= 2
        assert sum(cells[key] for key in hidden) >= SMALLEST_CELL
