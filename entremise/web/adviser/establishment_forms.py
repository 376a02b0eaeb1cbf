"""Forms about establishments: a contact, a conversation, a closure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.employers.enums import LogChannel, LogPurpose
from entremise.employers.models import Contact
from entremise.web.components.choices import RichLabel

ICONS = {LogChannel.CALL: "phone", LogChannel.VISIT: "pin", LogChannel.EMAIL: "mail", LogChannel.MEETING: "users"}


class ContactForm(forms.Form):
    """Someone to talk to."""

    name = forms.CharField(label=_("Nom"), max_length=160)
    role = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    email = forms.CharField(label=_("Adresse électronique"), max_length=254, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    is_privileged = forms.BooleanField(label=_("C'est notre contact privilégié ici"), required=False)


class ContactLogForm(forms.Form):
    """A conversation, and what comes next."""

    channel = forms.ChoiceField(
        label=_("Moyen"),
        widget=forms.RadioSelect,
        initial=LogChannel.CALL,
        choices=[(value, RichLabel(label, icon=ICONS[LogChannel(value)])) for value, label in LogChannel.choices],
    )
    purpose = forms.ChoiceField(label=_("Objet"), choices=LogPurpose.choices)
    contact = forms.ChoiceField(label=_("Avec"), required=False)
    outcome = forms.CharField(
        label=_("Ce qui s'est dit"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_action = forms.CharField(
        label=_("Suite prévue"), required=False, max_length=200, help_text=_("Elle reviendra dans votre journée.")
    )
    next_on = forms.DateField(
        label=_("À faire le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(contact.pk): contact for contact in contacts}
        people = [(pk, contact.name) for pk, contact in self.contacts.items()]
        self.fields["contact"].choices = [("", _("Personne en particulier")), *people]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return the conversation in the words of the domain."""
        return {**self.cleaned_data, "contact": self.contacts.get(self.cleaned_data["contact"])}


class CloseForm(forms.Form):
    """The day an establishment closed."""

    closed_on = forms.DateField(
        label=_("Fermé depuis le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
