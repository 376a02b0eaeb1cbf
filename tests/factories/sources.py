"""The code of the product as trees, read once for all the tests that look in it, and walked once."""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from pathlib import Path
from typing import TypeVar

import entremise

PACKAGE = Path(entremise.__file__).parent
Kind = TypeVar("Kind", bound=ast.AST)


@functools.cache
def texts() -> dict[str, str]:
    """Return the text of each module but the migrations, by its path in the package."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@functools.cache
def trees() -> dict[str, ast.Module]:
    """Return the tree of each of them."""
    return {name: ast.parse(text) for name, text in texts().items()}


def nodes(kind: type[Kind]) -> list[tuple[str, Kind]]:
    """Return each node of a kind, with the module where it is."""
    return _by_kind()[kind]


@functools.cache
def _by_kind() -> dict[type[ast.AST], list[tuple[str, ast.AST]]]:
    found = defaultdict(list)
    for name, tree in trees().items():
        for node in ast.walk(tree):
            found[type(node)].append((name, node))
    return found
