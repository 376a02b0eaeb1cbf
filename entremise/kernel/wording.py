"""Words worked out once: sentences and numbers that a page says again and again."""

import functools
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.utils import formats
from django.utils.translation import get_language

Said = TypeVar("Said")
KEPT = 4_096  # of each kind, for all languages together


def once_per_language(say: Callable[..., Said]) -> Callable[..., Said]:
    """Wrap a function of plain values that translates: what it said is kept, apart for each language.

    Only for what is not about somebody: what is kept stays in the memory of the process.
    """

    @functools.lru_cache(maxsize=KEPT, typed=True)
    def kept(_language: str | None, *facts: Hashable) -> Said:
        return say(*facts)

    @functools.wraps(say)
    def told(*facts: Hashable) -> Said:
        return kept(get_language(), *facts)

    return told


@once_per_language
def number(count: int) -> str:
    """Write a number as the language does."""
    return formats.number_format(count)
