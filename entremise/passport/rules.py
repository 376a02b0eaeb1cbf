"""Rules of the passport: what a skill is worth, who may see it, how complete and fresh a profile is."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from entremise.passport.enums import Assurance, DoubtKind, Item, MeterReason, NextAction
from entremise.people.rules import months_after

ENOUGH_SKILLS = 5  # fewer than five skills do not let search tell two people apart
ENOUGH_PROOFS = 4  # the skills of one usual request (issue 2, step 3): one answer can fill the meter
FRESH_MONTHS = 3  # PRODUCT.md P8: not confirmed for 3 months is stale
FORGOTTEN_MONTHS = 6  # PRODUCT.md P8: nothing new for 6 months counts for nothing
MAX_HELD_SKILLS = 100  # a longer list says nothing; far above what a career shows
PROPOSED_KNOW_HOW = 12
PROPOSED_SOFT_SKILLS = 5


def assurance_of(levels: Collection[int]) -> int:
    """Return the assurance of a skill: the best of its living evidence, 0 when it is only declared."""
    return max(levels, default=Assurance.DECLARED)


def may_show(*, has_evidence: bool, doubts: Collection[str]) -> bool:
    """Tell whether the person may show a skill: proved, or never refused by someone who was asked."""
    return has_evidence or DoubtKind.UNCONFIRMED not in doubts


def is_shown_at_first(doubts: Collection[str]) -> bool:
    """Tell whether a skill that is only said is shown when nobody decided otherwise: never once asked in vain."""
    return not doubts


def is_shown_after_evidence(*, was_shown: bool, doubts: Collection[str]) -> bool:
    """Tell whether a newly proved skill is shown: yes, unless it was its owner who kept it for herself."""
    return was_shown or bool(doubts)


def is_shown_after_setback(*, was_shown: bool, has_evidence: bool, doubts: Collection[str]) -> bool:
    """Tell whether a skill stays shown when a proof is taken back or a question brought no confirmation."""
    return was_shown and (has_evidence or not doubts)


def is_future(day: dt.date, today: dt.date) -> bool:
    """Tell whether a day has not come yet."""
    return day > today


@dataclass(frozen=True, slots=True)
class Facts:
    """What the meter measures."""

    items: frozenset[Item] = frozenset()
    skill_count: int = 0
    proved_count: int = 0
    confirmed_on: dt.date | None = None
    waiting_count: int = 0
    is_consenting: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three parts of the meter."""

    percent: int
    reason: MeterReason


@dataclass(frozen=True, slots=True)
class Meter:
    """Why advisers might miss this person, and what to do about it first."""

    declared: Part
    filled: Part
    fresh: Part
    next_action: NextAction
    missing: tuple[Item, ...]
    facts: Facts


def meter(facts: Facts, today: dt.date) -> Meter:
    """Measure a profile: proved, filled, fresh, and the next best action."""
    missing = tuple(item for item in Item if item not in facts.items)
    fresh = freshness(facts.confirmed_on, today)
    return Meter(
        declared=_declared(facts.skill_count, facts.proved_count),
        filled=_filled(missing),
        fresh=fresh,
        next_action=_next(facts, missing, fresh),
        missing=missing,
        facts=facts,
    )


def freshness(confirmed_on: dt.date | None, today: dt.date) -> Part:
    """Measure how recent a profile is: full for three months, then less each day until six."""
    if confirmed_on is None:
        return Part(0, MeterReason.NEVER_CONFIRMED)
    stale_on, forgotten_on = (months_after(confirmed_on, months) for months in (FRESH_MONTHS, FORGOTTEN_MONTHS))
    if today < stale_on:
        return Part(100, MeterReason.FRESH)
    left = max((forgotten_on - today).days, 0)
    return Part(min(99, 100 * left // (forgotten_on - stale_on).days), MeterReason.STALE)


def _declared(skill_count: int, proved_count: int) -> Part:
    if proved_count >= ENOUGH_PROOFS:
        return Part(100, MeterReason.WELL_PROVED)
    if proved_count:
        return Part(100 * proved_count // ENOUGH_PROOFS, MeterReason.SOME_PROVED)
    return Part(0, MeterReason.ONLY_DECLARED if skill_count else MeterReason.NO_SKILL)


def _filled(missing: Collection[Item]) -> Part:
    percent = 100 * (len(Item) - len(missing)) // len(Item)
    return Part(percent, MeterReason.NOT_FILLED if missing else MeterReason.FILLED)


def _next(facts: Facts, missing: Collection[Item], fresh: Part) -> NextAction:
    """Choose one action: first what makes the person findable, then proof, then the rest."""
    steps = (
        (Item.WISH in missing, NextAction.WISH),
        (Item.COMMUNE in missing, NextAction.COMMUNE),
        (Item.EXPERIENCE in missing, NextAction.EXPERIENCE),
        (Item.SKILLS in missing, NextAction.SKILLS),
        (Item.NAME in missing, NextAction.NAME),
        (facts.proved_count < ENOUGH_PROOFS and not facts.waiting_count, NextAction.PROOF),
        (fresh.percent < 100, NextAction.FRESHEN),
        (bool(missing), NextAction.DETAILS),
        (not facts.is_consenting, NextAction.CONSENT),
    )
    return next((action for is_due, action in steps if is_due), NextAction.NOTHING)
