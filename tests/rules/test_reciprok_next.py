"""The one step proposed after a no or a silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.reciprok.rules_next import NextStep, next_step

REASONS = [
    "skills",
    "experience",
    "distance",
    "availability",
    "other_kept",
    "filled",
    "stopped",
    "no_need",
    "other",
    "",
]
FEW = st.integers(0, 9)


@pytest.mark.parametrize(
    ("reason", "to_prove", "missing", "offers", "expected"),
    [
        ("skills", 1, 2, 3, NextStep.PROVE),
        ("skills", 0, 2, 3, NextStep.LEARN),
        ("skills", 0, 0, 3, NextStep.IMMERSION),
        ("experience", 1, 1, 3, NextStep.IMMERSION),
        ("distance", 1, 1, 3, NextStep.MOVE),
        ("availability", 1, 1, 3, NextStep.ARRANGE),
        ("other_kept", 1, 1, 3, NextStep.OFFERS),
        ("filled", 0, 0, 1, NextStep.OFFERS),
        ("stopped", 0, 0, 0, NextStep.ADVISER),
        ("other", 0, 0, 0, NextStep.ADVISER),
    ],
)
def test_the_step_follows_the_reason(reason: str, to_prove: int, missing: int, offers: int, expected: str) -> None:
    told = {"to_prove_count": to_prove, "missing_count": missing, "offer_count": offers}
    assert next_step(reason, is_silence=False, **told) == expected


@given(st.sampled_from(REASONS), FEW, FEW, FEW)
def test_a_silence_is_always_answered_by_a_call(reason: str, to_prove: int, missing: int, offers: int) -> None:
    told = {"to_prove_count": to_prove, "missing_count": missing, "offer_count": offers}
    assert next_step(reason, is_silence=True, **told) is NextStep.CALL


@given(st.sampled_from(REASONS), FEW, FEW, FEW)
def test_no_step_leads_to_nothing(reason: str, to_prove: int, missing: int, offers: int) -> None:
    """Nobody is sent to have a skill confirmed, to learn one, or to offers, when there is none."""
    step = next_step(reason, is_silence=False, to_prove_count=to_prove, missing_count=missing, offer_count=offers)
    assert step is not NextStep.PROVE or to_prove
    assert step is not NextStep.LEARN or missing
    assert step is not NextStep.OFFERS or offers
    assert step is not NextStep.CALL
