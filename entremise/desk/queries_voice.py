"""What waits for a decision about applications: opinions to read, reports, contested counts, advice, pauses."""

import datetime as dt
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast

from entremise.desk import rules
from entremise.desk.enums import DueKind
from entremise.desk.queries_rows import ANY_TIME, NO_TEXT, ONE, counted, kind, text
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.reciprok import queries_label_following as label
from entremise.reciprok import queries_voice as voice


def voices(actor: Actor) -> list[QuerySet[Any, Any]]:
    """Return what the actor's agencies must decide on: all of them read opinions and reports."""
    parts = [_ratings(actor), _reports(actor)]
    if actor.has(Role.BUSINESS_ADVISER, *LEADS):
        parts += [_counts(actor), _advice(actor), _pauses(actor)]
    return parts


def _ratings(actor: Actor) -> QuerySet[Any, Any]:
    rows: Any = voice.ratings_waiting(actor).filter(application__inbox__agency__in=actor.agency_ids)
    days = Value(dt.timedelta(days=rules.RATING_DAYS), output_field=DurationField())
    due = ExpressionWrapper(F("given_at") + days, output_field=ANY_TIME)
    return counted(DueKind.RATING, rows, due=due, since="given_at")


def _reports(actor: Actor) -> QuerySet[Any, Any]:
    rows: Any = voice.reports_open(actor).filter(application__inbox__agency__in=actor.agency_ids)
    return rows.values_list(  # type: ignore[no-any-return]
        kind(DueKind.REPORT), "pk", Cast("due_on", ANY_TIME), "reported_at",
        text("application__establishment__name"), NO_TEXT, text("kind"), NO_TEXT, ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _counts(actor: Actor) -> QuerySet[Any, Any]:
    rows: Any = label.contests_due(actor).filter(application__inbox__agency__in=actor.agency_ids)
    return rows.values_list(  # type: ignore[no-any-return]
        kind(DueKind.COUNT), "pk", Cast("due_on", ANY_TIME), "contested_at", text("establishment__name"), NO_TEXT,
        NO_TEXT, NO_TEXT, ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _advice(actor: Actor) -> QuerySet[Any, Any]:
    """Return the advice of the actor's agencies that is nobody else's."""
    rows: Any = label.advice_due(actor).filter(agency__in=actor.agency_ids)
    free = rows.filter(assigned_to=None) | rows.filter(assigned_to=actor.user_id)
    return free.values_list(  # type: ignore[no-any-return]
        kind(DueKind.ADVICE), "pk", Cast("due_on", ANY_TIME), "explained_at", text("establishment__name"), NO_TEXT,
        NO_TEXT, text("words"), ONE,
    )[: rules.LONGEST_LIST]  # fmt: skip


def _pauses(actor: Actor) -> QuerySet[Any, Any]:
    return counted(DueKind.PAUSE, label.pauses_of_silence(actor), due="starts_at", since="announced_at")
