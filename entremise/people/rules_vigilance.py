"""What is unusual in what an account looks at, and what follows: signs with their weight, then a verdict.

Sources of the figures: the acceptance table of the vault (a machine is 20 looks a minute, or under 2 seconds each),
the budget of the database (three times one's habits), and 1 000 simulated days of work, at most 1 % of which alert
(tests/rules/test_vigilance_rules.py). Only what no work explains cuts by itself; everything else is for a person.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from itertools import pairwise

from entremise.lib.identifiers import gettext_noop

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
WINDOW = dt.timedelta(hours=24)  # what is looked at together
MACHINE_A_MINUTE = 20
MACHINE_INTERVAL = dt.timedelta(seconds=2)  # nobody reads a name, a purpose and a telephone faster
MACHINE_RUN = 20
IN_ORDER_RUN = 20  # 2 chances in 20! that somebody opens twenty files by chance in the order in which they were made
USUAL_FACTOR = 3  # of one's own 99th percentile, as the budget
BUSY_HOUR = 15  # one identity every four minutes, for an hour
BUSY_DAY = 40  # what the budget gives a newcomer
PEERS_FACTOR = 2
FEW = 5  # below, nobody's habits say anything
ELSEWHERE_LOOKS, ELSEWHERE_SHARE, ELSEWHERE_USUAL = 15, 0.9, 0.6
ELSEWHERE_MANY = 30
CLOSED_LOOKS, CLOSED_MANY = 8, 20  # identities opened while the agency is closed, two hours of grace aside
CARDS_BUSY, CARDS_MANY = 150, 400  # profiles without a name, in an hour
KNOCKS, KNOCKS_MANY = 8, 20  # identities refused in an hour
CEILING = 200  # identities a day, whoever and whatever the occasion: the database says the same
STRONG_TO_CUT = 3
ALERT_AT = 3


class Weight(IntEnum):
    """How much one sign says by itself; an alert takes `ALERT_AT` in all."""

    WEAK = 1
    MEDIUM = 2
    STRONG = 3


class Sign(StrEnum):
    """What may be unusual."""

    CANARY = "canary"
    MACHINE = "machine"
    IN_ORDER = "in_order"
    BUSY_HOUR = "busy_hour"
    BUSY_DAY = "busy_day"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"
    CARDS = "cards"
    KNOCKS = "knocks"
    SPENT = "spent"
    NEW_DEVICE = "new_device"


SENTENCES = {  # for a lead, with the figures of the sign
    Sign.CANARY: gettext_noop("A ouvert un dossier témoin, que personne n'a de raison de consulter."),
    Sign.MACHINE: gettext_noop("%(count)s dossiers ouverts à la suite, au rythme d'une machine."),
    Sign.IN_ORDER: gettext_noop("%(count)s dossiers ouverts à la suite, dans l'ordre où ils ont été créés."),
    Sign.BUSY_HOUR: gettext_noop("%(count)s identités en une heure, pour %(usual)s d'habitude au plus."),
    Sign.BUSY_DAY: gettext_noop("%(count)s identités en un jour, pour %(usual)s d'habitude au plus dans l'agence."),
    Sign.ELSEWHERE: gettext_noop("%(count)s identités sur %(total)s hors de son portefeuille et de son agence."),
    Sign.CLOSED: gettext_noop("%(count)s identités consultées quand l'agence est fermée."),
    Sign.CARDS: gettext_noop("%(count)s profils sans nom ouverts en une heure."),
    Sign.KNOCKS: gettext_noop("%(count)s identités demandées et refusées en une heure."),
    Sign.SPENT: gettext_noop("Toutes les identités du jour sont consultées (%(count)s)."),
    Sign.NEW_DEVICE: gettext_noop("Connexion depuis un appareil jamais vu."),
}


class Verdict(StrEnum):
    """What follows."""

    NOTHING = "nothing"
    ALERT = "alert"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Look:
    """One identity, or one card, opened: when, whose (as a number that grows with the age of the file)."""

    at: dt.datetime
    number: int
    is_followed: bool = True  # of the account's portfolio or agency
    is_open: bool = True  # the agency is open, or nearly


@dataclass(frozen=True, slots=True)
class Habits:
    """What this account and its colleagues usually do, over 90 days."""

    days: int = 0  # on which the account was shown anybody
    hour: int = 0  # 99th percentile of an hour
    day: int = 0
    peers_day: int = 0  # 99th percentile of a day of colleagues of the same role and agency
    elsewhere: float = 0.0  # share of people followed by others


@dataclass(frozen=True, slots=True)
class Facts:
    """One account, as it stands."""

    now: dt.datetime
    looks: Sequence[Look] = ()  # at identities, oldest first, since the last decision about the account
    cards: Sequence[Look] = ()  # at profiles without the name
    knocks: int = 0  # identities refused in the last hour
    spent: int = 0  # of the budget of the day
    allowed: int = 0
    raised_to: int = 0  # by a lead, for today
    is_new_device: bool = False
    canaries: int = 0
    habits: Habits = field(default_factory=Habits)


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign that was seen, what it weighs, and its figures for the sentence."""

    sign: Sign
    weight: Weight
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is unusual, what follows, and why an account is cut."""

    signals: tuple[Signal, ...]
    verdict: Verdict
    cut_for: str = ""


def judge(facts: Facts) -> Judgement:
    """Weigh everything known of an account."""
    signals = tuple(signal for look in _LOOKED_FOR if (signal := look(facts)))
    if reason := _cut_for(facts, signals):
        return Judgement(signals, Verdict.CUT, reason)
    is_unusual = sum(signal.weight for signal in signals) >= ALERT_AT
    return Judgement(signals, Verdict.ALERT if is_unusual else Verdict.NOTHING)


def _cut_for(facts: Facts, signals: tuple[Signal, ...]) -> str:
    seen = {signal.sign for signal in signals}
    if Sign.CANARY in seen:
        return "canary"
    if Sign.SPENT in seen and _machine_run(facts.looks):
        return "budget_run"
    strong = sum(signal.weight == Weight.STRONG for signal in signals)
    return "many_signs" if strong >= STRONG_TO_CUT else ""


def _canary(facts: Facts) -> Signal | None:
    return Signal(Sign.CANARY, Weight.STRONG, {"count": facts.canaries}) if facts.canaries else None


def _machine(facts: Facts) -> Signal | None:
    run = max(_machine_run(facts.looks), _machine_run(facts.cards))
    return Signal(Sign.MACHINE, Weight.STRONG, {"count": run}) if run else None


def _machine_run(looks: Sequence[Look]) -> int:
    """Return how many files were opened as only a machine does, none when a person may have."""
    most = max(_longest(looks, lambda a, b: b.at - a.at < MACHINE_INTERVAL), _most_within(looks, MINUTE))
    return most if most >= min(MACHINE_RUN, MACHINE_A_MINUTE) else 0


def _in_order(facts: Facts) -> Signal | None:
    run = max(
        _longest(looks, step)
        for looks in (facts.looks, facts.cards)
        for step in (lambda a, b: a.number < b.number, lambda a, b: a.number > b.number)
    )
    return Signal(Sign.IN_ORDER, Weight.STRONG, {"count": run}) if run >= IN_ORDER_RUN else None


def _longest(looks: Sequence[Look], follows: Callable[[Look, Look], bool]) -> int:
    best = run = min(len(looks), 1)
    for before, after in pairwise(looks):
        run = run + 1 if follows(before, after) else 1
        best = max(best, run)
    return best


def _most_within(looks: Sequence[Look], span: dt.timedelta) -> int:
    best = first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at >= span:
            first += 1
        best = max(best, last - first + 1)
    return best


def _busy_hour(facts: Facts) -> Signal | None:
    count = _most_within(facts.looks, HOUR)
    usual = facts.habits.hour
    bound = max(BUSY_HOUR, USUAL_FACTOR * usual, facts.raised_to)
    if count <= bound:
        return None
    weight = Weight.STRONG if count > 2 * bound else Weight.MEDIUM
    return Signal(Sign.BUSY_HOUR, weight, {"count": count, "usual": usual})


def _busy_day(facts: Facts) -> Signal | None:
    count, usual = len(facts.looks), max(facts.habits.day, facts.habits.peers_day)
    bound = max(BUSY_DAY, USUAL_FACTOR * facts.habits.day, PEERS_FACTOR * facts.habits.peers_day, facts.raised_to)
    return Signal(Sign.BUSY_DAY, Weight.MEDIUM, {"count": count, "usual": usual}) if count > bound else None


def _elsewhere(facts: Facts) -> Signal | None:
    count, total = sum(not look.is_followed for look in facts.looks), len(facts.looks)
    if total < ELSEWHERE_LOOKS or count < ELSEWHERE_SHARE * total or facts.habits.elsewhere >= ELSEWHERE_USUAL:
        return None
    weight = Weight.MEDIUM if count >= ELSEWHERE_MANY and not facts.raised_to else Weight.WEAK
    return Signal(Sign.ELSEWHERE, weight, {"count": count, "total": total})


def _closed(facts: Facts) -> Signal | None:
    count = sum(not look.is_open for look in facts.looks)
    if count < CLOSED_LOOKS:
        return None
    return Signal(Sign.CLOSED, Weight.STRONG if count >= CLOSED_MANY else Weight.MEDIUM, {"count": count})


def _cards(facts: Facts) -> Signal | None:
    count = _most_within(facts.cards, HOUR)
    if count < CARDS_BUSY:
        return None
    return Signal(Sign.CARDS, Weight.STRONG if count >= CARDS_MANY else Weight.MEDIUM, {"count": count})


def _knocks(facts: Facts) -> Signal | None:
    if facts.knocks < KNOCKS:
        return None
    weight = Weight.STRONG if facts.knocks >= KNOCKS_MANY else Weight.MEDIUM
    return Signal(Sign.KNOCKS, weight, {"count": facts.knocks})


def _spent(facts: Facts) -> Signal | None:
    is_spent = 0 < facts.allowed <= facts.spent
    return Signal(Sign.SPENT, Weight.WEAK, {"count": facts.spent}) if is_spent else None


def _new_device(facts: Facts) -> Signal | None:
    is_used = facts.is_new_device and len(facts.looks) >= FEW
    return Signal(Sign.NEW_DEVICE, Weight.WEAK) if is_used else None


_LOOKED_FOR = (
    _canary, _machine, _in_order, _busy_hour, _busy_day, _elsewhere, _closed, _cards, _knocks, _spent, _new_device,
)  # fmt: skip
