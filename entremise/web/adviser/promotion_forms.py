"""Forms about promotions: filters, an answer heard by telephone, an outcome."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.people.enums import ContractKind
from entremise.promotions import rules
from entremise.promotions.enums import Answer, NoReason, Outcome

STAGES = [
    ("overdue", _("À relancer par nous")),
    ("waiting", _("Réponse attendue")),
    ("good", _("Bonnes nouvelles à suivre")),
    ("answered", _("Autres réponses")),
    ("expired", _("Sans réponse")),
    ("closed", _("Suite connue")),
    ("withdrawn", _("Retirées")),
]


class LogAnswerForm(forms.Form):
    """What the employer said on the telephone."""

    answer = forms.ChoiceField(label=_("Réponse entendue"), choices=Answer.choices, widget=forms.RadioSelect)
    no_reason = forms.ChoiceField(
        label=_("Raison, si c'est non"), choices=[("", _("Sans objet")), *NoReason.choices], required=False
    )
    word = forms.CharField(
        label=_("Ses mots"), required=False, max_length=rules.LONGEST_WORD, widget=forms.Textarea(attrs={"rows": 3})
    )


class OutcomeForm(forms.Form):
    """What came of a promotion."""

    outcome = forms.ChoiceField(label=_("Suite"), choices=Outcome.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Depuis le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    contract = forms.ChoiceField(
        label=_("Contrat, pour une embauche"), choices=[("", _("Sans objet")), *ContractKind.choices], required=False
    )
    word = forms.CharField(
        label=_("Commentaire"), required=False, max_length=rules.LONGEST_WORD, widget=forms.Textarea(attrs={"rows": 3})
    )
