"""The form by which a profile is promoted: contacts, message, visibility."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.people.enums import Visibility
from entremise.promotions import rules
from entremise.promotions.queries_contacts import Suggestion
from entremise.web.components.choices import RichLabel

SEEN = [
    (Visibility.NAMED, RichLabel(_("Avec son nom et ses coordonnées"), _("Comme elle l'a accepté"), "user")),
    (Visibility.ANONYMOUS, RichLabel(_("Sans son nom"), _("L'employeur voit ses compétences"), "lock")),
]


class PromoteForm(forms.Form):
    """Whom to ask, and what to say."""

    contacts = forms.TypedMultipleChoiceField(
        label=_("À qui présenter ce profil ?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea,
        max_length=rules.LONGEST_MESSAGE,
        error_messages={"required": _("Écrivez quelques mots à l'employeur.")},
        help_text=_("Il est rempli à partir des faits. Le profil et ses preuves sont joints."),
    )
    visibility = forms.ChoiceField(label=_("Ce que l'employeur voit"), choices=SEEN, widget=forms.RadioSelect)
    acknowledged = forms.BooleanField(label=_("Présenter quand même à un employeur déjà sollicité"), required=False)
    q = forms.CharField(label=_("Chercher un autre établissement"), required=False, max_length=120)
    etab = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Suggestion], may_be_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.contact.pk), one.contact.name) for one in people if one.can_be_asked]
        self.fields["contacts"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not may_be_named:
            self.fields["visibility"].choices = SEEN[1:]  # type: ignore[attr-defined]  # idem

    @property
    def ticked(self) -> set[str]:
        """Return the identifiers ticked so far."""
        return set(self["contacts"].value() or [])


class NewContactForm(forms.Form):
    """A contact added on the way."""

    establishment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Nom du contact"), max_length=160, required=False)
    role = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    email = forms.CharField(label=_("Adresse électronique"), max_length=254, required=False)
