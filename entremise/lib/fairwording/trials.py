"""Trial periods against the law. Fixed-term contracts (L. 1242-10): one day a week, no more than two weeks up to six
months, one month beyond. An agency's missions (L. 1251-14): two, three or five days. Others (L. 1221-19): two months,
three for technicians and supervisors, four for managers."""

from collections.abc import Iterator
from typing import Final

from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

_DAYS: Final = {
    "jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "mois": 30, "an": 365, "ans": 365, "annee": 365, "annees": 365,
    "trimestre": 90, "semestre": 180,
}  # fmt: skip
_FIRST: Final = "premiere"
_SHORT: Final = frozenset({"p", "pe"})  # what the reader makes of « P.E. »
_ONE: Final = frozenset({"un", "une"})
_FIXED_TERM: Final = frozenset({"cdd", "determinee", "remplacement", "saisonnier", "saisonniere"})
_OTHER_TERM: Final = frozenset({"cdi", "indeterminee"})
_SIX_MONTHS: Final = 6 * 30 + 4
_LONGEST_SHORT: Final = 14  # days of trial, up to six months
_LONGEST: Final = 31
_REACH: Final = 5  # words between « essai » and its length
_SMALL: Final = word_set("""d de la le une periode pendant avec dont et est sera dure duree renouvelable""")


def too_long_for_a_fixed_term(reading: Reading, *, is_fixed_term: bool) -> list[tuple[int, int]]:
    """Return the tokens of the trial periods a fixed-term contract does not allow."""
    words = frozenset(reading.words)
    if words & _OTHER_TERM or not (is_fixed_term or words & _FIXED_TERM):
        return []
    found = []
    for at, word in enumerate(reading.words):
        trial = _trial(reading, at) if word == "essai" else None
        if trial is not None:
            allowed = _allowed(_contract(reading, trial))
            if trial[2] > allowed:
                found.append((min(at, trial[0]), max(at, trial[1] - 1) + 1))
    return found


_EMPLOYEES: Final = word_set(
    """employe employee ouvrier ouvriere vendeur vendeuse caissier caissiere serveur serveuse manutentionnaire cariste
    preparateur preparatrice aide agent hote hotesse operateur operatrice chauffeur livreur macon plongeur commis
    magasinier secretaire standardiste employes ouvriers"""
)
_SUPERVISORS: Final = word_set("""technicien technicienne maitrise etam techniciens""")
_RENEWAL_INSIDE: Final = word_set("""compris inclus incluse comprise total totale""")
_MONTH: Final = 31
_CALENDAR_DAYS: Final = 7 / 5  # in a working day


def too_long_for_a_permanent_one(reading: Reading, head: Reading, *, is_fixed_term: bool) -> list[tuple[int, int]]:
    """Return the tokens of the first trial periods longer than the law allows for a contract without term."""
    words = frozenset(reading.words)
    if is_fixed_term or (words & _FIXED_TERM and not words & _OTHER_TERM):
        return []
    longest = _months(words | frozenset(head.words)) * _MONTH
    found = []
    for at, word in enumerate(reading.words):
        trial = _trial(reading, at) if word == "essai" else _abbreviated(reading, at) if word in _SHORT else None
        if trial is None:
            continue
        first, last = reading.bounds(trial[1] - 1)
        allowed = 2 * longest if _RENEWAL_INSIDE & set(reading.words[first:last]) else longest
        if trial[2] > allowed:
            found.append((min(at, trial[0]), max(at, trial[1] - 1) + 1))
    return found


_AGENCY: Final = word_set("""interim interimaire interimaires ctt""")
_AGENCY_TRIALS: Final = ((31, 2), (62, 3))  # days of contract, of trial
_AGENCY_LONGEST: Final = 7  # five working days


def too_long_for_a_mission(reading: Reading) -> list[tuple[int, int]]:
    """Return the tokens of the trial periods an agency's mission does not allow (L. 1251-14)."""
    words = frozenset(reading.words)
    if not (words & _AGENCY and words & {"mission", "missions", "ctt"}) or words & (_OTHER_TERM | _FIXED_TERM):
        return []
    found = []
    for at, word in enumerate(reading.words):
        trial = _trial(reading, at) if word == "essai" else None
        if trial is not None:
            others = [days for first, _, days in _lengths(reading, 0, len(reading)) if first != trial[0]]
            long = max(others, default=_SIX_MONTHS)
            if trial[2] > next((allowed for most, allowed in _AGENCY_TRIALS if long <= most), _AGENCY_LONGEST):
                found.append((min(at, trial[0]), max(at, trial[1] - 1) + 1))
    return found


def _months(words: frozenset[str]) -> int:
    if words & _SUPERVISORS:
        return 3
    is_manager = "cadre" in words or "cadres" in words
    return 2 if words & _EMPLOYEES and not is_manager else 4


def _lengths(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int, float]]:
    """Yield the lengths of time written between two tokens: first, past-last, days."""
    for at in range(first, last - 1):
        unit = _DAYS.get(reading.words[at + 1])
        value = 1.0 if reading.words[at] in _ONE else reading.numbers[at]
        if unit and value is not None:
            yield at, at + 2, value * unit
        elif reading.words[at] in _ONE and reading.words[at + 1] == _FIRST:
            unit = _DAYS.get(reading.words[min(at + 2, last - 1)])
            if unit:
                yield at, at + 3, float(unit)


def _trial(reading: Reading, at: int) -> tuple[int, int, float] | None:
    """Return the length of the trial named at a token: before it (« 2 mois d’essai ») or just after."""
    first, last = reading.bounds(at)
    for found in _lengths(reading, max(first, at - 6), at):
        after = reading.words[found[1] : at]
        if after[:1] in {("d",), ("de",)} and set(after) <= _SMALL:
            return found
    return next(_lengths(reading, at + 1, min(last, at + 1 + _REACH)), None)


def _abbreviated(reading: Reading, at: int) -> tuple[int, int, float] | None:
    """Return the length after « P.E. » or « PE », right after it only: « Pôle emploi » has the same letters."""
    first, last = reading.bounds(at)
    if {"inscrit", "inscrits", "inscrite", "chomage"} & set(reading.words[first:last]):
        return None
    return next(_lengths(reading, at + 1, min(len(reading), at + 4)), None)


def _contract(reading: Reading, trial: tuple[int, int, float]) -> float | None:
    """Return the length of the contract: the first one after « CDD », or the longest other one."""
    others = [one for one in _lengths(reading, 0, len(reading)) if one[0] != trial[0]]
    near = [
        days for first, _, days in others if _FIXED_TERM & set(reading.words[max(0, first - _REACH) : first + _REACH])
    ]
    return near[0] if near else None


def _allowed(contract: float | None) -> float:
    """Return the longest trial of a contract, in days; the most the law ever allows when its length is not said."""
    if contract is None or contract > _SIX_MONTHS:
        return _LONGEST
    # One day a week; an offer may count working days, five a week.
    return min(_LONGEST_SHORT, contract / 7 * _CALENDAR_DAYS + 1)
