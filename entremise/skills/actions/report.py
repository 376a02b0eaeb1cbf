"""What an import changed, table by table, in words."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

_SAMPLES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TableReport:
    """What changed in one table; `aligned` counts the rows that another referential already had."""

    name: str
    created: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    aligned: int = 0
    ignored: int = 0
    samples: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.created or self.changed or self.retired)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import changed, or would change when it was only rehearsed."""

    source: str
    version: str
    dry_run: bool = False
    tables: tuple[TableReport, ...] = field(default=())

    @property
    def created(self) -> int:
        """Return how many rows are new."""
        return sum(table.created for table in self.tables)

    @property
    def changed(self) -> int:
        """Return how many rows say something else than before."""
        return sum(table.changed for table in self.tables)

    @property
    def retired(self) -> int:
        """Return how many rows the source no longer has."""
        return sum(table.retired for table in self.tables)

    @property
    def unchanged(self) -> int:
        """Return how many rows were already as the source says, or known under another referential."""
        return sum(table.unchanged + table.aligned for table in self.tables)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return all(table.is_empty for table in self.tables)

    def table(self, name: str) -> TableReport:
        """Return what changed in one table."""
        return next((table for table in self.tables if table.name == name), TableReport(name))

    def __str__(self) -> str:
        titles = [_("nouveaux"), _("modifiés"), _("retirés"), _("inchangés"), _("rapprochés"), _("laissés")]
        lines = [f"{self.source} {self.version}".rstrip(), f"{'':<28}" + "".join(f"{title:>12}" for title in titles)]
        for table in self.tables:
            counts = (table.created, table.changed, table.retired, table.unchanged, table.aligned, table.ignored)
            lines.append(f"{table_label(table.name):<28}" + "".join(f"{count:>12}" for count in counts))
        for table in self.tables:
            lines += [f"  {sample}" for sample in table.samples[:_SAMPLES_SHOWN] if not table.is_empty]
        if self.is_empty:
            lines.append(_("Rien n'a changé."))
        return "\n".join(lines)


def table_label(name: str) -> str:
    """Return the name of a table for people."""
    labels = {
        "occupations": _("métiers"),
        "job_titles": _("appellations"),
        "skills": _("compétences"),
        "skill_labels": _("autres noms"),
        "skill_mappings": _("correspondances"),
        "occupation_skills": _("compétences des métiers"),
        "mobilities": _("mobilités"),
    }
    return labels.get(name, name)
