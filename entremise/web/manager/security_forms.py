"""What a lead says of an account: why it is normal, why it may see more today."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from entremise.people.enums_vigilance import Finding, RaiseReason
from entremise.people.rules_vigilance import CEILING

REQUIRED = {"required": _("Choisissez une réponse.")}


class FindingForm(forms.Form):
    """Why what was done is normal."""

    finding = forms.ChoiceField(
        label=_("Qu'avez-vous vérifié ?"),
        widget=forms.RadioSelect,
        choices=[(value, capfirst(label)) for value, label in Finding.choices],
        error_messages=REQUIRED,
    )


class RaiseForm(forms.Form):
    """How many identities today, and for what."""

    raised_to = forms.IntegerField(
        label=_("Identités pour aujourd'hui"),
        min_value=1,
        help_text=_("%(ceiling)s au plus. Demain, le nombre habituel revient.") % {"ceiling": CEILING},
        error_messages={"required": _("Indiquez un nombre."), "invalid": _("Indiquez un nombre, en chiffres.")},
    )
    reason = forms.ChoiceField(
        label=_("Pour quelle occasion ?"),
        choices=[("", _("Choisissez")), *((value, capfirst(label)) for value, label in RaiseReason.choices)],
        error_messages=REQUIRED,
    )
