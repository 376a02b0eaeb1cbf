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
    ("reason", "to_prove", "missing", "has_place", "expected"),
    [
        ("skills", 1, 2, True, NextStep.PROVE),
        ("skills", 0, 2, True, NextStep.LEARN),
        ("skills", 0, 0, True, NextStep.IMMERSION),
        ("experience", 1, 1, True, NextStep.IMMERSION),
        ("distance", 1, 1, True, NextStep.MOVE),
        ("availability", 1, 1, True, NextStep.ARRANGE),
        ("other_kept", 1, 1, True, NextStep.OFFERS),
        ("filled", 0, 0, True, NextStep.OFFERS),
        ("stopped", 0, 0, False, NextStep.ADVISER),
        ("other", 0, 0, False, NextStep.ADVISER),
    ],
)
def test_the_step_follows_the_reason(reason: str, to_prove: int, missing: int, has_place: bool, expected: str) -> None:
    told = {"to_prove_count": to_prove, "missing_count": missing, "has_place": has_place}
    assert next_step(reason, is_silence=False, **told) == expected


@given(st.sampled_from(REASONS), FEW, FEW, st.booleans())
def test_a_silence_is_always_answered_by_a_call(reason: str, to_prove: int, missing: int, has_place: bool) -> None:
    told = {"to_prove_count": to_prove, "missing_count": missing, "has_place": has_place}
    assert next_step(reason, is_silence=True, **told) is NextStep.CALL


@given(st.sampled_from(REASONS), FEW, FEW, st.booleans())
def test_no_step_leads_to_nothing(reason: str, to_prove: int, missing: int, has_place: bool) -> None:
    """Nobody is sent to have a skill confirmed or to learn one when there is none, nor to offers near nowhere."""
    step = next_step(reason, is_silence=False, to_prove_count=to_prove, missing_count=missing, has_place=has_place)
    assert step is not NextStep.PROVE or to_prove
    assert step is not NextStep.LEARN or missing
    assert step is not NextStep.OFFERS or has_place
    assert step is not NextStep.CALL
