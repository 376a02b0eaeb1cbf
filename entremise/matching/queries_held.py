"""How one profile holds what a search asks for: a line for each skill, as pages show it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from entremise.kernel import clock
from entremise.matching import rules
from entremise.matching.engine import score
from entremise.matching.models import PoolEntry
from entremise.matching.queries import Search
from entremise.passport.enums import Level


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """How a skill is held; what it weighs is out of `score.FULL_WEIGHT`."""

    number: int
    label: str
    assurance: int = 0
    mastery: str = ""  # in words, empty when it was not told
    proved_on: dt.date | None = None
    weight: int = 0
    is_held: bool = True

    @property
    def full_weight(self) -> int:
        """Return what a skill weighs when it is proved as well as can be."""
        return score.FULL_WEIGHT


def skills_asked(entry: PoolEntry, search: Search, known: Mapping[str, str]) -> list[SkillHeld]:
    """Return a line for each skill that the search asks for, in its order; unknown skills are left out."""
    held = entry.held
    numbers = [(search.skills[pk], known.get(str(pk), "")) for pk in search.criteria.skills if pk in search.skills]
    return [
        told(number, label, held[number]) if number in held else SkillHeld(number, label, is_held=False)
        for number, label in numbers
    ]


def told(number: int, label: str, held: rules.HeldSkill) -> SkillHeld:
    """Say how a skill is held."""
    day = rules.EPOCH + dt.timedelta(days=held.proved_day)
    return SkillHeld(
        number=number,
        label=label,
        assurance=held.assurance,
        mastery=str(Level.labels[held.mastery - 1]) if held.mastery else "",
        proved_on=day if held.assurance and held.proved_day else None,
        weight=held.weight(rules.day_number(clock.today())),
    )
