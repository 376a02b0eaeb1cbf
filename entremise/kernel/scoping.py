"""Rows an actor may see: `Model.objects` refuses every query that nobody scoped first.

The SQL compiler is the place to close: aggregates, updates, deletes and sub-queries pass through it too.
What hangs from a row that was already read (`person.experiences.all()`) is in scope by its parent.
"""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.sql import Query

from entremise.kernel.actors import Actor


class UnscopedQuery(Exception):
    """A query was about to run without `visible_to(actor)` or `unscoped("why")`."""


class ScopedQuery(Query):
    """A query that compiles only once it was opened."""

    scoped = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to write SQL for a query that nobody scoped."""
        if not self.scoped:
            raise UnscopedQuery(self.model.__name__ if self.model else "query")
        return super().get_compiler(*args, **kwargs)


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A query set that must say for whom it reads; each model says which rows an actor sees in `scope`."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)
        if hints and "instance" in hints:
            self._mark()

    def scope(self, actor: Actor) -> models.Q:
        """Return the condition under which an actor sees a row."""
        raise NotImplementedError(f"{type(self).__name__}.scope")

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows that this actor may see; the platform's jobs see all."""
        opened = self._open()
        return opened if actor.is_system else opened.filter(self.scope(actor))

    def unscoped(self, reason: str) -> Self:
        """Read every row, for a reason that a reviewer can judge."""
        if not reason.strip():
            raise UnscopedQuery("unscoped() needs a reason")
        return self._open()

    def update(self, **kwargs: Any) -> int:
        """Update rows that were scoped."""
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows that were scoped."""
        self._require_scope()
        return super().delete()

    def _add_hints(self, **hints: Any) -> None:
        super()._add_hints(**hints)  # type: ignore[misc]  # private hook of Django's related managers
        if "instance" in hints:
            self._mark()

    def _open(self) -> Self:
        opened = self.all()
        vars(opened.query)["scoped"] = True
        return opened

    def _mark(self) -> None:
        vars(self.query)["scoped"] = True

    def _require_scope(self) -> None:
        if not getattr(self.query, "scoped", False):
            raise UnscopedQuery(self.model.__name__)


def nobody() -> models.Q:
    """Return the condition that no row meets."""
    return models.Q(pk__in=[])
