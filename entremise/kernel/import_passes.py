"""The passes over an imported spreadsheet, in the background; each may be killed and run again without harm."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.spreadsheets import Spreadsheet, SpreadsheetRefused

CHECKING, IMPORTING = "checking", "importing"  # states of every imported file in which a pass works on it


@dataclass(frozen=True, slots=True)
class Passes:
    """How a domain checks its files line by line, imports them, and throws them away when they are old.

    `actions` is its module of actions: note_line_count, check_batch, import_batch, finish, fail, forget, ImportMoved.
    `queries` is its module of reads: file_for_job, uploader, path_of, start_run, batches, worn_out.
    """

    domain: str
    actions: Any
    queries: Any
    wrong_lines: Callable[[Any], Iterable[int]]  # numbers of the lines that the check refused
    kept_days: int

    def run_check(self, file_id: UUID) -> None:
        """Check a file from where an earlier run stopped, or say why it cannot be read."""
        self._work_on(file_id, CHECKING, self._check)

    def run_import(self, file_id: UUID) -> None:
        """Import a file from where an earlier run stopped."""
        self._work_on(file_id, IMPORTING, self._import)

    def forget_old(self) -> int:
        """Throw away what is too old; return how many files."""
        old = list(self.queries.worn_out(clock.now(), self.kept_days))
        for file in old:
            self.actions.forget(file, actor=job_actor(f"{self.domain}.import_forget"))
        return len(old)

    def _work_on(self, file_id: UUID, state: str, work: Callable[[Any, Actor], None]) -> None:
        """Work in the uploader's name and language; a file that cannot be read keeps the sentence that says why."""
        file = self.queries.file_for_job(file_id)
        actor = self.queries.uploader(file) if file else None
        if file is None or actor is None or file.state != state:
            return
        with translation.override(file.uploaded_by.language if file.uploaded_by else None):
            try:
                work(file, actor)
            except SpreadsheetRefused as refusal:
                self._fail(file, refusal.reason)
            except AccessDenied:
                self._fail(file, _("Qui a envoyé ce fichier n'a plus le droit de l'importer."))
            except self.actions.ImportMoved:
                return  # another worker is on it

    def _fail(self, file: Any, reason: str) -> None:
        self.actions.fail(file, actor=job_actor(f"{self.domain}.import"), reason=reason)

    def _check(self, file: Any, actor: Actor) -> None:
        self.actions.note_line_count(file, Spreadsheet(self.queries.path_of(file)).line_estimate())
        self._each_batch(file, actor, self.actions.check_batch)

    def _import(self, file: Any, actor: Actor) -> None:
        self._each_batch(file, actor, self.actions.import_batch, refused=frozenset(self.wrong_lines(file)))

    def _each_batch(self, file: Any, actor: Actor, act: Callable[..., Any], **facts: Any) -> None:
        done = file.done_count
        run = self.queries.start_run(file, actor)
        for lines in self.queries.batches(file, skip=done):
            act(file, actor=actor, run=run, start=done, lines=lines, **facts)
            done += len(lines)
        self.actions.finish(file, actor=actor)
