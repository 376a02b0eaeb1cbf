"""Forms of the import of offers: the file, then which column is which and whether offers open at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency
from entremise.offers.enums_import import OfferField as F
from entremise.web.components.choices import RichLabel

DRAFT, OPEN = "draft", "open"
GROUPS = (
    (_("L'offre"), (F.REFERENCE, F.TITLE, F.ROME, F.DESCRIPTION), _("La référence, et le poste ou son code ROME.")),
    (_("L'établissement"), (F.SIRET,), _("Il doit être dans l'annuaire.")),
    (
        _("Le lieu de travail"),
        (F.INSEE, F.POSTCODE, F.CITY, F.RADIUS),
        _("Sans lieu, c'est la commune de l'établissement."),
    ),
    (
        _("Les conditions"),
        (F.CONTRACT, F.WORKING_TIME, F.SCHEDULES, F.LICENCES, F.LANGUAGES),
        _("Le contrat est nécessaire."),
    ),
    (
        _("Les compétences"),
        (F.SKILLS,),
        _("Séparées par des points-virgules, avec leur besoin : « Cuisiner (indispensable) ; Peser (utile) »."),
    ),
)


class OfferUploadForm(forms.Form):
    """A spreadsheet of offers, and the agency in whose name they are entered."""

    agency = forms.ChoiceField(label=_("Agence"))
    file = forms.FileField(
        label=_("Votre tableau d'offres"),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
            "missing": _("Choisissez un fichier."),
        },
    )

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.name) for one in agencies]
        first = choices[0][0] if choices else ""
        self.fields["agency"] = forms.ChoiceField(label=_("Agence"), choices=choices, initial=first)
        if len(choices) == 1:
            self.fields["agency"].widget = forms.HiddenInput()


@dataclass(frozen=True, slots=True)
class MappedField:
    """A column to choose, with an example of what it holds."""

    bound: forms.BoundField
    example: str


@dataclass(frozen=True, slots=True)
class MappedGroup:
    """Columns that go together."""

    title: Any
    help: Any
    fields: list[MappedField]


class OfferMappingForm(forms.Form):
    """Which column of the file tells what, and what becomes of new offers."""

    opening = forms.ChoiceField(
        label=_("Les nouvelles offres seront"),
        choices=[
            (DRAFT, RichLabel(_("Des brouillons"), _("Vous les relisez, puis les ouvrez une à une."))),
            (OPEN, RichLabel(_("Ouvertes tout de suite"), _("On cherche quelqu'un pour elles dès l'import."))),
        ],
        initial=DRAFT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si les offres restent des brouillons ou s'ouvrent tout de suite.")},
    )

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Aucune colonne")), *((column, column) for column in columns)]
        for name in F:
            self.fields[str(name)] = forms.ChoiceField(label=name.label, choices=choices, required=False)

    @property
    def is_opened_at_once(self) -> bool:
        """Tell whether new offers open at once."""
        return bool(self.cleaned_data["opening"] == OPEN)

    def chosen(self) -> dict[str, str]:
        """Return the column of each field, as it stands in the form."""
        return {str(name): self[str(name)].value() or "" for name in F}

    def groups(self, first: Mapping[str, Any]) -> list[MappedGroup]:
        """Return the fields by group, each with the cell of the first line."""
        return [
            MappedGroup(title, help_text, [self._mapped(name, first) for name in names])
            for title, names, help_text in GROUPS
        ]

    def _mapped(self, name: str, first: Mapping[str, Any]) -> MappedField:
        return MappedField(self[str(name)], first.get(self[str(name)].value() or "", ""))
