"""How an office's spreadsheet is understood: which column is which, and what a line tells."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entremise.lib.text import SMALL_WORDS, singular, tokens
from entremise.promotions.enums_import import PERSON_FIELDS, ImportField

F = ImportField
EXAMPLE_LINES = 5
PROTECTED = ("'=", "'+", "'-", "'@")  # how our own files keep a cell from being a formula
BATCH = 1000  # lines in one transaction: the progress moves every second, a crash repeats one batch at most
KEPT_DAYS = 30  # the file holds names: it is thrown away a month after it was received

# Words that name a column, small words left out; the longest that fits wins.
_NAMES: Final[dict[ImportField, tuple[str, ...]]] = {
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
_EXACT_NAMES: Final = {"date": F.SENT_ON, "le": F.SENT_ON}  # too common to be found inside a longer name
_OTHERS = frozenset(
    ("entreprise", "employeur", "contact", "conseiller", "cde", "recruteur", "etablissement", "societe")
)


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it: the screen does."""
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: a French sentence to translate, and its values."""

    field: str
    message: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def proposed_mapping(columns: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return field → column: as the agency did last time where the columns are still there, else by their names."""
    mapping = {name: column for name, column in (remembered or {}).items() if column in columns}
    candidates = []
    for position, column in enumerate(columns):
        words = _words(column)
        for name, names in _NAMES.items():
            if _is_about_others(name, words):
                continue
            for known in names:
                wanted = _words(known)
                if set(wanted) <= set(words):
                    head = words.index(wanted[0]) if wanted[0] in words else len(words)
                    candidates.append((wanted != words, -len(wanted), head, position, name))
        if (exact := _EXACT_NAMES.get(" ".join(tokens(column)))) is not None:
            candidates.append((False, -1, 0, position, exact))
    for _inexact, _length, _head, position, name in sorted(candidates):
        if name not in mapping and columns[position] not in mapping.values():
            mapping[str(name)] = columns[position]
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
    used = [column for column in mapping.values() if column]
    for name, column in mapping.items():
        if column and used.count(column) > 1:
            message = gettext_noop("La colonne « %(column)s » ne peut pas servir deux fois.")
            faults.append(Fault(name, message, {"column": column}))
    return faults


def identity_of(person_id: object, establishment_id: object, sent_on: object) -> str:
    """Return what makes two lines the same promotion: one person, one employer, one day."""
    return hashlib.sha256(f"{person_id}|{establishment_id}|{sent_on}".encode()).hexdigest()


def text_of(value: Any) -> str:
    """Return a cell as text: numbers without decimals, spaces tidied, a protecting apostrophe removed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    return text[1:] if text.startswith(PROTECTED) else text


def _words(text: str) -> list[str]:
    return [singular(word) for word in tokens(text) if word not in SMALL_WORDS]


def _is_about_others(name: ImportField, words: list[str]) -> bool:
    """Tell whether an address or a number is somebody else's than the person promoted."""
    return name in (F.EMAIL, F.PHONE) and bool(_OTHERS & set(words))
