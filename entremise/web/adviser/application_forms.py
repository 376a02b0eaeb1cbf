"""Forms of the applications, for advisers: what an employer said on the phone."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from entremise.reciprok.enums import RefusalReason, Step
from entremise.reciprok.rules import LONGEST_ANSWER
from entremise.web.kit.refusable import Refusable


def _capital(choices: Any) -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in choices]


def _words(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HeardForm(Refusable):
    """What every answer heard by phone has: words for the person, a note that she never sees."""

    words = _words(_("Mots pour la personne"), _("Elle les lit tels quels, avec la réponse."))
    note = _words(_("Note entre conseillers"), _("Jamais montrée à la personne ni à l'employeur."))


class FavourForm(HeardForm):
    """The employer wants to go on."""

    step = forms.ChoiceField(label=_("Ce qu'il propose"), choices=_capital(Step.choices), widget=forms.RadioSelect)
    field_order = ["step", "words", "note"]


class RefuseForm(HeardForm):
    """The employer does not."""

    reason = forms.ChoiceField(
        label=_("La raison donnée"), choices=_capital(RefusalReason.choices), widget=forms.RadioSelect
    )
    field_order = ["reason", "words", "note"]
