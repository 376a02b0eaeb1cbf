"""The filters of the pool as the page shows them: groups, options, counts, and what to say when nobody is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.wording import number, once_per_language
from entremise.matching.enums import Toggle
from entremise.matching.queries import PoolPage, without
from entremise.matching.queries_cards import Labels
from entremise.matching.queries_criteria import PoolCriteria
from entremise.people.enums import ContractKind, Licence, Schedule, WorkingTime
from entremise.web.adviser.pool_forms import Select, TypedForm

RELAX = {
    "occupations": gettext_lazy("sans le métier"),
    "commune": gettext_lazy("sans le lieu de travail"),
    "radius_km": gettext_lazy("sans la limite de distance"),
    "department": gettext_lazy("dans tous vos départements"),
    "zone": gettext_lazy("dans tous les bassins d'emploi"),
    "skills": gettext_lazy("sans les compétences"),
    "contract": gettext_lazy("pour tous les contrats"),
    "not_promoted_days": gettext_lazy("même promus récemment"),
    "available_by": gettext_lazy("sans la date de disponibilité"),
    "working_time": gettext_lazy("pour tous les temps de travail"),
    "schedule": gettext_lazy("pour tous les horaires"),
    "licence": gettext_lazy("sans le permis"),
    "language": gettext_lazy("sans la langue"),
    Toggle.VALIDATED.value: gettext_lazy("même sans compétence confirmée"),
    Toggle.NEVER_PROMOTED.value: gettext_lazy("même déjà promus"),
    Toggle.AVAILABLE.value: gettext_lazy("même disponibles plus tard"),
    Toggle.FRESH.value: gettext_lazy("même si le profil est à relire"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with how many profiles choosing it would show."""

    name: str
    value: str
    label: Any
    count: int | str
    is_checked: bool

    @property
    def key(self) -> str:
        """Return the identifier that lets the focus come back to it."""
        return f"filtre-{self.name}-{self.value or 'tous'}"

    @property
    def shown_count(self) -> str:
        """Return the count as it is written."""
        return "" if self.count == "" else number(self.count)


@dataclass(frozen=True, slots=True)
class Group:
    """One filter with its values."""

    title: Any
    type: str  # checkbox or radio
    options: list[Option]
    active: int

    @property
    def is_open(self) -> bool:
        """Tell whether the group starts unfolded: toggles always, others when in use."""
        return self.type == "checkbox" or self.active > 0


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen by typing, that one click removes."""

    name: str
    value: str
    label: str
    key: str  # the identifier that lets the focus come back to it


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field where a job, a place or a skill is typed."""

    name: str
    label: str
    longest: int
    icon: str
    suggest_url: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A field to type in, with what the search holds already of its kind."""

    field: TypedField
    chips: list[Chip]
    select: Select | None = None  # what narrows them, when there are some


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A filter to leave out, and how many profiles that would show."""

    label: Any
    count: int
    query: str


def groups(criteria: PoolCriteria, page: PoolPage) -> list[Group]:
    """Return the filters with their counts."""
    counts = page.facets
    toggles = [
        Option(value, "1", label, counts["toggle"][value], value in criteria.toggles)
        for value, label in _choices(Toggle)
    ]
    return [
        Group(_("Profils"), "checkbox", toggles, len(criteria.toggles)),
        _single(_("Contrat"), "contrat", _choices(ContractKind), criteria.contract, counts["contract"]),
        _single(_("Temps de travail"), "temps", _choices(WorkingTime), criteria.working_time, counts["working_time"]),
        _single(_("Horaires acceptés"), "horaire", _choices(Schedule), criteria.schedule, counts["schedule"]),
        _single(_("Permis"), "permis", _choices(Licence), criteria.licence, counts["licence"]),
    ]


@once_per_language
def _choices(kind: type[TextChoices]) -> tuple[tuple[str, str], ...]:
    """Return the values of a filter in words; not asking is another choice than "any time"."""
    return tuple((str(value), str(label)) for value, label in kind.choices if value != WorkingTime.ANY)


def typed(criteria: PoolCriteria, known: Labels, page: PoolPage, lists: dict[str, Select]) -> list[Typed]:
    """Return the fields to type in, with the occupations, the place and the skills of the search."""
    jobs = [Chip("metier", code, known.get(code, code), f"filtre-metier-{code}") for code in criteria.occupations]
    places = [Chip("lieu", page.place.pk, page.place.name, "filtre-lieu")] if page.place else []
    unknown = _("compétence inconnue")
    skills = [Chip("competence", pk, known.get(pk, unknown), f"filtre-{pk}") for pk in map(str, criteria.skills)]
    return [
        _typed("metier", "briefcase", "suggest_job_titles", jobs),
        _typed("lieu", "pin", "suggest_communes", places, lists["rayon"] if places else None),
        _typed("competence", "award", "suggest_skills", skills, lists["mode"] if len(skills) > 1 else None),
    ]


def _typed(name: str, icon: str, suggestions: str, chips: list[Chip], select: Select | None = None) -> Typed:
    return Typed(_field(name, icon, suggestions), chips, select)


@once_per_language
def _field(name: str, icon: str, suggestions: str) -> TypedField:
    field = TypedForm.base_fields[f"{name}_texte"]
    longest: int = field.max_length  # type: ignore[attr-defined]  # a field of characters
    return TypedField(name, str(field.label), longest, icon, reverse(suggestions))


def relaxations(criteria: PoolCriteria, counted: list[tuple[str, int]]) -> list[Relaxation]:
    """Say what to leave out to find somebody, the most helpful first."""
    return [
        Relaxation(RELAX[name], count, without(criteria, name).query_string()) for name, count in counted if count > 0
    ]


def _single(title: str, name: str, choices: Sequence[tuple[str, str]], chosen: str, counts: dict[str, int]) -> Group:
    options = [Option(name, "", _("Tous"), "", not chosen)]
    options += [Option(name, value, label, counts[value], value == chosen) for value, label in choices]
    return Group(title, "radio", options, int(bool(chosen)))
