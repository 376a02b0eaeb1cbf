"""What an adviser writes in a certificate of employment, on behalf of an employer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.actors import Actor
from entremise.passport.models import HeldSkill
from entremise.web.kit import picking
from entremise.web.kit.employment_forms import CertificateForm
from entremise.web.kit.picking import LateChoiceField


class EmploymentForm(CertificateForm):
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
        self.fields["skills"].choices = [(str(one.skill_id), one.skill.label) for one in held]  # type: ignore[attr-defined]
        if not held:
            del self.fields["skills"]

    def clean(self) -> dict[str, Any]:
        """Find the establishment; each post has a title and two dates."""
        told = super().clean()
        told["establishment"] = self.pick(
            "employer", picking.establishment_by_id, lambda typed: picking.establishment(typed, self.actor)
        )
        if told["establishment"] is None and not {"employer", "employer_choice"} & set(self.errors):
            self.add_error("employer", _("Choisissez l'établissement dans la liste, ou écrivez son SIRET."))
        return told

    def facts(self) -> dict[str, Any]:
        """Return what the domain's action takes, but the skills."""
        return super().facts() | {"establishment": self.cleaned_data["establishment"]}

    def skill_ids(self) -> list[UUID]:
        """Return the skills ticked."""
        return [UUID(pk) for pk in self.cleaned_data.get("skills", [])]
