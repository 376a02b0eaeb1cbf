"""Forms of the import: the file, and which column is which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency
from entremise.promotions.enums_import import ImportField

GROUPS = (
    (
        _("La personne"),
        (ImportField.REFERENCE, ImportField.EMAIL, ImportField.PHONE),
        _("Une de ces colonnes suffit."),
    ),
    (
        _("L'établissement"),
        (ImportField.SIRET, ImportField.EMPLOYER, ImportField.CITY),
        _("Le SIRET, ou le nom et la ville."),
    ),
    (
        _("La promotion"),
        (ImportField.SENT_ON, ImportField.ADVISER, ImportField.AGENCY),
        _("La date est nécessaire. Sans conseiller, la promotion est à votre nom."),
    ),
    (_("La réponse"), (ImportField.ANSWER, ImportField.ANSWERED_ON), _("Si votre fichier les contient.")),
    (
        _("La suite"),
        (ImportField.OUTCOME, ImportField.OUTCOME_ON, ImportField.COMMENT),
        _("Si votre fichier les contient."),
    ),
)


class UploadForm(forms.Form):
    """A spreadsheet, and the agency it belongs to."""

    agency = forms.ChoiceField(label=_("Agence"))
    file = forms.FileField(
        label=_("Votre tableau de promotions"),
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


class MappingForm(forms.Form):
    """Which column of the file tells what."""

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Aucune colonne")), *((column, column) for column in columns)]
        for name in ImportField:
            self.fields[str(name)] = forms.ChoiceField(label=name.label, choices=choices, required=False)

    def groups(self, first: Mapping[str, Any] | None = None) -> list[MappedGroup]:
        """Return the fields by group, each with the cell of the first line."""
        told = first or {}
        return [
            MappedGroup(title, help_text, [self._mapped(name, told) for name in names])
            for title, names, help_text in GROUPS
        ]

    def _mapped(self, name: str, told: Mapping[str, Any]) -> MappedField:
        return MappedField(self[name], told.get(self[name].value() or "", ""))
