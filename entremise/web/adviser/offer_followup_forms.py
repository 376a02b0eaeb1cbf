"""Forms of the follow-up of an offer."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.actors import Actor
from entremise.offers.enums_followup import Feedback, NotKept, TaskKind
from entremise.people.queries import person_with_reference


def _capital(choices: Any) -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in choices]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class IntroduceForm(forms.Form):
    """Who is presented."""

    reference = forms.CharField(
        label=gettext_lazy("Référence du profil"), max_length=20,
        help_text=gettext_lazy("Elle est sur sa fiche et dans la liste des profils de l'offre."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note entre conseillers"), required=False, max_length=500)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Find the profile."""
        typed = self.cleaned_data.get("reference", "").strip()
        self.cleaned_data["person"] = person_with_reference(typed, self.actor) if typed else None
        if typed and self.cleaned_data["person"] is None:
            self.add_error("reference", _("Aucun profil de votre territoire ne porte cette référence."))
        return self.cleaned_data


class FeedbackForm(forms.Form):
    """What the recruiter said."""

    feedback = forms.ChoiceField(label=gettext_lazy("Retour du recruteur"), choices=_capital(Feedback.choices))
    not_kept = forms.ChoiceField(
        label=gettext_lazy("Si la personne n'est pas retenue, pourquoi ?"), required=False,
        choices=[("", gettext_lazy("Choisissez")), *_capital(NotKept.choices)],
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note entre conseillers"), required=False, max_length=500)


class TaskForm(forms.Form):
    """Something to do."""

    kind = forms.ChoiceField(label=gettext_lazy("Quoi ?"), choices=_capital(TaskKind.choices), initial=TaskKind.CALL)
    due_on = _day(gettext_lazy("Pour le"))
    words = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=300)


class PutOffForm(forms.Form):
    """Another day."""

    due_on = _day(gettext_lazy("Reporter au"))
