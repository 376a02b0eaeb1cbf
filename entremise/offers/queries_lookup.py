"""Finding, batch by batch, the places, occupations, skills and known offers that the lines of a file name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from entremise.accounts.models import Agency
from entremise.employers.models import Establishment
from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.text import tokens
from entremise.offers.enums_import import OfferField as F
from entremise.offers.models import Offer
from entremise.offers.rules_cells import Told
from entremise.skills import queries as skills
from entremise.skills.models import JobTitle, Occupation, SkillLabel
from entremise.skills.rules import gendered_forms, same_label
from entremise.territories import queries as territories
from entremise.territories.models import Commune
from entremise.territories.rules import commune_of

LIKELY = 5  # suggestions among which the same label is looked for
_SAINTS = {"st": "saint", "ste": "sainte"}

_UNKNOWN_SIRET = gettext_noop(
    "Ce SIRET n'est pas dans l'annuaire. Ajoutez d'abord l'établissement depuis la page « Entreprises »."
)
_UNKNOWN_ROME = gettext_noop("Le code ROME « %(value)s » n'est pas dans le référentiel.")
_UNKNOWN_JOB = gettext_noop("Nous ne connaissons pas le métier « %(value)s » sous ce nom : donnez son code ROME.")
_NEAR_JOB = gettext_noop(
    "Nous ne connaissons pas le métier « %(value)s » sous ce nom : donnez son code ROME, ou écrivez « %(near)s »."
)
_SEVERAL_JOBS = gettext_noop("« %(value)s » se dit dans plusieurs métiers (%(codes)s) : donnez le code ROME.")
_UNKNOWN_SKILL = gettext_noop("La compétence « %(value)s » n'est pas dans le référentiel.")
_NEAR_SKILL = gettext_noop(
    "La compétence « %(value)s » n'est pas dans le référentiel. Vouliez-vous dire « %(near)s » ?"
)
_UNKNOWN_INSEE = gettext_noop("Aucune commune n'a le code INSEE « %(value)s ».")
_UNKNOWN_POSTCODE = gettext_noop("Aucune commune n'a le code postal « %(value)s ».")
_SEVERAL_COMMUNES = gettext_noop("Plusieurs communes ont le code postal « %(value)s » : donnez aussi le nom.")
_OTHER_POSTCODE = gettext_noop("« %(value)s » n'est pas une commune du code postal %(postcode)s.")
_UNKNOWN_CITY = gettext_noop("Nous ne connaissons pas la commune « %(value)s » : donnez son code postal.")
_SEVERAL_CITIES = gettext_noop("Plusieurs communes s'appellent « %(value)s » : donnez le code postal.")


@dataclass(slots=True)
class Named:
    """What a line names, once looked up; what could not be found is told by the faults."""

    faults: list[Fault] = field(default_factory=list)
    establishment: Establishment | None = None
    occupation: Occupation | None = None
    job_title: JobTitle | None = None
    commune: Commune | None = None  # None when the line tells no place
    needs: dict[UUID, int] = field(default_factory=dict)
    known: Offer | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What a title or a code means."""

    occupation: Occupation | None = None
    job_title: JobTitle | None = None
    fault: Fault | None = None


class Lookup:
    """What a pass over a file has found so far; a word that comes back is looked for once."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.places: dict[str, Establishment] = {}
        self.occupations: dict[str, Occupation] = {}
        self.jobs: dict[tuple[str, str], Job] = {}
        self.skills: dict[str, tuple[UUID | None, str]] = {}  # identifier, or the nearest label
        self.communes: dict[tuple[str, str, str, str], tuple[Commune | None, Fault | None]] = {}

    def find(self, lines: Sequence[Told]) -> list[Named]:
        """Return what each line names."""
        self._find_places({told.siret for told in lines})
        self._find_occupations({told.rome for told in lines if told.rome})
        known = self._known({told.reference for told in lines})
        return [self._named(told, known.get(told.reference)) for told in lines]

    def _named(self, told: Told, known: Offer | None) -> Named:
        named = Named(establishment=self.places.get(told.siret), known=known)
        if named.establishment is None:
            named.faults.append(Fault(F.SIRET, _UNKNOWN_SIRET))
        job = self._job(told)
        named.occupation, named.job_title = job.occupation, job.job_title
        named.commune, fault = self._commune(told, named.establishment)
        named.faults += [one for one in (job.fault, fault) if one]
        for label, need in told.skills:
            pk, near = self._skill(label)
            if pk is None:
                message = _NEAR_SKILL if near else _UNKNOWN_SKILL
                named.faults.append(Fault(F.SKILLS, message, {"value": label, "near": near}))
            else:
                named.needs[pk] = max(need, named.needs.get(pk, 0))
        return named

    def _find_places(self, sirets: set[str]) -> None:
        wanted = sirets - self.places.keys()
        rows = Establishment.objects.filter(siret__in=wanted).select_related("commune")
        self.places.update({row.siret: row for row in rows})

    def _find_occupations(self, codes: set[str]) -> None:
        rows = Occupation.objects.filter(rome_code__in=codes - self.occupations.keys(), retired_on=None)
        self.occupations.update({row.rome_code: row for row in rows})

    def _known(self, references: set[str]) -> dict[str, Offer]:
        rows: Any = Offer.objects.unscoped("the offers of the agency that the file was checked for")
        mine = rows.filter(agency=self.agency, reference__in=references)
        found = mine.select_related("establishment", "occupation", "job_title", "commune", "agency")
        return {row.reference: row for row in found.prefetch_related("offer_skills")}

    def _job(self, told: Told) -> Job:
        key = (told.rome, same_label(told.title))
        if key not in self.jobs:
            self.jobs[key] = self._job_of_code(told) if told.rome else self._job_of_title(told.title)
        return self.jobs[key]

    def _job_of_code(self, told: Told) -> Job:
        occupation = self.occupations.get(told.rome)
        if occupation is None:
            return Job(fault=Fault(F.ROME, _UNKNOWN_ROME, {"value": told.rome}))
        titles = skills.job_titles(occupation) if told.title else []
        return Job(occupation, next((title for title in titles if _is_called(title.label, told.title)), None))

    def _job_of_title(self, title: str) -> Job:
        likely = skills.suggest_job_titles(title, limit=LIKELY)
        same = [one.id for one in likely if _is_called(one.label, title)]
        titles = list(JobTitle.objects.filter(pk__in=same).select_related("occupation"))
        by_code = {one.occupation.rome_code: one for one in titles}
        if len(by_code) == 1:
            (found,) = by_code.values()
            return Job(found.occupation, found)
        told = {"value": title, "codes": ", ".join(sorted(by_code)), "near": likely[0].label if likely else ""}
        return Job(fault=Fault(F.TITLE, _SEVERAL_JOBS if by_code else _NEAR_JOB if likely else _UNKNOWN_JOB, told))

    def _skill(self, label: str) -> tuple[UUID | None, str]:
        key = same_label(label)
        if key not in self.skills:
            likely = skills.suggest_skills(label, limit=LIKELY)
            same = next((UUID(one.id) for one in likely if same_label(one.label) == key), None)
            self.skills[key] = (same or _skill_called(label), likely[0].label if likely else "")
        return self.skills[key]

    def _commune(self, told: Told, employer: Establishment | None) -> tuple[Commune | None, Fault | None]:
        department = employer.commune.department_id if employer else self.agency.department_id
        key = (told.insee, told.postcode, _place_name(told.city), department)
        if key not in self.communes:
            self.communes[key] = _commune(told, department)
        return self.communes[key]


def _commune(told: Told, department: str) -> tuple[Commune | None, Fault | None]:
    if told.insee:
        found = territories.active_communes().filter(pk=commune_of(told.insee)).first()
        return found, None if found else Fault(F.INSEE, _UNKNOWN_INSEE, {"value": told.insee})
    if told.postcode:
        return _of_postcode(told.postcode, told.city)
    if told.city:
        likely = territories.suggested_communes(told.city, limit=LIKELY)
        same = [one for one in likely if _place_name(one.name) == _place_name(told.city)]
        near = [one for one in same if one.department_id == department]  # four towns are called Valence
        return _only(
            near or same,
            Fault(F.CITY, _UNKNOWN_CITY, {"value": told.city}), Fault(F.CITY, _SEVERAL_CITIES, {"value": told.city}),
        )  # fmt: skip
    return None, None


def _of_postcode(postcode: str, city: str) -> tuple[Commune | None, Fault | None]:
    there = list(territories.active_communes().filter(postcodes__contains=[postcode]))
    if not there or not city:
        value = {"value": postcode}
        return _only(there, Fault(F.POSTCODE, _UNKNOWN_POSTCODE, value), Fault(F.POSTCODE, _SEVERAL_COMMUNES, value))
    other = Fault(F.CITY, _OTHER_POSTCODE, {"value": city, "postcode": postcode})
    return _only([one for one in there if _place_name(one.name) == _place_name(city)], other, other)


def _only(found: Sequence[Commune], none: Fault, several: Fault) -> tuple[Commune | None, Fault | None]:
    """Return the only one, or say that there is none or that there are several."""
    return (found[0], None) if len(found) == 1 else (None, several if found else none)


def _place_name(text: str) -> str:
    return " ".join(_SAINTS.get(word, word) for word in tokens(text))


def _is_called(label: str, title: str) -> bool:
    """Tell whether a title is a job title, in its masculine, its feminine or both."""
    return same_label(title) in gendered_forms(label) | {same_label(label)}


def _skill_called(label: str) -> UUID | None:
    """Return the skill that has another name written so."""
    other = SkillLabel.objects.filter(label__iexact=label, language="fr", skill__retired_on=None).order_by("pk")
    found: UUID | None = other.values_list("skill_id", flat=True).first()
    return found
