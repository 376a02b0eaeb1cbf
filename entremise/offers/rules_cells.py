"""What a cell of a spreadsheet of offers means: contracts, schedules, licences and skills in everyday words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils import translation

from entremise.lib.cells import CellRefused, Fault, gettext_noop, says, shown, siret_of, text_of
from entremise.lib.identifiers import IdentifierRefused, parse_commune, parse_postcode, parse_rome
from entremise.lib.text import normalise
from entremise.offers.enums import Need
from entremise.offers.enums_import import OfferField
from entremise.offers.rules import LONGEST_REFERENCE
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime

F = OfferField
Phrases = tuple[tuple[str, tuple[str, ...]], ...]
_SEVERAL = re.compile(r"[;,/|\n]|\bet\b", re.IGNORECASE)
_SKILLS = re.compile(r"[;|\n]")  # a skill may hold a comma
_NEED = re.compile(r"(?P<label>.+?)\s*\((?P<need>[^()]*)\)")
_DISTANCE = re.compile(r"(\d{1,4})(?:km|kilometres?)?")
_CATEGORY = re.compile(r"\d{1,2}[A-Za-z]?")  # « CACES 1, 3, 5 »: of the same authorisation
_NOTHING = {"", "-", "aucun", "aucune", "neant", "non", "sans", "indifferent"}

# Tried in order: a seasonal CDD is seasonal, « plein ou partiel » holds both.
_CONTRACTS: Final[Phrases] = (
    (ContractKind.APPRENTICESHIP, ("alternance", "apprentissage", "apprenti", "professionnalisation")),
    (ContractKind.SEASONAL, ("saisonnier", "saisonnière", "saison")),
    (ContractKind.TEMPORARY, ("intérim", "intérimaire", "mission", "temporaire", "ctt")),
    (ContractKind.CDI, ("cdi", "durée indéterminée")),
    (ContractKind.CDD, ("cdd", "durée déterminée")),
)
_TIMES: Final[Phrases] = (
    (WorkingTime.ANY, ("plein ou partiel", "complet ou partiel", "partiel ou plein", "plein partiel", "au choix")),
    (WorkingTime.PART, ("partiel", "mi-temps")),
    (WorkingTime.FULL, ("plein", "complet", "35h", "35 h", "39h", "39 h")),
)
_SCHEDULES: Final[Phrases] = (
    (Schedule.DAY, ("journée", "jour", "jours")),
    (Schedule.EARLY, ("matin", "matins", "matinée", "tôt")),
    (Schedule.EVENING, ("soir", "soirs", "soirée")),
    (Schedule.NIGHT, ("nuit", "nuits")),
    (Schedule.WEEKEND, ("week-end", "weekend", "samedi", "samedis", "dimanche", "dimanches", "fin de semaine")),
)
_LICENCES: Final[Phrases] = (
    (Licence.CACES, ("caces", "chariots", "chariot")),
    (Licence.B, ("b", "permis de conduire")),
    (Licence.C, ("c", "poids lourd", "pl")),
    (Licence.D, ("d", "transport de personnes", "transport en commun")),
)
_NEEDS: Final[Phrases] = (
    (
        str(Need.ESSENTIAL.value),
        ("indispensable", "obligatoire", "exigée", "exigé", "requise", "requis"),
    ),
    (str(Need.ASKED.value), ("demandée", "demandé", "attendue", "attendu")),
    (str(Need.USEFUL.value), ("utile", "souhaitée", "souhaité", "appréciée", "apprécié", "un plus")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one line tells, before anything is looked up."""

    reference: str
    siret: str
    contract: str
    title: str = ""
    rome: str = ""
    insee: str = ""
    postcode: str = ""
    city: str = ""
    working_time: str = WorkingTime.ANY.value
    schedules: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    radius_km: int | None = None
    skills: tuple[tuple[str, int], ...] = ()  # as written, each with its need
    description: str = ""

    @property
    def terms(self) -> str:
        """Return the contract and the working time, in our words."""
        return f"{ContractKind(self.contract).label}, {WorkingTime(self.working_time).label}"


def read_line(cells: Mapping[str, Any], mapping: Mapping[str, str]) -> tuple[Told | None, list[Fault]]:
    """Return what a line tells, or everything that is wrong with it."""
    faults: list[Fault] = []

    def read(name: OfferField, parse: Callable[[Any], Any]) -> Any:
        try:
            return parse(cells.get(mapping.get(name, "")))
        except (CellRefused, IdentifierRefused) as refusal:
            faults.append(Fault(name, refusal.message, refusal.params))
            return None

    told = {str(name): read(name, parse) for name, parse in _PARSERS.items()}
    if not faults and not told["title"] and not told["rome"]:
        faults.append(Fault(F.TITLE, gettext_noop("Le poste manque : donnez son intitulé ou son code ROME.")))
    return (None, faults) if faults else (Told(**told), [])


def parse_reference(value: Any) -> str:
    """Read a reference; a line without one could not be recognised in the next file."""
    text = text_of(value)
    if not text:
        raise CellRefused(gettext_noop("La référence manque : c'est elle qui évite de créer deux fois la même offre."))
    if len(text) > LONGEST_REFERENCE:
        raise CellRefused(gettext_noop("La référence compte au plus 60 caractères."))
    return text


def parse_contract(value: Any) -> str:
    """Read a contract in everyday words."""
    if not text_of(value):
        raise CellRefused(gettext_noop("Le contrat manque."))
    message = gettext_noop(
        "Le contrat « %(value)s » n'est pas compris. Écrivez par exemple : CDI, CDD, intérim, alternance, saisonnier."
    )
    return _meant(text_of(value), _CONTRACTS, message)


def parse_working_time(value: Any) -> str:
    """Read a working time; any when nothing is said."""
    if normalise(text_of(value)) in _NOTHING:
        return WorkingTime.ANY.value
    message = gettext_noop(
        "Le temps de travail « %(value)s » n'est pas compris. Écrivez : temps plein, temps partiel, ou laissez vide."
    )
    return _meant(text_of(value), _TIMES, message)


def parse_schedules(value: Any) -> tuple[str, ...]:
    """Read several schedules."""
    message = gettext_noop(
        "L'horaire « %(value)s » n'est pas compris. Écrivez par exemple : journée, matin, soir, nuit, week-end."
    )
    return _several(value, _SCHEDULES, message)


def parse_licences(value: Any) -> tuple[str, ...]:
    """Read several licences."""
    message = gettext_noop("Le permis « %(value)s » n'est pas compris. Écrivez par exemple : B, C, D, CACES.")
    pieces = [piece for piece in _pieces(value, _SEVERAL) if not _CATEGORY.fullmatch(piece)]
    return tuple(dict.fromkeys(_meant(piece, _LICENCES, message) for piece in pieces))


def parse_languages(value: Any) -> tuple[str, ...]:
    """Read several languages."""
    message = gettext_noop("La langue « %(value)s » n'est pas connue. Écrivez par exemple : anglais, espagnol, arabe.")
    names = _language_names()
    spoken = [normalise(piece) for piece in _pieces(value, _SEVERAL)]
    codes = [piece if piece in Language.values else _meant(piece, names, message) for piece in spoken]
    return tuple(dict.fromkeys(codes))


def parse_radius(value: Any) -> int | None:
    """Read a distance in kilometres, nothing when it is not told."""
    text = text_of(value)
    if normalise(text) in _NOTHING:
        return None
    match = _DISTANCE.fullmatch(normalise(text).replace(" ", ""))
    if not match:
        message = gettext_noop(
            "La distance « %(value)s » n'est pas comprise. Écrivez un nombre de kilomètres, par exemple 25."
        )
        raise CellRefused(message, value=shown(text))
    return int(match.group(1))


def parse_skills(value: Any) -> tuple[tuple[str, int], ...]:
    """Read skills separated by semicolons, each with its need in parentheses: « Cuisiner (indispensable) »."""
    return tuple(_skill(piece) for piece in _pieces(value, _SKILLS))


def _skill(piece: str) -> tuple[str, int]:
    match = _NEED.fullmatch(piece)
    if match:
        for need, phrases in _NEEDS:
            if says(match["need"], phrases):
                return match["label"], int(need)
    return piece, Need.ASKED.value


def _code(parse: Callable[[str], str]) -> Callable[[Any], str]:
    """Return a reader of an identifier that may be left out."""

    def read(value: Any) -> str:
        text = text_of(value)
        if text.isdigit() and not isinstance(value, str):
            text = text.zfill(5)  # the spreadsheet took the code for a quantity
        return parse(text) if text else ""

    return read


@lru_cache(maxsize=1)
def _language_names() -> Phrases:
    """Return the French names of the languages: files are written in French, whoever reads the site in English."""
    with translation.override("fr"):
        return tuple((code, tuple(str(name).split(" ou "))) for code, name in Language.choices)


def _siret(value: Any) -> str:
    if not (siret := siret_of(value)):
        raise CellRefused(gettext_noop("Le SIRET de l'établissement manque."))
    return siret


def _several(value: Any, known: Phrases, message: str) -> tuple[str, ...]:
    pieces = _pieces(value, _SEVERAL)
    return tuple(dict.fromkeys(_meant(piece, known, message) for piece in pieces))


def _pieces(value: Any, separators: re.Pattern[str]) -> list[str]:
    """Cut a cell before its spaces are tidied: an end of line separates too."""
    if not isinstance(value, str):
        value = text_of(value)
    pieces = [text_of(piece) for piece in separators.split(value)]
    return [piece for piece in pieces if normalise(piece) not in _NOTHING]


def _meant(text: str, known: Phrases, message: str) -> str:
    for meaning, phrases in known:
        if says(text, phrases):
            return str(meaning)
    raise CellRefused(message, value=shown(text))


_PARSERS: Final[dict[OfferField, Callable[[Any], Any]]] = {
    F.REFERENCE: parse_reference, F.TITLE: text_of, F.ROME: _code(parse_rome), F.SIRET: _siret,
    F.INSEE: _code(parse_commune), F.POSTCODE: _code(parse_postcode), F.CITY: text_of, F.CONTRACT: parse_contract,
    F.WORKING_TIME: parse_working_time, F.SCHEDULES: parse_schedules, F.LICENCES: parse_licences,
    F.LANGUAGES: parse_languages, F.RADIUS: parse_radius, F.SKILLS: parse_skills,
    F.DESCRIPTION: lambda value: "" if value is None else str(value).strip(),
}  # fmt: skip
