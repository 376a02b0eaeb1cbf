"""Writes of the label: every establishment in one pass at night, one of them on demand, by the same statement."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from entremise.employers.models import Establishment
from entremise.kernel import clock, journal
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.reciprok import queries_label
from entremise.reciprok import rules_label as rules
from entremise.reciprok.actions_label_sql import ALONE, LOCK, RECOMPUTE, UNMOVED
from entremise.reciprok.enums import Verb
from entremise.reciprok.models_label import LabelScore

NIGHT = job_actor("reciprok.label")


@dataclass(frozen=True, slots=True)
class Computed:
    """How many establishments have figures, how many of them a label, which ones changed level."""

    written: int
    labelled: int
    moved: tuple[UUID, ...]


def compute_all() -> Computed:
    """Recompute the label of every establishment; a change of level is in the history and in the journal."""
    with transaction.atomic():
        computed = _recompute(None)
        _journal(computed.moved, NIGHT)
    return computed


@action(Verb.LABEL_COMPUTED, may="reciprok.compute_label")
def compute(establishment: Establishment, *, actor: Actor) -> Done:
    """Recompute one label, now."""
    computed = _recompute(establishment.pk)
    _journal(computed.moved, actor)
    score = queries_label.score_of(establishment.pk)
    return Done(score, data={"level": int(score.level) if score else 0}, subject=establishment)


def refresh(establishment_id: UUID, actor: Actor) -> None:
    """Recompute one label inside of the act that changed what it counts."""
    _journal(_recompute(establishment_id).moved, actor)


def _recompute(one: UUID | None) -> Computed:
    now = clock.now()
    facts: dict[str, Any] = {
        "one": one, "now": now, "since": queries_label.since(now), "today": clock.local(now).date(),
        "fewest": rules.FEWEST_COUNTED,
    }  # fmt: skip
    for level, (share, hours) in rules.THRESHOLDS.items():
        facts |= {
            f"of_{level:d}": share.denominator, f"share_{level:d}": share.numerator, f"hours_{level:d}": hours,
        }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [LOCK])
        cursor.execute(RECOMPUTE[one is not None], facts)
        written, labelled, moved = cursor.fetchone()
        if moved:
            cursor.execute(UNMOVED, {"moved": moved, "today": facts["today"]})
    return Computed(written, labelled, tuple(moved))


def _journal(moved: tuple[UUID, ...], actor: Actor) -> None:
    by_level: dict[int, list[Establishment]] = {}
    for score in LabelScore.objects.filter(establishment__in=moved).select_related("establishment"):
        by_level.setdefault(score.level, []).append(score.establishment)
    for level, establishments in by_level.items():
        journal.append_all(Verb.LABEL_MOVED, establishments, actor, after=str(level), data={"level": level})
