"""Writes of the import of old spreadsheets: received, understood, checked, imported batch by batch, forgotten.

An imported promotion is born in the state that its line tells: nothing is sent, no mail leaves, no act of
intermediation is counted (whether the profile was validated then is unknown). A second import changes only what
the first one wrote: what the team recorded here since then stays.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.kernel import clock, jobs, journal, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.spreadsheets import (
    Line,
    Spreadsheet,
    SpreadsheetRefused,
    require_name,
    require_room,
    write_xlsx,
)
from entremise.lib.cells import Fault
from entremise.lib.uuid7 import uuid7
from entremise.people.queries import promotion_consents
from entremise.promotions import queries_import as queries
from entremise.promotions.enums import ImportState as S
from entremise.promotions.enums import Verb
from entremise.promotions.enums_import import ImportField, LineFate
from entremise.promotions.models import ImportFile, ImportLineError, Promotion
from entremise.promotions.queries_import import Run, Verdict
from entremise.promotions.rules_import import EXAMPLE_LINES, mapping_faults

CHECK_JOB, IMPORT_JOB, SETTLE_JOB = "promotions.import_check", "promotions.import", "promotions.import_settle"
RESTING = (S.UPLOADED, S.CHECKED, S.IMPORTED, S.FAILED)
CHANGEABLE = [*queries.FACTS, "answer_channel", "state", "closed_at", "next_reminder_at"]
WHY = "the policy decided on this file"


class ImportRefused(Exception):
    """What was asked of a file cannot be done; `reason` is a sentence, `faults` say which column is concerned."""

    def __init__(self, reason: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faults = list(faults)


class ImportMoved(Exception):
    """Another worker has already done this batch, or the file is no longer being worked on."""


@action(Verb.IMPORT_RECEIVED, may="promotions.import")
def receive(agency: Agency, *, actor: Actor, filename: str, content: IO[bytes]) -> Done:
    """Keep a spreadsheet that can be read, and propose what its columns are; nothing else is written yet."""
    rows: Any = ImportFile.objects.unscoped(WHY)
    require_room(rows.filter(uploaded_by_id=actor.user_id))
    path = default_storage.save(f"imports/{uuid7()}{_suffix(filename)}", File(content))
    try:
        sheet = Spreadsheet(queries.path_of(ImportFile(path=path)))
        require_name(filename, sheet)
        list(islice(sheet.lines(), EXAMPLE_LINES))  # what the next page shows can be read too
    except SpreadsheetRefused:
        default_storage.delete(path)
        raise
    file = rows.create(
        agency=agency, uploaded_by_id=actor.user_id, filename=filename[-200:], path=path,
        size_bytes=default_storage.size(path), columns=sheet.columns, created_at=clock.now(),
    )  # fmt: skip
    return Done(file, data={"columns": len(sheet.columns), "bytes": file.size_bytes})


@action(Verb.IMPORT_MAPPED, may="promotions.import_file")
def map_columns(file: ImportFile, *, actor: Actor, mapping: Mapping[str, str]) -> Done:
    """Say which column is which, and check every line in the background."""
    chosen = {name: mapping[name] for name in ImportField.values if mapping.get(name) in file.columns}
    if faults := mapping_faults(chosen):
        raise ImportRefused(_("Il manque une colonne pour lire ce fichier."), faults)
    _move(file, RESTING, S.CHECKING, mapping=chosen, failure="", finished_at=None, **_zeros(), error_count=0)
    file.errors.all().delete()
    jobs.defer_named(CHECK_JOB, file_id=str(file.pk))
    return Done(file, data={"fields": sorted(chosen)})


@action(Verb.IMPORT_CHECKED, may="promotions.import_file")
def check_batch(file: ImportFile, *, actor: Actor, run: Run, start: int, lines: Sequence[Line]) -> Done:
    """Count what these lines would do and keep what is wrong with them; no promotion is written."""
    _hold(file, S.CHECKING, start)
    verdicts = queries.verdicts(run, lines)
    _keep_errors(verdicts, run)
    return Done(file, data=_count(file, start, lines, verdicts))


@action(Verb.IMPORT_STARTED, may="promotions.import_file")
def start_import(file: ImportFile, *, actor: Actor) -> Done:
    """Import the lines that the check accepted, in the background."""
    if file.state == S.CHECKED and not file.created_count + file.updated_count + file.unchanged_count:
        raise ImportRefused(_("Aucune ligne ne peut être importée : corrigez le fichier, puis envoyez-le à nouveau."))
    _move(file, (S.CHECKED,), S.IMPORTING, **_zeros())
    jobs.defer_named(IMPORT_JOB, file_id=str(file.pk))
    return Done(file, data={"lines": file.line_count})


@action(Verb.IMPORTED, may="promotions.import_file")
def import_batch(
    file: ImportFile, *, actor: Actor, run: Run, start: int, lines: Sequence[Line], refused: frozenset[int]
) -> Done:
    """Write the promotions that these lines tell, each with its journal line; repeating the batch changes nothing."""
    _hold(file, S.IMPORTING, start)
    verdicts = queries.verdicts(run, [line for line in lines if line.number not in refused])
    created = _promotions(verdicts, LineFate.CREATED)
    updated = _promotions(verdicts, LineFate.UPDATED)
    rows: Any = Promotion.objects.unscoped("the people of these lines were looked up in the actor's territory")
    rows.bulk_create(created)
    if updated:
        rows.bulk_update(updated, CHANGEABLE)
    journal.append_all(Verb.IMPORTED, [*created, *updated], actor, data={"file": str(file.pk)})
    _keep_errors(verdicts, run)
    moved = sorted({str(promotion.person_id) for promotion in [*created, *updated]})
    if moved:
        jobs.defer_named(SETTLE_JOB, person_ids=moved)
    return Done(file, data=_count(file, start, lines, verdicts))


@action(Verb.IMPORT_DONE, may="promotions.import_file")
def finish(file: ImportFile, *, actor: Actor) -> Done:
    """End the check or the import: the wrong lines are ready to be taken back and corrected."""
    fresh = queries.file_for_job(file.pk) or file
    is_import = fresh.state == S.IMPORTING
    if fresh.error_count:
        with queries.errors_path(fresh).open("wb") as out:
            columns = [_("Ligne"), _("Ce qui ne va pas"), *fresh.columns]
            write_xlsx(out, columns, queries.bad_rows(fresh), title=_("Lignes à corriger"))
    target = S.IMPORTED if is_import else S.CHECKED
    _move(fresh, (fresh.state,), target, line_count=fresh.done_count, finished_at=clock.now())
    return Done(fresh, data={"state": target, "errors": fresh.error_count})


@action(Verb.IMPORT_FAILED, may="promotions.import_file")
def fail(file: ImportFile, *, actor: Actor, reason: str) -> Done:
    """Stop, and keep the sentence that says why."""
    _move(file, (S.CHECKING, S.IMPORTING), S.FAILED, failure=reason[:300], finished_at=clock.now())
    return Done(file)


@action(Verb.IMPORT_FORGOTTEN, may="promotions.import_file")
def forget(file: ImportFile, *, actor: Actor) -> Done:
    """Throw away the file and the sentences about its lines: they hold names; the counts stay."""
    queries.errors_path(file).unlink(missing_ok=True)
    default_storage.delete(file.path)
    file.errors.all().delete()
    rows: Any = ImportFile.objects.unscoped(WHY)
    rows.filter(pk=file.pk).update(path="")
    return Done(file)


def note_line_count(file: ImportFile, count: int) -> None:
    """Say about how many lines there are, for the progress bar."""
    rows: Any = ImportFile.objects.unscoped("progress of a background job")
    rows.filter(pk=file.pk).update(line_count=count)


def settle(person_ids: Sequence[str]) -> int:
    """Tell who listens that these people were promoted: the pool shows it."""
    consents = promotion_consents().filter(person__in=[UUID(pk) for pk in person_ids])
    moved = list(consents.values_list("person_id", flat=True).distinct())
    for person_id in moved:
        notices.profile_changed.fire(person_id)
    return len(moved)


def _move(file: ImportFile, sources: Sequence[str], target: str, **facts: Any) -> None:
    """Change where a file stands, unless somebody else just did."""
    rows: Any = ImportFile.objects.unscoped(WHY)
    if not rows.filter(pk=file.pk, state__in=sources).exclude(path="").update(state=target, **facts):
        raise ImportRefused(_("Ce fichier est en cours de traitement, ou n'est plus conservé. Rechargez la page."))


def _hold(file: ImportFile, state: str, start: int) -> None:
    """Lock the file's row for this batch, or find that another worker has done it."""
    rows: Any = ImportFile.objects.unscoped(WHY)
    held = rows.select_for_update().filter(pk=file.pk, state=state, done_count=start)
    if not held.exists():
        raise ImportMoved(str(file.pk))


def _count(file: ImportFile, start: int, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> dict[str, int]:
    fates = Counter(verdict.fate for verdict in verdicts)
    rows: Any = ImportFile.objects.unscoped(WHY)
    held = rows.get(pk=file.pk)
    counts = {f"{fate}_count": getattr(held, f"{fate}_count") + fates[fate] for fate in LineFate}
    rows.filter(pk=file.pk).update(done_count=start + len(lines), **counts)
    return {str(fate): fates[fate] for fate in LineFate}


def _keep_errors(verdicts: Sequence[Verdict], run: Run) -> None:
    rows = [row for verdict in verdicts for row in queries.line_errors(verdict, run)]
    ImportLineError.objects.bulk_create(rows)


def _promotions(verdicts: Sequence[Verdict], fate: LineFate) -> list[Promotion]:
    return [verdict.promotion for verdict in verdicts if verdict.fate is fate and verdict.promotion]


def _zeros() -> dict[str, int]:
    return dict.fromkeys(("done_count", "created_count", "updated_count", "unchanged_count"), 0)


def _suffix(filename: str) -> str:
    ending = filename.rpartition(".")[2].lower()
    return f".{ending}" if ending in {"csv", "xlsx", "txt", "tsv"} else ".tableau"
