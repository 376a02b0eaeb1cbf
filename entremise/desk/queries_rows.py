"""The shape of what is owed: rows of several tables put together in one query have the same nine columns."""

from typing import Any

from django.db.models import CharField, Count, DateTimeField, IntegerField, Min, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from entremise.desk.enums import DueKind

NO_TEXT = Value("", output_field=CharField())
ONE = Value(1, output_field=IntegerField())
NOBODY = Value(None, output_field=UUIDField())
ANY_TIME = DateTimeField()


def kind(of: DueKind) -> Value:
    """Return the kind of a line, as a column."""
    return Value(str(of), output_field=CharField())


def text(path: str) -> Cast:
    """Return a column as words of any length."""
    return Cast(path, CharField())


def counted(of: DueKind, rows: Any, *, due: Any, since: str) -> QuerySet[Any, Any]:
    """Count rows in one line: the team shares them."""
    grouped = rows.order_by().values(line=kind(of))
    told = grouped.annotate(due=Min(due), oldest=Min(since), number=Count("pk", distinct=True))
    return told.values_list(  # type: ignore[no-any-return]
        "line", NOBODY, "due", "oldest", NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, "number"
    )
