"""What would bring points to a profile in a search: one fact changed at a time, worked out by the score itself."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from entremise.matching import rules
from entremise.matching.enums import GainKind
from entremise.matching.rules import Facts, HeldSkill

BY_THE_COMPANY = 2  # assurance of a confirmation asked today to a company, at an address that is its own
WIDER_KM = 10


@dataclass(frozen=True, slots=True)
class Gain:
    """One fact that would bring points, everything else left as it is."""

    kind: GainKind
    points: int
    skill: int = 0  # number of the skill concerned, 0 when it is about none


def gains(facts: Facts, asked: Mapping[int, int], held: Mapping[int, HeldSkill], today: dt.date) -> list[Gain]:
    """Return what would bring points, the most first; each is counted alone."""
    now = rules.score(facts, today)
    tried = [
        Gain(kind, rules.score(better, today) - now, skill)
        for kind, skill, better in (*_skills(facts, asked, held, rules.day_number(today)), *_others(facts, today))
    ]
    return sorted((gain for gain in tried if gain.points > 0), key=lambda gain: -gain.points)


def confirmed(held: HeldSkill | None, today: int) -> HeldSkill:
    """Return the same skill once a company has confirmed it today, mastery left as it was."""
    if held is None:
        return HeldSkill(BY_THE_COMPANY, 0, today)
    return replace(held, assurance=max(held.assurance, BY_THE_COMPANY), proved_day=today)


def _skills(
    facts: Facts, asked: Mapping[int, int], held: Mapping[int, HeldSkill], today: int
) -> Iterator[tuple[GainKind, int, Facts]]:
    """Confirm each skill asked for, or one more of any kind when the search asks for none."""
    if not asked:
        yield GainKind.PROVE_ANY, 0, replace(facts, all_validated_count=facts.all_validated_count + 1)
    for number, need in asked.items():
        mine = held.get(number)
        more = confirmed(mine, today).weight(today) - (mine.weight(today) if mine else 0)
        yield _kind(mine), number, replace(facts, covered=facts.covered + need * more)


def _kind(mine: HeldSkill | None) -> GainKind:
    if mine is None:
        return GainKind.LEARN
    if mine.assurance == 0:
        return GainKind.PROVE
    return GainKind.PROVE_BETTER if mine.assurance < BY_THE_COMPANY else GainKind.PROVE_AGAIN


def _others(facts: Facts, today: dt.date) -> Iterator[tuple[GainKind, int, Facts]]:
    if facts.occupation_points is not None:
        wished = rules.occupation_points(wished=True, exercised=False, near=False)
        yield GainKind.WISH, 0, replace(facts, occupation_points=wished)
    if facts.distance_m is not None:
        yield GainKind.GO_FARTHER, 0, replace(facts, mobility_km=facts.mobility_km + WIDER_KM)
    kind = GainKind.SAY_WHEN if facts.available_on is None else GainKind.BE_READY
    yield kind, 0, replace(facts, available_on=min(facts.available_on or today, today))
