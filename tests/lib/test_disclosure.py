"""No hidden line of a published table can be recovered: by subtraction, by a linear system, by another view."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.lib.disclosure import Tree, added, hidden_parts, is_publishable, rounded
from entremise.lib.measures import SMALLEST_CELL
from tests.promises import Promise

WIDTH = 3
counts = st.one_of(st.integers(0, 14), st.integers(0, 200))
lines = st.tuples(*[counts] * WIDTH)


@st.composite
def trees(draw: st.DrawFn) -> Tree[str]:
    """Draw a territory with up to five partners of up to five agencies."""
    parents, leaves = {}, {}
    for kind in range(draw(st.integers(1, 5))):
        parents[f"kind{kind}"] = "all"
        for agency in range(draw(st.integers(1, 5))):
            key = f"agency{kind}.{agency}"
            parents[key], leaves[key] = f"kind{kind}", draw(lines)
    return Tree("all", leaves, parents)


def everything(tree: Tree[str]) -> list[str]:
    return [tree.root, *tree.parents]


def equations(tree: Tree[str], shown: set[str]) -> list[list[Fraction]]:
    """Write what a reader knows of one atom: each whole is the sum of its parts, published lines have their value.

    Unknowns are all lines; the last column is the constant.
    """
    keys = everything(tree)
    place = {key: number for number, key in enumerate(keys)}
    rows = []
    for whole, parts in tree.parts.items():
        row = [Fraction(0)] * (len(keys) + 1)
        row[place[whole]] = Fraction(-1)
        for part in parts:
            row[place[part]] = Fraction(1)
        rows.append(row)
    for key in shown:
        row = [Fraction(0)] * (len(keys) + 1)
        row[place[key]], row[-1] = Fraction(1), Fraction(tree.atoms(key)[0])
        rows.append(row)
    return rows


def determined(rows: list[list[Fraction]], unknowns: int) -> set[int]:
    """Solve by Gauss-Jordan: the unknowns that have one value only."""
    done = 0
    for column in range(unknowns):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for other, row in enumerate(rows):
            if other != done and row[column]:
                rows[other] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return {
        next(place for place, value in enumerate(row[:unknowns]) if value)
        for row in rows[:done]
        if sum(1 for value in row[:unknowns] if value) == 1
    }


def world_with(tree: Tree[str], shown: set[str], key: str, *, holds_all: bool) -> dict[str, tuple[int, ...]]:
    """Make another world in which a hidden line holds all of what is left to hidden lines, or nothing of it."""
    lines = {leaf: tree.atoms(leaf) for leaf in tree.leaves}
    top = key  # the hidden line right below a published one
    while tree.parents[top] not in shown:
        top = tree.parents[top]
    whole = tree.parents[top]
    hidden = [part for part in tree.parts[whole] if part not in shown]
    rest = added([tree.atoms(part) for part in hidden], tree.width)

    def leaves_of(line: str) -> list[str]:
        return [line] if line in tree.leaves else [leaf for part in tree.parts[line] for leaf in leaves_of(part)]

    mine = leaves_of(key)
    others = [leaf for part in hidden for leaf in leaves_of(part) if leaf not in mine]
    for leaf in [*mine, *others]:
        lines[leaf] = (0,) * tree.width
    lines[mine[0] if holds_all else others[0]] = rest
    return lines


@settings(max_examples=120)
@given(trees())
def test_no_hidden_line_has_one_value_only(tree: Tree[str]) -> None:
    shown = tree.published()
    keys = everything(tree)
    found = determined(equations(tree, shown), len(keys))
    assert {keys[place] for place in found} == shown


@settings(max_examples=120)
@given(trees())
def test_each_hidden_line_may_hold_nobody_or_a_crowd_in_worlds_that_publish_the_same(tree: Tree[str]) -> None:
    shown = tree.published()
    for key in set(tree.parents) - shown:
        if tree.root not in shown:
            continue  # nothing at all is said
        for holds_all in (True, False):
            world = Tree(tree.root, world_with(tree, shown, key, holds_all=holds_all), tree.parents)
            assert all(world.atoms(line) == tree.atoms(line) for line in shown)
            held = world.atoms(key)
            assert all(count == 0 or count >= SMALLEST_CELL for count in held)
            assert holds_all or not any(held)


@given(trees())
def test_what_is_published_points_at_nobody(tree: Tree[str]) -> None:
    shown = tree.published()
    assert all(is_publishable(tree.atoms(key)) for key in shown)
    assert all(tree.parents[key] in shown for key in shown if key != tree.root)


@given(trees())
def test_every_difference_of_two_published_lines_is_nobody_or_a_crowd_of_several_lines(tree: Tree[str]) -> None:
    """All less all-but-one: what a reader gets by choosing a filter, then another."""
    shown = tree.published()
    for whole, parts in tree.parts.items():
        hidden = [part for part in parts if part not in shown]
        if whole in shown and hidden:
            known = [tree.atoms(part) for part in parts if part in shown]
            rest = [a - b for a, b in zip(tree.atoms(whole), added(known, tree.width), strict=True)]
            assert is_publishable(rest)
            assert len(hidden) > 1


def test_a_small_line_takes_the_smallest_other_with_it() -> None:
    parts = {"a": (3, 40), "b": (30, 40), "c": (12, 12), "d": (0, 0)}
    assert hidden_parts(parts) == {"a", "c"}
    assert hidden_parts({"a": (12, 0), "b": (40, 11)}) == set()


def test_a_small_line_hides_behind_an_empty_one_only_when_nothing_else_is_left_small() -> None:
    assert hidden_parts({"a": (3,), "b": (0,), "c": (50,)}) == {"a", "c"}
    assert hidden_parts({"a": (8,), "b": (9,), "c": (50,)}) == {"a", "b"}


def test_a_small_whole_says_nothing_of_its_parts() -> None:
    tree = Tree("all", {"a": (4,), "b": (5,)}, {"a": "all", "b": "all"})
    assert tree.published() == set()


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (10, None), (11, 10), (14, 10), (15, 20), (104, 100)])
def test_events_are_told_by_tens(count: int, shown: int | None) -> None:
    assert rounded(count) == shown


@given(st.integers(11, 5000), st.integers(0, 3))
def test_one_day_more_does_not_tell_how_many_that_day(count: int, more: int) -> None:
    """From a period and the same one day longer, several answers remain for the day whatever is shown."""
    before, after = rounded(count), rounded(count + more)
    possible = {
        later - earlier
        for earlier in range(max(11, count - 9), count + 10)
        for later in range(earlier, earlier + 20)
        if rounded(earlier) == before and rounded(later) == after
    }
    assert len(possible) >= 4


def test_over_many_territories_nothing_hidden_is_found_again(promise: Promise) -> None:
    draw, hidden_count, found_count = random.Random(9), 0, 0
    for _territory in range(300):
        parents, leaves = {}, {}
        for kind in range(draw.randint(1, 4)):
            parents[f"kind{kind}"] = "all"
            for agency in range(draw.randint(1, 6)):
                key = f"agency{kind}.{agency}"
                parents[key] = f"kind{kind}"
                leaves[key] = tuple(draw.choice([0, draw.randint(1, 14), draw.randint(15, 300)]) for _n in range(2))
        tree = Tree("all", leaves, parents)
        shown, keys = tree.published(), everything(tree)
        known = {keys[place] for place in determined(equations(tree, shown), len(keys))}
        hidden_count += len(keys) - len(shown)
        found_count += len(known - shown)
    assert hidden_count > 1000
    promise("S9", f"{found_count} case retrouvée sur {hidden_count} cachées, 300 territoires", is_met=not found_count)
