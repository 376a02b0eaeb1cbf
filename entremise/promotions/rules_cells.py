"""What a cell of an office's spreadsheet means: dates in every spelling, answers and outcomes in everyday words."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any, Final

from entremise.lib.cells import CellRefused, Fault, gettext_noop, says, shown, siret_of, text_of
from entremise.lib.identifiers import IdentifierRefused, parse_phone
from entremise.lib.text import normalise, tokens
from entremise.promotions.enums import Answer, Outcome
from entremise.promotions.enums_import import ImportField

F = ImportField
OLDEST = dt.date(2000, 1, 1)  # an earlier year is a slip of the hand
EXCEL_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's serial dates
EXCEL_SERIALS = range(36_526, 73_051)  # 2000 to 2099
LONGEST_COMMENT = 1000
_REMEMBERED = 10_000  # a file says the same few things over and over

_MONTHS: Final = {
    "jan": 1, "janv": 1, "janvier": 1, "fev": 2, "fevr": 2, "fevrier": 2, "mar": 3, "mars": 3, "avr": 4, "avril": 4,
    "mai": 5, "jun": 6, "juin": 6, "juil": 7, "jul": 7, "juillet": 7, "aou": 8, "aout": 8, "sep": 9, "sept": 9,
    "septembre": 9, "oct": 10, "octobre": 10, "nov": 11, "novembre": 11, "dec": 12, "decembre": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?")
_LONG = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)?[- .]+([a-z]+)[- .]+(\d{4}|\d{2})(?: .*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

# Tried in order: what says no comes before the words it contains.
_NO_ANSWER = ("sans réponse", "pas de réponse", "aucune réponse", "pas répondu", "en attente", "relancé", "nr")
_ANSWERS: Final[tuple[tuple[Answer, tuple[str, ...]], ...]] = (
    (Answer.NOT_NOW, (
        "pas en ce moment", "pas maintenant", "plus tard", "pas de besoin", "aucun besoin", "ne recrute pas",
        "pas de recrutement", "pas d'actualité",
    )),
    (Answer.NO, (
        "non", "refus", "refusé", "négatif", "négative", "défavorable", "pas intéressé", "non intéressé", "non retenu",
        "ne correspond pas", "profil inadapté", "décline",
    )),
    (Answer.KEPT, ("vivier", "gardé", "garde", "conservé", "conserve", "profil gardé", "cvthèque")),
    (Answer.IMMERSION, ("immersion", "pmsmp", "stage")),
    (Answer.OFFER, ("offre", "poste à pourvoir", "proposition de poste")),
    (Answer.MEETING, (
        "rencontre", "rencontrer", "entretien", "rdv", "rendez-vous", "à recevoir", "intéressé", "oui", "positif",
        "positive", "favorable",
    )),
)  # fmt: skip
_NO_OUTCOME = ("en cours", "en attente", "inconnu", "inconnue")
_OUTCOMES: Final[tuple[tuple[Outcome, tuple[str, ...]], ...]] = (
    (Outcome.MEETING, ("entretien sans suite", "rencontre sans suite", "rdv sans suite", "non retenu après")),
    (Outcome.NONE, (
        "sans suite", "aucune suite", "aucune", "pas de suite", "abandon", "non retenu", "non recruté", "pas embauché",
        "non embauché", "échec", "non",
    )),
    (Outcome.TRAINING, ("formation", "poei", "poec", "afpr")),
    (Outcome.IMMERSION, ("immersion", "pmsmp", "stage")),
    (Outcome.HIRED, (
        "embauche", "embauché", "embauchée", "recruté", "recrutée", "recrutement", "cdi", "cdd", "intérim",
        "alternance", "apprentissage", "contrat signé", "oui",
    )),
)  # fmt: skip
_CONTRACTS: Final = {
    "cdi": "cdi", "cdd": "cdd", "interim": "temporary", "alternance": "apprenticeship",
    "apprentissage": "apprenticeship", "saisonnier": "seasonal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What one line tells, before anything is looked up."""

    sent_on: dt.date
    reference: str = ""
    email: str = ""
    phone: str = ""
    siret: str = ""
    employer: str = ""
    city: str = ""
    adviser: str = ""
    agency: str = ""
    answer: str = ""
    answered_on: dt.date | None = None
    outcome: str = ""
    outcome_on: dt.date | None = None
    contract: str = ""
    comment: str = ""

    @property
    def answer_label(self) -> str:
        """Return the answer in our words."""
        return str(Answer(self.answer).label) if self.answer else ""

    @property
    def outcome_label(self) -> str:
        """Return the outcome in our words."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


def parse_date(value: Any) -> dt.date | None:
    """Read a date in the French spellings, ISO or an Excel serial; nothing for an empty cell."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and isfinite(value) and int(value) in EXCEL_SERIALS:  # a serial, maybe with its hour
        return EXCEL_EPOCH + dt.timedelta(days=int(value))
    return _written_date(text_of(value))


def parse_answer(value: Any) -> str:
    """Read an employer's answer in everyday words; an empty text when there was none."""
    return _written_answer(text_of(value))


def parse_outcome(value: Any) -> tuple[str, str]:
    """Read what came of a promotion, and the contract when the words name it."""
    return _written_outcome(text_of(value))


@lru_cache(maxsize=_REMEMBERED)
def _written_date(written: str) -> dt.date | None:
    text = normalise(written).strip(" .,")
    if not text:
        return None
    if text.isdecimal() and int(text) in EXCEL_SERIALS:
        return EXCEL_EPOCH + dt.timedelta(days=int(text))
    if match := _ISO.fullmatch(text):
        return _date(written, *map(int, match.groups()))
    if match := _FRENCH.fullmatch(text):
        day, month, year = map(int, match.groups())
        return _date(written, year, month, day)
    if (match := _LONG.fullmatch(text)) and match.group(2) in _MONTHS:
        return _date(written, int(match.group(3)), _MONTHS[match.group(2)], int(match.group(1)))
    raise CellRefused(
        gettext_noop("« %(value)s » n'est pas une date. Écrivez par exemple 24/11/2026."), value=shown(written)
    )


@lru_cache(maxsize=_REMEMBERED)
def _written_answer(text: str) -> str:
    if not text or says(text, _NO_ANSWER):
        return ""
    for answer, phrases in _ANSWERS:
        if text == answer or says(text, phrases):
            return answer
    message = gettext_noop(
        "La réponse « %(value)s » n'est pas comprise. Écrivez par exemple : rencontre, immersion, offre, vivier, "
        "pas en ce moment, refus, sans réponse."
    )
    raise CellRefused(message, value=shown(text))


@lru_cache(maxsize=_REMEMBERED)
def _written_outcome(text: str) -> tuple[str, str]:
    if not text or says(text, _NO_OUTCOME):
        return "", ""
    for outcome, phrases in _OUTCOMES:
        if text == outcome or says(text, phrases):
            words = tokens(text) if outcome == Outcome.HIRED else []
            return outcome, next((_CONTRACTS[word] for word in words if word in _CONTRACTS), "")
    message = gettext_noop(
        "La suite « %(value)s » n'est pas comprise. Écrivez par exemple : embauche, immersion, formation, "
        "rencontre sans suite, sans suite."
    )
    raise CellRefused(message, value=shown(text))


def read_line(cells: Mapping[str, Any], mapping: Mapping[str, str], today: dt.date) -> tuple[Told | None, list[Fault]]:
    """Return what a line tells, or everything that is wrong with it."""
    faults: list[Fault] = []

    def cell(name: ImportField) -> Any:
        return cells.get(mapping.get(name, ""))

    def read(name: ImportField, parse: Any, default: Any) -> Any:
        try:
            return parse(cell(name))
        except CellRefused as refusal:
            faults.append(Fault(name, refusal.message, refusal.params))
        except IdentifierRefused as refusal:
            faults.append(Fault(name, refusal.message, refusal.params))
        return default

    outcome, contract = read(F.OUTCOME, parse_outcome, ("", ""))
    told: dict[str, Any] = {
        "reference": text_of(cell(F.REFERENCE)),
        "email": read(F.EMAIL, _email, ""),
        "phone": read(F.PHONE, _phone, ""),
        "siret": read(F.SIRET, siret_of, ""),
        "answer": read(F.ANSWER, parse_answer, ""),
        "answered_on": read(F.ANSWERED_ON, parse_date, None),
        "outcome_on": read(F.OUTCOME_ON, parse_date, None),
    }
    texts: dict[str, Any] = {str(name): text_of(cell(name)) for name in (F.EMPLOYER, F.CITY, F.ADVISER, F.AGENCY)}
    comment = text_of(cell(F.COMMENT))[:LONGEST_COMMENT]
    sent_on = read(F.SENT_ON, parse_date, None)
    if not faults:
        faults += _missing({**told, **texts, "sent_on": sent_on})
    if faults:
        return None, faults
    line = Told(sent_on=sent_on, outcome=outcome, contract=contract, comment=comment, **told, **texts)
    return line, _impossible_dates(line, today)


def _missing(told: Mapping[str, Any]) -> list[Fault]:
    faults = []
    if told["sent_on"] is None:
        faults.append(Fault(F.SENT_ON, gettext_noop("La date de la promotion manque.")))
    if not (told["reference"] or told["email"] or told["phone"]):
        message = gettext_noop("La personne manque : donnez sa référence, son adresse électronique ou son téléphone.")
        faults.append(Fault(F.REFERENCE, message))
    if not told["siret"] and not (told["employer"] and told["city"]):
        message = gettext_noop("L'établissement manque : donnez son SIRET, ou son nom et sa ville.")
        faults.append(Fault(F.SIRET, message))
    return faults


def _impossible_dates(line: Told, today: dt.date) -> list[Fault]:
    faults = []
    if not OLDEST <= line.sent_on <= today:
        message = gettext_noop("Une promotion déjà faite a une date entre 2000 et aujourd'hui.")
        faults.append(Fault(F.SENT_ON, message))
    if line.answered_on and not line.sent_on <= line.answered_on <= today:
        message = gettext_noop("La réponse ne peut pas être datée avant la promotion, ni après aujourd'hui.")
        faults.append(Fault(F.ANSWERED_ON, message))
    if line.outcome_on and line.outcome_on < line.sent_on:
        faults.append(Fault(F.OUTCOME_ON, gettext_noop("La suite ne peut pas être datée avant la promotion.")))
    return faults


def _date(written: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year if year >= 100 else 2000 + year, month, day)
    except ValueError:
        message = gettext_noop("La date « %(value)s » n'existe pas dans le calendrier.")
        raise CellRefused(message, value=shown(written)) from None


def _email(value: Any) -> str:
    text = text_of(value).lower().removeprefix("mailto:")
    if text and not _EMAIL.fullmatch(text):
        raise CellRefused(gettext_noop("Ce n'est pas une adresse électronique."))
    return text


def _phone(value: Any) -> str:
    text = text_of(value)
    if text.isdigit() and len(text) == 9:
        text = f"0{text}"  # the spreadsheet took the number for a quantity
    return parse_phone(text).e164 if text else ""
