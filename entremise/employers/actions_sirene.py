"""Load the stock files of SIRENE: staged line by line in a temporary table, then compared and written in sets.

Each batch of SIRETs is a transaction of its own with its journal line: a run that was stopped is simply run again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers import actions, rules
from entremise.employers.actions_sirene_sql import (
    BOUNDS,
    CLOSINGS,
    COMMUNE,
    COMPARE,
    COPY_LINES,
    COPY_UNITS,
    COUNT,
    INDEX_LINES,
    INDEX_UNITS,
    NO_COMPARE,
    NO_TABLES,
    RENAMED,
    TABLES,
    TWICE,
    WORDS,
    WRITES,
)
from entremise.employers.enums import Verb
from entremise.employers.models import Establishment
from entremise.employers.models_events import DirectoryImport
from entremise.employers.rules_file import NEW_DAYS, PRIVATE_NAME, RECHECK_DAYS, Place, Places
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.reference_files import Progress, SourceRefused
from entremise.kernel.streamed_files import StreamedCsv
from entremise.lib import sirene
from entremise.lib.sirene import ColumnsMissing, EstablishmentFacts, Layout, LineRefused, Reason
from entremise.territories.models import Commune, NafCode

BATCH = 20_000  # establishments: seconds of one transaction
WORDS_BATCH = 2_000
REPORT_EVERY = 5_000
EXAMPLES = 5
REASONS = {
    Reason.SHORT: gettext_lazy("ligne incomplète, le fichier a pu être coupé"),
    Reason.SIRET: gettext_lazy("numéro SIRET faux"),
    Reason.STATE: gettext_lazy("état ni actif ni fermé"),
    Reason.DATE: gettext_lazy("date illisible"),
    Reason.ABROAD: gettext_lazy("adresse à l'étranger, ou sans commune"),
    Reason.COMMUNE: gettext_lazy("commune inconnue ici (entremise import communes)"),
    Reason.DEPARTMENT: gettext_lazy("hors des départements demandés"),
    Reason.CLOSED: gettext_lazy("déjà fermé"),
    Reason.TWICE: gettext_lazy("SIRET présent deux fois : la dernière ligne compte"),
    Reason.SIREN: gettext_lazy("numéro SIREN faux"),
}
COUNTED = ("created", "changed", "closed", "reopened", "unchanged")


@dataclass(slots=True)
class StockReport:
    """What a load changed, or would change; the SIRETs of some examples, and why lines were left aside."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    ignored: Counter[Reason] = field(default_factory=Counter)
    ignored_examples: dict[Reason, list[str]] = field(default_factory=dict)
    line_count: int = 0
    is_cut: bool = False

    def ignore(self, reason: Reason, found: str, count: int = 1) -> None:
        """Count lines left aside."""
        self.ignored[reason] += count
        examples = self.ignored_examples.setdefault(reason, [])
        if found and len(examples) < EXAMPLES:
            examples.append(found[:40])

    def sentences(self) -> list[str]:
        """Say it, one line for each thing."""
        names = {
            "created": _("Établissements ajoutés : %(count)d"), "changed": _("modifiés : %(count)d"),
            "closed": _("fermés : %(count)d"), "reopened": _("rouverts : %(count)d"),
            "unchanged": _("inchangés : %(count)d"),
        }  # fmt: skip
        told = [
            _with_examples(names[name] % {"count": self.counts[name]}, self.examples.get(name, [])) for name in COUNTED
        ]
        for reason, count in self.ignored.most_common():
            words = _("laissés de côté : %(count)d (%(reason)s)") % {"count": count, "reason": REASONS[reason]}
            told.append(_with_examples(words, self.ignored_examples[reason]))
        return told

    def cut_sentence(self) -> str:
        """Say that the file was not whole."""
        return _("Le fichier s'arrête avant sa fin : ce qu'il contient est pris. Téléchargez-le de nouveau.")

    @property
    def has_written(self) -> bool:
        """Tell whether some establishment is not as it was."""
        return any(self.counts[name] for name in COUNTED if name != "unchanged")


def load_stock(
    source: Path | str,
    *,
    units: Path | str | None = None,
    departments: Collection[str] = (),
    open_only: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> StockReport:
    """Bring the directory in line with a stock file of SIRENE; what a file does not say stays as it is known."""
    lines = _Opened(StreamedCsv(source, sirene.ESTABLISHMENT_FILE), sirene.ESTABLISHMENT_COLUMNS)
    legal = None if units is None else _Opened(StreamedCsv(units, sirene.UNIT_FILE), sirene.UNIT_COLUMNS)
    report, places = StockReport(), _places()
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.executemany(COMMUNE, [(p.code, rules.searchable(p.name)) for p in places.by_code.values()])
    _stage(lines, _reader(places, departments, open_only), report, progress)
    if legal is not None:
        _stage_units(legal, report, progress)
    bounds = _ready_to_compare(report)
    run = DirectoryImport(filename=Path(source).name[:120], started_at=clock.now())
    if not dry_run:
        run.ignored_count = report.ignored.total()
        run.save()
    write = _write if dry_run else write_batch
    for number, (low, high) in enumerate(bounds, start=1):
        counts, examples = write(run, actor=job_actor("import"), low=low, high=high, dry_run=dry_run)
        report.counts.update(counts)
        for name, found in examples.items():
            report.examples[name] = [*report.examples.get(name, []), *found][:EXAMPLES]
        if progress:
            progress(number * report.line_count // len(bounds), report.line_count)
    if not dry_run:
        DirectoryImport.objects.filter(pk=run.pk).update(ended_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute(NO_TABLES)
    return report


Compared = tuple[dict[str, int], dict[str, list[str]]]


@action(Verb.DIRECTORY_IMPORTED, may="employers.import")
def write_batch(run: DirectoryImport, *, actor: Actor, low: str, high: str, dry_run: bool) -> Done:
    """Write the establishments between two SIRETs, their events, and stop what is under way where one closed."""
    counts, examples = _write(run, actor=actor, low=low, high=high, dry_run=dry_run)
    added = {f"{name}_count": F(f"{name}_count") + counts[name] for name in COUNTED}
    DirectoryImport.objects.filter(pk=run.pk).update(**added)
    return Done((counts, examples), data=counts, subject=run)


def _write(run: DirectoryImport, *, actor: Actor, low: str, high: str, dry_run: bool) -> Compared:
    now = clock.now()
    facts: dict[str, Any] = {
        "low": low, "high": high, "now": now, "today": clock.local(now).date(), "private": PRIVATE_NAME,
        "started_at": run.started_at, "new_since": clock.local(now).date() - dt.timedelta(days=NEW_DAYS),
        "stale_before": now - dt.timedelta(days=RECHECK_DAYS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COMPARE, facts)
        cursor.execute(COUNT)
        found = {what: (count, examples) for what, count, examples in cursor.fetchall()}
        if not dry_run:
            for place in range(len(WRITES)):
                cursor.execute(WRITES[place], facts)
            _write_words(cursor)
            cursor.execute(CLOSINGS)
            closings = dict(cursor.fetchall())
            for closing in Establishment.objects.filter(pk__in=closings).order_by("siret"):
                actions.close(closing, actor=actor, closed_on=closings[closing.pk])
        cursor.execute(NO_COMPARE)
    counts = {name: found.get(name, (0, []))[0] for name in COUNTED}
    return counts, {name: found[name][1] for name in COUNTED if name in found}


def _write_words(cursor: Any) -> None:
    """Write again the words by which a renamed or moved establishment is found."""
    cursor.execute(RENAMED)
    rows = cursor.fetchall()
    for start in range(0, len(rows), WORDS_BATCH):
        part = rows[start : start + WORDS_BATCH]
        words = [rules.searchable(*(name for name in names if name != PRIVATE_NAME))[:420] for _pk, *names in part]
        cursor.execute(WORDS, [[row[0] for row in part], words])


@dataclass(frozen=True, slots=True)
class _Reader:
    """From a line to the row that is staged."""

    places: Places
    departments: frozenset[str]
    open_only: bool
    activities: frozenset[str]
    today: dt.date

    def row(self, cells: Sequence[str], where: Layout) -> tuple[Any, ...]:
        """Return the row of a line, or raise LineRefused."""
        facts = sirene.read_establishment(cells, where)
        place = self._place(facts)
        closed_on = (facts.state_on or self.today) if facts.is_closed else None
        if closed_on is not None and closed_on > self.today:
            closed_on = None  # said in advance: the next file will tell
        if closed_on is not None and self.open_only:
            raise LineRefused(Reason.CLOSED, facts.siret)
        naf = facts.naf if facts.naf in self.activities else None
        return (
            facts.siret, facts.is_private, facts.is_head, closed_on, facts.state_on, facts.opened_on, facts.name,
            rules.searchable(facts.name), naf, rules.size_band(facts.staff), facts.address, facts.postcode, place.code,
        )  # fmt: skip

    def _place(self, facts: EstablishmentFacts) -> Place:
        place = self.places.find(facts.commune, facts.postcode, facts.commune_name)
        if place is None:
            raise LineRefused(Reason.COMMUNE, facts.commune)
        if self.departments and place.department not in self.departments:
            raise LineRefused(Reason.DEPARTMENT)
        return place


def _reader(places: Places, departments: Collection[str], open_only: bool) -> _Reader:
    activities = frozenset(NafCode.objects.values_list("code", flat=True))
    return _Reader(places, frozenset(departments), open_only, activities, clock.today())


def _places() -> Places:
    rows = Commune.objects.values_list("code", "department_id", "name", "postcodes", "retired_on")
    return Places.of(Place(code, dep, name, tuple(posts), gone is not None) for code, dep, name, posts, gone in rows)


class _Opened:
    """A file whose first line was read: it is what it is given for."""

    def __init__(self, stream: StreamedCsv, columns: Sequence[str]) -> None:
        self.stream = stream
        self.lines = stream.lines()
        try:
            self.where = sirene.layout(next(self.lines, []), columns)
        except ColumnsMissing as error:
            raise SourceRefused(
                _("« %(name)s » n'est pas le fichier %(hint)s de l'Insee : il y manque %(columns)s.")
                % {"name": stream.path.name, "hint": stream.hint, "columns": ", ".join(error.missing[:3])}
            ) from error

    def rows(
        self,
        read: Callable[[Sequence[str], Layout], tuple[Any, ...]],
        report: StockReport,
        progress: Progress | None,
    ) -> Iterator[tuple[Any, ...]]:
        """Give the good rows; count the lines left aside with their reason."""
        number = 0
        for number, cells in enumerate(self.lines, start=1):
            try:
                yield read(cells, self.where)
            except LineRefused as refusal:
                report.ignore(refusal.reason, refusal.found)
            if progress and number % REPORT_EVERY == 0:
                progress(number, None)
        report.line_count = max(report.line_count, number)
        report.is_cut |= self.stream.is_cut


def _stage(lines: _Opened, reader: _Reader, report: StockReport, progress: Progress | None) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY_LINES) as copy:
        for number, row in enumerate(lines.rows(reader.row, report, progress)):
            copy.write_row((number, *row))


def _stage_units(lines: _Opened, report: StockReport, progress: Progress | None) -> None:
    def row(cells: Sequence[str], where: Layout) -> tuple[Any, ...]:
        unit = sirene.read_unit(cells, where)
        return unit.siren, unit.is_private, unit.name, rules.searchable(unit.name)

    with connection.cursor() as cursor, cursor.copy(COPY_UNITS) as copy:
        for found in lines.rows(row, report, progress):
            copy.write_row(found)


def _ready_to_compare(report: StockReport) -> list[tuple[str, str]]:
    """Keep the last line of each SIRET; return the limits of the batches."""
    with connection.cursor() as cursor:
        cursor.execute(INDEX_LINES)
        cursor.execute(TWICE)
        for (siret,) in cursor.fetchall():
            report.ignore(Reason.TWICE, siret)
        cursor.execute(INDEX_UNITS)
        cursor.execute(BOUNDS, [BATCH])
        highs = [row[0] for row in cursor.fetchall()]
    return list(zip(["", *highs[:-1]], highs, strict=True))


def _with_examples(words: str, examples: Sequence[str]) -> str:
    return (
        _("%(words)s ; par exemple %(examples)s.") % {"words": words, "examples": ", ".join(examples)}
        if examples
        else f"{words}."
    )
