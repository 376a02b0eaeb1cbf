"""What each domain keeps, forgets and gives back for one person; tests walk every table, column by column."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.functional import Promise

from entremise.kernel import vault
from entremise.kernel.actors import Actor
from entremise.kernel.models import OutboxMessage

Row = dict[str, Any]
Rows = list[Row]
Tables = Mapping[str, Rows]  # table → its rows, as they were exported
WHY = "erasure and export are asked by the person, for all of her rows"
RIGHTS = "rights"  # why the platform opens an identity here


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table about a person: what she takes away, and why each other column is not given."""

    table: str
    of: str | Callable[[UUID], "models.QuerySet[Any]"]  # how a row leads to the person, or a function
    said: tuple[str, ...] = ()  # columns, or columns of what they lead to ("skill__label")
    unsaid: Mapping[str, str] = field(default_factory=dict)  # column → the reason, in French (docs/operate/donnees.md)
    order: str = "pk"

    def rows(self, person_id: UUID) -> Rows:
        """Return the person's rows with the columns that she takes away."""
        if not self.said:
            return []
        with vault.handled([person_id], purpose=RIGHTS):
            return list(self.query(person_id).order_by(self.order, "pk").values(*self.said))

    def query(self, person_id: UUID) -> "models.QuerySet[Any]":
        """Return the person's rows."""
        if not isinstance(self.of, str):
            return self.of(person_id)
        manager: Any = apps.get_model(self.table)._default_manager
        opened = manager.unscoped(WHY) if hasattr(manager, "unscoped") else manager
        return opened.filter(**{self.of: person_id})  # type: ignore[no-any-return]


def _nothing_to_restore(person_id: UUID, actor: Actor, tables: Tables) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Declaration:
    """One domain's promise about a person's rows; its sentences are translated when they are read.

    `restore` takes back what the person may say again by herself, and returns a sentence for each thing it could not.
    """

    domain: str
    title: str | Promise
    held: tuple[Held, ...]
    erase: Callable[[UUID], int]
    kept: str | Promise = ""
    restore: Callable[[UUID, Actor, Tables], list[str]] = _nothing_to_restore
    restored: tuple[str, ...] = ()  # the tables that `restore` reads; the others come back as history

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables."""
        return tuple(one.table for one in self.held)

    def export(self, person_id: UUID) -> Rows:
        """Return all rows about a person, table after table."""
        return [row for one in self.held for row in one.rows(person_id)]


_DECLARATIONS: dict[str, Declaration] = {}


def declare(declaration: Declaration) -> None:
    """Register a domain's declaration."""
    _DECLARATIONS[declaration.domain] = declaration


def declarations() -> list[Declaration]:
    """Return all declarations, in the order of the domains' names."""
    return [_DECLARATIONS[name] for name in sorted(_DECLARATIONS)]


def upwards() -> list[Declaration]:
    """Return all declarations, each domain after those it is built upon."""
    return list(_DECLARATIONS.values())  # the order in which domains are loaded


def export_all(person_id: UUID) -> dict[str, Rows]:
    """Return everything that is kept about a person, table by table; a table without rows is left out."""
    found = {held.table: held.rows(person_id) for one in upwards() for held in one.held}
    return {table: rows for table, rows in found.items() if rows}


def erase_all(person_id: UUID) -> dict[str, int]:
    """Forget a person in every domain, the upper ones first: they still read who she is; return how many rows each."""
    with transaction.atomic(), vault.handled([person_id], purpose=RIGHTS):
        return {one.domain: one.erase(person_id) for one in reversed(upwards())}


def forget_messages(messages: "models.QuerySet[OutboxMessage]") -> int:
    """Forget messages written by mail or SMS, and their copies that wait for the relay."""
    names = [pk.hex for pk in messages.values_list("pk", flat=True)]
    gone: int = messages.delete()[0]
    if names:
        transaction.on_commit(lambda: _withdraw(names))
    return gone


def _withdraw(names: Collection[str]) -> None:
    """Take messages out of the relay's folder: the names of its files hold the messages' identifiers."""
    for path in Path(settings.SPOOL).rglob("*"):
        if path.is_file() and any(name in path.name for name in names):
            path.unlink(missing_ok=True)
