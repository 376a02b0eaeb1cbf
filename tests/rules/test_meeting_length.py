"""How long a meeting lasts, as every clock says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.reciprok.rules import MINUTES, duration


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(15, "15 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (120, "2 h"), (240, "4 h"), (420, "7 h")],
)
def test_hours_are_said_in_hours(minutes: int, words: str) -> None:
    assert duration(minutes) == words


@given(st.integers(1, 1_000))
def test_what_is_said_is_what_it_lasts(minutes: int) -> None:
    words = duration(minutes)
    hours, _sign, rest = words.removesuffix(" min").rpartition("h")
    assert int(hours or 0) * 60 + int(rest or 0) == minutes


def test_every_length_proposed_is_said_otherwise() -> None:
    assert len({duration(minutes) for minutes in MINUTES}) == len(MINUTES)
