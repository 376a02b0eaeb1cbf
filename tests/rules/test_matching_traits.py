"""Filter values as bits of one number."""

from entremise.matching import rules_traits
from entremise.matching.engine.layout import BITS
from entremise.matching.enums import Toggle
from entremise.matching.rules_traits import TRAITS
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime


def test_every_value_that_a_profile_may_hold_has_its_bit() -> None:
    times = [value for value in WorkingTime.values if value != WorkingTime.ANY]
    known = {"toggle": Toggle.values, "contract": ContractKind.values, "schedule": Schedule.values}
    known |= {"licence": Licence.values, "working_time": times, "language": Language.values}
    assert {f"{kind}:{value}" for kind, values in known.items() for value in values} == set(rules_traits.names())


def test_bits_are_distinct_and_fit_the_words_of_the_index() -> None:
    assert len({rules_traits.bit(name) for name in rules_traits.names()}) == len(rules_traits.names())
    assert len(TRAITS) <= BITS


def test_what_depends_on_the_day_is_never_kept_in_a_row() -> None:
    assert not set(rules_traits.OF_THE_DAY) & set(TRAITS)


def test_values_of_one_filter_are_siblings_but_each_toggle_stands_alone() -> None:
    assert rules_traits.siblings("licence:b") == rules_traits.traits_of(f"licence:{one}" for one in Licence.values)
    assert rules_traits.siblings("toggle:fresh") == rules_traits.bit("toggle:fresh")
