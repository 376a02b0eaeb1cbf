"""The filters of the dashboard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.indicators.enums import Period
from entremise.indicators.queries import Filters
from entremise.web.kit.typed import identifier


class FilterForm(forms.Form):
    """Period, agency, partner, adviser; read from the address, never refused: what makes no sense is left out."""

    periode = forms.ChoiceField(label=_("Période"), choices=Period.choices, required=False)
    du = forms.DateField(
        label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    au = forms.DateField(
        label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    agence = forms.CharField(label=_("Agence"), required=False, widget=forms.Select)
    partenaire = forms.CharField(label=_("Partenaire"), required=False, widget=forms.Select)
    conseiller = forms.CharField(label=_("Conseiller"), required=False, widget=forms.Select)

    def __init__(self, asked: Any) -> None:
        super().__init__({"periode": Period.QUARTER, **asked.dict()})

    @property
    def lists(self) -> list[forms.BoundField]:
        """Return the fields that are chosen from a list."""
        return [self[name] for name in ("periode", "agence", "partenaire", "conseiller")]

    @property
    def days(self) -> list[forms.BoundField]:
        """Return the first and the last day."""
        return [self["du"], self["au"]]

    @property
    def has_days(self) -> bool:
        """Tell whether precise dates were asked for."""
        return bool(self["periode"].value() == Period.CUSTOM)

    def filters(self) -> Filters:
        """Return what the address asks for."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(
            period=found.get("periode") or Period.QUARTER,
            start=found.get("du"),
            last=found.get("au"),
            agency=identifier(found.get("agence") or ""),
            kind=found.get("partenaire") or "",
            adviser=identifier(found.get("conseiller") or ""),
        )

    def offer(self, agencies: Any, kinds: Any, advisers: Any) -> None:
        """Put in the lists what this territory has."""
        lists = (
            ("agence", _("Toutes les agences"), agencies),
            ("partenaire", _("Tous les partenaires"), kinds),
            ("conseiller", _("Toute l'équipe"), advisers),
        )
        for name, everything, choices in lists:
            self.fields[name].widget.choices = [("", everything), *choices]
