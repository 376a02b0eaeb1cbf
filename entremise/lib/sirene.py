"""Read one line of the official stock files of SIRENE (INSEE): an establishment, or a legal unit.

Drawing of the files: « Dessin des fichiers stock », INSEE. Two kinds of silence are told apart: an empty value, which
says nothing, and "[ND]", which hides what its owner asked not to show (diffusion status "P", article A. 123-96 of the
commercial code): the line is kept, without a name and without an address.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HIDDEN: Final = "[ND]"
PRIVATE: Final = ("P", "N")  # partial since 2023; before, no diffusion at all
NAF_IN_FORCE: Final = "NAFRev2"
NOT_SAID: Final = ("", "NN")
CLOSED: Final = "F"
LA_POSTE: Final = "356000000"  # its establishments do not follow the Luhn key (INSEE), but for its head office
_LA_POSTE_HEAD: Final = "35600000000048"
_SIRET = re.compile(r"\d{14}", re.ASCII)
_NAF = re.compile(r"(\d{2})\.?(\d{2}[A-Z])", re.ASCII)
_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))

ESTABLISHMENT_FILE: Final = "StockEtablissement"
UNIT_FILE: Final = "StockUniteLegale"
# Columns read, by the name of the official drawing; the others may come, go and change places.
ESTABLISHMENT_COLUMNS: Final = (
    "siret", "statutDiffusionEtablissement", "dateCreationEtablissement", "trancheEffectifsEtablissement",
    "etablissementSiege", "complementAdresseEtablissement", "numeroVoieEtablissement",
    "indiceRepetitionEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement", "codePostalEtablissement",
    "libelleCommuneEtablissement", "codeCommuneEtablissement", "codePaysEtrangerEtablissement", "dateDebut",
    "etatAdministratifEtablissement", "enseigne1Etablissement", "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement",
)  # fmt: skip
UNIT_COLUMNS: Final = (
    "siren", "statutDiffusionUniteLegale", "prenomUsuelUniteLegale", "nomUniteLegale", "nomUsageUniteLegale",
    "denominationUniteLegale", "denominationUsuelle1UniteLegale",
)  # fmt: skip
_STREETS = {
    "ALL": "allée", "AV": "avenue", "BD": "boulevard", "CAR": "carrefour", "CHE": "chemin", "CHS": "chaussée",
    "CITE": "cité", "COR": "corniche", "CRS": "cours", "DOM": "domaine", "DSC": "descente", "ECA": "écart",
    "ESP": "esplanade", "FG": "faubourg", "GR": "grande rue", "HAM": "hameau", "HLE": "halle", "IMP": "impasse",
    "LD": "lieu-dit", "LOT": "lotissement", "MAR": "marché", "MTE": "montée", "PAS": "passage", "PL": "place",
    "PLN": "plaine", "PLT": "plateau", "PRO": "promenade", "PRV": "parvis", "QUA": "quartier", "QUAI": "quai",
    "RES": "résidence", "RLE": "ruelle", "ROC": "rocade", "RPT": "rond-point", "RTE": "route", "RUE": "rue",
    "SEN": "sente", "SQ": "square", "TPL": "terre-plein", "TRA": "traverse", "VLA": "villa", "VLGE": "village",
}  # fmt: skip
_REPEATS = {"B": "bis", "T": "ter", "Q": "quater", "C": "quinquies"}


class Reason(StrEnum):
    """Why a line is left aside."""

    SHORT = "short"  # fewer or more values than columns: the file was cut there
    SIRET = "siret"
    STATE = "state"
    DATE = "date"
    ABROAD = "abroad"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    CLOSED = "closed"  # asked to leave closed ones aside
    TWICE = "twice"
    SIREN = "siren"


class LineRefused(ValueError):
    """A line cannot be used; `found` is the value at fault."""

    def __init__(self, reason: Reason, found: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.found = found


class ColumnsMissing(ValueError):
    """A file is not what it is given for: it lacks columns."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns read are in a file."""

    width: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EstablishmentFacts:
    """What a line says of an establishment; an empty value says nothing."""

    siret: str
    is_private: bool
    is_head: bool
    is_closed: bool
    state_on: dt.date | None  # since when it is open or closed as it is
    opened_on: dt.date | None
    name: str
    naf: str  # "56.10A"; empty when it is of another edition of the nomenclature
    naf_edition: str
    staff: str  # a band of INSEE: "00", "01" … "53"
    address: str
    postcode: str
    commune: str
    commune_name: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a line says of a legal unit."""

    siren: str
    is_private: bool
    name: str


def layout(header: Sequence[str], columns: Sequence[str]) -> Layout:
    """Find the columns in the first line of a file, or raise ColumnsMissing."""
    known = {name.strip().strip('"').lower(): place for place, name in reversed(list(enumerate(header)))}
    missing = [name for name in columns if name.lower() not in known]
    if missing:
        raise ColumnsMissing(missing)
    return Layout(len(header), tuple(known[name.lower()] for name in columns))


def read_establishment(cells: Sequence[str], where: Layout) -> EstablishmentFacts:
    """Read a line of the file of establishments, or raise LineRefused."""
    (
        siret, diffusion, opened, staff, head, complement, number, repeat, street, road, postcode, city, commune,
        country, since, state, sign, usual, naf, edition,
    ) = _values(cells, where)  # fmt: skip
    if not is_siret(siret):
        raise LineRefused(Reason.SIRET, siret)
    if state not in ("A", CLOSED):
        raise LineRefused(Reason.STATE, state)
    if country or not commune or commune.startswith("99"):
        raise LineRefused(Reason.ABROAD, country or siret)
    is_private = diffusion in PRIVATE
    return EstablishmentFacts(
        siret=siret,
        is_private=is_private,
        is_head=head.lower() == "true",
        is_closed=state == CLOSED,
        state_on=_date(since),
        opened_on=_date(opened),
        name="" if is_private else (usual or sign)[:200],
        naf=_naf(naf) if edition == NAF_IN_FORCE else "",
        naf_edition=edition,
        staff="" if staff in NOT_SAID else staff,
        address="" if is_private else _address(complement, number, repeat, street, road)[:250],
        postcode="" if is_private else postcode[:5],
        commune=commune,
        commune_name=city,
    )


def read_unit(cells: Sequence[str], where: Layout) -> UnitFacts:
    """Read a line of the file of legal units, or raise LineRefused."""
    siren, diffusion, first_name, family, used, legal, usual = _values(cells, where)
    if len(siren) != 9 or not siren.isascii() or not siren.isdigit():
        raise LineRefused(Reason.SIREN, siren)
    is_private = diffusion in PRIVATE
    name = legal or usual or " ".join(part for part in (first_name, used or family) if part)
    return UnitFacts(siren, is_private, "" if is_private else name[:200])


def is_siret(text: str) -> bool:
    """Tell whether this is a SIRET, by its key; ten times quicker than saying what is wrong with it."""
    if _SIRET.fullmatch(text) is None or text.startswith("000000000"):
        return False
    digits = [ord(sign) - 48 for sign in text]
    if (sum(digits[:9:2]) + sum(_DOUBLED[digit] for digit in digits[1:9:2])) % 10:
        return False
    if text.startswith(LA_POSTE) and text != _LA_POSTE_HEAD:
        return sum(digits) % 5 == 0
    return (sum(_DOUBLED[digit] for digit in digits[::2]) + sum(digits[1::2])) % 10 == 0


def _values(cells: Sequence[str], where: Layout) -> list[str]:
    if len(cells) != where.width:
        raise LineRefused(Reason.SHORT, cells[0] if cells else "")
    found = [cells[place].strip() for place in where.places]
    return ["" if value == HIDDEN else value for value in found] if HIDDEN in found else found


def _date(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise LineRefused(Reason.DATE, text) from error


def _naf(code: str) -> str:
    found = _NAF.fullmatch(code)
    return f"{found[1]}.{found[2]}" if found else ""


def _address(complement: str, number: str, repeat: str, street: str, road: str) -> str:
    """Write a street as people do: "12 bis avenue VICTOR HUGO"; a complement comes before it."""
    repeated = f"{number} {_REPEATS.get(repeat, repeat)}".strip() if repeat else number
    line = " ".join(part for part in (repeated, _STREETS.get(street, street.lower()), road) if part)
    return f"{complement}, {line}" if complement and line else complement or line
