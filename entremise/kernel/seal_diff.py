"""Name the lines of a batch that are no longer those that were sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import permutations

from entremise.lib import merkle, seals

MOST_PAIRED = 100  # lines among which exchanges are looked for
PLACE = 2  # the first columns say which line it is: its number, its transaction
Line = Sequence[str | None]


@dataclass(slots=True)
class Difference:
    """What became of the lines of a batch."""

    changed: list[str] = field(default_factory=list)
    swapped: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed_count: int = 0
    around: tuple[str, ...] = ()  # the lines that stand on both sides of the first one removed


def difference(sealed: Sequence[bytes], found: Sequence[bytes], lines: Sequence[Line]) -> Difference:
    """Compare the hashes that were sealed with those of the lines found."""
    told = Difference()
    changed: list[tuple[bytes, int]] = []
    matcher = SequenceMatcher(None, sealed, found, autojunk=False)
    for _tag, from_sealed, to_sealed, from_found, to_found in matcher.get_opcodes():
        if _tag == "equal":
            continue
        both = min(to_sealed - from_sealed, to_found - from_found)
        changed += [(sealed[from_sealed + step], from_found + step) for step in range(both)]
        told.added += [str(line[0]) for line in lines[from_found + both : to_found]]
        gone = to_sealed - from_sealed - both
        if gone and not told.removed_count:
            beside = [place for place in (to_found - 1, to_found) if 0 <= place < len(lines)]
            told.around = tuple(str(lines[place][0]) for place in beside)
        told.removed_count += gone
    swapped = _exchanged(changed, lines)
    told.swapped = [str(lines[place][0]) for place in sorted(swapped)]
    told.changed = [str(lines[place][0]) for _leaf, place in changed if place not in swapped]
    return told


def _exchanged(changed: Sequence[tuple[bytes, int]], lines: Sequence[Line]) -> set[int]:
    """Find the lines whose words now stand under the number of another, and the other way round."""
    if len(changed) > MOST_PAIRED:
        return set()
    found = set()
    for (leaf, here), (_other, there) in permutations(changed, 2):
        restored = [*lines[here][:PLACE], *lines[there][PLACE:]]
        if merkle.leaf_hash(seals.line_bytes(restored)) == leaf:
            found.add(there)
    return found
