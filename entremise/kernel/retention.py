"""How long each class of data is kept, why, and what happens then: a table filled by the domains, run each night."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

AT_ONCE = 2_000  # rows let go in one transaction: nobody waits behind a long one
Rows = Callable[[dt.datetime], "models.QuerySet[Any]"]


def delete(rows: "models.QuerySet[Any]") -> int:
    """Delete rows; return how many, without those that go with them."""
    count: int = rows.count()
    rows.delete()
    return count


@dataclass(frozen=True, slots=True)
class Class:
    """One class of data; its sentences are French, for docs/operate/donnees.md.

    `rows` gives what is kept too long, `let_go` does what `then` says; without them, `by` says who does it.
    """

    code: str
    what: str
    basis: str
    kept: str
    since: str
    then: str
    rows: Rows | None = None
    let_go: Callable[["models.QuerySet[Any]"], int] = delete
    by: str = ""

    def count(self, now: dt.datetime) -> int:
        """Return how many rows are kept too long now."""
        return self.rows(now).count() if self.rows else 0

    def apply(self, now: dt.datetime) -> int:
        """Let go what is kept too long, some rows at a time; return how many."""
        return sum(self._let_go(batch) for batch in self._batches(now))

    def _batches(self, now: dt.datetime) -> Iterator["models.QuerySet[Any]"]:
        if self.rows is None:
            return
        ids = list(self.rows(now).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            yield self.rows(now).filter(pk__in=ids[start : start + AT_ONCE])

    def _let_go(self, batch: "models.QuerySet[Any]") -> int:
        with transaction.atomic():
            return self.let_go(batch)


_CLASSES: dict[str, Class] = {}


def declare(*classes: Class) -> None:
    """Register classes of data (from a domain's `receivers`)."""
    _CLASSES.update({one.code: one for one in classes})


def classes() -> list[Class]:
    """Return all classes of data, by code."""
    return [_CLASSES[code] for code in sorted(_CLASSES)]


def days_before(now: dt.datetime, days: int) -> dt.datetime:
    """Return the instant some days earlier."""
    return now - dt.timedelta(days=days)
