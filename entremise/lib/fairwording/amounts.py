"""Figures of an offer against the legal parameters: pay under the minimum wage, premium-rate numbers."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from entremise.lib.fairwording.parameters import LegalParameters
from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

_WEEKS_A_YEAR: Final = Decimal(52)
_NET_SHARE: Final = Decimal("0.77")  # a net pay is at least this share of a gross one at the minimum wage
_ROUNDING_CENTS: Final = 100  # offers round « 1 823,03 € » to « 1 823 € »
_HOUR: Final = frozenset({"heure", "heures", "h", "horaire", "horaires"})
_MONTH: Final = frozenset({"mois", "mensuel", "mensuels", "mensuelle", "mensuelles", "mensuellement"})
_YEAR: Final = frozenset({"an", "ans", "annuel", "annuels", "annuelle", "annuelles", "annee", "annuellement"})
_DAY: Final = word_set("""jour jours journee journees journalier journaliere journaliers""")
_WEEK: Final = word_set("""semaine semaines sem hebdomadaire hebdomadaires hebdo""")
_OTHER_TIME: Final = word_set("""nuit nuits week weekend soiree soirees service services matinee""")
_SHORT_DAY: Final = Decimal(5)  # hours a day is taken for when nothing says how long it is: under it, no doubt
_PART_TIME: Final = word_set("""partiel mi etudiant weekend samedi samedis stage stagiaire gratification""")
_YOUNG: Final = ("apprenti", "alternan", "professionnalisation", "stage", "stagiaire", "civique", "gratification")
_NOT_PAY: Final = (
    "prime", "bonus", "indemnit", "ticket", "titre", "panier", "mutuelle", "cheque", "transport", "frais", "caution",
    "chiffre", "budget", "remise", "kit", "commission", "variable", "repas", "deplacement", "kilomet", "cooptation",
    "montant", "vente", "panier", "loyer", "logement", "capital", "amende", "dossier", "inscription", "hebergement",
    "supplement", "majoration", "majore", "pourboire", "aide", "abonnement", "minute", "appel", "don",
    "participation", "interessement", "carburant", "telephone", "investissement", "apport", "credit", "subvention",
)  # fmt: skip
_PREMIUM: Final = re.compile(
    r"(?<!\d)(?:\+33\s?|0033\s?|0\s?)8[\s.\-]?(?:(?:9[\s.\-]?\d)|(?:1[\s.\-]?\d)|(?:2[\s.\-]?[01256]))(?:[\s.\-]?\d){6}(?!\d)"
    r"|(?<!\d)3[2-9]\d{2}(?!\d)(?=[^.!?\n]{0,40}(?:euro|€|cts|centime))"
    r"|(?<![a-z])sms[^.!?\n\d]{0,40}(?<!\d)[3-8](?:\s?\d){4}(?!\s?\d)"
    r"|(?<!\d)(?<!\d\s)[3-8](?:\s?\d){4}(?!\s?\d)[^.!?\n]{0,40}sms"
    r"|numeros?\s+surtaxes?|appels?\s+surtaxes?|(?:sms|ligne|service|audiotel)\s+surtaxe[es]{0,2}"
)
_PREMIUM_FREE: Final = re.compile(r"(?:non|pas|ni|sans|aucun)\s+(?:\w+\s+)?(?:surtaxe|appel|numero)")


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the form says beside the text; all of it may be unknown."""

    contract: str = ""  # CDI, CDD, CTT, APPRENTICESHIP, … as the caller writes it
    hours: Decimal | None = None  # a week
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: str = ""  # hour, month, year
    working_time: str = ""  # full, part
    starts_on: date | None = None
    place: str = ""
    is_disability_reserved: bool = False

    @property
    def is_paid_by_age(self) -> bool:
        """Say whether the law allows less than the minimum wage: apprentices, professionalisation, placements."""
        contract = self.contract.casefold()
        return any(word in contract for word in ("apprent", "profession", "altern", "stage", "intern", "civi", "pro"))


@dataclass(frozen=True, slots=True)
class LowPay:
    """A pay under the minimum: the tokens that say it (none for a field of the form) and the minimum, in cents."""

    start: int
    end: int
    minimum_cents: int
    period: str


def low_pay_in_facts(facts: OfferFacts, parameters: LegalParameters) -> LowPay | None:
    """Return the pay of the form when it is under the minimum wage."""
    amount = facts.pay_min_cents if facts.pay_min_cents is not None else facts.pay_max_cents
    if amount is None or facts.is_paid_by_age or facts.pay_period not in {"hour", "month", "year"}:
        return None
    hours = _weekly_hours(facts, parameters)
    if hours is None and facts.pay_period != "hour":
        return None
    minimum = _minimum(facts.pay_period, hours, parameters)
    return LowPay(0, 0, minimum, facts.pay_period) if amount < minimum - _tolerance(facts.pay_period) else None


def _weekly_hours(facts: OfferFacts, parameters: LegalParameters) -> Decimal | None:
    """Return the hours a week a monthly pay is for; unknown for a part-time post that does not say."""
    if facts.hours is not None:
        return min(facts.hours, Decimal(parameters.longest_week_hours))
    return None if facts.working_time.startswith("part") else Decimal(parameters.legal_weekly_hours)


def _minimum(period: str, hours: Decimal | None, parameters: LegalParameters) -> int:
    if period == "hour" or hours is None:
        return parameters.minimum_hourly_cents
    if period in {"day", "week"}:
        return int(parameters.minimum_hourly_cents * hours)
    month = parameters.monthly_cents(hours)
    return month if period == "month" else month * 12


def _tolerance(period: str) -> int:
    return {"month": _ROUNDING_CENTS, "year": 12 * _ROUNDING_CENTS}.get(period, 0)


def low_pays(reading: Reading, facts: OfferFacts, parameters: LegalParameters) -> list[LowPay]:
    """Return the amounts of the text that are a pay under the minimum wage."""
    if facts.is_paid_by_age or any(word.startswith(_YOUNG) for word in reading.words):
        return []
    return [
        low
        for at, word in enumerate(reading.words)
        if word == "#" and (low := _low_pay(reading, at, facts, parameters)) is not None
    ]


def _low_pay(reading: Reading, at: int, facts: OfferFacts, parameters: LegalParameters) -> LowPay | None:
    words, value = reading.words, reading.numbers[at]
    first, last = reading.bounds(at)
    if value is None or not _is_money(words, at, last):
        return None
    window = words[max(first, at - 5) : min(last, at + 7)]
    before = words[max(first, at - 5) : at]
    if any(word.startswith(_NOT_PAY) for word in before):
        return None
    period = _period(words, at, first, last, value)
    if period is None:
        return None
    if period == "day":
        hours: Decimal | None = _hours_a_day(reading, first, last)
    else:
        hours = _hours_near(reading, first, last, facts, parameters)
    if period in {"month", "year", "week"} and hours is None:
        return None
    minimum = Decimal(_minimum(period, hours, parameters))
    if "net" in window or "nets" in window:
        minimum *= _NET_SHARE
    cents = Decimal(str(value)) * 100 * (1000 if _is_thousands(words, at) else 1)
    if cents >= minimum - _tolerance(period) or cents < minimum / 5:
        return None
    return LowPay(at, min(last, at + 2), int(minimum), period)


def _hours_a_day(reading: Reading, first: int, last: int) -> Decimal:
    """Return how long the sentence says a day is."""
    for at in range(first, last - 1):
        value = reading.numbers[at]
        if value is not None and 2 <= value <= 12 and reading.words[at + 1] in {"h", "heures", "heure"}:
            return Decimal(str(value))
    return _SHORT_DAY


def _is_money(words: tuple[str, ...], at: int, last: int) -> bool:
    after = words[at + 1 : min(last, at + 5)]
    if after[:1] in {
        ("euros",),
        ("euro",),
        ("eur",),
        ("e",),
        ("k",),
        ("ke",),
        ("bruts",),
        ("brut",),
        ("net",),
        ("nets",),
    }:
        return True
    # « 1 100 à 1 200 € »
    return (
        len(after) >= 3
        and after[0] in {"a", "et", "/"}
        and after[1] == "#"
        and after[2] in {"euros", "euro", "eur", "k"}
    )


def _is_thousands(words: tuple[str, ...], at: int) -> bool:
    return "k" in words[at + 1 : at + 2] or "ke" in words[at + 1 : at + 2]


def _period(words: tuple[str, ...], at: int, first: int, last: int, value: float) -> str | None:
    """Return what the amount is paid for, by the nearest word, else by its size."""
    after = words[at + 1 : min(last, at + 7)]
    before = words[max(first, at - 4) : at]
    for near in (after, before[::-1]):
        for place, word in enumerate(near):
            if word == "#" and near is after and place > 2:
                break
            found = _named_period(word, value, is_thousands=_is_thousands(words, at))
            if found == "" and word in _HOUR | _WEEK and (near is not after or "#" in near[:place]):
                break  # « 39 h par semaine pour 1 600 € »
            if found is not None:
                return found or None
    if {"salaire", "remuneration", "paye", "remunere", "brut", "bruts", "net", "paie"} & set(before + after):
        return "hour" if value < 30 and not _is_thousands(words, at) else "month" if 400 <= value < 3000 else None
    return None


def _named_period(word: str, value: float, *, is_thousands: bool) -> str | None:
    """Return the period a word names, "" when it cannot be that of the amount, None when it names none."""
    if word in _OTHER_TIME:
        return ""
    if word in _DAY:
        return "day" if 20 <= value <= 400 else ""
    if word in _WEEK:
        return "week" if 100 <= value <= 1500 else ""
    if word in _HOUR:
        return "hour" if value < 100 else ""
    if word in _MONTH:
        return "month" if value >= 100 else ""
    if word in _YEAR:
        return "year" if value >= 1000 or is_thousands else ""
    return None


def _hours_near(
    reading: Reading, first: int, last: int, facts: OfferFacts, parameters: LegalParameters
) -> Decimal | None:
    """Return the weekly hours the sentence or the form gives; None when part time without figures."""
    for at in range(first, last - 1):
        value = reading.numbers[at]
        if value is not None and 3 <= value <= 60 and reading.words[at + 1] in {"h", "heures", "heure"}:
            return Decimal(str(min(value, parameters.longest_week_hours)))
    if _PART_TIME & set(reading.words):
        return None
    return _weekly_hours(facts, parameters)


def premium_numbers(reading: Reading) -> list[tuple[int, int]]:
    """Return where the folded text holds a premium-rate number (08 9x, 08 1x, 08 2x, dear SMS)."""
    if _PREMIUM_FREE.search(reading.folded):
        return []
    return [match.span() for match in _PREMIUM.finditer(reading.folded)]
