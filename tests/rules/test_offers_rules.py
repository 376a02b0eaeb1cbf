"""How much an offer needs a skill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.matching.engine import score
from entremise.offers import rules
from entremise.offers.enums import Need
from entremise.skills.enums import Weight


@pytest.mark.parametrize(
    ("weight", "need"),
    [(Weight.POSSIBLE, Need.USEFUL), (Weight.USUAL, Need.ASKED), (Weight.CORE, Need.ESSENTIAL)],
)
def test_what_an_occupation_needs_is_what_an_offer_usually_asks(weight: Weight, need: Need) -> None:
    assert rules.usual_need(weight) == need


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_heavier_skill_is_never_less_needed(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert Need.USEFUL <= rules.usual_need(low) <= rules.usual_need(high) <= Need.ESSENTIAL


def test_the_needs_of_an_offer_are_those_of_the_score() -> None:
    assert [Need.USEFUL, Need.ASKED, Need.ESSENTIAL] == [score.LEAST_NEED, score.USUAL_NEED, score.MOST_NEED]


NEEDS = st.dictionaries(st.integers(0, 8), st.sampled_from(Need.values))


@given(NEEDS, NEEDS)
def test_applying_what_changed_gives_what_is_asked(before: dict[int, int], after: dict[int, int]) -> None:
    gone, changed = rules.changed_needs(before, after)
    kept = {key: need for key, need in before.items() if key not in gone}
    assert kept | changed == after
    assert not gone & set(after)
    assert all(before.get(key) != need for key, need in changed.items())
