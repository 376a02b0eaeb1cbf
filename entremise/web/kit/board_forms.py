"""Forms of the employer's board: an answer, a meeting, a recommendation, a report, the end of a recruitment."""

import datetime as dt
from collections.abc import Collection
from functools import cache
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.reciprok import actions_recommendations, rules, rules_voice
from entremise.reciprok.actions_meetings import LONGEST_PLACE
from entremise.reciprok.actions_meetings import LONGEST_WORDS as LONGEST_PRECISION
from entremise.reciprok.enums import RefusalReason, ReportKind, Step
from entremise.reciprok.models import Application
from entremise.reciprok.workflow import FLOW
from entremise.web.kit.refusable import Refusable

Choices = list[tuple[str, list[tuple[str, str]]]]
VERBS = ("favour", "refuse", "hire")
FIRST_MINUTES = 30


def choices_of(state: str = "") -> Choices:
    """Return what may be answered in a state, or ever: a yes and what follows, a no and why."""
    return _choices(state, get_language() or "")


@cache
def _choices(state: str, language: str) -> Choices:
    allowed = [verb for verb in VERBS if not state or state in FLOW.transitions[verb].sources]
    steps = [(f"favour:{step}", capfirst(str(step.label))) for step in Step]
    reasons = [(f"refuse:{reason}", capfirst(str(reason.label))) for reason in RefusalReason]
    groups = {
        "favour": (_("Avis favorable, je propose"), steps),
        "refuse": (_("Je ne retiens pas, parce que"), reasons),
        "hire": (_("C'est fait"), [("hire:", _("Je recrute cette personne"))]),
    }
    return [groups[verb] for verb in allowed]


class AnswerForm(Refusable):
    """An answer to one candidate: a choice and a confirmation are enough, the words are ready."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Votre réponse"),
        error_messages={
            "required": gettext_lazy("Choisissez une réponse : la personne y a droit."),
            "invalid_choice": gettext_lazy("Choisissez une des réponses proposées."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Vos mots pour la personne"),
        required=False,
        widget=forms.Textarea,
        max_length=rules.LONGEST_ANSWER,
        help_text=gettext_lazy("Vides, nous écrivons pour vous des mots simples, qui vont avec la raison."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note pour vos collègues et l'agence"),
        required=False,
        max_length=rules.LONGEST_ANSWER,
        help_text=gettext_lazy("La personne ne la voit pas."),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = choices_of("" if self.is_bound else application.state)  # the workflow says what is too late
        self.fields["choice"].choices = [("", _("Choisissez…")), *shown]  # type: ignore[attr-defined]

    @property
    def verb(self) -> str:
        """Return which act was chosen."""
        return str(self.cleaned_data["choice"].partition(":")[0])

    @property
    def detail(self) -> str:
        """Return the reason of a refusal, or what follows a yes."""
        return str(self.cleaned_data["choice"].partition(":")[2])


class ManyForm(Refusable):
    """The same answer to several candidates."""

    reason = forms.ChoiceField(
        label=gettext_lazy("La raison"),
        choices=[(reason.value, capfirst(reason.label)) for reason in RefusalReason if reason != RefusalReason.OTHER],
        initial=RefusalReason.OTHER_KEPT,
        error_messages={"required": gettext_lazy("Choisissez une raison : chaque personne a droit à une réponse.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Vos mots pour ces personnes"),
        required=False,
        widget=forms.Textarea,
        max_length=rules.LONGEST_ANSWER,
        help_text=gettext_lazy("Vides, nous écrivons pour vous des mots simples, qui vont avec la raison."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note pour vos collègues et l'agence"), required=False, max_length=rules.LONGEST_ANSWER
    )


class MeetingForm(Refusable):
    """Up to five moments, where and how long."""

    FIELD_OF = {"slots": "slot1"}

    kind = forms.ChoiceField(label=gettext_lazy("Que proposez-vous ?"), choices=Step.choices)
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Durée"),
        coerce=int,
        choices=[(minutes, rules.duration(minutes)) for minutes in rules.MINUTES],
        initial=FIRST_MINUTES,
    )
    place = forms.CharField(
        label=gettext_lazy("Où, ou à quel numéro"), required=False, max_length=LONGEST_PLACE,
        help_text=gettext_lazy("Une adresse, un lien de visio, un numéro. Pour un appel, laissez vide."),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Une précision pour la personne"), required=False, max_length=LONGEST_PRECISION
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "meeting_%s")  # several forms of the page ask for words
        super().__init__(*args, **kwargs)
        for number in range(1, rules.MOST_SLOTS + 1):
            self.fields[f"slot{number}"] = forms.DateTimeField(
                label=_("Créneau %(number)d") % {"number": number},
                required=False,
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                error_messages={"invalid": _("Écrivez un jour et une heure, par exemple 2026-12-01 09:30.")},
            )

    @property
    def slot_fields(self) -> list[forms.BoundField]:
        """Return the fields of the moments."""
        return [self[f"slot{number}"] for number in range(1, rules.MOST_SLOTS + 1)]

    def said(self) -> dict[str, Any]:
        """Return the proposal in the words of the domain."""
        told = self.cleaned_data
        slots = [told[f"slot{number}"] for number in range(1, rules.MOST_SLOTS + 1)]
        facts: dict[str, Any] = {name: told[name] for name in ("kind", "minutes", "place", "words")}
        return facts | {"slots": [slot.astimezone(dt.UTC) for slot in slots if slot]}


class RecommendForm(Refusable):
    """To whom a candidate is recommended: a colleague's offer, or another employer."""

    target = forms.ChoiceField(
        label=gettext_lazy("À qui ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez à qui vous recommandez cette personne."),
            "invalid_choice": gettext_lazy("Choisissez à qui vous recommandez cette personne."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Pourquoi, en un mot"), required=False, max_length=actions_recommendations.LONGEST_WORDS
    )

    def __init__(self, *args: Any, targets: Collection[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "recommend_%s")  # several forms of the page ask for words
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = list(targets)  # type: ignore[attr-defined]


class ReportForm(Refusable):
    """Something that should not happen, told to the agency."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Que signalez-vous ?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in ReportKind if kind in rules_voice.EMPLOYER_KINDS],
        error_messages={
            "required": gettext_lazy("Dites ce que vous signalez."),
            "invalid_choice": gettext_lazy("Dites ce que vous signalez."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Ce qui s'est passé"), widget=forms.Textarea, max_length=rules.LONGEST_REPORT,
        error_messages={"required": gettext_lazy("Dites en quelques mots ce qui s'est passé.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "report_%s")
        super().__init__(*args, **kwargs)


class ClosingForm(Refusable):
    """The end of a recruitment: who was hired, and the same kind words to everybody else."""

    HERE, ELSEWHERE, NOBODY = "here", "elsewhere", "nobody"
    REASONS = (RefusalReason.OTHER_KEPT, RefusalReason.FILLED, RefusalReason.STOPPED, RefusalReason.NO_NEED)
    OUTCOMES = (
        (HERE, gettext_lazy("Une ou plusieurs personnes de la liste : cochez « recrutée »")),
        (ELSEWHERE, gettext_lazy("Une autre personne")),
        (NOBODY, gettext_lazy("Personne")),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Qui avez-vous recruté ?"), choices=OUTCOMES, widget=forms.RadioSelect, initial=HERE
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("La raison pour les autres"),
        required=False,
        choices=[
            ("", gettext_lazy("Selon votre réponse ci-dessus")),
            *((reason.value, capfirst(reason.label)) for reason in REASONS),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Vos mots pour ces personnes"), required=False, widget=forms.Textarea,
        max_length=rules.LONGEST_ANSWER,
        help_text=gettext_lazy("Vides, nous écrivons pour vous des mots simples, qui vont avec la raison."),
    )  # fmt: skip

    @property
    def kept_reason(self) -> str:
        """Return the reason given to the others: the one chosen, or the one that goes with who was hired."""
        natural = RefusalReason.STOPPED if self.cleaned_data["outcome"] == self.NOBODY else RefusalReason.OTHER_KEPT
        return str(self.cleaned_data["reason"] or natural)


def first_slots() -> dict[str, Any]:
    """Return moments to start from: the next three working mornings, at half past nine."""
    day, found = clock.today(), list[dt.datetime]()
    while len(found) < 3:
        day += dt.timedelta(days=1)
        if day.weekday() < 5:
            found.append(dt.datetime.combine(day, dt.time(9, 30), clock.local(clock.now()).tzinfo))
    return {f"slot{number}": slot for number, slot in enumerate(found, 1)}
