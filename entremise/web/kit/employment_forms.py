"""What a certificate of employment asks, whoever writes it: the posts and their dates, the trainings, who signs."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.credentials import rules_documents
from entremise.credentials.rules_documents import Post
from entremise.web.kit.picking import PickingForm

WHOLE = gettext_lazy("Écrivez l'intitulé et les deux dates de cet emploi.")


def _day(label: Any, *, is_required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": WHOLE},
    )


class CertificateForm(PickingForm):
    """Which posts and when, what was learnt there, who speaks for the employer."""

    FIELD_OF = {"posts": "title_1"}

    trainings = forms.CharField(
        label=gettext_lazy("Formations suivies"),
        help_text=gettext_lazy("Une par ligne, avec l'année."),
        required=False,
        max_length=rules_documents.LONGEST_TRAININGS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signatory = forms.CharField(
        label=gettext_lazy("Qui parle pour l'employeur"),
        help_text=gettext_lazy("Fonction et nom, comme l'employeur les donne : « Gérante, Mme Faure »."),
        max_length=160,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, rules_documents.MAX_POSTS + 1):
            title = forms.CharField(label=_("Intitulé"), max_length=200, required=number == 1)
            self.fields[f"title_{number}"] = title
            self.fields[f"started_{number}"] = _day(_("Du"), is_required=number == 1)
            self.fields[f"ended_{number}"] = _day(_("Au"), is_required=number == 1)

    @property
    def posts(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Return the fields of each post; empty ones beyond the second are not shown."""
        rows = [
            (self[f"title_{n}"], self[f"started_{n}"], self[f"ended_{n}"])
            for n in range(1, rules_documents.MAX_POSTS + 1)
        ]
        told = sum(any(field.value() for field in row) for row in rows)
        return rows[: max(2, min(told + 1, len(rows)))]

    def clean(self) -> dict[str, Any]:
        """Ask a title and two dates of each post."""
        for number in range(1, rules_documents.MAX_POSTS + 1):
            self._require_whole(number)
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """Return what both ways of writing a certificate tell the domain's action."""
        told = self.cleaned_data
        posts = [
            Post(told[f"title_{n}"], told[f"started_{n}"], told[f"ended_{n}"])
            for n in range(1, rules_documents.MAX_POSTS + 1)
            if told.get(f"title_{n}")
        ]
        return {"posts": posts, "trainings": told["trainings"], "signatory": told["signatory"]}

    def _require_whole(self, number: int) -> None:
        names = (f"title_{number}", f"started_{number}", f"ended_{number}")
        told = [bool(self.cleaned_data.get(name)) for name in names]
        if number > 1 and not any(told):
            return
        for name, is_told in zip(names, told, strict=True):
            if not is_told and name not in self.errors:
                self.add_error(name, WHOLE)
