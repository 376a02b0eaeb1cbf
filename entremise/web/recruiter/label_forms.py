"""Forms of the recruiter's label."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.reciprok import rules_label_following as rules
from entremise.web.kit.refusable import Refusable
from entremise.web.recruiter.forms import NEEDED


class ContestForm(Refusable):
    """Why a silence is wrongly counted."""

    words = forms.CharField(
        label=_("Pourquoi ce compte est-il faux ?"),
        help_text=_("Par exemple le jour où vous avez répondu, et comment. Un conseiller vérifie avec la personne."),
        max_length=rules.LONGEST_CONTEST,
        widget=forms.Textarea,
        error_messages=NEEDED,
    )
