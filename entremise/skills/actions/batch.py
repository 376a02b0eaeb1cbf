"""The changes to one table: decided first, then written at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from entremise.skills.actions.report import TableReport

BATCH_SIZE = 2000
_SAMPLES_KEPT = 10

M = TypeVar("M", bound=models.Model)


class Batch(Generic[M]):
    """What an import does to one table."""

    def __init__(self, name: str, model: type[M], *, sampled: bool = True) -> None:
        self.name = name
        self.model = model
        self.sampled = sampled  # links have no name that would say anything to anybody
        self.created: list[M] = []
        self.changed: list[M] = []
        self.removed: list[M] = []
        self.retired_count = 0
        self.unchanged_count = 0
        self.aligned_count = 0
        self.ignored_count = 0
        self.samples: list[str] = []
        self._fields: set[str] = set()

    def create(self, row: M) -> M:
        """Add a row."""
        self.created.append(row)
        self._note(_("nouveau : %(label)s"), label=str(row))
        return row

    def keep(self, row: M, wanted: Mapping[str, Any]) -> M:
        """Bring a row in line with what the source says; nothing happens when it already is."""
        differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if not differing:
            self.unchanged_count += 1
            return row
        before = str(row)
        self._change(row, differing)
        after = str(row)
        self._note(_("modifié : %(label)s"), label=after if after == before else f"{before} → {after}")
        return row

    def retire(self, row: M, today: date) -> None:
        """Mark a row that the source no longer has; what points to it stays."""
        self._change(row, {"retired_on": today})
        self.retired_count += 1
        self._note(_("retiré : %(label)s"), label=str(row))

    def remove(self, row: M) -> None:
        """Take a link away: no person's row points to it."""
        self.removed.append(row)
        self.retired_count += 1

    def write(self) -> None:
        """Write what was decided."""
        manager = self.model._default_manager
        manager.bulk_create(self.created, batch_size=BATCH_SIZE)
        if self.changed:
            # An insert that meets its own key and updates: far faster than one CASE a row.
            manager.bulk_create(
                self.changed,
                batch_size=BATCH_SIZE,
                update_conflicts=True,
                unique_fields=[self.model._meta.pk.name],
                update_fields=sorted(self._fields),
            )
        for start in range(0, len(self.removed), BATCH_SIZE):
            manager.filter(pk__in=[row.pk for row in self.removed[start : start + BATCH_SIZE]]).delete()

    @property
    def report(self) -> TableReport:
        """Return what was decided, in figures."""
        return TableReport(
            name=self.name,
            created=len(self.created),
            changed=len(self.changed) - self._retired_rows(),
            retired=self.retired_count,
            unchanged=self.unchanged_count,
            aligned=self.aligned_count,
            ignored=self.ignored_count,
            samples=tuple(self.samples),
        )

    def _retired_rows(self) -> int:
        return self.retired_count - len(self.removed)

    def _change(self, row: M, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        self._fields |= values.keys()
        self.changed.append(row)

    def _note(self, sentence: str, **words: str) -> None:
        if self.sampled and len(self.samples) < _SAMPLES_KEPT:
            self.samples.append(sentence % words)


def reports(batches: Sequence[Batch[Any]]) -> tuple[TableReport, ...]:
    """Return what was decided for several tables."""
    return tuple(batch.report for batch in batches)
