"""Reads of the imports: the files, their first lines, and what each line means for the promotions already known."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.accounts.queries import actor_for, agencies_of, calendar_for_agency
from entremise.kernel import clock, reminders
from entremise.kernel.actors import Actor
from entremise.kernel.models import JournalEntry
from entremise.kernel.spreadsheets import Line, Spreadsheet
from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.reminders import Policy
from entremise.lib.workcalendar import WorkCalendar
from entremise.promotions.enums import AnswerChannel, Origin, PromotionState
from entremise.promotions.enums_import import ImportField, LineFate
from entremise.promotions.models import ImportFile, ImportLineError, Promotion
from entremise.promotions.queries_lookup import Lookup
from entremise.promotions.rules_cells import Told, read_line
from entremise.promotions.rules_import import BATCH, EXAMPLE_LINES, identity_of, proposed_mapping

# What a second import of the same line may change.
FACTS = ("answer", "answered_at", "outcome", "outcome_on", "outcome_contract", "outcome_word")
CHANGED_HERE = ("promotions.log_answer", "promotions.record_outcome", "promotions.withdraw")
NOON = dt.time(12)
PAGE = 50  # sentences about wrong lines on one page
_AGAIN = gettext_noop("La ligne %(number)s décrit déjà cette promotion : même personne, même employeur, même jour.")


@dataclass
class Run:
    """One pass over a file: its mapping, what was looked up so far, and the lines already met."""

    file: ImportFile
    actor: Actor
    today: dt.date
    lookup: Lookup
    met: dict[str, int] = field(default_factory=dict)  # identity of a promotion → its line
    calendars: dict[UUID, WorkCalendar] = field(default_factory=dict)
    policies: dict[UUID, Policy] = field(default_factory=dict)
    expiries: dict[tuple[UUID, dt.date], dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one line: the promotion it makes or changes, or what is wrong with it."""

    line_number: int
    fate: LineFate
    promotion: Promotion | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One of the first lines, as it stands and as it is understood."""

    number: int
    cells: list[str]
    told: Told | None
    faults: list[str]


def files(actor: Actor) -> QuerySet[ImportFile]:
    """Return the files of the actor's own agencies, the newest first."""
    rows: Any = ImportFile.objects.visible_to(actor)
    mine = rows if actor.is_system else rows.filter(agency__in=actor.agency_ids)
    found: QuerySet[ImportFile] = mine.select_related("agency__department", "uploaded_by").order_by("-created_at")
    return found


def file(pk: UUID, actor: Actor) -> ImportFile:
    """Return one file of the actor's agencies, or raise ImportFile.DoesNotExist."""
    return files(actor).get(pk=pk)


def file_for_job(pk: UUID) -> ImportFile | None:
    """Return the file that a background job works on."""
    rows: Any = ImportFile.objects.unscoped("a background job, on behalf of who sent the file")
    found: ImportFile | None = rows.select_related("agency__department", "uploaded_by").filter(pk=pk).first()
    return found


def uploader(file: ImportFile) -> Actor | None:
    """Return who sent a file, with today's roles and territories."""
    return actor_for(file.uploaded_by, second_factor=True) if file.uploaded_by else None


def worn_out(now: dt.datetime, days: int) -> QuerySet[ImportFile]:
    """Return the files received too long ago to keep the names that are in them."""
    rows: Any = ImportFile.objects.unscoped("periodic job: old files of every territory")
    found: QuerySet[ImportFile] = rows.filter(created_at__lt=now - dt.timedelta(days=days)).exclude(path="")
    return found


def remembered_mapping(agency: Agency) -> dict[str, str]:
    """Return the columns that the agency chose for its last file."""
    rows: Any = ImportFile.objects.unscoped("the agency was checked; only column names are read")
    last = rows.filter(agency=agency).exclude(mapping={}).order_by("-created_at")
    mapping: dict[str, str] = last.values_list("mapping", flat=True).first() or {}
    return mapping


def proposed(file: ImportFile) -> dict[str, str]:
    """Return which column is which: as chosen for this file, as the agency did last time, or by the names."""
    return proposed_mapping(file.columns, file.mapping or remembered_mapping(file.agency))


def errors(file: ImportFile, *, after: int = 0, limit: int = PAGE) -> list[ImportLineError]:
    """Return what is wrong, line by line, after a line number."""
    return list(file.errors.filter(line_number__gt=after).order_by("line_number", "pk")[:limit])


def path_of(file: ImportFile) -> Path:
    """Return where the file is."""
    return Path(default_storage.path(file.path))


def errors_path(file: ImportFile) -> Path:
    """Return where the workbook of the wrong lines is, once it is written."""
    return path_of(file).with_suffix(".erreurs.xlsx")


def bad_rows(file: ImportFile) -> Iterator[list[Any]]:
    """Yield the lines that cannot be taken, with what is wrong in front of them."""
    wrong: dict[int, list[str]] = {}
    for number, column, message in file.errors.order_by("line_number", "pk").values_list(
        "line_number", "column", "message"
    ):
        wrong.setdefault(number, []).append(f"{column} : {message}" if column else message)
    for line in Spreadsheet(path_of(file)).lines():
        if line.number in wrong:
            yield [line.number, " ".join(wrong[line.number]), *line.cells.values()]


def examples(file: ImportFile, mapping: Mapping[str, str]) -> list[Example]:
    """Return the first lines of a file, and how they are understood with these columns."""
    shown = []
    for line in islice(Spreadsheet(path_of(file)).lines(), EXAMPLE_LINES):
        told, faults = read_line(line.cells, mapping, clock.today())
        cells = ["" if cell is None else str(cell) for cell in line.cells.values()]
        shown.append(Example(line.number, cells, told, [sentence(fault) for fault in faults]))
    return shown


def batches(file: ImportFile, *, skip: int = 0) -> Iterator[list[Line]]:
    """Yield the lines of a file in batches, after those that were already done."""
    lines = Spreadsheet(path_of(file)).lines()
    remaining = islice(lines, skip, None)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def start_run(file: ImportFile, actor: Actor) -> Run:
    """Prepare a pass over a file: agencies and colleagues are read once."""
    return Run(file, actor, clock.today(), Lookup(actor, file.agency, agencies_of(actor)))


def line_errors(verdict: Verdict, run: Run) -> list[ImportLineError]:
    """Return the rows that say what is wrong with a line."""
    return [
        ImportLineError(
            file=run.file, line_number=verdict.line_number, column=_column(fault, run.file)[:120],
            message=sentence(fault)[:300],
        )
        for fault in verdict.faults
    ]  # fmt: skip


def sentence(fault: Fault) -> str:
    """Say a fault in the reader's language."""
    return _(fault.message) % fault.params if fault.params else _(fault.message)


def wrong_lines(file: ImportFile) -> set[int]:
    """Return the numbers of the lines that the check refused."""
    return set(file.errors.values_list("line_number", flat=True))


def verdicts(run: Run, lines: Sequence[Line]) -> list[Verdict]:
    """Return what becomes of each line, in the order of the file; nothing is written."""
    read = [(line.number, *read_line(line.cells, run.file.mapping, run.today)) for line in lines]
    found = run.lookup.find([told for _number, told, faults in read if told and not faults])
    planned: list[tuple[int, Promotion | None, list[Fault]]] = []
    for number, told, faults in read:
        promotion = None
        if told and not faults:
            place, faults = found[told]
            promotion = None if faults else _planned(run, told, *place)
        planned.append((number, promotion, faults))
    known = _known([promotion for _number, promotion, _faults in planned if promotion])
    return [_verdict(run, known, *one) for one in planned]


@dataclass
class _Known:
    """What the database already holds about the promotions of a batch."""

    imported: dict[str, Promotion]
    made_here: set[tuple[UUID, UUID, dt.date]]
    changed_here: set[str]


def _known(planned: Sequence[Promotion]) -> _Known:
    rows: Any = Promotion.objects.unscoped("compared with the lines of a file whose people were checked")
    imported = rows.filter(source_hash__in=[p.source_hash for p in planned])
    by_hash = {row.source_hash: row for row in imported.only("source_hash", *FACTS)}
    pairs_of_facts = ((by_hash.get(p.source_hash), p) for p in planned)
    different = [str(known.pk) for known, p in pairs_of_facts if known and not _is_same(known, p)]
    here = rows.filter(origin=Origin.HERE, person_id__in={p.person_id for p in planned}).exclude(sent_at=None)
    pairs = here.values_list("person_id", "establishment_id", "sent_at")
    moved = JournalEntry.objects.filter(
        subject_type=Promotion._meta.label_lower, subject_id__in=different, verb__in=CHANGED_HERE
    )
    return _Known(
        by_hash,
        {(person, place, clock.local(sent_at).date()) for person, place, sent_at in pairs},
        set(moved.values_list("subject_id", flat=True)) if different else set(),
    )


def _verdict(run: Run, known: _Known, number: int, promotion: Promotion | None, faults: list[Fault]) -> Verdict:
    if promotion is None:
        return Verdict(number, LineFate.ERROR, faults=tuple(faults))
    identity = promotion.source_hash or ""
    first = run.met.setdefault(identity, number)
    if first != number:
        again = Fault("", _AGAIN, {"number": first})
        return Verdict(number, LineFate.ERROR, faults=(again,))
    existing = known.imported.get(identity)
    if existing is None:
        day = clock.local(promotion.sent_at or promotion.created_at).date()
        if (promotion.person_id, promotion.establishment_id, day) in known.made_here:
            return Verdict(number, LineFate.UNCHANGED)
        return Verdict(number, LineFate.CREATED, promotion)
    if str(existing.pk) in known.changed_here or _is_same(existing, promotion):
        return Verdict(number, LineFate.UNCHANGED)
    promotion.pk = existing.pk
    return Verdict(number, LineFate.UPDATED, promotion)


def _is_same(existing: Promotion, promotion: Promotion) -> bool:
    return all(getattr(existing, name) == getattr(promotion, name) for name in FACTS)


def _planned(
    run: Run, told: Told, person_id: UUID, establishment_id: UUID, agency: Agency, adviser_id: UUID | None
) -> Promotion:
    """Return the promotion that a line tells of, not saved: it is born in the state that its facts describe."""
    sent_at = _at(told.sent_on)
    expires_at = _expiry(run, agency, told.sent_on)
    answered_at = _at(told.answered_on) if told.answer and told.answered_on else None
    return Promotion(
        person_id=person_id, establishment_id=establishment_id, agency=agency, adviser_id=adviser_id,
        origin=Origin.IMPORT, source_hash=identity_of(person_id, establishment_id, told.sent_on),
        state=_state(told, expires_at), created_at=sent_at, sent_at=sent_at, expires_at=expires_at,
        answer=told.answer, answered_at=answered_at, answer_channel=AnswerChannel.IMPORT if told.answer else "",
        outcome=told.outcome, outcome_on=told.outcome_on if told.outcome else None, outcome_contract=told.contract,
        outcome_word=told.comment, closed_at=_closing(told) if told.outcome else None,
    )  # fmt: skip


def _state(told: Told, expires_at: dt.datetime) -> PromotionState:
    if told.outcome:
        return PromotionState.CLOSED
    if told.answer:
        return PromotionState.ANSWERED
    return PromotionState.EXPIRED if expires_at <= clock.now() else PromotionState.SENT


def _closing(told: Told) -> dt.datetime:
    return min(_at(told.outcome_on or told.answered_on or told.sent_on), clock.now())


def _expiry(run: Run, agency: Agency, sent_on: dt.date) -> dt.datetime:
    key = (agency.pk, sent_on)
    if key not in run.expiries:
        if agency.pk not in run.calendars:
            run.calendars[agency.pk] = calendar_for_agency(agency)
            run.policies[agency.pk] = reminders.policy("promotions", agency.department_id)
        run.expiries[key] = run.policies[agency.pk].expires_at(_at(sent_on), run.calendars[agency.pk])
    return run.expiries[key]


def _at(day: dt.date) -> dt.datetime:
    """Return noon: a file tells days, and the delay between two of them must be a number of days."""
    return timezone.make_aware(dt.datetime.combine(day, NOON))


def _column(fault: Fault, file: ImportFile) -> str:
    """Name the column of the file, or what it should hold when no column was chosen."""
    if not fault.field:
        return ""
    return file.mapping.get(fault.field) or str(ImportField(fault.field).label)
