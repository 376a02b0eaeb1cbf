"""The word that a proved fraud asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.lib.text import normalise

WORD = _("fraude")


class FraudForm(forms.Form):
    """What cannot be undone asks for a word."""

    word = forms.CharField(
        label=_("Pour confirmer, écrivez le mot « fraude »"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Écrivez le mot « fraude » pour confirmer. Rien n'a été changé.")},
    )

    def clean_word(self) -> str:
        """Accept the word whatever its capitals."""
        typed: str = self.cleaned_data["word"]
        if normalise(typed) != normalise(str(WORD)):
            raise forms.ValidationError(
                _("Ce n'est pas le mot attendu. Écrivez « fraude » pour confirmer. Rien n'a été changé.")
            )
        return typed
