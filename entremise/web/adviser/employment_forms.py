"""What an adviser writes in a certificate of employment, on behalf of an employer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.credentials import rules_documents
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.kernel.actors import Actor
from entremise.passport.models import HeldSkill
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm

FIELD_OF = {"posts": "title_1"}


WHOLE = gettext_lazy("Écrivez l'intitulé et les deux dates de cet emploi.")


def _day(label: Any, *, is_required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": WHOLE},
    )


class EmploymentForm(PickingForm):
    """Where, which posts and when, what was done and learnt there, who speaks for the employer."""

    employer = forms.CharField(
        label=gettext_lazy("L'employeur"),
        help_text=gettext_lazy("Le nom de l'établissement et sa ville, ou son SIRET."),
        max_length=200,
    )
    employer_id = forms.CharField(required=False, widget=forms.HiddenInput)
    employer_choice = LateChoiceField()
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences exercées"),
        help_text=gettext_lazy("Celles du profil que l'employeur nomme, rien de plus."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
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
    is_sure = forms.BooleanField(
        label=gettext_lazy("J'ai vu le document de l'employeur, ou il m'a dit lui-même ce que j'écris ici."),
        error_messages={
            "required": gettext_lazy(
                "Sans le document ou la parole de l'employeur, ce certificat ne peut pas être écrit."
            )
        },
    )

    def __init__(self, *args: Any, actor: Actor, held: Sequence[HeldSkill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        for number in range(1, rules_documents.MAX_POSTS + 1):
            title = forms.CharField(label=_("Intitulé"), max_length=200, required=number == 1)
            self.fields[f"title_{number}"] = title
            self.fields[f"started_{number}"] = _day(_("Du"), is_required=number == 1)
            self.fields[f"ended_{number}"] = _day(_("Au"), is_required=number == 1)
        self.fields["skills"].choices = [(str(one.skill_id), one.skill.label) for one in held]  # type: ignore[attr-defined]
        if not held:
            del self.fields["skills"]

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
        """Find the establishment; each post has a title and two dates."""
        told = self.cleaned_data
        told["establishment"] = self.pick(
            "employer", picking.establishment_by_id, lambda typed: picking.establishment(typed, self.actor)
        )
        if told["establishment"] is None and not {"employer", "employer_choice"} & set(self.errors):
            self.add_error("employer", _("Choisissez l'établissement dans la liste, ou écrivez son SIRET."))
        for number in range(1, rules_documents.MAX_POSTS + 1):
            self._require_whole(number)
        return told

    def facts(self) -> dict[str, Any]:
        """Return what the domain's action takes, but the skills."""
        told = self.cleaned_data
        posts = [
            Post(told[f"title_{n}"], told[f"started_{n}"], told[f"ended_{n}"])
            for n in range(1, rules_documents.MAX_POSTS + 1)
            if told.get(f"title_{n}")
        ]
        return {
            "establishment": told["establishment"],
            "posts": posts,
            "trainings": told["trainings"],
            "signatory": told["signatory"],
        }

    def skill_ids(self) -> list[UUID]:
        """Return the skills ticked."""
        return [UUID(pk) for pk in self.cleaned_data.get("skills", [])]

    def refuse(self, refusal: CredentialRefused) -> None:
        """Show a refusal of the domain at its field."""
        field = FIELD_OF.get(refusal.field, refusal.field)
        self.add_error(field if field in self.fields else None, refusal.reason)

    def _require_whole(self, number: int) -> None:
        names = (f"title_{number}", f"started_{number}", f"ended_{number}")
        told = [bool(self.cleaned_data.get(name)) for name in names]
        if number > 1 and not any(told):
            return
        for name, is_told in zip(names, told, strict=True):
            if not is_told and name not in self.errors:
                self.add_error(name, WHOLE)
