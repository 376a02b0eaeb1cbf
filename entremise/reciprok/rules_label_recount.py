"""How a label is recounted from the journal: which lines say when an application was sent, answered and counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from entremise.reciprok.enums import Count
from entremise.reciprok.rules_label import Counted

SENT = "reciprok.applied"
REFUSAL = "reciprok.refuse"
ANSWERS = frozenset({"reciprok.favour", REFUSAL, "reciprok.hire"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal about an application; `count` is empty unless that act decided what it counts for."""

    application: str
    person: str
    verb: str
    at: dt.datetime
    count: str


def counted_from(lines: Iterable[Line]) -> list[Counted]:
    """Return what was counted, from lines given in the order of time: the last decision is the one that holds."""
    by_application: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_application[line.application].append(line)
    return [counted for told in by_application.values() if (counted := _counted(told)) is not None]


def _counted(told: list[Line]) -> Counted | None:
    sent = next((line for line in told if line.verb == SENT), None)
    decided = [line for line in told if line.count]
    if sent is None or not decided:
        return None
    return Counted(sent.person, decided[-1].count, sent.at, _answered_at(told), decided[-1].at)


def _answered_at(told: list[Line]) -> dt.datetime | None:
    """Return the first answer; a favourable opinion that nothing followed before a refusal was none."""
    deciding = next((line for line in told if line.count == Count.ANSWERED), None)
    if deciding is not None and deciding.verb == REFUSAL:
        return deciding.at
    return next((line.at for line in told if line.verb in ANSWERS), None)
