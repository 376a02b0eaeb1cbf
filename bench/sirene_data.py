"""What the bench of SIRENE needs: stock files of any length, and the loop that one would write first."""

import csv
import random
from pathlib import Path

from entremise.employers import rules
from entremise.employers.models import Establishment
from entremise.lib import sirene
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.territories.models import Commune, NafCode

SIGNS = [
    "BOULANGERIE",
    "GARAGE",
    "MENUISERIE",
    "PHARMACIE",
    "TRANSPORTS",
    "CABINET",
    "ATELIER",
    "HOTEL",
    "RESTAURANT",
    "PRESSING",
]
NAMES = [
    "MARTIN",
    "BERNARD",
    "DUBOIS",
    "ROBERT",
    "PETIT",
    "DURAND",
    "LEROY",
    "MOREAU",
    "SIMON",
    "LAURENT",
    "LEFEBVRE",
    "MICHEL",
    "GARCIA",
    "DAVID",
]
STREETS = ["RUE", "AV", "BD", "CHE", "PL", "RTE", "IMP", "ALL"]
BANDS = ("NN", "NN", "NN", "00", "01", "02", "03", "11", "12", "21", "31", "41")
COLUMNS = (
    "siren", "nic", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement",
    "trancheEffectifsEtablissement", "anneeEffectifsEtablissement", "activitePrincipaleRegistreMetiersEtablissement",
    "dateDernierTraitementEtablissement", "etablissementSiege", "nombrePeriodesEtablissement",
    "complementAdresseEtablissement", "numeroVoieEtablissement", "indiceRepetitionEtablissement",
    "dernierNumeroVoieEtablissement", "indiceRepetitionDernierNumeroVoieEtablissement", "typeVoieEtablissement",
    "libelleVoieEtablissement", "codePostalEtablissement", "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement", "distributionSpecialeEtablissement", "codeCommuneEtablissement",
    "codeCedexEtablissement", "libelleCedexEtablissement", "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement", "identifiantAdresseEtablissement", "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement", "complementAdresse2Etablissement", "numeroVoie2Etablissement",
    "indiceRepetition2Etablissement", "typeVoie2Etablissement", "libelleVoie2Etablissement",
    "codePostal2Etablissement", "libelleCommune2Etablissement", "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement", "codeCommune2Etablissement", "codeCedex2Etablissement",
    "libelleCedex2Etablissement", "codePaysEtranger2Etablissement", "libellePaysEtranger2Etablissement", "dateDebut",
    "etatAdministratifEtablissement", "enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement",
    "denominationUsuelleEtablissement", "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
)  # fmt: skip


def write_stock(path: Path, count: int, *, changed_share: float = 0.0, seed: int = 20261122) -> None:
    """Write a stock file; with a share changed, so many of its lines closed, were renamed or grew since."""
    draw, moved = random.Random(seed), random.Random(seed + 1)  # invented companies
    communes = list(Commune.objects.filter(retired_on=None).order_by("pk").values_list("code", "name", "postcodes"))
    activities = list(NafCode.objects.order_by("pk").values_list("code", flat=True))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(count):
            row = _row(number, draw, communes, activities)
            if changed_share and moved.random() < changed_share:
                row |= moved.choice(
                    (
                        {"etatAdministratifEtablissement": "F", "dateDebut": "2026-10-31"},
                        {"enseigne1Etablissement": "NOUVELLE ENSEIGNE"},
                        {"trancheEffectifsEtablissement": "32"},
                    )
                )
            writer.writerow(row)


def _row(number: int, draw: random.Random, communes: list, activities: list[str]) -> dict[str, str]:  # type: ignore[type-arg]
    code, city, postcodes = draw.choice(communes)
    siret = siret_with_key(siren_with_key(f"{3_000_000 + number // 2:08d}").value, 1 + number % 2).value
    closed = draw.random() < 0.3
    sign = f"{draw.choice(SIGNS)} {draw.choice(NAMES)}" if draw.random() < 0.6 else ""
    return {
        "siren": siret[:9], "nic": siret[9:], "siret": siret,
        "statutDiffusionEtablissement": "P" if draw.random() < 0.05 else "O",
        "dateCreationEtablissement": f"{draw.randint(1990, 2025)}-0{draw.randint(1, 9)}-15",
        "trancheEffectifsEtablissement": draw.choice(BANDS), "anneeEffectifsEtablissement": "2024",
        "dateDernierTraitementEtablissement": "2026-09-01T08:12:44.000", "etablissementSiege": "true",
        "nombrePeriodesEtablissement": "3", "numeroVoieEtablissement": str(draw.randint(1, 200)),
        "typeVoieEtablissement": draw.choice(STREETS), "libelleVoieEtablissement": f"DE {draw.choice(NAMES)}",
        "codePostalEtablissement": postcodes[0] if postcodes else "", "libelleCommuneEtablissement": city.upper(),
        "codeCommuneEtablissement": code, "identifiantAdresseEtablissement": f"{code}_B",
        "coordonneeLambertAbscisseEtablissement": "652123.12", "coordonneeLambertOrdonneeEtablissement": "6862123.4",
        "dateDebut": "2024-05-31" if closed else "2015-02-01",
        "etatAdministratifEtablissement": "F" if closed else "A",
        "enseigne1Etablissement": sign, "activitePrincipaleEtablissement": draw.choice(activities),
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2", "caractereEmployeurEtablissement": "O",
        "activitePrincipaleNAF25Etablissement": "56.11F",
    }  # fmt: skip


def plainly(path: Path, count: int) -> int:
    """Load the first lines as one would write it first: one `update_or_create` a line."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        where = sirene.layout(next(reader), sirene.ESTABLISHMENT_COLUMNS)
        for _number, cells in zip(range(count), reader, strict=False):
            facts = sirene.read_establishment(cells, where)
            place = Commune.objects.get(pk=facts.commune)
            name = facts.name or f"Entreprise {facts.siret[:9]}"
            Establishment.objects.update_or_create(
                siret=facts.siret,
                defaults={
                    "name": name, "commune": place, "address": facts.address, "postcode": facts.postcode,
                    "search_name": rules.searchable(name, place.name), "naf_id": facts.naf or None,
                    "size_band": rules.size_band(facts.staff), "opened_on": facts.opened_on,
                    "closed_on": facts.state_on if facts.is_closed else None, "is_private": facts.is_private,
                },
            )  # fmt: skip
    return count
