"""The passes over an imported file of offers, in the background; each may be killed and run again without harm."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from entremise.kernel import clock, jobs
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.spreadsheets import Spreadsheet, SpreadsheetRefused
from entremise.offers import actions_import as actions
from entremise.offers import queries_import as queries
from entremise.offers.enums_import import ImportState
from entremise.offers.models import OfferImport
from entremise.offers.rules_import import KEPT_DAYS


@jobs.job(name=actions.CHECK_JOB, queue="imports")
def import_check(file_id: str) -> None:
    """Check every line of a file."""
    run_check(UUID(file_id))


@jobs.job(name=actions.IMPORT_JOB, queue="imports")
def import_lines(file_id: str) -> None:
    """Import the lines that the check accepted."""
    run_import(UUID(file_id))


@jobs.periodic(name="offers.import_forget", cron="25 3 * * *")
def import_forget(timestamp: int) -> None:
    """Throw away the files received a month ago."""
    forget_old()


def run_check(file_id: UUID) -> None:
    """Check a file from where an earlier run stopped, or say why it cannot be read."""
    _work_on(file_id, ImportState.CHECKING, _check)


def run_import(file_id: UUID) -> None:
    """Import a file from where an earlier run stopped."""
    _work_on(file_id, ImportState.IMPORTING, _import)


def forget_old() -> int:
    """Throw away what is too old; return how many files."""
    old = list(queries.worn_out(clock.now(), KEPT_DAYS))
    for file in old:
        actions.forget(file, actor=job_actor("offers.import_forget"))
    return len(old)


def _work_on(file_id: UUID, state: str, work: Callable[[OfferImport, Actor], None]) -> None:
    """Work in the uploader's name and language; a file that cannot be read keeps the sentence that says why."""
    file = queries.file_for_job(file_id)
    actor = queries.uploader(file) if file else None
    if file is None or actor is None or file.state != state:
        return
    with translation.override(file.uploaded_by.language if file.uploaded_by else None):
        try:
            work(file, actor)
        except SpreadsheetRefused as refusal:
            actions.fail(file, actor=job_actor("offers.import"), reason=refusal.reason)
        except AccessDenied:
            reason = _("Qui a envoyé ce fichier n'a plus le droit de l'importer.")
            actions.fail(file, actor=job_actor("offers.import"), reason=reason)
        except actions.ImportMoved:
            return  # another worker is on it


def _check(file: OfferImport, actor: Actor) -> None:
    actions.note_line_count(file, Spreadsheet(queries.path_of(file)).line_estimate())
    _each_batch(file, actor, actions.check_batch)


def _import(file: OfferImport, actor: Actor) -> None:
    refused = frozenset(queries.refused_lines(file))
    _each_batch(file, actor, actions.import_batch, refused=refused)


def _each_batch(file: OfferImport, actor: Actor, act: Any, **facts: Any) -> None:
    done = file.done_count
    run = queries.start_run(file, actor)
    for lines in queries.batches(file, skip=done):
        act(file, actor=actor, run=run, start=done, lines=lines, **facts)
        done += len(lines)
    actions.finish(file, actor=actor)
