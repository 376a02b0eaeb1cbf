"""Four kinds of lines of the desk in one query: a desk is opened all day, and each kind is short."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, IntegerField, Min, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast

from entremise.desk import rules
from entremise.desk.enums import DueKind
from entremise.desk.queries_events import news_of_establishments
from entremise.employers.enums_events import EventKind
from entremise.kernel.actors import Actor
from entremise.matching import queries_contest, queries_recruiter
from entremise.matching.enums_contest import ContestVerdict
from entremise.validations import queries as validations

CODED = {EventKind.SIZE.value, EventKind.ACTIVITY.value}  # their words are codes: the file says them


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says, before its words."""

    kind: DueKind
    pk: UUID | None
    at: dt.datetime
    place: str
    who: str
    verdict: str
    words: str
    count: int


def lines(actor: Actor, now: dt.datetime) -> Iterator[Line]:
    """Return who recruiters would like to meet, answers to contests, events of employers, confirmations to check."""
    since = now - dt.timedelta(days=rules.NEWS_DAYS)
    wishes = queries_recruiter.waiting_wishes(actor).values_list(
        *_kind(DueKind.WISH), _text("access__establishment__name"), _text("person__reference"), *_NO_WORDS, _ONE
    )
    contests = queries_contest.answers_for(actor, since).values_list(
        *_kind(DueKind.CONTEST, "answered_at"), _NO_TEXT, _text("person__reference"), _text("verdict"),
        Cast("answer", TextField()), _ONE,
    )  # fmt: skip
    events = news_of_establishments(actor, since).values_list(
        Value(str(DueKind.EVENT), output_field=CharField()), "establishment_id", "at", _text("establishment__name"),
        _NO_TEXT, _text("kind"), Cast("after", TextField()), _ONE,
    )  # fmt: skip
    parts = [contests[: rules.LONGEST_LIST], events[: rules.LONGEST_LIST], _checks(actor)]
    rows: Any = wishes[: rules.LONGEST_LIST].union(*parts, all=True)
    for kind, pk, at, place, who, verdict, words, count in rows:
        if count:
            labels: Any = EventKind if kind == DueKind.EVENT else ContestVerdict
            said = str(labels(verdict).label) if verdict else ""
            yield Line(DueKind(kind), pk, at, place, who, said, "" if verdict in CODED else words, count)


def _checks(actor: Actor) -> QuerySet[Any, Any]:
    """Count the confirmations to check in one line: the whole territory shares them."""
    waiting: Any = validations.to_check(actor).order_by()
    nobody = Value(None, output_field=UUIDField())
    counted = waiting.values(line=Value(str(DueKind.CHECK), output_field=CharField())).annotate(
        oldest_at=Min("closed_at"), number=Count("pk")
    )
    found: QuerySet[Any, Any] = counted.values_list(
        "line", nobody, "oldest_at", _NO_TEXT, _NO_TEXT, *_NO_WORDS, "number"
    )
    return found


def _kind(kind: DueKind, at: str = "created_at") -> tuple[Any, str, str]:
    return Value(str(kind), output_field=CharField()), "pk", at


def _text(path: str) -> Cast:
    return Cast(path, CharField())


_NO_TEXT = Value("", output_field=CharField())
_NO_WORDS = (_NO_TEXT, Value("", output_field=TextField()))
_ONE = Value(1, output_field=IntegerField())
