"""Draws that the invented histories share."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def weighted(rng: random.Random, choices: Sequence[tuple[Thing, int]]) -> Thing:
    """Draw one thing; each says how often it comes."""
    return rng.choices([thing for thing, _weight in choices], weights=[weight for _thing, weight in choices])[0]
