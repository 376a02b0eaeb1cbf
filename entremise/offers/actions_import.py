"""Writes of the import of offers: a file received, understood, checked, imported batch by batch, forgotten.

Each line becomes an offer through the same actions as the form, in the name of who sent the file: same rules, same
journal. A line sent again corrects its offer with what the file's columns tell, and nothing else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.kernel import clock, jobs
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
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.uuid7 import uuid7
from entremise.offers import actions
from entremise.offers import queries_import as queries
from entremise.offers.actions import OfferRefused, Sheet
from entremise.offers.enums import OfferState, Verb
from entremise.offers.enums_import import PLACE_FIELDS, LineFate, OfferField
from entremise.offers.enums_import import ImportState as S
from entremise.offers.models import Offer, OfferImport, OfferImportLine
from entremise.offers.queries_import import Plan, Run
from entremise.offers.rules_cells import Told
from entremise.offers.rules_import import EXAMPLE_LINES, mapping_faults
from entremise.offers.workflow import FLOW

CHECK_JOB, IMPORT_JOB = "offers.import_check", "offers.import"
RESTING = (S.UPLOADED, S.CHECKED, S.IMPORTED, S.FAILED)
WHY = "the policy decided on this file"
SAME = ("title", "contract", "working_time", "radius_km", "description")
LISTS = ("schedules", "licences", "languages")
_AGAIN = gettext_noop("La ligne %(number)s a déjà cette référence.")
_ELSEWHERE = gettext_noop("Cette référence est déjà celle d'une offre d'un autre établissement, « %(name)s ».")


class ImportRefused(Exception):
    """What was asked of a file cannot be done; `reason` is a sentence, `faults` say which column is concerned."""

    def __init__(self, reason: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faults = list(faults)


class ImportMoved(Exception):
    """Another worker has already done this batch, or the file is no longer being worked on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one line: what its offer is to say, or why it is refused."""

    plan: Plan
    fate: LineFate
    message: str = ""
    sheet: Sheet | None = None
    needs: Mapping[UUID, int] | None = None
    offer: Offer | None = None


@action(Verb.IMPORT_RECEIVED, may="offers.import")
def receive(agency: Agency, *, actor: Actor, filename: str, content: IO[bytes]) -> Done:
    """Keep a spreadsheet that can be read, and propose what its columns are; nothing else is written yet."""
    rows: Any = OfferImport.objects.unscoped(WHY)
    require_room(rows.filter(uploaded_by_id=actor.user_id))
    path = default_storage.save(f"imports/{uuid7()}{_suffix(filename)}", File(content))
    try:
        sheet = Spreadsheet(queries.path_of(OfferImport(path=path)))
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


@action(Verb.IMPORT_MAPPED, may="offers.import_file")
def map_columns(
    file: OfferImport, *, actor: Actor, mapping: Mapping[str, str], is_opened_at_once: bool = False
) -> Done:
    """Say which column is which and whether offers open at once, and check every line in the background."""
    chosen = {name: mapping[name] for name in OfferField.values if mapping.get(name) in file.columns}
    if faults := mapping_faults(chosen):
        raise ImportRefused(_("Il manque une colonne pour lire ce fichier."), faults)
    _move(
        file, RESTING, S.CHECKING,
        mapping=chosen, is_opened_at_once=is_opened_at_once, failure="", finished_at=None, refused_count=0, **_zeros(),
    )  # fmt: skip
    file.lines.all().delete()
    jobs.defer_named(CHECK_JOB, file_id=str(file.pk))
    return Done(file, data={"fields": sorted(chosen), "is_opened_at_once": is_opened_at_once})


@action(Verb.IMPORT_CHECKED, may="offers.import_file")
def check_batch(file: OfferImport, *, actor: Actor, run: Run, start: int, lines: Sequence[Line]) -> Done:
    """Say what these lines would do and what is wrong with them; no offer is written."""
    _hold(file, S.CHECKING, start)
    verdicts = [_verdict(run, plan) for plan in queries.plans(run, lines)]
    return Done(file, data=_keep(file, start, lines, verdicts))


@action(Verb.IMPORT_STARTED, may="offers.import_file")
def start_import(file: OfferImport, *, actor: Actor) -> Done:
    """Import the lines that the check accepted, in the background."""
    if file.state == S.CHECKED and not file.created_count + file.updated_count:
        raise ImportRefused(_("Aucune ligne n'apporte de changement : il n'y a rien à importer."))
    _move(file, (S.CHECKED,), S.IMPORTING, **_zeros())
    file.lines.exclude(fate=LineFate.REFUSED).delete()
    jobs.defer_named(IMPORT_JOB, file_id=str(file.pk))
    return Done(file, data={"lines": file.line_count})


@action(Verb.IMPORTED, may="offers.import_file")
def import_batch(
    file: OfferImport, *, actor: Actor, run: Run, start: int, lines: Sequence[Line], refused: frozenset[int]
) -> Done:
    """Write the offers that these lines tell, as the form would; repeating the batch changes nothing."""
    _hold(file, S.IMPORTING, start)
    plans = queries.plans(run, [line for line in lines if line.number not in refused])
    verdicts = [_written(run, _verdict(run, plan), actor) for plan in plans]
    return Done(file, data=_keep(file, start, lines, verdicts))


@action(Verb.IMPORT_DONE, may="offers.import_file")
def finish(file: OfferImport, *, actor: Actor) -> Done:
    """End the check or the import: the refused lines are ready to be taken back and corrected."""
    fresh = queries.file_for_job(file.pk) or file
    target = S.IMPORTED if fresh.state == S.IMPORTING else S.CHECKED
    if fresh.refused_count:
        with queries.refused_path(fresh).open("wb") as out:
            columns = [_("Ligne"), _("Ce qui ne va pas"), *fresh.columns]
            write_xlsx(out, columns, queries.refused_rows(fresh), title=_("Lignes à corriger"))
    _move(fresh, (fresh.state,), target, line_count=fresh.done_count, finished_at=clock.now())
    return Done(fresh, data={"state": target, "refused": fresh.refused_count})


@action(Verb.IMPORT_FAILED, may="offers.import_file")
def fail(file: OfferImport, *, actor: Actor, reason: str) -> Done:
    """Stop, and keep the sentence that says why."""
    _move(file, (S.CHECKING, S.IMPORTING), S.FAILED, failure=reason[:300], finished_at=clock.now())
    return Done(file)


@action(Verb.IMPORT_FORGOTTEN, may="offers.import_file")
def forget(file: OfferImport, *, actor: Actor) -> Done:
    """Throw away the file and its report, which may hold names; the counts and the offers stay."""
    queries.refused_path(file).unlink(missing_ok=True)
    default_storage.delete(file.path)
    file.lines.all().delete()
    rows: Any = OfferImport.objects.unscoped(WHY)
    rows.filter(pk=file.pk).update(path="")
    return Done(file)


def note_line_count(file: OfferImport, count: int) -> None:
    """Say about how many lines there are, for the progress bar."""
    rows: Any = OfferImport.objects.unscoped("progress of a background job")
    rows.filter(pk=file.pk).update(line_count=count)


def _verdict(run: Run, plan: Plan) -> Verdict:
    """Return what is to become of a line; the rules of the form judge what it says."""
    told, named, faults = plan.told, plan.named, list(plan.faults)
    if told and (first := run.met.setdefault(told.reference, plan.line_number)) != plan.line_number:
        faults.append(Fault(OfferField.REFERENCE, _AGAIN, {"number": first}))
    known = named.known if named else None
    if known and named and named.establishment not in (None, known.establishment):
        faults.append(Fault(OfferField.REFERENCE, _ELSEWHERE, {"name": known.establishment.name}))
    if faults or not (told and named and named.establishment and named.occupation):
        message = " ".join(queries.sentence(fault, run.file) for fault in faults)
        return Verdict(plan, LineFate.REFUSED, message)
    if known and known.is_closed:
        return Verdict(
            plan, LineFate.UNCHANGED, _("Cette offre est close ici : elle reste telle quelle."), offer=known
        )
    sheet, needs = _sheet(run.file, told, plan, known)
    if reason := _refusal(run, known, sheet, needs):
        return Verdict(plan, LineFate.REFUSED, reason)
    if known is None:
        return Verdict(plan, LineFate.CREATED, sheet=sheet, needs=needs)
    is_same = _is_same(known, sheet, needs) and not _is_to_open(run, known)
    return Verdict(plan, LineFate.UNCHANGED if is_same else LineFate.UPDATED, sheet=sheet, needs=needs, offer=known)


def _sheet(file: OfferImport, told: Told, plan: Plan, known: Offer | None) -> tuple[Sheet, Mapping[UUID, int]]:
    """Return what the offer is to say: what the file's columns tell, and what it said already for the others."""
    named: Any = plan.named

    def kept(name: str, value: Any, *columns: OfferField) -> Any:
        is_told = any(file.mapping.get(column) for column in columns or (OfferField(name),))
        return value if is_told or known is None else getattr(known, name)

    needs = named.needs
    if known is not None and not file.mapping.get(OfferField.SKILLS):
        needs = {row.skill_id: row.need for row in known.offer_skills.all()}
    job_title = named.job_title
    if known is not None and not told.title and known.occupation == named.occupation:
        job_title = known.job_title
    title = told.title or (job_title.label if job_title else named.occupation.label)
    place = named.commune or named.establishment.commune
    facts = {name: kept(name, getattr(told, name)) for name in (*SAME, *LISTS) if name != "title"}
    return Sheet(
        establishment=named.establishment, title=kept("title", title), occupation=named.occupation,
        job_title=job_title, commune=kept("commune", place, *PLACE_FIELDS), reference=told.reference, **facts,
    ), needs  # fmt: skip


def _refusal(run: Run, known: Offer | None, sheet: Sheet, needs: Mapping[UUID, int]) -> str:
    """Return why the rules of offers refuse a line, or an empty text."""
    try:
        actions.check(known or Offer(agency=run.file.agency), sheet, needs)
    except OfferRefused as refusal:
        return refusal.reason
    return FLOW.refusal(known, "open", run.actor) if known and _is_to_open(run, known) else ""


def _is_to_open(run: Run, known: Offer) -> bool:
    return run.file.is_opened_at_once and known.state == OfferState.DRAFT


def _is_same(known: Offer, sheet: Sheet, needs: Mapping[UUID, int]) -> bool:
    is_named_alike = (known.occupation, known.job_title, known.commune) == (
        sheet.occupation, sheet.job_title, sheet.commune,
    )  # fmt: skip
    is_told_alike = all(getattr(known, name) == getattr(sheet, name) for name in SAME)
    is_listed_alike = all(set(getattr(known, name)) == set(getattr(sheet, name)) for name in LISTS)
    asked = {row.skill_id: row.need for row in known.offer_skills.all()}
    return is_named_alike and is_told_alike and is_listed_alike and asked == needs


def _written(run: Run, verdict: Verdict, actor: Actor) -> Verdict:
    """Write the offer of a line; what changed since the check may refuse it."""
    if verdict.sheet is None or verdict.needs is None or verdict.fate == LineFate.UNCHANGED:
        return verdict
    try:
        if verdict.offer is None:
            offer = actions.create(run.file.agency, actor=actor, sheet=verdict.sheet, needs=verdict.needs)
        else:
            offer = actions.edit(verdict.offer, actor=actor, sheet=verdict.sheet, needs=verdict.needs)
    except (OfferRefused, TransitionRefused) as refusal:
        return Verdict(verdict.plan, LineFate.REFUSED, refusal.reason)
    message = verdict.message
    if _is_to_open(run, offer):
        try:
            offer = actions.open_offer(offer, actor=actor)
        except (OfferRefused, TransitionRefused) as refusal:
            message = refusal.reason  # it is kept, and stays a draft
    return Verdict(verdict.plan, verdict.fate, message, verdict.sheet, verdict.needs, offer)


def _move(file: OfferImport, sources: Sequence[str], target: str, **facts: Any) -> None:
    """Change where a file stands, unless somebody else just did."""
    rows: Any = OfferImport.objects.unscoped(WHY)
    if not rows.filter(pk=file.pk, state__in=sources).exclude(path="").update(state=target, **facts):
        raise ImportRefused(_("Ce fichier est en cours de traitement, ou n'est plus conservé. Rechargez la page."))


def _hold(file: OfferImport, state: str, start: int) -> None:
    """Lock the file's row for this batch, or find that another worker has done it."""
    rows: Any = OfferImport.objects.unscoped(WHY)
    if not rows.select_for_update().filter(pk=file.pk, state=state, done_count=start).exists():
        raise ImportMoved(str(file.pk))


def _keep(file: OfferImport, start: int, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> dict[str, int]:
    """Write the report of these lines, and count them."""
    OfferImportLine.objects.bulk_create(
        queries.line_of(file, one.plan, one.fate, one.message, one.offer) for one in verdicts
    )
    fates = Counter(verdict.fate for verdict in verdicts)
    rows: Any = OfferImport.objects.unscoped(WHY)
    held = rows.get(pk=file.pk)
    counts = {f"{fate}_count": getattr(held, f"{fate}_count") + fates[fate] for fate in LineFate}
    rows.filter(pk=file.pk).update(done_count=start + len(lines), **counts)
    return {str(fate): fates[fate] for fate in LineFate}


def _zeros() -> dict[str, int]:
    return dict.fromkeys(("done_count", "created_count", "updated_count", "unchanged_count"), 0)


def _suffix(filename: str) -> str:
    ending = filename.rpartition(".")[2].lower()
    return f".{ending}" if ending in {"csv", "xlsx", "txt", "tsv"} else ".tableau"
