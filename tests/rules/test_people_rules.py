"""References that can be spoken and copied; freshness of a profile."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.people import rules

numbers = st.integers(0, rules.REFERENCE_SPACE - 1)
days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


@given(numbers)
def test_a_reference_reads_back_whatever_the_spaces_and_the_case(number: int) -> None:
    reference = rules.reference_of(number)
    assert len(reference) == 9
    assert rules.read_reference(f" {reference.lower().replace('-', ' ')} ") == reference


@given(numbers, numbers)
def test_two_people_never_share_a_reference(one: int, other: int) -> None:
    assert (rules.reference_of(one) == rules.reference_of(other)) == (one == other)


@given(numbers, st.integers(0, 7), st.sampled_from(rules.REFERENCE_ALPHABET))
def test_one_wrong_character_is_seen(number: int, position: int, sign: str) -> None:
    good = rules.reference_of(number).replace("-", "")
    wrong = good[:position] + sign + good[position + 1 :]
    assert (rules.read_reference(wrong) == "") == (wrong != good)


@given(numbers, st.integers(0, 5))
def test_two_swapped_neighbours_are_seen(number: int, position: int) -> None:
    good = rules.reference_of(number).replace("-", "")
    swapped = good[:position] + good[position + 1] + good[position] + good[position + 2 :]
    assert (rules.read_reference(swapped) == "") == (swapped != good)


@given(numbers)
def test_a_reference_has_no_sign_that_is_mistaken_for_another(number: int) -> None:
    assert not set(rules.reference_of(number)) & set("01ILOSZ")


@pytest.mark.parametrize("typed", ["", "K7M", "bonjour", "K7MA-2QXPX", "0000-0000"])
def test_what_is_no_reference_is_not_read_as_one(typed: str) -> None:
    assert rules.read_reference(typed) == ""


def test_a_number_out_of_the_space_is_refused() -> None:
    with pytest.raises(ValueError, match="reference space"):
        rules.reference_of(rules.REFERENCE_SPACE)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 8, 24), 3, dt.date(2026, 11, 24)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2023, 11, 30), 3, dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 31), 1, dt.date(2027, 1, 31)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
    ],
)
def test_months_are_counted_on_the_calendar(day: dt.date, months: int, expected: dt.date) -> None:
    assert rules.months_after(day, months) == expected


@given(days, st.integers(0, 60))
def test_later_in_months_is_later_in_days(day: dt.date, months: int) -> None:
    later = rules.months_after(day, months)
    assert 28 * months <= (later - day).days <= 31 * months


def test_a_profile_is_stale_three_months_to_the_day_after_it_was_confirmed() -> None:
    confirmed = dt.date(2026, 8, 24)
    assert rules.is_fresh(confirmed, dt.date(2026, 11, 23))
    assert not rules.is_fresh(confirmed, dt.date(2026, 11, 24))
    assert not rules.is_fresh(None, confirmed)


def test_a_portfolio_is_that_of_the_referent_and_of_her_agency() -> None:
    assert rules.is_in_portfolio(is_referent=True, is_same_agency=False)
    assert rules.is_in_portfolio(is_referent=False, is_same_agency=True)
    assert not rules.is_in_portfolio(is_referent=False, is_same_agency=False)
