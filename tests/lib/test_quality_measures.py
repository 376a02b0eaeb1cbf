"""What the bench of quality measures: a mistake there would make any weights look good."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality_measures import SHOWN, Tally, exposure, gini, interval

gains = st.lists(st.sampled_from((0, 0, 0, 1, 3)), min_size=1, max_size=80).map(np.array)


def tally_of(gain: np.ndarray, ordered: list[int]) -> Tally:
    tally = Tally(len(gain))
    tally.add(np.arange(len(gain)), gain, np.array(ordered))
    return tally


def test_the_gain_of_an_order_worked_out_by_hand() -> None:
    quality = tally_of(np.array([0, 1, 3]), [1, 0, 2]).quality  # a meeting first, a hire third
    ideal, own = 3 + 1 / np.log2(3), 1 + 3 / np.log2(4)
    assert quality.ndcg == pytest.approx([100 * own / ideal])
    assert quality.hires.tolist() == [100]
    assert quality.first.tolist() == [1]


def test_an_offer_that_nobody_fits_says_nothing_of_the_order_but_shows_people() -> None:
    tally = tally_of(np.zeros(3, np.int64), [2, 0, 1])
    assert tally.ndcg == []
    assert tally.shown.tolist() == [1, 1, 1]


def test_a_hire_at_the_eleventh_place_is_not_among_the_first_ten() -> None:
    gain = np.array([0] * 10 + [3])
    quality = tally_of(gain, list(range(11))).quality
    assert (quality.ndcg.tolist(), quality.hires.tolist(), quality.first.tolist()) == ([0], [0], [11])
    assert quality.tenths.tolist() == [0] * 9 + [1]


@given(gains, st.randoms(use_true_random=False))
def test_no_order_is_better_than_that_of_the_gains(gain: np.ndarray, chance: object) -> None:
    best = tally_of(gain, np.argsort(-gain, kind="stable").tolist())
    shuffled = list(range(len(gain)))
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    other = tally_of(gain, shuffled)
    assert best.ndcg == ([] if not gain.any() else pytest.approx([100]))
    assert all(0 <= value <= 100 + 1e-9 for value in other.ndcg)
    assert other.shown.sum() == min(len(gain), SHOWN)


def test_how_unequally_something_is_shared() -> None:
    assert gini(np.array([5, 5, 5, 5])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 20])) == pytest.approx(0.75)
    assert gini(np.array([1, 3])) == pytest.approx(0.25)


def test_exposure_counts_the_times_somebody_could_be_shown() -> None:
    shown, candidacies = np.array([1, 1, 3, 3]), np.array([2, 2, 3, 3])
    group = np.array([True, True, False, False])
    assert exposure(shown, candidacies, group) == pytest.approx(50)
    assert exposure(shown, candidacies, ~group) == pytest.approx(200)


def test_an_interval_holds_the_mean_and_narrows_with_more_offers() -> None:
    few, many = np.arange(20.0), np.arange(2_000) % 20.0
    (low, high), (lower, higher) = interval(few), interval(many)
    assert low < few.mean() < high
    assert higher - lower < (high - low) / 5
