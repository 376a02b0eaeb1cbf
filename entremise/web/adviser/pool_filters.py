"""The filters of the pool as the page shows them: groups, options, counts, and what to say when nobody is found."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.matching.enums import Toggle
from entremise.matching.queries import PoolPage, without
from entremise.matching.queries_cards import Labels
from entremise.matching.queries_criteria import PoolCriteria
from entremise.people.enums import ContractKind, Licence, Schedule, WorkingTime

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


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A filter to leave out, and how many profiles that would show."""

    label: Any
    count: int
    query: str


def groups(criteria: PoolCriteria, page: PoolPage) -> list[Group]:
    """Return the filters with their counts."""
    toggles = [
        Option(value, "1", label, page.facets["toggle"][value], value in criteria.toggles)
        for value, label in Toggle.choices
    ]
    times = [(value, label) for value, label in WorkingTime.choices if value != WorkingTime.ANY]
    return [
        Group(_("Profils"), "checkbox", toggles, len(criteria.toggles)),
        _single(_("Contrat"), "contrat", ContractKind.choices, criteria.contract, page.facets["contract"]),
        _single(_("Temps de travail"), "temps", times, criteria.working_time, page.facets["working_time"]),
        _single(_("Horaires acceptés"), "horaire", Schedule.choices, criteria.schedule, page.facets["schedule"]),
        _single(_("Permis"), "permis", Licence.choices, criteria.licence, page.facets["licence"]),
    ]


def chips(criteria: PoolCriteria, known: Labels, page: PoolPage) -> dict[str, list[Chip]]:
    """Return the occupations, the place and the skills of the search, to be removed one by one."""
    place = [Chip("lieu", page.place.pk, page.place.name)] if page.place else []
    unknown = _("compétence inconnue")
    return {
        "jobs": [Chip("metier", code, known.get(code, code)) for code in criteria.occupations],
        "places": place,
        "skills": [Chip("competence", str(pk), known.get(str(pk), unknown)) for pk in criteria.skills],
    }


def relaxations(criteria: PoolCriteria, counted: list[tuple[str, int]]) -> list[Relaxation]:
    """Say what to leave out to find somebody, the most helpful first."""
    return [
        Relaxation(RELAX[name], count, without(criteria, name).query_string()) for name, count in counted if count > 0
    ]


def _single(title: str, name: str, choices: list[tuple[Any, Any]], chosen: str, counts: dict[str, int]) -> Group:
    options = [Option(name, "", _("Tous"), "", not chosen)]
    options += [Option(name, value, label, counts[value], value == chosen) for value, label in choices]
    return Group(title, "radio", options, int(bool(chosen)))
