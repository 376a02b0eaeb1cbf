"""Decisions about offers: what may be asked, and how much."""

from collections.abc import Mapping
from typing import TypeVar

from entremise.offers.enums import Need

LONGEST_TITLE = 250
LONGEST_RETURN = 1_000  # what an adviser writes to a recruiter who has to correct an offer
LONGEST_REFERENCE = 60
LONGEST_DESCRIPTION = 5_000
LONGEST_COMPANY = 2_000
FURTHEST_KM = 200
MOST_SKILLS = 30  # more would say everything and ask nothing

Key = TypeVar("Key")


def usual_need(weight: int) -> Need:
    """Return how much an offer usually needs a skill that has this weight in its occupation."""
    return Need(max(Need.USEFUL, min(weight, Need.ESSENTIAL)))


def changed_needs(before: Mapping[Key, int], after: Mapping[Key, int]) -> tuple[set[Key], dict[Key, int]]:
    """Return the skills that are not asked any more, and those that are new or whose need changed."""
    return set(before) - set(after), {key: need for key, need in after.items() if before.get(key) != need}
