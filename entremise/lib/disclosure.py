"""Statistics that point at nobody: which lines of a table may be published, so that no other is found by subtraction.

A table is a tree: a whole, its parts, their parts (a territory, its partners, their agencies). A line holds counts of
separate groups of people (the *atoms*: promoted and proved, promoted only…), and is published whole or not at all:
every figure of a line is a sum of its atoms, so all figures, pages and filters made of published lines say the same.

Why nothing is recovered. Among the parts of a published whole, the hidden ones are never alone, and what is left for
them (the whole less the published parts) is nobody, or the smallest publishable count or more, in each atom. Parts of
a hidden line are hidden. So each hidden line may hold all of what is left, or none of it, in worlds that publish the
same figures: nobody can tell its value, nor that it is small.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from entremise.lib.measures import SMALLEST_CELL

Key = TypeVar("Key", bound=Hashable)
Atoms = tuple[int, ...]


class Tree(Generic[Key]):
    """Lines of counts, each but the first a part of another; a whole is the sum of its parts."""

    def __init__(self, root: Key, leaves: Mapping[Key, Sequence[int]], parents: Mapping[Key, Key]) -> None:
        self.root = root
        self.parents = dict(parents)
        self.parts: dict[Key, list[Key]] = {}
        for part, whole in self.parents.items():
            self.parts.setdefault(whole, []).append(part)
        self.leaves = {key: tuple(counts) for key, counts in leaves.items()}
        self.width = max((len(counts) for counts in self.leaves.values()), default=0)

    def atoms(self, key: Key) -> Atoms:
        """Return the counts of a line."""
        if key in self.leaves:
            return self.leaves[key]
        return added([self.atoms(part) for part in self.parts.get(key, [])], self.width)

    def published(self, *, smallest: int = SMALLEST_CELL) -> set[Key]:
        """Return the lines that may be published."""
        shown: set[Key] = set()
        if is_publishable(self.atoms(self.root), smallest=smallest):
            self._descend(self.root, shown, smallest)
        return shown

    def _descend(self, whole: Key, shown: set[Key], smallest: int) -> None:
        shown.add(whole)
        parts = {part: self.atoms(part) for part in self.parts.get(whole, [])}
        hidden = hidden_parts(parts, smallest=smallest)
        for part in parts:
            if part not in hidden:
                self._descend(part, shown, smallest)


def hidden_parts(parts: Mapping[Key, Atoms], *, smallest: int = SMALLEST_CELL) -> set[Key]:
    """Return the parts to hide when their whole is published: the small ones, and as many more as protect them."""
    hidden = {key for key, counts in parts.items() if not is_publishable(counts, smallest=smallest)}
    if not hidden:
        return hidden
    width = max(map(len, parts.values()))
    others = sorted((key for key in parts if key not in hidden), key=lambda key: (sum(parts[key]), str(key)))
    while others:
        rest = added([parts[key] for key in hidden], width)
        if len(hidden) > 1 and is_publishable(rest, smallest=smallest):
            break
        hidden.add(_best(parts, others, rest, smallest))
        others = [key for key in others if key not in hidden]
    return hidden


def _best(parts: Mapping[Key, Atoms], others: Sequence[Key], rest: Atoms, smallest: int) -> Key:
    """Return the smallest part that is enough with what is hidden, else the smallest one that holds somebody."""
    enough = (key for key in others if is_publishable(added([rest, parts[key]], len(rest)), smallest=smallest))
    somebody = (key for key in others if sum(parts[key]) > 0)
    return next(enough, next(somebody, others[0]))


def is_publishable(counts: Sequence[int], *, smallest: int = SMALLEST_CELL) -> bool:
    """Tell whether each group is nobody, or large enough for nobody to be pointed at."""
    return all(count == 0 or count >= smallest for count in counts)


def added(lines: Sequence[Atoms], width: int) -> Atoms:
    """Return the sum of lines of counts."""
    return tuple(sum(line[place] for line in lines) for place in range(width))


def rounded(count: int, *, smallest: int = SMALLEST_CELL, base: int = 10) -> int | None:
    """Return a count of events to the nearest ten, nothing when it is small.

    Two periods that differ by a day then do not tell what happened on that day.
    """
    if 0 < count < smallest:
        return None
    return base * ((count + base // 2) // base)
