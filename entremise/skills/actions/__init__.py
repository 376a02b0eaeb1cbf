"""Writes of the referential: the one shipped with the product, then the official files of ROME and ESCO.

These are commands of the platform: they act for it, unless somebody is named.
"""

from pathlib import Path

from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.reference_files import Progress
from entremise.skills.actions import builtin, esco, rome
from entremise.skills.actions.files import Files
from entremise.skills.actions.report import ImportReport, TableReport
from entremise.skills.actions.runs import bring_in_line

__all__ = ["ImportReport", "TableReport", "import_esco", "import_rome", "load_builtin"]

COMMAND = job_actor("skills.import")


def load_builtin(
    path: Path | str = builtin.FOLDER,
    *,
    actor: Actor = COMMAND,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Load the referential shipped with the product; a second time changes nothing."""
    return bring_in_line(Files(path), builtin.read, actor=actor, dry_run=dry_run, progress=progress)


def import_rome(
    path: Path | str, *, actor: Actor = COMMAND, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Bring the referential in line with an official archive of ROME 4.0, beside what the product ships."""
    return bring_in_line(Files(path), rome.read, actor=actor, dry_run=dry_run, progress=progress)


def import_esco(
    path: Path | str, *, actor: Actor = COMMAND, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Bring the referential in line with an official archive of ESCO in French."""
    return bring_in_line(Files(path), esco.read, actor=actor, dry_run=dry_run, progress=progress)
