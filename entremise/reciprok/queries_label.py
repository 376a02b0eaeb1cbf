"""Reads about the label: today's figures, their lines, their history, and the recount from the journal alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.models import JournalEntry
from entremise.reciprok import rules_label as rules
from entremise.reciprok.enums import Count, LabelLevel, PauseKind, Verb
from entremise.reciprok.models import Application
from entremise.reciprok.models_label import LabelMove, LabelScore, Pause
from entremise.reciprok.rules_label import Counted, Figures
from entremise.reciprok.rules_label_gain import median_rank
from entremise.reciprok.rules_label_recount import Line, counted_from

SHOWN_LINES = 60  # of a real case, on the public page: enough to follow the computation, and to print it
MOST_LINES = 500
WHY_PUBLIC = "the label and what it is made of are public figures, without any name"
DECIDING = (
    Verb.APPLIED, Verb.MEETING_CHOSEN, Verb.MEETING_DECLINED, Verb.REPLIED, Verb.COUNT_JUDGED, Verb.REPORT_JUDGED,
    "reciprok.favour",
    "reciprok.refuse", "reciprok.hire", "reciprok.withdraw", "reciprok.close_unanswered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One counted application as anybody may read it: no name, no offer, days and hours only."""

    sent_at: dt.datetime
    answered_at: dt.datetime | None
    counted_at: dt.datetime
    hours: int | None
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A label of this installation with what it was computed from."""

    establishment: Establishment
    figures: Figures
    lines: list[Shown]
    median_rank: int  # among the answers, from the quickest: the delay that counts
    hidden_count: int  # lines beyond those shown


@dataclass(frozen=True, slots=True)
class Mark:
    """The label as it stands beside an employer's name."""

    level: LabelLevel
    percent: int
    median_hours: int


def pause_of(establishment_id: UUID, now: dt.datetime, *, to_offer: bool = False) -> Pause | None:
    """Return the pause that stops new applications now: one only announced stops nothing, one's own spares offers."""
    pauses: Any = Pause.objects.unscoped("whoever applies is told that an establishment is paused")
    running = Q(ends_at=None) | Q(ends_at__gt=now)
    found: Pause | None = pauses.filter(
        running, establishment_id=establishment_id, starts_at__lte=now, lifted_at=None
    ).first()
    if found is None or found.kind == PauseKind.OWN:
        return None if to_offer else found
    rows: Any = Application.objects.unscoped("an answer after the announcement stops the pause")
    meanwhile = {"answered_at__gte": found.announced_at, "answered_at__lt": found.starts_at}
    return None if rows.filter(establishment_id=establishment_id, **meanwhile).exists() else found


def resting(now: dt.datetime) -> QuerySet[Pause, dict[str, Any]]:
    """Return, for a subquery, the establishments that asked for a pause: nobody reminds them."""
    rows: Any = Pause.objects.unscoped("the platform reminds nobody who rests")
    own: QuerySet[Pause, dict[str, Any]] = rows.filter(
        kind=PauseKind.OWN, lifted_at=None, starts_at__lte=now, ends_at__gt=now
    ).values("establishment")
    return own


def since(now: dt.datetime) -> dt.datetime:
    """Return the first moment of the twelve sliding months, in the site's time zone."""
    local = clock.local(now)
    return dt.datetime.combine(rules.first_day(local.date()), dt.time(), local.tzinfo)


def score_of(establishment_id: UUID) -> LabelScore | None:
    """Return today's figures of an establishment, nothing when none of its applications counts yet."""
    return LabelScore.objects.filter(establishment=establishment_id).first()


def marks_of(establishment_ids: Iterable[UUID]) -> dict[UUID, Mark]:
    """Return the labels of these establishments, in one query; who has none is not in it."""
    rows = LabelScore.objects.filter(establishment__in=set(establishment_ids), level__gt=LabelLevel.NONE)
    return {
        row.establishment_id: Mark(LabelLevel(row.level), figures_of(row).percent, row.median_hours or 0)
        for row in rows
    }


def figures_of(score: LabelScore | None) -> Figures:
    """Return the figures that a score keeps."""
    if score is None:
        return Figures(0, 0, 0, None)
    return Figures(score.counted_count, score.answered_count, score.person_count, score.median_hours)


def moves_of(establishment_id: UUID) -> list[LabelMove]:
    """Return the history of a label, newest first."""
    return list(LabelMove.objects.filter(establishment=establishment_id).order_by("-on", "-pk"))


def in_window(establishment_id: UUID, now: dt.datetime) -> QuerySet[Application]:
    """Return what the label of an establishment counts, the oldest first."""
    rows: Any = Application.objects.unscoped(WHY_PUBLIC)
    kept: QuerySet[Application] = rows.filter(
        establishment_id=establishment_id, count__in=(Count.ANSWERED, Count.SILENT),
        counted_at__gte=since(now), counted_at__lte=now,
    ).order_by("sent_at", "pk")  # fmt: skip
    return kept


def figures_now(establishment_id: UUID, now: dt.datetime) -> Figures:
    """Recount an establishment the plain way, by the public formula."""
    return rules.figures(_counted(row) for row in in_window(establishment_id, now))


def own_lines(establishment_id: UUID, actor: Actor) -> list[Application]:
    """Return, for a recruiter, what counts in the label of their establishment, the newest first."""
    rows: Any = Application.objects.visible_to(actor).filter(establishment_id=establishment_id).exclude(count="")
    read = rows.filter(counted_at__gte=since(clock.now())).select_related("inbox__offer", "count_contest")
    return list(read.distinct().order_by("-counted_at", "-pk")[:MOST_LINES])


def own_application(pk: UUID, actor: Actor) -> Application:
    """Return an application that a recruiter reads, for contesting its count."""
    rows: Any = Application.objects.visible_to(actor).select_related("establishment", "inbox__agency")
    found: Application = rows.distinct().get(pk=pk)
    return found


def real_case(now: dt.datetime) -> Case | None:
    """Return the label of this installation that counts most applications, with its lines; none without any label."""
    labelled = LabelScore.objects.filter(level__gt=LabelLevel.NONE, establishment__is_private=False)
    best = labelled.select_related("establishment__commune").order_by("-counted_count", "establishment__siret").first()
    if best is None:
        return None
    rows = [_counted(row) for row in in_window(best.establishment_id, now)]
    lines = [_shown(row) for row in rows]
    figures = rules.figures(rows)
    hidden = max(0, len(lines) - SHOWN_LINES)
    return Case(best.establishment, figures, lines[:SHOWN_LINES], median_rank(figures.answered), hidden)


def recount_from_journal(establishment: Establishment) -> Figures:
    """Recount a label from the journal's lines alone, which nobody can change; no table of applications is read."""
    about = JournalEntry.objects.filter(subject_type=Application._meta.label_lower)
    theirs = about.filter(data__establishment=str(establishment.pk)).values("subject_id")
    entries = about.filter(subject_id__in=theirs, verb__in=[str(verb) for verb in DECIDING])
    read = entries.order_by("at", "pk").values_list("subject_id", "person_id", "verb", "at", "data__count")
    lines = [Line(subject, str(person), verb, at, count or "") for subject, person, verb, at, count in read]
    now = clock.now()
    kept = [row for row in counted_from(lines) if since(now) <= row.counted_at <= now]
    return rules.figures(kept)


def establishment_named(siret: str) -> Establishment | None:
    """Return the establishment of a public page; one that asked not to be shown has none."""
    rows = Establishment.objects.select_related("commune", "naf").filter(siret=siret, is_private=False)
    return rows.first()


def _counted(row: Application) -> Counted:
    return Counted(str(row.person_id), row.count, row.sent_at, row.answered_at, row.counted_at or row.sent_at)


def _shown(row: Counted) -> Shown:
    is_answered = row.count == Count.ANSWERED
    delay = row.answered_at - row.sent_at if is_answered and row.answered_at else None
    hours = None if delay is None else int(delay.total_seconds() // 3600)
    return Shown(row.sent_at, row.answered_at if is_answered else None, row.counted_at, hours, is_answered)
