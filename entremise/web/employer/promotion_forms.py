"""The employer's answer: four large choices, their variants, a word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.promotions import rules
from entremise.promotions.enums import GOOD_NEWS, Answer, NoReason
from entremise.promotions.models import Promotion
from entremise.web.components.choices import RichLabel

MEET = "meet"  # the large choice behind which the three good answers stand
CHOICES = [
    (
        MEET,
        RichLabel(
            _("Je souhaite rencontrer cette personne"), _("Un rendez-vous, une immersion ou une offre"), "calendar"
        ),
    ),
    (Answer.KEPT, RichLabel(_("Je garde ce profil"), _("Pour un prochain recrutement"), "star")),
    (Answer.NOT_NOW, RichLabel(_("Pas en ce moment"), _("Je ne recrute pas actuellement"), "clock")),
    (Answer.NO, RichLabel(_("Non, parce que…"), _("Votre raison nous aide à mieux choisir"), "x-circle")),
]
VARIANTS = [
    (Answer.MEETING, RichLabel(_("Un rendez-vous"))),
    (Answer.IMMERSION, RichLabel(_("Une immersion"), _("Quelques jours pour découvrir le poste, sans contrat"))),
    (Answer.OFFER, RichLabel(_("J'ai une offre d'emploi"))),
]


class AnswerForm(forms.Form):
    """What the employer says; the domain decides whether it is complete."""

    choice = forms.ChoiceField(label=_("Votre réponse"), choices=CHOICES, widget=forms.RadioSelect)
    variant = forms.ChoiceField(
        label=_("Que proposez-vous ?"),
        choices=VARIANTS,
        widget=forms.RadioSelect,
        required=False,
        initial=Answer.MEETING,
    )
    no_reason = forms.ChoiceField(
        label=_("La raison principale"), choices=NoReason.choices, widget=forms.RadioSelect, required=False
    )
    word = forms.CharField(
        label=_("Un mot pour l'agence"),
        required=False,
        max_length=rules.LONGEST_WORD,
        widget=forms.Textarea,
        help_text=_("Par exemple un jour qui vous arrange. Seule l'agence le lit, la personne ne le voit pas."),
    )

    def said(self) -> dict[str, Any]:
        """Return the answer in the words of the domain."""
        choice = self.cleaned_data["choice"]
        answer = self.cleaned_data["variant"] or Answer.MEETING if choice == MEET else choice
        return {"answer": answer, "no_reason": self.cleaned_data["no_reason"], "word": self.cleaned_data["word"]}


def as_initial(promotion: Promotion) -> dict[str, str]:
    """Return the form's values for an answer already given."""
    is_good = promotion.answer in GOOD_NEWS
    return {
        "choice": MEET if is_good else promotion.answer,
        "variant": promotion.answer if is_good else Answer.MEETING,
        "no_reason": promotion.no_reason,
        "word": promotion.answer_word,
    }
