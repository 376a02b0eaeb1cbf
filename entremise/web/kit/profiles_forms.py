"""What a recruiter searches: a job, a distance, a few skills; a suggestion chosen, or the words alone."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.matching import rules_recruiter
from entremise.matching.models_recruiter import RecruiterAccess
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_recruiter import criteria_around
from entremise.passport.queries import known_skills
from entremise.skills import queries as skills
from entremise.skills.models import JobTitle, Occupation, Skill
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm
from entremise.web.kit.typed import identifier

PROPOSED = 8  # skills of the occupation: the most usual
USUAL_KM = 20


class SearchForm(PickingForm):
    """A search around the establishment."""

    use_required_attribute = False

    job = forms.CharField(
        label=gettext_lazy("Quel métier cherchez-vous ?"),
        help_text=gettext_lazy("Commencez à écrire, puis choisissez. Une compétence seule suffit aussi."),
        required=False,
        max_length=120,
    )
    job_id = forms.CharField(required=False, widget=forms.HiddenInput)
    job_choice = LateChoiceField()
    radius = forms.TypedChoiceField(
        label=gettext_lazy("À moins de"),
        choices=[(km, f"{km} km") for km in rules_recruiter.RADII_KM],
        coerce=int,
        initial=USUAL_KM,
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Avec ces compétences"), required=False, widget=forms.CheckboxSelectMultiple
    )
    skill = forms.CharField(label=gettext_lazy("Ajouter une compétence"), required=False, max_length=200)
    skill_id = forms.CharField(required=False, widget=forms.HiddenInput)
    skill_choice = LateChoiceField()

    def __init__(self, *args: Any, offered: list[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = [(str(one.pk), one.label) for one in offered]  # type: ignore[attr-defined]

    def criteria(self, opened: RecruiterAccess) -> PoolCriteria:
        """Return the search in the words of the pool; `errors` says what is not understood."""
        job: JobTitle | Occupation | None = self.pick("job", _job_by_id, picking.job_title)
        added: Skill | None = self.pick("skill", _skill_by_id, _skill)
        if self.cleaned_data.get("job") and job is None and not self.errors:
            self.add_error("job", _("Nous ne connaissons pas ce métier. Essayez un autre mot."))
        if self.cleaned_data.get("skill") and added is None and not self.errors:
            self.add_error("skill", _("Nous ne connaissons pas cette compétence. Essayez un autre mot."))
        ticked = [UUID(pk) for pk in self.cleaned_data.get("skills", [])]
        occupation = job.occupation if isinstance(job, JobTitle) else job
        return criteria_around(
            opened,
            occupation=occupation.rome_code if occupation else "",
            radius_km=self.cleaned_data.get("radius") or USUAL_KM,
            skills=[*ticked, *([added.pk] if added else [])],
        )


def offered_skills(rome_code: str, chosen: tuple[UUID, ...]) -> list[Skill]:
    """Return the skills to tick: those chosen, then the most usual of the occupation."""
    kept = known_skills(chosen)
    occupation = skills.occupations().filter(rome_code=rome_code).first() if rome_code else None
    usual = list(skills.skills_of_occupation(occupation)[:PROPOSED]) if occupation else []
    return [*(kept[pk] for pk in chosen if pk in kept), *(one for one in usual if one.pk not in kept)]


def filled(criteria: PoolCriteria, labels: dict[str, str]) -> dict[str, Any]:
    """Return the form's values for a search already made."""
    code = next(iter(criteria.occupations), "")
    return {
        "job": labels.get(code, ""), "job_id": code, "radius": criteria.radius_km or USUAL_KM,
        "skills": [str(pk) for pk in criteria.skills],
    }  # fmt: skip


def _job_by_id(text: str) -> JobTitle | Occupation | None:
    """Return a job title by its identifier, or an occupation by its code (the form of a search already made)."""
    if len(text) == 5:
        return skills.occupations().filter(rome_code=text).first()
    found: JobTitle | None = picking.job_title_by_id(text)
    return found


def _skill_by_id(text: str) -> Skill | None:
    key = identifier(text)
    return known_skills([key]).get(key) if key else None


def _skill(typed: str) -> picking.Picked:
    """Return the nearest skills to what was typed."""
    found = skills.suggest_skills(typed, limit=picking.OFFERED)
    return picking.Picked(options=[picking.Option(one.id, one.label, one.hint) for one in found])
