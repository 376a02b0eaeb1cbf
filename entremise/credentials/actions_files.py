"""Writes about spreadsheets of people to award a badge to: tried first, awarded batch by batch, taken back, forgotten.

A batch and the place where it stopped are one transaction: a killed worker goes on where it was, and nobody is
awarded twice.
"""

import contextlib
import datetime as dt
import tempfile
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from entremise.credentials import actions, actions_claims, queries, queries_issuing, rules_issuing
from entremise.credentials.enums import RevokeReason, Verb
from entremise.credentials.models import Award, BadgeClass
from entremise.credentials.models_files import AwardFile
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_issuing import Row
from entremise.kernel import clock, jobs
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.spreadsheets import MAX_FILES_A_DAY, Spreadsheet, SpreadsheetRefused, require_name
from entremise.lib.cells import Fault, gettext_noop

AWARD_JOB, UNDO_JOB = "credentials.award_file", "credentials.undo_file"
WHY = "the policy decided on this file"
LABELS = {
    rules_issuing.Cell.FIRST_NAME: gettext_noop("Prénom"),
    rules_issuing.Cell.NAME: gettext_noop("Nom"),
    rules_issuing.Cell.EMAIL: gettext_noop("Adresse électronique"),
    rules_issuing.Cell.AWARDED_ON: gettext_noop("Date"),
    rules_issuing.Cell.NOTE: gettext_noop("Comment"),
}
S = AwardFile.State


@action(Verb.FILE_RECEIVED, may="credentials.award")
def receive(badge_class: BadgeClass, *, actor: Actor, filename: str, content: IO[bytes]) -> Done:
    """Read a spreadsheet and say what it would do, line by line; nothing is awarded yet, nothing is sent."""
    queries.require_published(badge_class)
    _require_room(actor)
    with _copied(content) as path:
        sheet = Spreadsheet(path)
        require_name(filename, sheet)
        rows, faults = _read(sheet, badge_class)
    file = AwardFile.objects.unscoped(WHY).create(
        badge_class=badge_class,
        name=filename[-200:],
        rows=[row.kept() for row in rows],
        faults={str(line): sentences for line, sentences in faults.items()},
        created_by_id=actor.user_id,
        created_at=clock.now(),
    )
    return Done(file, data={"lines": len(rows), "faults": len(faults)})


@action(Verb.FILE_STARTED, may="credentials.award")
def start(file: AwardFile, *, actor: Actor) -> AwardFile:
    """Award the lines that were understood, in the background."""
    queries.require_published(file.badge_class)
    if not file.rows:
        raise CredentialRefused(_("Aucune ligne de ce fichier n'est à remettre : corrigez-le, puis envoyez-le."))
    _move(file, (S.CHECKED,), S.RUNNING)
    jobs.defer_named(AWARD_JOB, file_id=str(file.pk))
    return file


@action(Verb.FILE_STARTED, may="credentials.sign")
def award_batch(file: AwardFile, *, actor: Actor) -> Done:
    """Award the next lines; return how many were looked at."""
    held = _held(file, S.RUNNING)
    batch = held.rows[held.next_row : held.next_row + rules_issuing.ROWS_AT_ONCE] if held else []
    if held is None or not batch:
        return Done(0, subject=file)
    for told in batch:
        row = Row.of(told)
        held.results[str(row.line)] = _awarded(held, row, actor)
    held.next_row += len(batch)
    held.save(update_fields=["results", "next_row", "awarded_count", "skipped_count"])
    return Done(len(batch), data={"row": held.next_row}, subject=held)


@action(Verb.FILE_DONE, may="credentials.sign")
def finish(file: AwardFile, *, actor: Actor) -> Done:
    """End the awarding of a file, or its taking back."""
    target = S.UNDONE if file.state == S.UNDOING else S.DONE
    _move(file, (file.state,), target, done_at=clock.now())
    return Done(file, data={"state": target})


@action(Verb.FILE_STARTED, may="credentials.award")
def undo(file: AwardFile, *, actor: Actor) -> Done:
    """Take back every badge that a file gave, within a week: those that wait are forgotten, the others withdrawn."""
    if file.state == S.DONE and not rules_issuing.may_undo(file.done_at, clock.now()):
        raise CredentialRefused(
            _("Plus de sept jours ont passé : retirez les badges un par un, depuis la liste des badges remis.")
        )
    _move(file, (S.DONE,), S.UNDOING)
    jobs.defer_named(UNDO_JOB, file_id=str(file.pk))
    return Done(file, data={"undo": True})


@action(Verb.FILE_STARTED, may="credentials.sign")
def undo_batch(file: AwardFile, *, actor: Actor) -> Done:
    """Take back the next badges of a file; return how many."""
    held = _held(file, S.UNDOING)
    some = list(queries_issuing.awards_of_file(file)[: rules_issuing.ROWS_AT_ONCE]) if held else []
    for award in some:
        actions.revoke(award, actor=actor, reason=RevokeReason.MISTAKE)
    if held and some:
        held.undone_count += len(some)
        held.save(update_fields=["undone_count"])
    return Done(len(some), data={"undone": len(some)}, subject=file)


@action(Verb.FILE_FORGOTTEN, may="credentials.sign")
def forget(file: AwardFile, *, actor: Actor) -> Done:
    """Forget the names and addresses of a file; its counts stay."""
    rows: Any = AwardFile.objects.unscoped(WHY)
    rows.filter(pk=file.pk).update(rows=[], faults={}, results={}, name="")
    return Done(file)


def _awarded(file: AwardFile, row: Row, actor: Actor) -> str:
    """Award one line; return the reference of its badge, or why it was left."""
    try:
        given: Award = actions_claims.offer(
            file.badge_class,
            actor=actor,
            name=row.name,
            email=row.email,
            awarded_on=row.awarded_on,
            note=row.note,
            file_id=file.pk,
        )
    except CredentialRefused as refusal:
        file.skipped_count += 1
        return refusal.reason
    file.awarded_count += 1
    return rules_issuing.reference(given.public_id)


def _read(sheet: Spreadsheet, badge_class: BadgeClass) -> tuple[list[Row], dict[int, list[str]]]:
    mapping = rules_issuing.columns_of(sheet.columns)
    if absent := rules_issuing.missing(mapping):
        names = ", ".join(f"« {_(LABELS[rules_issuing.Cell(name)])} »" for name in absent)
        raise SpreadsheetRefused(
            _("Il manque une colonne : %(names)s. Téléchargez le modèle, il a les bons titres.") % {"names": names}
        )
    rows: list[Row] = []
    faults: dict[int, list[str]] = {}
    met: dict[str, int] = {}
    waiting, today = queries_issuing.addresses_waiting(badge_class), clock.today()
    for count, line in enumerate(sheet.lines(), start=1):
        if count > rules_issuing.MOST_LINES:
            reason = _("Ce fichier a plus de 50 000 lignes : découpez-le en plusieurs, puis envoyez-les.")
            raise SpreadsheetRefused(reason)
        told = rules_issuing.read(line.number, line.cells, mapping, today)
        sentences = _sentences(told) if isinstance(told, list) else _twice(told, met, waiting)
        if sentences:
            faults[line.number] = sentences
        elif isinstance(told, Row):
            rows.append(told)
    if not rows and not faults:
        raise SpreadsheetRefused(_("Ce fichier n'a aucune ligne sous ses titres."))
    return rows, faults


def _twice(row: Row, met: dict[str, int], waiting: set[str]) -> list[str]:
    first = met.setdefault(row.email, row.line)
    if first != row.line:
        return [_("La ligne %(number)s donne déjà cette adresse.") % {"number": first}]
    if row.email in waiting:
        return [_("Ce badge attend déjà cette personne à cette adresse.")]
    return []


def _sentences(faults: list[Fault]) -> list[str]:
    return [
        _("%(column)s : %(fault)s")
        % {"column": _(LABELS[rules_issuing.Cell(one.field)]), "fault": _(one.message) % one.params}
        for one in faults
    ]


def _require_room(actor: Actor) -> None:
    since = clock.now() - dt.timedelta(days=1)
    sent = AwardFile.objects.unscoped("how many files an account sent").filter(created_by_id=actor.user_id)
    if actor.user_id and sent.filter(created_at__gte=since).count() >= MAX_FILES_A_DAY:
        raise SpreadsheetRefused(_("Vous avez envoyé beaucoup de fichiers depuis hier. Réessayez demain."))


@contextlib.contextmanager
def _copied(content: IO[bytes]) -> Any:
    """Keep what was sent in a file, the time to read it."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:  # openpyxl opens no other; the content decides
        content.seek(0)
        while chunk := content.read(1 << 20):
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def _move(file: AwardFile, sources: tuple[str, ...], target: str, **facts: Any) -> None:
    """Change where a file stands, unless somebody else just did."""
    rows: Any = AwardFile.objects.unscoped(WHY)
    if not rows.filter(pk=file.pk, state__in=sources).update(state=target, **facts):
        raise CredentialRefused(_("Ce fichier est en cours de traitement, ou déjà traité. Rechargez la page."))
    file.refresh_from_db(fields=["state", *facts])


def _held(file: AwardFile, state: str) -> AwardFile | None:
    """Lock a file for one batch, or nothing when another worker ended it."""
    rows: Any = AwardFile.objects.unscoped(WHY).select_for_update(of=("self",)).select_related("badge_class__issuer")
    held: AwardFile | None = rows.filter(pk=file.pk, state=state).first()
    return held
