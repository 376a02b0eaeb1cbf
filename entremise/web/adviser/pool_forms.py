"""What an adviser types or chooses to search the pool; the search itself is in its query string."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.matching.enums import PoolSort, SkillMode
from entremise.matching.queries_criteria import MAX_SKILLS, PoolCriteria
from entremise.passport.queries import job_title, known_skills
from entremise.people.enums import Language
from entremise.skills import queries as skills
from entremise.territories import queries as territories
from entremise.territories.models import EmploymentZone

RADII = (5, 10, 20, 30, 50, 100)
QUIET_DAYS = (30, 60, 90, 180)


class TypedForm(forms.Form):
    """A job, a skill, a place being added to the search: a suggestion chosen, or the words alone."""

    metier_texte = forms.CharField(label=gettext_lazy("Métier"), required=False, max_length=120)
    metier_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    competence_texte = forms.CharField(label=gettext_lazy("Compétence"), required=False, max_length=200)
    competence_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    lieu_texte = forms.CharField(label=gettext_lazy("Lieu de travail"), required=False, max_length=120)
    lieu_id = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)

    @property
    def is_typed(self) -> bool:
        """Tell whether there are words to understand."""
        return any(self.data.get(name, "").strip() for name in ("metier_texte", "competence_texte", "lieu_texte"))

    def added_to(self, criteria: PoolCriteria) -> tuple[PoolCriteria, list[str]]:
        """Return the search with what was typed, and a sentence for each word that means nothing to us."""
        said = self.cleaned_data if self.is_valid() else {}
        unknown = []
        for name, add in (("metier", _with_job), ("competence", _with_skill), ("lieu", _with_place)):
            text = said.get(f"{name}_texte", "").strip()
            if not text:
                continue
            wider = add(criteria, text, said[f"{name}_id"])
            if wider is None:
                unknown.append(_("Nous ne connaissons pas « %(text)s ». Essayez un autre mot.") % {"text": text})
            else:
                criteria = wider
        return criteria, unknown


class ChoicesForm(forms.Form):
    """The filters chosen in lists."""

    rayon = forms.ChoiceField(label=gettext_lazy("À moins de"), required=False)
    bassin = forms.ChoiceField(label=gettext_lazy("Bassin d'emploi"), required=False)
    departement = forms.ChoiceField(label=gettext_lazy("Département"), required=False)
    sans_promotion_jours = forms.ChoiceField(label=gettext_lazy("Pas promus depuis"), required=False)
    disponible_au = forms.DateField(
        label=gettext_lazy("Disponibles au plus tard le"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    langue = forms.ChoiceField(label=gettext_lazy("Langue parlée"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Compétences"), required=False, choices=SkillMode.choices)
    tri = forms.ChoiceField(label=gettext_lazy("Trier"), required=False, choices=PoolSort.choices)

    def __init__(self, criteria: PoolCriteria, zones: list[EmploymentZone]) -> None:
        super().__init__(initial=_initial(criteria))
        departments = {zone.department_id: zone.department.name for zone in zones}
        any_one = ("", gettext_lazy("Tous"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "rayon": [("", gettext_lazy("la distance qu'ils acceptent")), *((km, f"{km} km") for km in RADII)],
            "bassin": [any_one, *((zone.code, zone.name) for zone in zones)],
            "departement": [any_one, *sorted(departments.items())],
            "sans_promotion_jours": [("", gettext_lazy("peu importe")), *((n, _days(n)) for n in QUIET_DAYS)],
            "langue": [("", gettext_lazy("Toutes")), *Language.choices[1:]],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]  # a choice field
        if len(departments) < 2:
            del self.fields["departement"]


def _initial(criteria: PoolCriteria) -> dict[str, Any]:
    return {
        "rayon": criteria.radius_km or "", "bassin": criteria.zone, "departement": criteria.department,
        "sans_promotion_jours": criteria.not_promoted_days or "", "disponible_au": criteria.available_by,
        "langue": criteria.language, "mode": criteria.skill_mode, "tri": criteria.sort,
    }  # fmt: skip


def _days(count: int) -> str:
    return ngettext("%(count)d jour", "%(count)d jours", count) % {"count": count}  # lazy makes a class each time


def _with_job(criteria: PoolCriteria, text: str, chosen: UUID | None) -> PoolCriteria | None:
    title = job_title(chosen) if chosen else None
    code = title.occupation.rome_code if title else _code_of(text)
    return replace(criteria, occupations=tuple(dict.fromkeys((*criteria.occupations, code)))) if code else None


def _code_of(text: str) -> str:
    first = next(iter(skills.suggest_occupations(text, limit=1)), None)
    row = skills.occupations().filter(pk=first.id).first() if first else None
    return row.rome_code if row else ""


def _with_skill(criteria: PoolCriteria, text: str, chosen: UUID | None) -> PoolCriteria | None:
    first = None if chosen else next(iter(skills.suggest_skills(text, limit=1)), None)
    wanted = chosen or (UUID(first.id) if first else None)
    if wanted is None or not known_skills([wanted]):
        return None
    return replace(criteria, skills=tuple(dict.fromkeys((*criteria.skills, wanted)))[:MAX_SKILLS])


def _with_place(criteria: PoolCriteria, text: str, chosen: str) -> PoolCriteria | None:
    if chosen:
        try:
            return replace(criteria, commune=territories.commune(chosen).code)
        except territories.UnknownCommune:
            return None
    first = next(iter(territories.suggested_communes(text, limit=1)), None)
    return replace(criteria, commune=first.code) if first else None


def typed_form(query: QueryDict | None = None) -> TypedForm:
    """Return the form of words: read from a query when there are words in it, else empty."""
    form = TypedForm(query)
    return form if query is not None and form.is_typed else TypedForm()
