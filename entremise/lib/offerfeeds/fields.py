"""The fields of an offer in a feed, and the names that the usual formats give them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from entremise.lib.offerfeeds.plain import tidy, to_plain
from entremise.lib.text import normalise

_SQUEEZED: Final = re.compile(r"[^a-z0-9]+")
LONG: Final = frozenset({"description", "company"})
MOST_FIELDS: Final = 200  # in one offer, nested ones included
DEEPEST: Final = 6

# Our name → the others, from the most precise; a nested field is « parent.child », compared without signs nor accents.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "reference": (
        "référence", "réf", "référence offre", "numéro offre", "referencenumber", "reference_number", "id offre",
        "identifiant", "job_id", "jobid", "partnerjobid", "identifier.value", "guid", "identifier", "id", "code offre",
    ),
    "title": ("intitulé", "titre", "jobtitle", "intitulé du poste", "poste", "libellé", "position", "name"),
    "rome": (
        "code rome", "romecode", "rome_code", "occupationalcategory.codevalue", "occupationalcategory", "code métier",
    ),
    "siret": (
        "siret établissement", "numéro siret", "entreprise.siret", "employer.siret", "company.siret",
        "recruteur.siret",
        "hiringorganization.identifier.value", "hiringorganization.identifier", "hiringorganization.taxid",
        "établissement.siret",
    ),
    "insee": ("code insee", "code commune", "insee commune", "lieu.insee", "lieutravail.commune", "commune.insee"),
    "postcode": (
        "code postal", "cp", "postalcode", "postal_code", "zip", "zipcode", "lieu.codepostal", "location.postalcode",
        "joblocation.address.postalcode", "lieutravail.codepostal",
    ),
    "city": (
        "ville", "commune", "localité", "lieu", "lieu de travail", "location", "location.city",
        "joblocation.address.addresslocality", "lieu.ville", "lieu.commune", "town", "addresslocality",
    ),
    "contract": (
        "contrat", "type contrat", "type de contrat", "contracttype", "contract_type", "employmenttype", "jobtype",
        "nature contrat", "contrat.type",
    ),
    "working_time": (
        "temps de travail", "temps travail", "worktime", "workingtime", "workhourstype", "durée du travail",
    ),
    "schedules": ("horaires", "horaire", "rythme"),
    "licences": ("permis", "permis exigés", "licenses", "driving_licences"),
    "languages": ("langues", "langue", "langues exigées"),
    "skills": ("compétences", "compétence", "savoir-faire", "competences.libelle"),
    "description": (
        "descriptif", "mission", "missions", "jobdescription", "job_description", "texte", "content", "summary",
    ),
    "company": (
        "description entreprise", "company_description", "présentation entreprise", "entreprise.description",
        "hiringorganization.description",
    ),
    "position_count": ("nombre de postes", "positions", "nbpostes", "totaljobopenings", "openings"),
    "duration_months": ("durée mois", "durée contrat", "duration", "contrat.duree"),
    "weekly_hours": ("heures par semaine", "heures hebdomadaires", "weeklyhours", "hours", "workhours", "heures"),
    "pay_min": (
        "salaire min", "salaire minimum", "salary_min", "salarymin", "minsalary", "salaire.min", "salary.min",
        "basesalary.value.minvalue", "basesalary.minvalue", "basesalary.value.value", "basesalary.value",
    ),
    "pay_max": (
        "salaire max", "salaire maximum", "salary_max", "salarymax", "maxsalary", "salaire.max", "salary.max",
        "basesalary.value.maxvalue", "basesalary.maxvalue",
    ),
    "pay_period": (
        "période salaire", "salary_period", "salaryperiod", "salaire.periode", "salary.period", "salary_type",
        "basesalary.value.unittext", "basesalary.unittext",
    ),
    "pay": ("salaire", "salary", "rémunération", "basesalary"),
    "benefits": ("avantages", "jobbenefits"),
    "experience_months": (
        "expérience mois", "expérience", "experience", "experiencerequirements.monthsofexperience",
        "experiencerequirements",
    ),
    "training_level": ("niveau de formation", "niveau", "education_level", "niveau formation"),
    "starts_on": ("date de début", "début", "commence le", "jobstartdate", "startdate", "date début"),
    "expires_on": (
        "date de fin de publication", "validthrough", "expirationdate", "expiration_date", "expiration", "date fin",
        "fin publication", "expiry_date", "expires",
    ),
    "apply_url": ("url", "lien", "apply", "applyurl", "apply_url", "url candidature", "joburl", "link"),
    "radius_km": ("rayon", "distance"),
    "disability_reserved": ("réservé handicap", "poste réservé handicap", "reserve rqth"),
}  # fmt: skip


@lru_cache(maxsize=10_000)  # a feed says the same names over and over
def squeezed(name: str) -> str:
    """Return a name as names are compared: « Code postal » and `code_postal` are one; a dot still means nested."""
    plain = normalise(name.rpartition(":")[2])
    return ".".join(_SQUEEZED.sub("", part) for part in plain.split("."))


_KNOWN: Final[dict[str, tuple[int, str]]] = {}
for _name, _others in FIELDS.items():
    for _rank, _other in enumerate((_name, *_others)):
        _KNOWN.setdefault(squeezed(_other), (_rank, _name))


def is_known(name: str) -> str:
    """Return which of our fields a name is, or an empty text."""
    found = _KNOWN.get(squeezed(name))
    return found[1] if found else ""


def told(raw: Mapping[str, Any], *, is_decoded: bool = False) -> dict[str, str]:
    """Return what an offer tells in our names; `raw` may be nested, what nobody knows is left out."""
    best: dict[str, tuple[int, str]] = {}
    for name, text in _flat(raw):
        known = _KNOWN.get(name)
        if known is None or not text.strip():
            continue
        rank, ours = known
        if ours not in best or rank < best[ours][0]:
            best[ours] = (rank, text)
    return {name: _clean(name, text, is_decoded) for name, (_rank, text) in best.items()}


def _clean(name: str, text: str, is_decoded: bool) -> str:
    plain = to_plain(text, is_decoded=is_decoded) if name != "apply_url" else tidy(text)
    return plain if name in LONG or name == "skills" else " ".join(plain.split())


def _flat(raw: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield every leaf with its path, at most so many and so deep."""
    waiting: list[tuple[str, Any, int]] = [(squeezed(str(name)), value, 1) for name, value in raw.items()]
    for count, (path, value, depth) in enumerate(waiting):
        if count >= MOST_FIELDS:
            return
        if isinstance(value, Mapping):
            if depth < DEEPEST:
                waiting += [(f"{path}.{squeezed(str(name))}", inner, depth + 1) for name, inner in value.items()]
            if label := _label(value):
                yield path, label
        elif isinstance(value, list | tuple):
            if value and isinstance(value[0], Mapping) and depth < DEEPEST:
                waiting.append((path, value[0], depth + 1))
            yield path, "; ".join(filter(None, map(_text, value)))
        else:
            yield path, _text(value)


def _label(value: Mapping[str, Any]) -> str:
    """Return the name of a nested thing, when it has one."""
    for name in ("libelle", "label", "name", "#text"):
        if isinstance(value.get(name), str):
            return str(value[name])
    return ""


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return _label(value)
    if value is None or isinstance(value, list | tuple):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
