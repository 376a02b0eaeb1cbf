"""Forms of the partners who send offers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency
from entremise.offers.actions_partners import LARGEST_LOGO, PartnerSheet
from entremise.offers.enums import Channel
from entremise.offers.rules_channels import RULES

WAYS = {  # the labels of a channel speak of an offer
    Channel.API: _("par son système, au fil de l'eau"),
    Channel.FILE: _("dans un fichier, une fois par jour"),
    Channel.MULTIPOSTER: _("par un multidiffuseur"),
}


class PartnerForm(forms.Form):
    """What is known of a partner."""

    name = forms.CharField(
        label=_("Nom"), max_length=160, error_messages={"required": _("Donnez le nom du partenaire.")}
    )
    agency = forms.ChoiceField(label=_("Agence qui répond de lui"))
    channel = forms.ChoiceField(
        label=_("Comment il envoie ses offres"),
        choices=[(value, WAYS[Channel(value)]) for value, rule in RULES.items() if rule.needs_agreement],
    )
    email = forms.EmailField(label=_("Adresse pour les rapports"), required=False)
    agreed_on = forms.DateField(
        label=_("Convention signée le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agreed_until = forms.DateField(
        label=_("Convention valable jusqu'au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_complete = forms.BooleanField(
        label=_("Chaque fichier est complet : une offre qui n'y est plus est retirée"), required=False
    )
    logo = forms.FileField(label=_("Logo (PNG ou JPEG, 1 Mo au plus)"), required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [(str(one.pk), one.name) for one in agencies]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["agency"]

    def sheet(self) -> PartnerSheet:
        """Return what was typed, once valid."""
        told = self.cleaned_data
        logo = told["logo"].read(LARGEST_LOGO + 1) if told["logo"] else None
        return PartnerSheet(
            name=told["name"], channel=told["channel"], email=told["email"], agreed_on=told["agreed_on"],
            agreed_until=told["agreed_until"], is_complete=told["is_complete"], logo=logo,
        )  # fmt: skip


class FeedForm(forms.Form):
    """A partner's file, sent by hand."""

    file = forms.FileField(label=_("Fichier"), error_messages={"required": _("Choisissez un fichier.")})
