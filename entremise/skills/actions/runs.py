"""One import: read, decide, then write all of it in one transaction, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import connection

from entremise.kernel import access, clock, typeahead_store
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.reference_files import Progress
from entremise.skills import queries
from entremise.skills.actions.align_occupations import Occupations, Titles, mobilities
from entremise.skills.actions.align_skills import Skills, links
from entremise.skills.actions.batch import Batch, reports
from entremise.skills.actions.files import Files
from entremise.skills.actions.report import ImportReport, TableReport
from entremise.skills.actions.rows import Referential
from entremise.skills.enums import Verb
from entremise.skills.models import ImportRun

Reader = Callable[[Files], Referential]
_UNREAD = "unread"


class _Steps:
    """Tells how far an import is, in rows; each row passes as many times."""

    def __init__(self, progress: Progress | None, row_count: int, *, pass_count: int) -> None:
        self._progress = progress
        self._row_count = row_count
        self._pass_count = pass_count
        self._passed_count = 0

    def __call__(self, rows: list[Any] | None) -> None:
        self._passed_count += len(rows or ())
        if self._progress:
            self._progress(self._passed_count // self._pass_count, self._row_count)


def bring_in_line(
    files: Files, read: Reader, *, actor: Actor, dry_run: bool, progress: Progress | None
) -> ImportReport:
    """Read the files and write what they change; only decide when it is rehearsed."""
    access.require("skills.import", actor)
    referential = read(files)
    report = ImportReport(str(referential.system.label), referential.version, dry_run=dry_run)
    if dry_run:
        tables = _decide(referential, progress, write=False)
        return replace(report, tables=tables)
    run = ImportRun(
        source=referential.system, version=referential.version, file_hash=files.digest(), ran_at=clock.now()
    )
    return _record(run, actor=actor, referential=referential, report=report, progress=progress)  # type: ignore[no-any-return]


@action(Verb.IMPORTED, may="skills.import")
def _record(
    run: ImportRun, *, actor: Actor, referential: Referential, report: ImportReport, progress: Progress | None
) -> Done:
    """Write what a release changes, and that it was loaded."""
    with connection.cursor() as cursor:
        # Two imports at once would each create what the other is about to: the second waits, then compares.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('skills.import'))")
    report = replace(report, tables=_decide(referential, progress, write=True))
    run.created_count, run.changed_count = report.created, report.changed
    run.retired_count, run.unchanged_count = report.retired, report.unchanged
    run.save(force_insert=True)
    if not report.is_empty:
        for name in queries.INDEXES:
            typeahead_store.touch(name)
    counts = {table.name: [table.created, table.changed, table.retired] for table in report.tables}
    return Done(report, subject=run, data={"source": run.source, "version": run.version, "tables": counts})


def _decide(referential: Referential, progress: Progress | None, *, write: bool) -> tuple[TableReport, ...]:
    """Compare table by table, in the order of their keys, and write each before the next."""
    today = clock.today()
    step = _Steps(progress, referential.row_count, pass_count=2 if write else 1)
    occupations = Occupations(referential, today)
    step(referential.occupations)
    titles = Titles(referential, occupations, today)
    step([*(referential.job_titles or ()), *(referential.loose_titles or ())])
    skills = Skills(referential, today)
    step(referential.skills)
    moves = mobilities(referential, occupations)
    step(referential.mobilities)
    calls = links(referential, occupations, skills)
    step(referential.links)
    if write:
        occupations.write()
        step(referential.occupations)
        titles.batch.write()
        step([*(referential.job_titles or ()), *(referential.loose_titles or ())])
        skills.write()
        step(referential.skills)
        moves.write()
        step(referential.mobilities)
        calls.write()
        step(referential.links)
    batches: tuple[Batch[Any], ...] = (
        *(occupations.batch, titles.batch, skills.batch),
        *(skills.names, skills.mappings, calls, moves),
    )
    unread = TableReport(_UNREAD, ignored=referential.unread_count)
    return (*reports(batches), unread) if referential.unread_count else reports(batches)
