"""How a person sorts and filters the offers that fit her; the choice is in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.matching.enums import OfferSort
from entremise.matching.queries_reverse import OfferCriteria
from entremise.people.enums import ContractKind, WorkingTime

DISTANCES = (5, 10, 20, 30, 50)
TIMES = [(value, capfirst(label)) for value, label in WorkingTime.choices if value != WorkingTime.ANY]


class OfferFilterForm(forms.Form):
    """Which of her offers a person wants to see, and in which order."""

    tri = forms.ChoiceField(label=gettext_lazy("Trier"), required=False)
    contrat = forms.ChoiceField(label=gettext_lazy("Contrat"), required=False)
    temps = forms.ChoiceField(label=gettext_lazy("Temps de travail"), required=False)
    distance = forms.TypedChoiceField(label=gettext_lazy("Distance"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, mobility_km: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("tri", [(value, capfirst(label)) for value, label in OfferSort.choices])
        self._choices("contrat", [("", _("Tous"))] + [(value, str(label)) for value, label in ContractKind.choices])
        self._choices("temps", [("", _("Tous")), *TIMES])
        usual = ("", _("Jusqu'à %(km)d km (mes souhaits)") % {"km": mobility_km})
        nearer = [(km, _("Moins de %(km)d km") % {"km": km}) for km in DISTANCES if km < mobility_km]
        self._choices("distance", [usual, *nearer])

    def criteria(self) -> OfferCriteria:
        """Return what is asked; what cannot be understood is left out, since people share addresses."""
        self.is_valid()
        told = self.cleaned_data
        return OfferCriteria(
            contract=told.get("contrat", ""),
            working_time=told.get("temps", ""),
            radius_km=told.get("distance"),
            sort=told.get("tri") or OfferSort.RELEVANCE,
        )

    def count(self, contracts: Mapping[str, int]) -> None:
        """Keep the contracts that have offers, given the other filters, and write how many beside each."""
        chosen = self["contrat"].value()
        counted = [(value, label, contracts.get(value, 0)) for value, label in ContractKind.choices]
        told = [(value, f"{capfirst(label)} ({n})") for value, label, n in counted if n or value == chosen]
        self._choices("contrat", [("", _("Tous")), *told])

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def kept(query: QueryDict) -> dict[str, str]:
    """Return the filters of an address, to be kept from page to page."""
    return {name: str(query[name]) for name in OfferFilterForm.base_fields if query.get(name)}
