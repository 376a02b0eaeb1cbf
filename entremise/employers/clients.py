"""The public directory of companies, asked for a SIRET that our own directory does not know."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from entremise.employers import rules
from entremise.kernel import clock
from entremise.kernel.outside import OutsideClient, OutsideUnavailable
from entremise.lib.identifiers import IdentifierRefused, parse_naf


@dataclass(frozen=True, slots=True)
class Found:
    """What the directory says of one establishment."""

    siret: str
    name: str
    legal_name: str
    commune_code: str
    address: str = ""
    naf_code: str = ""
    size_band: str = ""
    closed_on: dt.date | None = None


class Directory(Protocol):
    """Something that knows establishments by SIRET."""

    def find(self, siret: str) -> Found | None:
        """Return the establishment, None when there is no such SIRET, or raise OutsideUnavailable."""


class SireneClient(OutsideClient):
    """The State's open search of companies (data of the SIRENE file), which needs no key."""

    base_url = "https://recherche-entreprises.api.gouv.fr"

    def find(self, siret: str) -> Found | None:
        """Ask for one SIRET."""
        answer = self.get_json("/search", q=siret, page="1", per_page="1")
        return read_answer(answer, siret)


class NullSirene:
    """The directory of a demonstration: it knows nobody and calls nobody."""

    def find(self, siret: str) -> Found | None:
        """Know no establishment."""
        return None


def directory() -> Directory:
    """Return the directory of this installation: none in a demonstration."""
    return NullSirene() if settings.DEMO else SireneClient()


def read_answer(answer: Any, siret: str) -> Found | None:
    """Read the establishment out of the directory's answer; an answer of another shape is an outage."""
    try:
        for unit in (answer or {}).get("results", []):
            for row in [*unit.get("matching_etablissements", []), unit.get("siege") or {}]:
                if row.get("siret") == siret:
                    return _read_row(unit, row, siret)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise OutsideUnavailable("unexpected answer") from error
    return None


def _read_row(unit: dict[str, Any], row: dict[str, Any], siret: str) -> Found:
    legal_name = unit.get("nom_raison_sociale") or unit["nom_complet"]
    signs = row.get("liste_enseignes") or []
    closed_on = row.get("date_fermeture")
    if row.get("etat_administratif") == "F" and not closed_on:
        closed_on = clock.today().isoformat()  # closed, nobody says since when: known today
    return Found(
        siret=siret,
        name=(row.get("nom_commercial") or (signs[0] if signs else "") or legal_name)[:200],
        legal_name=legal_name[:200],
        commune_code=row["commune"],
        address=(row.get("adresse") or "")[:250],
        naf_code=_naf(row.get("activite_principale") or ""),
        size_band=rules.size_band(row.get("tranche_effectif_salarie") or ""),
        closed_on=dt.date.fromisoformat(closed_on) if closed_on else None,
    )


def _naf(code: str) -> str:
    try:
        return parse_naf(code)
    except IdentifierRefused:
        return ""
