"""An archive in words: the same rows as the linked data, with the labels of their columns and choices."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import clock, erasure
from entremise.kernel.erasure import Row, Tables
from entremise.people.enums import Language

CODES = {"id", "source", "external_id", "rome_code", "code"}  # for machines: the label beside them says it
NAMES = {"label", "name", "title"}
TECHNICAL = {"kernel.journalentry", "kernel.maillink", "passport.heldskill_experiences"}  # said elsewhere, or in codes
UNNAMED = {  # columns of the platform, which have no name for people: how to call them, or nothing
    "kernel.outboxmessage": {
        "kind": "",
        "language": "",
        "channel": gettext_lazy("moyen"),
        "text": gettext_lazy("texte"),
        "state": gettext_lazy("état"),
        "created_at": gettext_lazy("écrit le"),
        "sent_at": gettext_lazy("envoyé le"),
    }
}
Line = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table, in words."""

    title: str
    lines: list[Line]


def sections(tables: Tables) -> list[Section]:
    """Return what an archive says, in words of the active language, the person's own tables first."""
    order = [held.table for one in erasure.upwards() for held in one.held]
    found = []
    for table in order:
        lines = [line for row in tables.get(table, []) if (line := list(_words(table, row)))]
        if lines and table not in TECHNICAL:
            found.append(Section(capfirst(str(apps.get_model(table)._meta.verbose_name_plural)), lines))
    return found


def _words(table: str, row: Row) -> Iterator[tuple[str, str]]:
    for column, value in row.items():
        if value in (None, "", [], {}):
            continue
        if column == "facts" and isinstance(value, dict):
            yield from _words(str(row.get("table", "")), value)
        elif not (set(column.split("__")) & CODES) and (found := _label_and_field(table, column)):
            label, field = found
            label = str(UNNAMED.get(table, {}).get(column, label))
            if label:
                yield capfirst(label), _said(field, value)


def _label_and_field(table: str, column: str) -> tuple[str, Any] | None:
    """Return a column's label and field; nothing for a table or a column of another version."""
    try:
        model: Any = apps.get_model(table)
        steps = column.split("__")
        fields = []
        for step in steps:
            fields.append(model._meta.get_field(step))
            model = fields[-1].related_model
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return None
    if isinstance(fields[-1], models.ForeignKey):
        return None  # an identifier: what it leads to is said
    if len(fields) > 1 and steps[-1] in NAMES:
        return str(fields[-2].verbose_name), fields[-1]
    if len(fields) > 1:
        return f"{fields[-2].verbose_name}, {fields[-1].verbose_name}", fields[-1]
    return str(fields[0].verbose_name), fields[0]


def _said(field: Any, value: Any) -> str:
    if isinstance(field, ArrayField):
        field = field.base_field
        choices = dict(field.choices or ()) or dict(Language.choices)
        return ", ".join(str(choices.get(one, one)) for one in value) if isinstance(value, list) else str(value)
    choices = dict(field.choices or ())
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return _moment(field, value)


def _moment(field: Any, value: Any) -> str:
    """Say a day or an instant in words, also when the archive holds it as text."""
    if isinstance(field, models.DateField) and isinstance(value, str):
        try:
            value = field.to_python(value)
        except ValidationError:
            return str(value)
    if isinstance(value, dt.datetime):
        return formats.date_format(clock.local(value), "j F Y H:i")
    return formats.date_format(value, "j F Y") if isinstance(value, dt.date) else str(value)
