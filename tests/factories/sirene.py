"""Lines of the official stock files of SIRENE, of our own invention."""

import gzip
import zipfile
from collections.abc import Iterable
from pathlib import Path

from entremise.lib.sirene import ESTABLISHMENT_FILE, UNIT_FILE
from tests.factories import employers

# The order and the names of the official drawing (2025), second addresses and coordinates included.
HEADER = (
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,"
    "anneeEffectifsEtablissement,activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,"
    "etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,numeroVoieEtablissement,"
    "indiceRepetitionEtablissement,dernierNumeroVoieEtablissement,indiceRepetitionDernierNumeroVoieEtablissement,"
    "typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,"
    "libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,codeCommuneEtablissement,"
    "codeCedexEtablissement,libelleCedexEtablissement,codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,"
    "identifiantAdresseEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement,"
    "complementAdresse2Etablissement,numeroVoie2Etablissement,indiceRepetition2Etablissement,typeVoie2Etablissement,"
    "libelleVoie2Etablissement,codePostal2Etablissement,libelleCommune2Etablissement,"
    "libelleCommuneEtranger2Etablissement,distributionSpeciale2Etablissement,codeCommune2Etablissement,"
    "codeCedex2Etablissement,libelleCedex2Etablissement,codePaysEtranger2Etablissement,"
    "libellePaysEtranger2Etablissement,dateDebut,etatAdministratifEtablissement,enseigne1Etablissement,"
    "enseigne2Etablissement,enseigne3Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement,"
    "nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,activitePrincipaleNAF25Etablissement"
)
UNIT_HEADER = (
    "siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,sigleUniteLegale,sexeUniteLegale,"
    "prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,prenom4UniteLegale,prenomUsuelUniteLegale,"
    "pseudonymeUniteLegale,identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,"
    "dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,anneeCategorieEntreprise,dateDebut,"
    "etatAdministratifUniteLegale,nomUniteLegale,nomUsageUniteLegale,denominationUniteLegale,"
    "denominationUsuelle1UniteLegale,denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,"
    "categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,"
    "nicSiegeUniteLegale,economieSocialeSolidaireUniteLegale,societeMissionUniteLegale,caractereEmployeurUniteLegale"
)
_USUAL = {
    "statutDiffusionEtablissement": "O", "dateCreationEtablissement": "2012-04-02",
    "trancheEffectifsEtablissement": "11", "etablissementSiege": "true", "numeroVoieEtablissement": "12",
    "typeVoieEtablissement": "AV", "libelleVoieEtablissement": "VICTOR HUGO", "codePostalEtablissement": "26000",
    "libelleCommuneEtablissement": "VALENCE", "codeCommuneEtablissement": "26362", "dateDebut": "2012-04-02",
    "etatAdministratifEtablissement": "A", "enseigne1Etablissement": "L'ATELIER DE GARANCE",
    "activitePrincipaleEtablissement": "56.10A", "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
}  # fmt: skip


def siret(number: int) -> str:
    """Return a SIRET that no other factory gives."""
    return employers.siret(700_000 + number)


def line(number: int = 1, **facts: str) -> str:
    """Return the line of an open restaurant in Valence; facts are named as the columns, without their ending."""
    told = {"siret": siret(number), **_USUAL} | dict(_long(facts, HEADER))
    told |= {"siren": told["siret"][:9], "nic": told["siret"][9:]}
    return _written(told, HEADER)


def unit(number: int = 1, **facts: str) -> str:
    """Return the line of a legal unit."""
    told = {"siren": siret(number)[:9], "statutDiffusionUniteLegale": "O"} | dict(_long(facts, UNIT_HEADER))
    return _written(told, UNIT_HEADER)


def stock(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8", kind: str = "csv") -> Path:
    """Write a file as it comes: plain, gz or zip."""
    hint = UNIT_FILE if header == UNIT_HEADER else ESTABLISHMENT_FILE
    path = folder / f"{hint}_utf8.{'csv.gz' if kind == 'gz' else kind}"
    content = "".join(f"{one}\n" for one in (header, *lines)).encode(encoding)
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{hint}_utf8.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if kind == "gz" else content)
    return path


def _long(facts: dict[str, str], header: str) -> Iterable[tuple[str, str]]:
    columns = header.split(",")
    for name, value in facts.items():
        yield (
            next(column for column in columns if column in (name, f"{name}Etablissement", f"{name}UniteLegale")),
            value,
        )


def _written(told: dict[str, str], header: str) -> str:
    return ",".join(f'"{value}"' if "," in value else value for value in (told.get(c, "") for c in header.split(",")))
