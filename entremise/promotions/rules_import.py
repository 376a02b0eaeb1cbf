"""How an office's spreadsheet is understood: which column is which, and what a line tells."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from entremise.lib.cells import Fault, gettext_noop, matched_columns, twice_used
from entremise.promotions.enums_import import PERSON_FIELDS, ImportField

F = ImportField
EXAMPLE_LINES = 5
BATCH = 1000  # lines in one transaction: the progress moves every second, a crash repeats one batch at most
KEPT_DAYS = 30  # the file holds names: it is thrown away a month after it was received

# Words that name a column, small words left out; the longest that fits wins.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    F.REFERENCE: ("référence", "référence profil", "réf profil", "identifiant", "identifiant profil", "id profil"),
    F.EMAIL: ("email", "e mail", "mail", "courriel", "adresse mail", "adresse électronique", "adresse email"),
    F.PHONE: ("téléphone", "tel", "portable", "mobile", "numéro téléphone", "téléphone portable"),
    F.SIRET: ("siret", "numéro siret", "n siret"),
    F.EMPLOYER: (
        "entreprise",
        "employeur",
        "établissement",
        "société",
        "raison sociale",
        "enseigne",
        "nom entreprise",
        "nom employeur",
        "nom établissement",
        "structure",
    ),
    F.CITY: ("ville", "commune", "localité"),
    F.SENT_ON: ("date promotion", "date envoi", "promu", "promue", "envoyé", "date présentation"),
    F.ADVISER: ("conseiller", "conseillère", "mail conseiller", "email conseiller", "adresse conseiller", "cde"),
    F.AGENCY: ("agence", "ape", "site"),
    F.ANSWER: ("réponse", "retour", "réponse employeur", "retour employeur", "réponse entreprise", "avis"),
    F.ANSWERED_ON: ("date réponse", "date retour", "répondu", "date réponse employeur"),
    F.OUTCOME: ("suite", "résultat", "issue", "suite donnée", "bilan"),
    F.OUTCOME_ON: ("date suite", "date embauche", "date résultat", "date issue"),
    F.COMMENT: ("commentaire", "observation", "remarque", "note", "précision"),
}
_EXACT_NAMES: Final[dict[str, str]] = {"date": F.SENT_ON, "le": F.SENT_ON}  # too common inside longer ones
_OTHERS = frozenset(
    ("entreprise", "employeur", "contact", "conseiller", "cde", "recruteur", "etablissement", "societe")
)


def proposed_mapping(columns: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return field → column: as the agency did last time where the columns are still there, else by their names."""
    mapping = matched_columns(
        columns, _NAMES, remembered=remembered, exact=_EXACT_NAMES, is_about_others=_is_about_others
    )
    return {str(name): mapping[name] for name in ImportField if name in mapping}


def mapping_faults(mapping: Mapping[str, str]) -> list[Fault]:
    """Return what is missing before a file can be read."""
    faults = []
    if not any(mapping.get(name) for name in PERSON_FIELDS):
        message = gettext_noop(
            "Dites quelle colonne désigne la personne : sa référence, son adresse électronique ou son téléphone."
        )
        faults.append(Fault(F.REFERENCE, message))
    if not mapping.get(F.SIRET) and not (mapping.get(F.EMPLOYER) and mapping.get(F.CITY)):
        message = gettext_noop("Dites quelle colonne désigne l'établissement : son SIRET, ou son nom et sa ville.")
        faults.append(Fault(F.SIRET, message))
    if not mapping.get(F.SENT_ON):
        faults.append(Fault(F.SENT_ON, gettext_noop("Dites quelle colonne donne la date de la promotion.")))
    return faults + twice_used(mapping)


def identity_of(person_id: object, establishment_id: object, sent_on: object) -> str:
    """Return what makes two lines the same promotion: one person, one employer, one day."""
    return hashlib.sha256(f"{person_id}|{establishment_id}|{sent_on}".encode()).hexdigest()


def _is_about_others(name: str, words: list[str]) -> bool:
    """Tell whether an address or a number is somebody else's than the person promoted."""
    return name in (F.EMAIL, F.PHONE) and bool(_OTHERS & set(words))
