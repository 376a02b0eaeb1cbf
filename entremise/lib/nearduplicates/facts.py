"""Read in the words of an offer the facts that its fields do not give: contract, hours, pay, shifts, experience."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

NIGHT, DAY, MORNING, EVENING, WEEKEND = "night", "day", "early", "evening", "weekend"
MONTH_HOURS, YEAR_MONTHS = 151.67, 12  # 35 hours a week
_WEEKS = 52 / 12
_HOURLY = (8.0, 90.0)  # what may be paid for an hour: the rest is a bonus, a meal, or a slip
_SPANS = {"hour": _HOURLY, "month": (300.0, 13_000.0), "year": (9_000.0, 160_000.0)}
_FULL_TIME_HOURS = 34.0

# Each kind: texts one of which is there when it is told, then how it is told.
_CONTRACTS = {
    "cdi": (("cdi", "indeterminee"), re.compile(r"\b(?:cdi|duree indeterminee)\b")),
    "cdd": (("cdd", " determinee"), re.compile(r"\b(?:cdd|duree determinee)\b")),
    "temporary": (("interim", "temporaire"), re.compile(r"\b(?:interim(?:aire)?s?|mission temporaire)\b")),
    "apprenticeship": (
        ("altern", "apprenti", "professionnalis"),
        re.compile(r"\b(?:alternan(?:ce|te?)|(?:contrat d'|en )?apprentissage|contrat de professionnalisation)\b"),
    ),
    "seasonal": (("saisonni",), re.compile(r"\bsaisonni(?:er|ere)\b")),
}
_TIMES = {
    "full": (("plein", "complet", "full"), re.compile(r"\b(?:(?:temps|tps) (?:plein|complet)|full time)\b")),
    "part": (
        ("partiel", "mi-", "mi t", "part t"),
        re.compile(r"\b(?:(?:temps|tps) partiel|mi[- ]?temps|part time)\b"),
    ),
}
_SHIFTS = {
    NIGHT: (("n",), re.compile(r"\b(?:n+u+i+t+s?|nuti|niut|nut|nit|veilleurs?|veilleuses?)\b")),
    DAY: ((" jour",), re.compile(r"\b(?:de|en|poste) jour(?:nee)?\b(?! feri)")),
    MORNING: (("matin",), re.compile(r"\bmatin(?:ee)?s?\b")),
    EVENING: (("soir", "apres"), re.compile(r"\b(?:soir(?:ee)?s?\b|apres-? ?midi)")),
    WEEKEND: (("week", "vsd", "fin"), re.compile(r"\b(?:week-? ?end|vsd\b|fins? de semaine)")),
}
# A sentence about when one works: “by night” among the tasks may be said of the residents.
_OF_WORK = re.compile(r"\b(?:travail\b|postes?\b|horaires?\b|equipes?\b|services? d|planning|vacation)")
_SHORT_SENTENCE = 80
_HOURS = re.compile(
    r"\b(\d{1,2})(?:[,.](\d{1,2}))? ?h(?:eures?|rs?)?(?: ?(\d{2}))?(?: de travail)?"
    r" ?(?:/(?! ?f\b)|par |hebdo|semaine|sem\b)"
)
_PAY = re.compile(
    r"\b(\d{1,3}[ .]\d{3}|\d{1,6})(?:[,.](\d{1,2}))? ?(k ?)?(?:eur|euros?)\b(?: (?:brut|net)s?(?:es)?)?"
    r" ?(?:/ ?|par |de l'|l')?(heure|horaire|h\b|mois|mensuel|m\b|an\b|annee|annuel)?"
)
_NO_PAY = re.compile(r"\bprime|\bpanier|\bticket|\btitre|\bindemnite|\bbonus|\bcheque|\bchiffre d'affaires|\bfrais\b")
_BEGINNER = re.compile(
    r"\bdebutante?s? (?:\S{1,12} )?accepte|\bsans experience\b|\bexp(?:erience)? non (?:exigee|requise)"
)
_PERIOD_WORDS = {"year": ("annuel", "par an", "/an"), "month": ("mensuel", "mois"), "hour": ("horaire", "heure", "/h")}
_YEARS = re.compile(
    r"\b(\d{1,2}) ?(?:ans?|annees?) (?:minimum |minimale? |mini )?(?:d'|de |d )?(?:exp\b|experience)"
    r"|\bexp(?:\.|erience)? ?(?::|\.)? ?(?:[a-z]\S{0,11} ){0,4}(\d{1,2}) ?(?:ans?|annees?)\b"
)
_LASTS = re.compile(r"\b(?:cdd|duree|contrat|mission|interim)\b[^|\d]{0,30}(\d{1,2}) ?mois\b")
_PERIODS = {"h": "hour", "m": "month", "a": "year"}


def contracts(text: str) -> frozenset[str]:
    """Return the kinds of contract that a normalised text names."""
    return _named(_CONTRACTS, text)


def working_times(text: str) -> frozenset[str]:
    """Return « full » or « part » as a normalised text says it."""
    return _named(_TIMES, text)


def shifts(text: str) -> frozenset[str]:
    """Return the moments that a normalised title names."""
    return _named(_SHIFTS, text)


def shifts_of_work(sentences: Iterable[str]) -> frozenset[str]:
    """Return the moments of work that normalised sentences name."""
    return frozenset(
        shift
        for sentence in sentences
        for told in ([sentence] if len(sentence) <= _SHORT_SENTENCE else sentence.split(","))
        if _OF_WORK.search(told)
        for shift in _named(_SHIFTS, told)
    )


def weekly_hours(text: str) -> frozenset[float]:
    """Return the hours a week that a normalised text gives."""
    found = set()
    for whole, decimals, minutes in _HOURS.findall(text):
        value = int(whole) + (float(f"0.{decimals}") if decimals else int(minutes or 0) / 60)
        if 2 <= value <= 48:
            found.add(round(value, 2))
    return frozenset(found)


def years(text: str) -> frozenset[int]:
    """Return the years of experience that a normalised text asks for; 0 when beginners are welcome."""
    if "exp" not in text and "debutant" not in text:
        return frozenset()
    found = {int(before or after) for before, after in _YEARS.findall(text)}
    if _BEGINNER.search(text):
        found.add(0)
    return frozenset(found)


def months(text: str) -> frozenset[int]:
    """Return how many months the contract lasts, as a normalised text says it."""
    return frozenset(int(count) for count in _LASTS.findall(text))


def amounts(sentences: Iterable[str]) -> frozenset[tuple[float, str]]:
    """Return what normalised sentences say is paid, each with its period."""
    found = set()
    for sentence in sentences:
        if " eur" not in sentence or _NO_PAY.search(sentence):
            continue
        otherwise = _told_in(sentence)
        for whole, decimals, kilo, period in _PAY.findall(sentence):
            value = float(whole.replace(" ", "").replace(".", "")) + float(f"0.{decimals or 0}")
            value *= 1_000 if kilo else 1
            if told := _period(value, "year" if kilo else _PERIODS.get(period[:1], "") or otherwise):
                found.add((value, told))
    return frozenset(found)


def _told_in(sentence: str) -> str:
    return next((period for period, words in _PERIOD_WORDS.items() if any(word in sentence for word in words)), "")


def _period(value: float, told: str) -> str:
    """Return what an amount is for, by its size when nothing says it; nothing when it is no pay."""
    fitting = [period for period, (least, most) in _SPANS.items() if least <= value <= most]
    if told:
        return told if told in fitting else ""
    return fitting[0] if fitting else ""


def hourly(paid: Iterable[tuple[float, str]], hours: Iterable[float]) -> tuple[float, ...]:
    """Return what an hour may be worth: a month's pay is for full time, or for the hours told."""
    found = set()
    for value, period in paid:
        if period == "hour":
            found.add(value)
            continue
        month = value / YEAR_MONTHS if period == "year" else value
        for week in {MONTH_HOURS / _WEEKS, *hours}:
            found.add(month / (week * _WEEKS))
    return tuple(sorted(value for value in found if _HOURLY[0] <= value <= _HOURLY[1]))


def are_far(left: tuple[float, ...], right: tuple[float, ...], share: float) -> bool:
    """Tell whether no value of one is near a value of the other, nor within its span."""
    if not left or not right:
        return False
    low, high = max(left[0], right[0]), min(left[-1], right[-1])
    if low <= high:
        return False
    ordered = sorted({*left, *right})
    return not any(
        b - a <= share * b for a, b in pairwise(ordered) if (a in left and b in right) or (a in right and b in left)
    )


def full_or_part(hours: Iterable[float]) -> frozenset[str]:
    """Return the working time that hours a week amount to."""
    return frozenset("full" if one >= _FULL_TIME_HOURS else "part" for one in hours)


def _named(kinds: Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]], text: str) -> frozenset[str]:
    return frozenset(
        kind
        for kind, (needles, pattern) in kinds.items()
        if any(needle in text for needle in needles) and pattern.search(text)
    )
