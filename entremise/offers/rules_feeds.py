"""How an offer of a partner's feed is understood: what must be there, what is left out with a word about it."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from entremise.lib.cells import CellRefused, Fault, gettext_noop, says, shown
from entremise.lib.text import normalise
from entremise.offers import rules_channels
from entremise.offers.enums import Benefit, PayPeriod
from entremise.offers.enums_import import OfferField as F
from entremise.offers.rules import FURTHEST_KM, LONGEST_COMPANY, LONGEST_TITLE
from entremise.offers.rules_cells import (
    Told,
    parse_languages,
    parse_licences,
    parse_radius,
    parse_schedules,
    parse_skills,
    parse_working_time,
    read_line,
)

BATCH = 2_500  # offers in one transaction: what may be the same is read once for each batch
MOST_AT_ONCE = 1 / 3  # of a partner's offers: more are not withdrawn before somebody says so
SAME_DAYS = 7  # an identical file older than that is read again: its offers are still there, hence still wanted
LONGEST_SHOWN_DAYS = 180
FRESH_DAYS = 30  # an offer that has less left is shown longer when the file still holds it
KEPT_DAYS = 30  # a file is thrown away a month after it was received
MOST_CENTS = 100_000_000
MOST_SKILLS_READ = 30
_SOFT: Final[dict[F, Callable[[Any], Any]]] = {
    F.WORKING_TIME: parse_working_time, F.SCHEDULES: parse_schedules, F.LICENCES: parse_licences,
    F.LANGUAGES: parse_languages, F.RADIUS: parse_radius, F.SKILLS: parse_skills,
}  # fmt: skip
_NUMBER: Final = re.compile(r"\d[\d\s.,]*")
_YES: Final = {"oui", "true", "1", "yes", "vrai", "o"}
_WORDS: Final[dict[str, tuple[str, str]]] = {  # words of schema.org and of other tongues → contract, working time
    "full_time": ("", "temps plein"), "full time": ("", "temps plein"), "fulltime": ("", "temps plein"),
    "part_time": ("", "temps partiel"), "part time": ("", "temps partiel"), "parttime": ("", "temps partiel"),
    "permanent": ("CDI", ""), "temporary": ("CDD", ""), "fixed term": ("CDD", ""), "seasonal": ("saisonnier", ""),
    "apprenticeship": ("alternance", ""),
}  # fmt: skip

_MISSING: Final = {
    "reference": gettext_noop("La référence manque : sans elle, l'offre ne peut être ni mise à jour ni retirée."),
    "title": gettext_noop("L'intitulé du poste manque (« title »)."),
    "occupation": gettext_noop("Le métier manque : donnez le code ROME (« rome »)."),
    "commune": gettext_noop(
        "Le lieu de travail manque : donnez le code INSEE de la commune (« insee ») ou son code postal (« postcode »)."
    ),
    "contract": gettext_noop("Le contrat manque (« contract ») : CDI, CDD, intérim, alternance ou saisonnier."),
    "description": gettext_noop("La description du poste manque (« description »)."),
    "siret": gettext_noop("Le SIRET de l'établissement qui recrute manque (« siret »)."),
}
_TITLE_LONG: Final = gettext_noop("L'intitulé compte %(count)s caractères : 250 au plus.")
_DESCRIPTION_LONG: Final = gettext_noop(
    "La description compte %(count)s caractères : %(most)s au plus. Raccourcissez-la, puis renvoyez l'offre."
)
_OVER: Final = gettext_noop("La date de fin de publication est passée : donnez-en une autre, ou retirez l'offre.")
_LEFT_OUT: Final = gettext_noop("« %(name)s » n'a pas été compris (%(value)s) : l'offre est publiée sans.")
_ADDRESS: Final = gettext_noop("L'adresse pour postuler doit commencer par https:// : l'offre est publiée sans.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one offer of a feed says, before anything is looked up; `notes` tell what was left out."""

    told: Told
    company: str = ""
    position_count: int = 1
    duration_months: int | None = None
    weekly_hours: Decimal | None = None
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: str = ""
    benefits: tuple[str, ...] = ()
    experience_months: int | None = None
    training_level: int | None = None
    starts_on: dt.date | None = None
    expires_on: dt.date | None = None
    is_disability_reserved: bool = False
    apply_url: str = ""
    notes: tuple[Fault, ...] = ()


def read_offer(fields: Mapping[str, str], channel: str, today: dt.date) -> tuple[Wanted | None, list[Fault]]:
    """Return what an offer says, or everything for which it is rejected."""
    cells = _in_our_words(fields)
    missing = _missing(cells, channel)
    told, faults, notes = _told(cells)
    faults = missing + [fault for fault in faults if not _is_told_missing(fault, missing)]
    faults += _lengths(cells, channel)
    reader = _Reader(cells)
    wanted = reader.terms(told) if told else None
    if wanted and wanted.expires_on and wanted.expires_on < today:
        faults.append(Fault("expires_on", _OVER))
    if faults or wanted is None:
        return None, faults
    latest = today + dt.timedelta(days=LONGEST_SHOWN_DAYS)
    expires_on = min(wanted.expires_on, latest) if wanted.expires_on else None
    return replace(wanted, expires_on=expires_on, notes=(*notes, *reader.notes)), []


def withdraws_too_many(missing_count: int, alive_count: int, unreadable_count: int) -> bool:
    """Tell whether somebody must confirm before the offers that a file no longer holds are withdrawn."""
    return missing_count > 0 and (unreadable_count > 0 or missing_count > alive_count * MOST_AT_ONCE)


def is_same_again(sha256: str, last_sha256: str, last_on: dt.date, today: dt.date) -> bool:
    """Tell whether a file brings nothing that the last one did not."""
    return sha256 == last_sha256 and (today - last_on).days < SAME_DAYS


def shown_until(expires_on: dt.date | None, told: dt.date | None, channel: str, today: dt.date) -> dt.date:
    """Return until when an offer that its partner still sends is shown."""
    if told:
        return told
    usual = today + dt.timedelta(days=rules_channels.RULES[channel].shown_days)
    return usual if expires_on is None or (expires_on - today).days < FRESH_DAYS else expires_on


def is_agreed(agreed_on: dt.date | None, agreed_until: dt.date | None, today: dt.date) -> bool:
    """Tell whether an agreement is in force on a day."""
    return agreed_on is not None and agreed_on <= today and (agreed_until is None or today <= agreed_until)


def _in_our_words(fields: Mapping[str, str]) -> dict[str, str]:
    cells = dict(fields)
    contract = normalise(cells.get("contract", ""))
    for word, (kind, time) in _WORDS.items():
        if word in contract:
            if kind:
                cells["contract"] = f"{kind} {cells['contract']}"
            if time:
                cells.setdefault("working_time", time)
    return cells


def _missing(cells: Mapping[str, str], channel: str) -> list[Fault]:
    told = {
        "occupation": cells.get("rome") or cells.get("title"),
        "commune": cells.get("insee") or cells.get("postcode") or cells.get("city"),
    }
    names = rules_channels.mandatory(channel)
    return [
        Fault(name, _MISSING[name]) for name in names if name in _MISSING and not (told.get(name) or cells.get(name))
    ]


def _is_told_missing(fault: Fault, missing: list[Fault]) -> bool:
    return fault.field in {one.field for one in missing}


def _told(cells: Mapping[str, str]) -> tuple[Told | None, list[Fault], list[Fault]]:
    """Return what the line tells; what is only nice to know is left out when it is not understood."""
    mapping = {str(name): str(name) for name in F}
    notes: list[Fault] = []
    for name, parse in _SOFT.items():
        try:
            parse(cells.get(name, ""))
        except CellRefused:
            notes.append(_left_out(str(name), cells[name]))
            mapping[str(name)] = ""
    told, faults = read_line({**cells, "": ""}, mapping)
    if told and told.radius_km is not None and not 1 <= told.radius_km <= FURTHEST_KM:
        told = replace(told, radius_km=None)
    if told and len(told.skills) > MOST_SKILLS_READ:
        told = replace(told, skills=told.skills[:MOST_SKILLS_READ])
    return told, faults, notes


def _left_out(name: str, value: str) -> Fault:
    return Fault(name, _LEFT_OUT, {"name": name, "value": shown(value)})


def _lengths(cells: Mapping[str, str], channel: str) -> list[Fault]:
    faults = []
    if (count := len(cells.get("title", ""))) > LONGEST_TITLE:
        faults.append(Fault("title", _TITLE_LONG, {"count": count}))
    most = rules_channels.longest_description(channel)
    if (count := len(cells.get("description", ""))) > most:
        faults.append(Fault("description", _DESCRIPTION_LONG, {"count": _spaced(count), "most": _spaced(most)}))
    return faults


def _spaced(count: int) -> str:
    return f"{count:_}".replace("_", " ")


class _Reader:
    """Reads the terms of an offer; what is not understood is left out, with a word about it."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells, self.notes = cells, list[Fault]()

    def terms(self, told: Told) -> Wanted:
        """Return what the offer gives and takes."""
        low, high, period = self._pay()
        return Wanted(
            told,
            company=self.cells.get("company", "")[:LONGEST_COMPANY],
            position_count=self._read("position_count", _whole(1, 999)) or 1,
            duration_months=self._read("duration_months", _months(1, 60)),
            weekly_hours=self._read("weekly_hours", _hours),
            pay_min_cents=low, pay_max_cents=high, pay_period=period,
            benefits=self._read("benefits", _benefits) or (),
            experience_months=self._read("experience_months", _experience),
            training_level=self._read("training_level", _level),
            starts_on=self._read("starts_on", _day),
            expires_on=self._read("expires_on", _day),
            is_disability_reserved=normalise(self.cells.get("disability_reserved", "")) in _YES,
            apply_url=self._address(),
        )  # fmt: skip

    def _read(self, name: str, parse: Callable[[str], Any]) -> Any:
        text = self.cells.get(name, "").strip()
        if not text:
            return None
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            self.notes.append(_left_out(name, text))
            return None

    def _pay(self) -> tuple[int | None, int | None, str]:
        low, high = self._read("pay_min", _cents), self._read("pay_max", _cents)
        text = self.cells.get("pay", "")
        if low is None and high is None and text:
            found = [_cents(number) for number in _NUMBER.findall(text)[:2]]
            found = [cents for cents in found if cents >= 500]
            low, high = (found[0], found[-1] if len(found) > 1 else None) if found else (None, None)
        if low is None and high is None:
            return None, None, ""
        period = _period(self.cells.get("pay_period", "") or text, low or high or 0)
        if low is not None and high is not None and low > high:
            low, high = high, low
        return low, high, period

    def _address(self) -> str:
        text = self.cells.get("apply_url", "").strip()
        if not text:
            return ""
        if (
            re.fullmatch(r"https?://[^\s/@<>\"']+\.[^\s/@<>\"']+(?:/[^\s<>\"']*|\?[^\s<>\"']*)?", text)
            and len(text) <= 500
        ):
            return text
        self.notes.append(Fault("apply_url", _ADDRESS))
        return ""


def _period(text: str, cents: int) -> str:
    said = normalise(text)
    known = {PayPeriod.HOUR: ("heure", "hour", "horaire"), PayPeriod.MONTH: ("mois", "month", "mensuel")}
    for period, words in known.items():
        if any(word in said for word in words):
            return period.value
    if any(word in said for word in ("annee", "an", "year", "annuel")):
        return PayPeriod.YEAR.value
    if cents < 10_000:
        return PayPeriod.HOUR.value
    return PayPeriod.MONTH.value if cents < 1_000_000 else PayPeriod.YEAR.value


def _cents(text: str) -> int:
    plain = re.sub(r"[^\d.,]", "", text).replace(",", ".").strip(".")
    units, _dot, tail = plain.rpartition(".")
    if not units or len(tail) == 3:  # « 2100 », « 2.100 »
        units, tail = plain, ""
    try:
        cents = int(Decimal(f"{units.replace('.', '')}.{tail or 0}") * 100)
    except InvalidOperation:
        raise ValueError(text) from None
    if not 0 < cents <= MOST_CENTS:
        raise ValueError(text)
    return cents


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(re.sub(r"[.,]0+$", "", text))
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def _months(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        found = re.search(r"\d{1,3}", text)
        if not found:
            raise ValueError(text)
        number = int(found.group()) * (12 if re.search(r"\ban(?:s|nees?)?\b|year", normalise(text)) else 1)
        return _whole(least, most)(str(number))

    return read


def _hours(text: str) -> Decimal:
    found = re.search(r"(\d{1,2})(?:\s*h\s*(\d{1,2})?|[.,](\d{1,2}))?", text)
    if not found:
        raise ValueError(text)
    minutes = Decimal(found.group(2) or 0) / 60 + Decimal(f"0.{found.group(3) or 0}")
    hours = round(Decimal(found.group(1)) + minutes, 1)
    if not 1 <= hours <= 60:
        raise ValueError(text)
    return hours


def _experience(text: str) -> int:
    if says(text, ("débutant", "débutant accepté", "sans expérience", "aucune")):
        return 0
    return _months(0, 480)(text)


def _level(text: str) -> int:
    after = re.search(r"bac\s*\+\s*(\d)", normalise(text))
    if after:
        return min(8, {2: 5, 3: 6, 4: 6, 5: 7}.get(int(after.group(1)), 8))
    words = {"cap": 3, "bep": 3, "bac": 4, "bts": 5, "dut": 5, "licence": 6, "master": 7, "doctorat": 8}
    for word, level in words.items():
        if says(text, (word,)):
            return level
    return _whole(3, 8)(text)


def _day(text: str) -> dt.date:
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    if french:
        return dt.date(int(french[3]), int(french[2]), int(french[1]))
    return dt.date.fromisoformat(text[:10])


def _benefits(text: str) -> tuple[str, ...]:
    known = {normalise(one) for one in re.split(r"[;,|]", text)}
    return tuple(code for code in Benefit.values if code in known)
