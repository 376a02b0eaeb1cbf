"""What an employer writes in a certificate of employment, and to whom it is offered."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.skills.models import Skill
from entremise.web.issuer.forms import NEEDED, AwardForm, address_of, skill_by_id, skill_named
from entremise.web.kit.employment_forms import CertificateForm
from entremise.web.kit.picking import LateChoiceField

SKILLS = 8  # on the page; those left empty beyond the second are not shown


class EmployerForm(CertificateForm):
    """Who takes it, which posts and when, what was done and learnt there, who signs."""

    FIELD_OF = CertificateForm.FIELD_OF | {"skills": "skill_1"}
    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Nom de la personne"), max_length=160, error_messages=NEEDED,
        help_text=gettext_lazy("Pour le message seulement : il n'est pas dans le badge, et il est effacé ensuite."),
    )  # fmt: skip
    email = AwardForm.base_fields["email"]
    is_sure = forms.BooleanField(
        label=gettext_lazy("Je certifie pour l'employeur que ces dates et ces emplois sont exacts."),
        error_messages={"required": gettext_lazy("Cochez cette case : c'est elle que l'employeur signe.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatory"].help_text = _("Fonction et nom de qui certifie : « Gérante, Mme Faure ».")
        self.fields["email"].help_text = _(
            "La personne y reçoit un lien pour prendre son certificat, qu'elle ait déjà un espace ici ou non."
        )
        for number in range(1, SKILLS + 1):
            label = _("Compétence %(number)d") % {"number": number}
            self.fields[f"skill_{number}"] = forms.CharField(label=label, required=False, max_length=200)
            self.fields[f"skill_{number}_id"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields[f"skill_{number}_choice"] = LateChoiceField()

    @property
    def skill_fields(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Return the fields of each skill; empty ones beyond the second are not shown."""
        rows = [(self[f"skill_{n}"], self[f"skill_{n}_id"], self[f"skill_{n}_choice"]) for n in range(1, SKILLS + 1)]
        told = sum(bool(row[0].value()) for row in rows)
        return rows[: max(3, min(told + 1, len(rows)))]

    def clean_email(self) -> str:
        """Read the address, or say what is wrong with it."""
        return address_of(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Find the skills; each post has a title and two dates."""
        told = super().clean()
        told["skills"] = found = []
        for number in range(1, SKILLS + 1):
            name = f"skill_{number}"
            skill: Skill | None = self.pick(name, skill_by_id, skill_named)
            if skill is not None and skill not in found:
                found.append(skill)
            elif skill is None and told.get(name) and not {name, f"{name}_choice"} & set(self.errors):
                self.add_error(name, _("Nous ne connaissons pas cette compétence. Essayez un autre mot."))
        return told

    def facts(self) -> dict[str, Any]:
        """Return what the domain's action takes."""
        return super().facts() | {name: self.cleaned_data[name] for name in ("name", "email", "skills")}
