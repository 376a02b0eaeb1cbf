"""Three kinds of lines of the desk in one query: a desk is opened all day, and each kind is short."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, IntegerField, Min, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast

from entremise.desk import rules
from entremise.desk.enums import DueKind
from entremise.kernel.actors import Actor
from entremise.matching import queries_contest, queries_recruiter
from entremise.matching.enums_contest import ContestVerdict
from entremise.validations import queries as validations


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
    """Return who recruiters would like to meet, the answers to contests, how many confirmations wait for a call."""
    since = now - dt.timedelta(days=rules.NEWS_DAYS)
    wishes = queries_recruiter.waiting_wishes(actor).values_list(
        *_kind(DueKind.WISH), _text("access__establishment__name"), _text("person__reference"), *_NO_WORDS, _ONE
    )
    contests = queries_contest.answers_for(actor, since).values_list(
        *_kind(DueKind.CONTEST, "answered_at"), _NO_TEXT, _text("person__reference"), _text("verdict"),
        Cast("answer", TextField()), _ONE,
    )  # fmt: skip
    rows: Any = wishes[: rules.LONGEST_LIST].union(contests[: rules.LONGEST_LIST], _checks(actor), all=True)
    for kind, pk, at, place, who, verdict, words, count in rows:
        if count:
            said = str(ContestVerdict(verdict).label) if verdict else ""
            yield Line(DueKind(kind), pk, at, place, who, said, words, count)


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
