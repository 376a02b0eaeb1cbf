"""What the person fills in to ask for a validation; the rules are in the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.employers.models import Establishment
from entremise.passport import queries as passport
from entremise.passport.models import Experience
from entremise.validations.enums import Refusal
from entremise.validations.models import Request
from entremise.web.components.choices import RichLabel

FIELD_OF = {
    Refusal.NO_SKILL: "skills",
    Refusal.TOO_MANY_SKILLS: "skills",
    Refusal.UNKNOWN_SKILL: "skills",
    Refusal.OWN_ADDRESS: "contact_email",
    Refusal.DISPOSABLE: "contact_email",
    Refusal.ALREADY_OPEN: "contact_email",
    Refusal.ADDRESS_UNAVAILABLE: "contact_email",
    Refusal.NO_ESTABLISHMENT: "place",
    Refusal.ESTABLISHMENT_CLOSED: "place",
    Refusal.ESTABLISHMENT_BUSY: "place",
}
Choices = list[tuple[str, list[tuple[str, RichLabel]]]]


class RequestForm(forms.Form):
    """Who is asked, about which skills, with which words."""

    contact_name = forms.CharField(label=_("Nom de la personne"), max_length=160)
    contact_email = forms.EmailField(
        label=_("Son adresse électronique"),
        help_text=_("De préférence son adresse dans l'entreprise : sa réponse aura plus de poids."),
    )
    contact_role = forms.CharField(
        label=_("Qui était cette personne pour vous ?"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : cheffe de cuisine, tuteur, collègue."),
    )
    place = forms.CharField(
        label=_("Où travaille cette personne aujourd'hui ?"),
        required=False,
        max_length=200,
        help_text=_("Le nom de l'établissement et sa ville, ou son numéro SIRET."),
    )
    place_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    skills = forms.MultipleChoiceField(
        label=_("Ce que cette personne vous a vu faire"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": Refusal.NO_SKILL.label},
    )
    message = forms.CharField(
        label=_("Un mot de votre part"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Un souvenir commun aide la personne à vous reconnaître."),
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = choices  # type: ignore[attr-defined]

    def facts(self, establishment: Establishment | None) -> dict[str, Any]:
        """Return what the domain's actions take."""
        told = self.cleaned_data
        return {
            "contact_name": told["contact_name"],
            "contact_email": told["contact_email"],
            "contact_role": told["contact_role"],
            "message": told["message"],
            "establishment": establishment,
            "skill_ids": [UUID(pk) for pk in told["skills"]],
        }


@dataclass(frozen=True, slots=True)
class Offered:
    """The skills among which the person chooses."""

    choices: Choices

    def labels(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Return the labels of the skills chosen, in the order of the list."""
        wanted = set(chosen)
        return tuple(str(label) for _title, group in self.choices for pk, label in group if pk in wanted)


def offered(experience: Experience) -> Offered:
    """Return the skills of the experience first, then the others the person has, then those the job calls for."""
    held = passport.held_skills(experience.person)
    here = [one for one in held if experience in one.experiences.all()]
    others = [one for one in held if one not in here]
    source = experience.job_title or experience.occupation
    groups = [
        (_("Vos compétences dans cette expérience"), [_choice(one.skill, one.assurance) for one in here]),
        (_("Vos autres compétences"), [_choice(one.skill, one.assurance) for one in others]),
        (
            _("Souvent utiles dans ce métier"),
            [_choice(skill, 0) for skill in passport.proposed_skills(source, experience.person)],
        ),
    ]
    return Offered([(str(title), group) for title, group in groups if group])


def initial_of(draft: Request) -> dict[str, Any]:
    """Return the form's values for a request in preparation."""
    is_elsewhere = draft.establishment_id != draft.experience.establishment_id
    return {
        "contact_name": draft.contact_name,
        "contact_email": draft.contact_email,
        "contact_role": draft.contact_role,
        "message": draft.message,
        "skills": [str(line.skill_id) for line in draft.skills.all()],
        "place": draft.establishment.name if is_elsewhere else "",
        "place_id": draft.establishment_id if is_elsewhere else None,
    }


def _choice(skill: Any, assurance: int) -> tuple[str, RichLabel]:
    return str(skill.pk), RichLabel(skill.label, _("déjà confirmée par quelqu'un") if assurance else "")
