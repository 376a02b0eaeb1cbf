"""Decisions about giving badges to many: the lines of a spreadsheet, an event's hours, an endorsement's words."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from entremise.accounts.rules import IdentifierUnusable, parse_email
from entremise.lib.cells import Fault, gettext_noop, matched_columns, shown, text_of

MOST_LINES = 50_000  # a national campaign counts 45 000 people
ROWS_AT_ONCE = 200  # awarded in one transaction
UNDO_DAYS = 7
FILE_DAYS = 30
LONGEST_NAME = 160
LONGEST_NOTE = 1_000
LONGEST_ENDORSEMENT = 1_000
EVENT_CODE_LENGTH = 8
MOST_PLACES = 10_000
LONGEST_EVENT = dt.timedelta(days=92)
RESEND_DAYS = 1
OLDEST = dt.date(1950, 1, 1)
FORMULA = ("=", "@", "\t", "\r")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
DATE_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")


CODES = {
    "rome": re.compile(r"[A-Z]\d{4}|\d{1,6}"),  # an occupation, or one of its skills (OGR)
    "esco": re.compile(r"https?://data\.europa\.eu/esco/(skill|occupation)/[\w-]+"),
    "rncp": re.compile(r"(RNCP ?)?\d{1,6}", re.IGNORECASE),
    "rs": re.compile(r"(RS ?)?\d{1,6}", re.IGNORECASE),
    "clea": re.compile(r"[\w.-]{1,20}"),
}
REFERENTIALS = {
    "rome": "https://candidat.francetravail.fr/metierscope/fiche-metier/{code}",
    "esco": "{code}",
    "rncp": "https://www.francecompetences.fr/recherche/rncp/{code}/",
    "rs": "https://www.francecompetences.fr/recherche/rs/{code}/",
    "clea": "https://www.certificat-clea.fr/",
}


class Cell(StrEnum):
    """What a column of the spreadsheet tells."""

    FIRST_NAME = "first_name"
    NAME = "name"
    EMAIL = "email"
    AWARDED_ON = "awarded_on"
    NOTE = "note"


COLUMNS: Mapping[str, tuple[str, ...]] = {
    Cell.FIRST_NAME: ("prénom", "first name"),
    Cell.NAME: ("nom complet", "nom et prénom", "prénom et nom", "nom", "bénéficiaire", "personne", "name"),
    Cell.EMAIL: ("adresse électronique", "adresse mail", "courriel", "e-mail", "email", "mail"),
    Cell.AWARDED_ON: ("obtenu le", "date d'obtention", "date", "awarded on"),
    Cell.NOTE: ("comment", "note", "commentaire", "précision", "observation"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person to award a badge to, as a line says it."""

    line: int
    name: str
    email: str
    awarded_on: dt.date
    note: str = ""

    def kept(self) -> dict[str, Any]:
        """Return the row as the file's table keeps it."""
        return {
            "line": self.line, "name": self.name, "email": self.email,
            "awarded_on": self.awarded_on.isoformat(), "note": self.note,
        }  # fmt: skip

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Row":
        """Read a row back."""
        day = dt.date.fromisoformat(told["awarded_on"])
        return cls(told["line"], told["name"], told["email"], day, told["note"])


def columns_of(names: list[str]) -> dict[str, str]:
    """Return which column tells what; none may be missing but the first name, the date and the note."""
    return matched_columns(names, COLUMNS)


def missing(mapping: Mapping[str, str]) -> list[str]:
    """Return the columns without which nobody is known."""
    return [name for name in (Cell.NAME, Cell.EMAIL) if name not in mapping]


def read(line: int, cells: Mapping[str, Any], mapping: Mapping[str, str], today: dt.date) -> Row | list[Fault]:
    """Read one line of the spreadsheet: a person to award the badge to, or what is wrong with it."""
    told = {name: cells.get(column) for name, column in mapping.items()}
    faults = list(_formulas(told))
    if faults:
        return faults
    name = " ".join(filter(None, (text_of(told.get(Cell.FIRST_NAME)), text_of(told.get(Cell.NAME)))))
    email, day = text_of(told.get(Cell.EMAIL)), told.get(Cell.AWARDED_ON)
    note = text_of(told.get(Cell.NOTE))
    faults += _faults_of_name(name)
    address = _address(email, faults)
    awarded_on = _day(day, today, faults)
    if len(note) > LONGEST_NOTE:
        message = gettext_noop("Cette note est trop longue : %(most)s caractères au plus.")
        faults.append(Fault(Cell.NOTE, message, {"most": LONGEST_NOTE}))
    return faults or Row(line, name, address, awarded_on, note)


def reference(public_id: UUID) -> str:
    """Return the short name of an award, that its issuer and its holder can say on the telephone."""
    letters = public_id.hex[-8:].upper()
    return f"{letters[:4]}-{letters[4:]}"


def is_reference(typed: str) -> str:
    """Return the end of the identifier that a typed reference names, or nothing."""
    letters = typed.replace("-", "").replace(" ", "").lower()
    return letters if re.fullmatch(r"[0-9a-f]{8}", letters) else ""


def is_code(framework: str, code: str) -> bool:
    """Tell whether a code has the form of its referential."""
    return bool(CODES[framework].fullmatch(code.strip()))


def referential_url(framework: str, code: str) -> str:
    """Return the public address of a line of a referential, as far as its code gives it."""
    digits = re.sub(r"(?i)^(rncp|rs) ?", "", code.strip()) if framework in ("rncp", "rs") else code.strip()
    return REFERENTIALS[framework].format(code=digits)


def event_faults(opens_at: dt.datetime, closes_at: dt.datetime, places: int, now: dt.datetime) -> Iterator[Fault]:
    """Say what is wrong with the hours and the places of an event."""
    if closes_at <= opens_at:
        yield Fault("closes_at", gettext_noop("La fin doit venir après le début."))
    elif closes_at <= now:
        yield Fault("closes_at", gettext_noop("Cet événement serait déjà terminé : choisissez une fin à venir."))
    elif closes_at - opens_at > LONGEST_EVENT:
        yield Fault("closes_at", gettext_noop("Un événement dure trois mois au plus."))
    if not 1 <= places <= MOST_PLACES:
        yield Fault("max_count", gettext_noop("Donnez un nombre de places entre 1 et 10 000."))


def event_refusal(
    opens_at: dt.datetime, closes_at: dt.datetime, stopped_at: dt.datetime | None, left: int, now: dt.datetime
) -> str:
    """Return why nobody takes a badge at an event now: a French sentence to translate, or an empty text."""
    if stopped_at or now >= closes_at:
        return gettext_noop("Cet événement est terminé : le badge ne se prend plus ici. Demandez-le à son émetteur.")
    if now < opens_at:
        return gettext_noop("Cet événement n'est pas encore ouvert : revenez à l'heure dite.")
    if left <= 0:
        return gettext_noop("Toutes les places sont prises. Demandez le badge à son émetteur.")
    return ""


def may_undo(done_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether the badges of a file can still be taken back at once."""
    return done_at is not None and now <= done_at + dt.timedelta(days=UNDO_DAYS)


def _formulas(told: Mapping[str, Any]) -> Iterator[Fault]:
    message = gettext_noop("Cette cellule contient une formule : remplacez-la par sa valeur.")
    for name, value in told.items():
        if isinstance(value, str) and value.lstrip(" '").startswith(FORMULA):
            yield Fault(name, message)


def _faults_of_name(name: str) -> list[Fault]:
    if not name:
        return [Fault(Cell.NAME, gettext_noop("Le nom manque."))]
    if len(name) > LONGEST_NAME:
        message = gettext_noop("Ce nom est trop long : %(most)s caractères au plus.")
        return [Fault(Cell.NAME, message, {"most": LONGEST_NAME})]
    if CONTROLS.search(name):
        return [Fault(Cell.NAME, gettext_noop("Ce nom contient un caractère invisible : retapez-le."))]
    return []


def _address(typed: str, faults: list[Fault]) -> str:
    if not typed:
        faults.append(Fault(Cell.EMAIL, gettext_noop("L'adresse électronique manque.")))
        return ""
    try:
        return parse_email(typed)
    except IdentifierUnusable:
        message = gettext_noop("L'adresse « %(value)s » n'est pas complète.")
        faults.append(Fault(Cell.EMAIL, message, {"value": shown(typed)}))
        return ""


def _day(value: Any, today: dt.date, faults: list[Fault]) -> dt.date:
    found = _read_day(value, today)
    if found is None:
        message = gettext_noop("La date « %(value)s » n'est pas comprise : écrivez-la comme 20/11/2026.")
        faults.append(Fault(Cell.AWARDED_ON, message, {"value": shown(text_of(value))}))
        return today
    if found > today:
        faults.append(Fault(Cell.AWARDED_ON, gettext_noop("Cette date est dans le futur.")))
    elif found < OLDEST:
        faults.append(Fault(Cell.AWARDED_ON, gettext_noop("Cette date est trop ancienne.")))
    return found


def _read_day(value: Any, today: dt.date) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = text_of(value)
    if not text:
        return today
    for form in DATE_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 a day, without an hour
        except ValueError:
            continue
    return None
