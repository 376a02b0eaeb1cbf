"""The forms of a person's rights."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.lib.archives import LARGEST_BYTES


class ArchiveForm(forms.Form):
    """An archive that was taken away before."""

    file = forms.FileField(
        label=_("Votre archive"),
        error_messages={
            "required": _("Choisissez le fichier de votre archive."),
            "empty": _("Ce fichier est vide."),
            "missing": _("Choisissez le fichier de votre archive."),
        },
    )

    def clean_file(self) -> object:
        """Refuse a file that no archive reaches."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_BYTES:
            raise forms.ValidationError(_("Ce fichier est trop gros pour être une archive d'Entremise."))
        return sent


class EraseForm(forms.Form):
    """A last question before everything goes."""

    is_sure = forms.BooleanField(
        label=_("J'ai compris : tout sera effacé, et personne ne pourra le retrouver."),
        error_messages={"required": _("Cochez la case pour confirmer l'effacement.")},
    )
