"""The least a placement of more than two months is paid (L. 124-6 of the Code de l'éducation)."""

from decimal import Decimal
from typing import Final

from entremise.lib.fairwording.amounts import LowPay, OfferFacts
from entremise.lib.fairwording.parameters import LegalParameters
from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

_PLACEMENT: Final = word_set("""stage stages stagiaire stagiaires gratification gratifie gratifiee""")
_OTHER: Final = word_set("""apprenti apprentissage alternance professionnalisation cdi cdd""")
_PART_TIME: Final = word_set("""partiel mi""")
_MONTH: Final = frozenset({"mois", "mensuel", "mensuelle", "mensuels"})
_HOUR: Final = frozenset({"heure", "h", "horaire"})
_WEEK: Final = word_set("""semaine semaines hebdo hebdomadaire hebdomadaires""")
_LONG_MONTHS: Final = 2
_LONG_WEEKS: Final = 9
_REACH: Final = 4  # words between an amount and what it is paid for
_HIGHEST: Final = {"hour": Decimal(20), "month": Decimal(1500)}
_LEAST: Final = {"hour": Decimal("0.5"), "month": Decimal(50)}
_SHARE: Final = Decimal("0.95")  # offers round


def low_gratification(body: Reading, facts: OfferFacts, parameters: LegalParameters) -> LowPay | None:
    """Return the pay of a long placement when it is under the minimum; nothing when its length is not said."""
    words = frozenset(body.words)
    is_placement = bool(words & _PLACEMENT) or "stage" in facts.contract.casefold()
    if not is_placement or words & _OTHER or not _is_long(body):
        return None
    for at, word in enumerate(body.words):
        if word == "#" and body.words[at + 1 : at + 2] in {("euros",), ("euro",), ("eur",), ("e",)}:
            low = _low(body, at, _minimums(body, words, facts, parameters))
            if low is not None:
                return low
    return None


def _is_long(body: Reading) -> bool:
    """Say whether the text names a length of more than two months."""
    return any(
        value is not None
        and (
            (body.words[at + 1] == "mois" and _LONG_MONTHS < value <= 12)
            or (body.words[at + 1] == "semaines" and value >= _LONG_WEEKS)
        )
        for at, value in enumerate(body.numbers[:-1])
    )


def _minimums(
    body: Reading, words: frozenset[str], facts: OfferFacts, parameters: LegalParameters
) -> dict[str, Decimal]:
    """Return the least cents an hour, and a month when the hours of a week are known or full time."""
    hour = Decimal(parameters.gratification_hourly_cents)
    minimums = {"hour": hour}
    if facts.hours is None and (words & (_PART_TIME | _WEEK) or facts.working_time.startswith("part")):
        return minimums
    weekly = facts.hours if facts.hours is not None else Decimal(parameters.legal_weekly_hours)
    return minimums | {"month": hour * weekly * 52 / 12}


def _low(body: Reading, at: int, minimums: dict[str, Decimal]) -> LowPay | None:
    _first, last = body.bounds(at)
    after = set(body.words[at + 2 : min(last, at + 2 + _REACH)])
    before = set(body.words[max(0, at - _REACH) : at])
    period = "month" if after & _MONTH else "hour" if after & _HOUR else "month" if before & _MONTH else ""
    value = body.numbers[at]
    if period not in minimums or value is None:
        return None
    paid = Decimal(str(value))
    if not _LEAST[period] <= paid <= _HIGHEST[period] or paid * 100 >= minimums[period] * _SHARE:
        return None
    return LowPay(at, at + 2, int(minimums[period]), period)
