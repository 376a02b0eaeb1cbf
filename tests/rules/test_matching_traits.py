"""Filter values as bits: what is counted for each value, whatever is already asked."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import rules_traits
from entremise.matching.enums import Toggle
from entremise.matching.rules_traits import TRAITS
from entremise.people.enums import ContractKind, Licence, Schedule, WorkingTime

ASKED = st.lists(st.sampled_from(TRAITS), unique_by=rules_traits.dimension)
PROFILES = st.lists(st.lists(st.sampled_from(TRAITS), unique=True), max_size=30)


def test_every_value_that_a_profile_may_hold_has_its_bit() -> None:
    times = [value for value in WorkingTime.values if value != WorkingTime.ANY]
    known = {"toggle": Toggle.values, "contract": ContractKind.values, "schedule": Schedule.values}
    known |= {"licence": Licence.values, "working_time": times}
    assert {f"{kind}:{value}" for kind, values in known.items() for value in values} == set(TRAITS)


def test_bits_are_distinct_and_fit_an_integer_column() -> None:
    bits = [rules_traits.bit(name) for name in TRAITS]
    assert all(second == 2 * first for first, second in pairwise(bits))
    assert sum(bits) < 2**31


@given(ASKED, PROFILES)
def test_a_count_is_what_choosing_the_value_would_find(asked: list[str], profiles: list[list[str]]) -> None:
    rows = [rules_traits.traits_of(profile) for profile in profiles]
    for name, mask in rules_traits.masks(asked).items():
        if name == "total":
            wanted = set(asked)
        else:
            others = {other for other in asked if rules_traits.dimension(other) != rules_traits.dimension(name)}
            wanted = others | {name}
        assert sum(row & mask == mask for row in rows) == sum(wanted <= set(profile) for profile in profiles)
