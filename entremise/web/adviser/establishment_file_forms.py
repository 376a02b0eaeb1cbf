"""Forms of the establishment's file: a service delivered, a hiring forecast, the employer's satisfaction."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers.enums_events import Certainty, ForecastContract, ForecastSource, Moment, ServiceKind
from entremise.employers.models import Contact
from entremise.employers.models_events import LONGEST_NOTE, MOST_FORESEEN
from entremise.web.components.choices import RichLabel
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm


def _day(label: Any, **facts: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)


def _words(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=widget)


def _capitals(choices: Any) -> list[tuple[str, str]]:
    return [(code, capfirst(label)) for code, label in choices]


class ServiceForm(forms.Form):
    """A service or a measure."""

    service = forms.ChoiceField(label=gettext_lazy("Service ou mesure"), choices=_capitals(ServiceKind.choices))
    on = _day(gettext_lazy("Rendu le"))
    note = _words(gettext_lazy("Précisions"))


class ForecastForm(PickingForm):
    """How many people, for which job, around when."""

    job = forms.CharField(
        label=gettext_lazy("Quel métier ?"),
        help_text=gettext_lazy("Commencez à écrire, puis choisissez."),
        max_length=200,
    )
    job_id, job_choice = forms.CharField(required=False, widget=forms.HiddenInput), LateChoiceField()
    number = forms.IntegerField(
        label=gettext_lazy("Combien d'embauches ?"), min_value=1, max_value=MOST_FORESEEN, initial=1
    )
    expected_on = _day(gettext_lazy("Vers le"))
    contract = forms.ChoiceField(
        label=gettext_lazy("Contrat"), required=False,
        choices=[("", gettext_lazy("Pas encore connu")), *_capitals(ForecastContract.choices)],
    )  # fmt: skip
    certainty = forms.ChoiceField(label=gettext_lazy("Est-ce sûr ?"), choices=_capitals(Certainty.choices))
    source = forms.ChoiceField(
        label=gettext_lazy("Comment le savez-vous ?"), choices=_capitals(ForecastSource.choices)
    )
    note = _words(gettext_lazy("Précisions"))

    def clean(self) -> dict[str, Any]:
        """Find the occupation that the text means."""
        told = super().clean() or self.cleaned_data
        title = self.pick("job", picking.job_title_by_id, picking.job_title)
        if title is None and not {"job", "job_choice"} & set(self.errors):
            self.add_error("job", _("Nous ne connaissons pas ce métier : essayez un autre mot."))
        told["occupation"] = title.occupation if title else None
        return told

    def told(self) -> dict[str, Any]:
        """Return the forecast in the words of the domain."""
        names = ("occupation", "number", "expected_on", "contract", "certainty", "source", "note")
        return {name: self.cleaned_data[name] for name in names}


class SatisfactionForm(forms.Form):
    """What an employer thought of a key moment."""

    moment = forms.ChoiceField(label=gettext_lazy("À propos de quoi ?"), choices=_capitals(Moment.choices))
    mark = forms.TypedChoiceField(label=gettext_lazy("Sa note"), coerce=int, widget=forms.RadioSelect)
    contact = forms.ChoiceField(label=gettext_lazy("Donnée par"), required=False)
    on = _day(gettext_lazy("Le"))
    verbatim = _words(gettext_lazy("Ses mots"))

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(contact.pk): contact for contact in contacts}
        people = [(pk, contact.name) for pk, contact in self.contacts.items()]
        marks = (
            (1, _("Pas du tout satisfait")), (2, _("Peu satisfait")), (3, _("Plutôt satisfait")),
            (4, _("Satisfait")), (5, _("Très satisfait")),
        )  # fmt: skip
        self.fields["contact"].choices = [("", _("Personne en particulier")), *people]  # type: ignore[attr-defined]
        self.fields["mark"].choices = [(mark, RichLabel(f"{mark}", label)) for mark, label in marks]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return the mark in the words of the domain."""
        return {**self.cleaned_data, "contact": self.contacts.get(self.cleaned_data["contact"])}
