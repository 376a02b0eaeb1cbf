"""Aides and measures as dated, readable rules: why yes, why not, what to ask (PRODUCT.md E6).

The catalogue is `measures.toml`; this module reads it, refuses what it does not understand, and looks at a situation.
"""

import datetime as dt
import operator
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

ENDLESS = 999  # months of a contract without an end


COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "among": lambda known, values: known in values,
    "least": operator.ge,
    "most": operator.le,
}


class Answer(StrEnum):
    """What a condition, or a measure, says of a situation."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class CatalogueRefused(Exception):
    """The catalogue cannot be used; `reason` says where and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of an establishment, an offer and a person; None: not known."""

    is_open: bool | None = None
    is_market: bool | None = None  # trades, as opposed to the State, local authorities and most associations
    is_insertion: bool | None = None
    is_branch_listed: bool | None = None
    size: int | None = None  # employees, at least
    is_entrusted: bool | None = None  # the offer is ours
    contract: str | None = None
    months: int | None = None  # of the contract; ENDLESS for a CDI
    positions: int | None = None
    needs_level: bool | None = None
    is_hard: bool | None = None  # nobody has come for it, or too few
    is_followed: bool | None = None  # the person is a jobseeker that we accompany
    age_or_exempt: int | None = None  # the age, or zero for who the limits do not concern
    is_young_or_followed: bool | None = None
    has_gap: bool | None = None  # skills asked for are missing
    has_proof: bool | None = None  # skills asked for are confirmed
    is_far_from_work: bool | None = None
    is_disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact, and what to tell."""

    fact: str
    test: str  # is, among, least, most
    value: Any
    told: Mapping[str, str]  # by answer

    def answer(self, situation: Situation) -> Answer:
        """Look at the fact: yes, no, or to be asked."""
        known = getattr(situation, self.fact)
        if known is None:
            return Answer.ASK
        return Answer.YES if COMPARE[self.test](known, self.value) else Answer.NO


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as it stands since a day."""

    code: str
    name: str
    purpose: str
    length: str
    money: str
    form: str
    source: str
    since: dt.date
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one condition says."""

    answer: Answer
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a measure says of a situation: no as soon as one condition fails, to be asked while one is unknown."""

    measure: Measure
    answer: Answer
    reasons: tuple[Reason, ...]


TESTS = frozenset(COMPARE)
FACTS = frozenset(field.name for field in fields(Situation))
TEXTS = ("code", "name", "purpose", "length", "money", "form", "source")


def read_catalogue(text: str) -> list[Measure]:
    """Read a catalogue, or raise CatalogueRefused with what is wrong and where."""
    try:
        rows = tomllib.loads(text).get("measure", [])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueRefused(f"le catalogue n'est pas un fichier TOML lisible : {error}") from error
    found = [_measure(row, place) for place, row in enumerate(rows, start=1)]
    if len({(one.code, one.since) for one in found}) < len(found):
        raise CatalogueRefused("deux mesures ont le même code et la même date")
    return found


def in_force(measures: Sequence[Measure], today: dt.date) -> list[Measure]:
    """Return for each code the rule in force on a day, in the order of the file."""
    latest: dict[str, Measure] = {}
    for one in measures:
        if one.since <= today and (one.code not in latest or latest[one.code].since < one.since):
            latest[one.code] = one
    return list(latest.values())


def verdict(measure: Measure, situation: Situation) -> Verdict:
    """Say whether a measure fits a situation, and why; what fails is told first, then what is to be asked."""
    answers = [(condition.answer(situation), condition) for condition in measure.conditions]
    order = [Answer.NO, Answer.ASK, Answer.YES]
    told = sorted(answers, key=lambda pair: order.index(pair[0]))
    reasons = tuple(dict.fromkeys(Reason(answer, condition.told[answer]) for answer, condition in told))
    return Verdict(measure, min((answer for answer, _c in answers), key=order.index, default=Answer.YES), reasons)


def verdicts(measures: Sequence[Measure], situation: Situation) -> list[Verdict]:
    """Return every verdict: what fits first, then what must be asked, then what does not fit."""
    order = [Answer.YES, Answer.ASK, Answer.NO]
    return sorted((verdict(one, situation) for one in measures), key=lambda one: order.index(one.answer))


def _measure(row: Mapping[str, Any], place: int) -> Measure:
    if missing := [name for name in (*TEXTS, "since", "conditions") if not row.get(name)]:
        raise CatalogueRefused(f"mesure n° {place} : il manque {', '.join(missing)}")
    if not isinstance(row["since"], dt.date):
        raise CatalogueRefused(f"mesure « {row['code']} » : la date d'entrée en vigueur n'est pas une date")
    conditions = tuple(_condition(one, row["code"]) for one in row["conditions"])
    return Measure(**{name: row[name] for name in TEXTS}, since=row["since"], conditions=conditions)


def _condition(row: Mapping[str, Any], code: str) -> Condition:
    tests = TESTS & set(row)
    if row.get("fact") not in FACTS:
        raise CatalogueRefused(f"mesure « {code} » : le fait « {row.get('fact')} » n'existe pas")
    if len(tests) != 1:
        raise CatalogueRefused(f"mesure « {code} » : une condition a exactement un test ({', '.join(sorted(TESTS))})")
    if missing := [answer for answer in Answer if not row.get(answer)]:
        raise CatalogueRefused(f"mesure « {code} » : une condition ne dit pas « {missing[0]} »")
    (test,) = tests
    return Condition(row["fact"], test, row[test], {answer: row[answer] for answer in Answer})
