"""The form of a week: for each day when it opens and closes, twice; a day left empty is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.accounts.actions import HoursRefused
from entremise.accounts.rules import SPANS_A_DAY
from entremise.lib.workcalendar import Span

OPENS, CLOSES = "ouvre", "ferme"
WORDS = ((_("Ouvre à"), _("Ferme à")), (_("Rouvre à"), _("Referme à")))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the form: its name and its times, each with its short label."""

    label: str
    fields: list[tuple[Any, forms.BoundField]]


class HoursForm(forms.Form):
    """When an agency opens and closes, day by day."""

    def __init__(self, *args: Any, week: Sequence[Sequence[Span]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, spans in enumerate(week):
            for span in range(SPANS_A_DAY):
                known = spans[span] if span < len(spans) else None
                opens, closes = WORDS[span]
                self.fields[_name(weekday, span, OPENS)] = _time(weekday, opens, known.start if known else None)
                self.fields[_name(weekday, span, CLOSES)] = _time(weekday, closes, known.end if known else None)

    @property
    def days(self) -> list[Day]:
        """Return the days with their fields, Monday first."""
        return [
            Day(
                capfirst(str(WEEKDAYS[weekday])),
                [
                    (WORDS[span][place], self[_name(weekday, span, end)])
                    for span in range(SPANS_A_DAY)
                    for place, end in enumerate((OPENS, CLOSES))
                ],
            )
            for weekday in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the other end of a stretch that has only one."""
        found = super().clean() or self.cleaned_data
        for weekday in range(7):
            for span in range(SPANS_A_DAY):
                self._ask_for_both(_name(weekday, span, OPENS), _name(weekday, span, CLOSES))
        return found

    def hours(self) -> list[tuple[int, time, time]]:
        """Return what was filled in, in the order of the week."""
        spans = ((weekday, span) for weekday in range(7) for span in range(SPANS_A_DAY))
        return [
            (weekday, opens, closes)
            for weekday, span in spans
            if (opens := self.cleaned_data[_name(weekday, span, OPENS)])
            and (closes := self.cleaned_data[_name(weekday, span, CLOSES)])
        ]

    def refuse(self, refusal: HoursRefused) -> None:
        """Say beside each time what is wrong with it, or at the top when nothing opens."""
        if not refusal.faults:
            self.add_error(None, refusal.reason)
        for fault in refusal.faults:
            filled = [s for s in range(SPANS_A_DAY) if self.cleaned_data.get(_name(fault.weekday, s, OPENS))]
            end = OPENS if fault.is_about_opening else CLOSES
            self.add_error(_name(fault.weekday, filled[fault.span], end), capfirst(gettext(fault.message)))

    def _ask_for_both(self, opens: str, closes: str) -> None:
        if self.errors.keys() & {opens, closes}:
            return
        if self.cleaned_data[opens] is None and self.cleaned_data[closes] is not None:
            self.add_error(opens, gettext("Indiquez aussi l'heure d'ouverture, ou effacez l'autre."))
        if self.cleaned_data[closes] is None and self.cleaned_data[opens] is not None:
            self.add_error(closes, gettext("Indiquez aussi l'heure de fermeture, ou effacez l'autre."))


def _name(weekday: int, span: int, end: str) -> str:
    return f"jour{weekday}_{span}_{end}"


def _time(weekday: int, label: Any, known: time | None) -> forms.TimeField:
    return forms.TimeField(
        label=f"{capfirst(str(WEEKDAYS[weekday]))}, {str(label).lower()}",
        required=False,
        initial=known,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 09:30.")},
    )
