"""Pure decisions about establishments."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.employers import rules

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("784 671", "784671"), ("784-671.695", "784671695"), ("12", ""), ("garage 12", ""), ("1" * 15, ""), ("٣٤٥", "")],
)
def test_a_query_made_of_digits_is_the_start_of_a_siret(query: str, expected: str) -> None:
    assert rules.siret_start(query) == expected


def test_a_planned_closure_has_not_happened_yet() -> None:
    assert not rules.is_closed(TODAY + dt.timedelta(days=1), TODAY)
    assert rules.is_closed(TODAY, TODAY)
    assert not rules.is_closed(None, TODAY)


@pytest.mark.parametrize(("band", "expected"), [("03", "01"), ("12", "11"), ("53", "32"), ("NN", ""), ("00", "00")])
def test_sirene_bands_become_ours(band: str, expected: str) -> None:
    assert rules.size_band(band) == expected


@given(st.integers(-2000, 2000))
def test_a_next_action_is_planned_within_the_year(days: int) -> None:
    assert rules.is_next_date_possible(TODAY + dt.timedelta(days=days), TODAY) == (0 <= days <= 366)


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_what_is_searchable_stays_the_same_when_read_again(text: str) -> None:
    once = rules.searchable(text)
    assert rules.searchable(once) == once
