"""What an adviser types or chooses to search the pool; the search itself is in its query string."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.kernel.wording import once_per_language
from entremise.matching.enums import PoolSort, SkillMode
from entremise.matching.queries_criteria import MAX_SKILLS, PoolCriteria
from entremise.passport.queries import job_title, known_skills
from entremise.people.enums import Language
from entremise.skills import queries as skills
from entremise.territories import queries as territories

RADII = (5, 10, 20, 30, 50, 100)
QUIET_DAYS = (30, 60, 90, 180)
TYPED = ("metier_texte", "competence_texte", "lieu_texte")


class TypedForm(forms.Form):
    """A job, a skill, a place being added to the search: a suggestion chosen, or the words alone."""

    metier_texte = forms.CharField(label=gettext_lazy("Métier"), required=False, max_length=120)
    metier_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    competence_texte = forms.CharField(label=gettext_lazy("Compétence"), required=False, max_length=200)
    competence_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    lieu_texte = forms.CharField(label=gettext_lazy("Lieu de travail"), required=False, max_length=120)
    lieu_id = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)

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


Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Select:
    """A filter chosen in a list; drawn by its template, since a form and its widgets cost ten times more."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]  # value, words, whether it is the one chosen


@once_per_language
def _choices(name: str) -> Choices:
    """Return what each list offers whoever asks."""
    choices: dict[str, Iterable[tuple[Any, Any]]] = {
        "rayon": [("", _("la distance qu'ils acceptent")), *((km, f"{km} km") for km in RADII)],
        "sans_promotion_jours": [("", _("peu importe")), *((days, _days(days)) for days in QUIET_DAYS)],
        "langue": [("", _("Toutes")), *Language.choices[1:]],
        "mode": SkillMode.choices,
        "tri": PoolSort.choices,
    }
    return tuple((str(value), str(words)) for value, words in choices[name])


def selects(criteria: PoolCriteria, zones: Sequence[tuple[str, str, str, str]]) -> dict[str, Select]:
    """Return the lists by name; `zones` tells code, name, and code and name of the department of each zone."""
    departments = {code: name for _zone, _name, code, name in zones}
    any_one = ("", _("Tous"))
    lists = [
        _select("tri", _("Trier"), criteria.sort),
        _select("rayon", _("À moins de"), criteria.radius_km),
        _select("mode", _("Compétences"), criteria.skill_mode),
        _select("bassin", _("Bassin d'emploi"), criteria.zone, [any_one, *(zone[:2] for zone in zones)]),
        _select("sans_promotion_jours", _("Pas promus depuis"), criteria.not_promoted_days),
        _select("langue", _("Langue parlée"), criteria.language),
    ]
    if len(departments) > 1:
        own = [any_one, *sorted(departments.items())]
        lists.append(_select("departement", _("Département"), criteria.department, own))
    return {one.name: one for one in lists}


def _select(name: str, label: str, chosen: Any, choices: Iterable[tuple[str, str]] | None = None) -> Select:
    value = str(chosen or "")
    offered = _choices(name) if choices is None else choices
    return Select(name, label, tuple((code, words, code == value) for code, words in offered))


def _days(count: int) -> str:
    return ngettext("%(count)d jour", "%(count)d jours", count) % {"count": count}


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


def typed_form(query: QueryDict) -> TypedForm | None:
    """Return the form of words, when there are words in the query."""
    is_typed = any(query.get(name, "").strip() for name in TYPED)
    return TypedForm(query) if is_typed else None
