"""Forms about complaints."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.accounts.models import User
from entremise.desk.actions import LONGEST
from entremise.desk.enums_desk import ComplaintAbout, ComplaintFrom, ComplaintOutcome
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.people.queries import person_with_reference
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm


def _capital(choices: Any) -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in choices]


class ComplaintForm(PickingForm):
    """What somebody is not content with."""

    origin = forms.ChoiceField(label=gettext_lazy("De qui ?"), choices=_capital(ComplaintFrom.choices))
    about = forms.ChoiceField(label=gettext_lazy("Sur quoi ?"), choices=_capital(ComplaintAbout.choices))
    words = forms.CharField(
        label=gettext_lazy("Ce qui est reproché"),
        help_text=gettext_lazy("Les faits, sans nom de personne : le dossier concerné se donne plus bas."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    employer = forms.CharField(
        label=gettext_lazy("Établissement concerné"), required=False, max_length=200,
        help_text=gettext_lazy("Son nom et sa ville, ou son numéro SIRET."),
    )  # fmt: skip
    employer_id = forms.CharField(required=False, widget=forms.HiddenInput)
    employer_choice = LateChoiceField()
    reference = forms.CharField(label=gettext_lazy("Référence du profil concerné"), required=False, max_length=20)
    received_on = forms.DateField(
        label=gettext_lazy("Reçue le"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Vide : aujourd'hui. Le délai de réponse court depuis ce jour."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Find the establishment and the profile."""
        told = self.cleaned_data
        told["establishment"] = self.pick(
            "employer", picking.establishment_by_id, lambda typed: picking.establishment(typed, self.actor)
        )
        reference = told.get("reference", "").strip()
        told["person"] = person_with_reference(reference, self.actor) if reference else None
        if reference and told["person"] is None:
            self.add_error("reference", _("Aucun profil de votre territoire ne porte cette référence."))
        return told

    def told(self) -> dict[str, Any]:
        """Return the complaint in the words of the domain."""
        told = self.cleaned_data
        facts = {name: told[name] for name in ("origin", "about", "words", "establishment", "person")}
        day = told["received_on"]
        if day is None or day == clock.today():
            return facts
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=clock.local(clock.now()).tzinfo)
        return facts | {"received_at": noon}


class AssignForm(forms.Form):
    """Who will answer."""

    colleague = forms.ChoiceField(label=gettext_lazy("Confier à"))

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        choices = [(pk, one.full_name) for pk, one in self.colleagues.items()]
        self.fields["colleague"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> User:
        """Return who was chosen."""
        return self.colleagues[self.cleaned_data["colleague"]]


class AnswerForm(forms.Form):
    """The answer that was given."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Suite"), choices=_capital(ComplaintOutcome.choices), widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Réponse donnée"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
