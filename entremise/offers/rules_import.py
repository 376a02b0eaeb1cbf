"""How a spreadsheet of offers is understood: which column is which."""

from collections.abc import Mapping, Sequence
from typing import Final

from entremise.lib.cells import Fault, gettext_noop, matched_columns, twice_used
from entremise.offers.enums_import import OfferField

F = OfferField
EXAMPLE_LINES = 5
BATCH = 100  # lines in one transaction: the progress moves every second, a crash repeats one batch at most
KEPT_DAYS = 30  # the file may hold names: it is thrown away a month after it was received
LONGEST_MESSAGE = 1000

# Words that name a column, small words left out; the longest that fits wins.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    F.REFERENCE: ("référence", "réf", "référence offre", "numéro offre", "n offre", "identifiant", "id offre"),
    F.TITLE: ("intitulé", "poste", "intitulé poste", "titre", "appellation", "métier", "emploi", "libellé poste"),
    F.ROME: ("rome", "code rome"),
    F.SIRET: ("siret", "numéro siret", "n siret", "siret établissement"),
    F.INSEE: ("insee", "code insee", "code commune", "insee commune"),
    F.POSTCODE: ("code postal", "cp", "postal"),
    F.CITY: ("commune", "ville", "lieu travail", "localité", "commune lieu travail", "lieu"),
    F.CONTRACT: ("contrat", "type contrat", "nature contrat"),
    F.WORKING_TIME: ("temps travail", "durée travail", "temps", "temps plein partiel"),
    F.SCHEDULES: ("horaire", "horaires travail", "rythme"),
    F.LICENCES: ("permis", "permis exigé", "habilitation"),
    F.LANGUAGES: ("langue", "langue exigée"),
    F.RADIUS: ("rayon", "distance", "distance maximale", "km", "habiter moins", "rayon km"),
    F.SKILLS: ("compétence", "compétence demandée", "savoir-faire"),
    F.DESCRIPTION: ("description", "descriptif", "mission", "commentaire", "détail"),
}


def proposed_mapping(columns: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return field → column: as the agency did last time where the columns are still there, else by their names."""
    mapping = matched_columns(columns, _NAMES, remembered=remembered)
    return {str(name): mapping[name] for name in OfferField if name in mapping}


def mapping_faults(mapping: Mapping[str, str]) -> list[Fault]:
    """Return what is missing before a file can be read."""
    faults = []
    if not mapping.get(F.REFERENCE):
        message = gettext_noop(
            "Dites quelle colonne donne votre référence : grâce à elle, le même fichier envoyé deux fois met les "
            "offres à jour au lieu de les doubler."
        )
        faults.append(Fault(F.REFERENCE, message))
    if not mapping.get(F.TITLE) and not mapping.get(F.ROME):
        message = gettext_noop("Dites quelle colonne donne le poste : son intitulé ou son code ROME.")
        faults.append(Fault(F.TITLE, message))
    if not mapping.get(F.SIRET):
        faults.append(Fault(F.SIRET, gettext_noop("Dites quelle colonne donne le SIRET de l'établissement.")))
    if not mapping.get(F.CONTRACT):
        faults.append(Fault(F.CONTRACT, gettext_noop("Dites quelle colonne donne le contrat.")))
    return faults + twice_used(mapping)
