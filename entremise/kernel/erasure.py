"""What each domain keeps, forgets and exports for one person; a test checks that no table about people is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One domain's promise about a person's rows; its sentences are translated when they are read."""

    domain: str
    title: str | Promise
    tables: tuple[str, ...]
    export: Callable[[UUID], Rows]
    erase: Callable[[UUID], int]
    kept: str | Promise = ""


_DECLARATIONS: dict[str, Declaration] = {}


def declare(declaration: Declaration) -> None:
    """Register a domain's declaration."""
    _DECLARATIONS[declaration.domain] = declaration


def declarations() -> list[Declaration]:
    """Return all declarations, in the order of the domains' names."""
    return [_DECLARATIONS[name] for name in sorted(_DECLARATIONS)]
