"""Labels of choices that carry a second line and an icon, for choice cards and checklists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField, BoundWidget


@dataclass(frozen=True)
class RichLabel:
    """The label of one choice: its words (which may be lazily translated), a hint and an icon name."""

    label: Any
    hint: Any = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices shown together under a title; the title is empty for choices outside any group."""

    title: str
    options: list[BoundWidget]


def grouped_options(field: BoundField) -> list[ChoiceGroup]:
    """Give the options of a radio or checkbox field, by group, in the order of the field."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({**widget.attrs, "id": field.auto_id})
    values = widget.format_value(field.value())
    groups: list[ChoiceGroup] = []
    for title, options, _index in widget.optgroups(field.html_name, values, attrs):
        bound = [BoundWidget(widget, option, field.form.renderer) for option in options]
        if groups and groups[-1].title == str(title or ""):
            groups[-1].options.extend(bound)
        else:
            groups.append(ChoiceGroup(str(title or ""), bound))
    return groups
