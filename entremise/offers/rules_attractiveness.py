"""How attractive an offer is beside similar ones of the same department (PRODUCT.md O3): sentences from figures.

Similar: the same occupation, the same job title when enough offers have it, the same department, opened within the
last 24 months, entrusted to the platform. Nothing is said under 30 of them, nor before the day after publication.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from entremise.lib.identifiers import gettext_noop
from entremise.lib.measures import quantile
from entremise.lib.text import euros

MIN_SIMILAR_OFFERS: Final = 30  # PRODUCT.md O3
WINDOW_MONTHS: Final = 24
FIRST_DAY: Final = 1  # days after publication
MIN_TOLD: Final = 10  # similar offers that say something, for a comparison to mean anything
MONTHLY_HOURS: Final = 35 * 52 / 12
LOW_SHARE, HIGH_SHARE = 0.34, 0.67
RARE_SHARE = 0.2  # a contract or a working time that fewer similar offers have


class Mark(StrEnum):
    """What a point says of the offer."""

    GOOD = "good"
    NEUTRAL = "neutral"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is compared of one offer."""

    hourly_cents: int | None = None
    experience_months: int | None = None
    contract: str = ""
    duration_months: int | None = None
    working_time: str = ""
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    is_filled: bool = False
    is_open: bool = False
    came_at: tuple[int, ...] = ()  # days after opening at which people came


@dataclass(frozen=True, slots=True)
class Point:
    """One comparison: what is compared, a sentence with its figures, a mark, and what to do."""

    code: str
    mark: Mark
    sentence: str  # to be translated, then filled with `facts`
    facts: dict[str, int | float | str]
    advice: str = ""  # to be translated


@dataclass(frozen=True, slots=True)
class Block:
    """One of the three blocks."""

    code: str  # market, candidates, criteria
    points: tuple[Point, ...]

    @property
    def needs_attention(self) -> bool:
        """Tell whether something in the block should be looked at."""
        return any(point.mark is Mark.ATTENTION for point in self.points)


@dataclass(frozen=True, slots=True)
class Position:
    """The offer among similar ones: a verdict over three blocks."""

    similar_count: int
    verdict: str  # to be translated
    verdict_mark: Mark
    blocks: tuple[Block, Block, Block]
    by_month: tuple[tuple[str, int], ...]  # similar offers opened each month, oldest first


VERDICTS: Final = {
    0: (Mark.GOOD, gettext_noop("Cette offre est bien placée face aux offres semblables du département.")),
    1: (Mark.NEUTRAL, gettext_noop("Cette offre est dans la moyenne ; un point mérite d'être revu.")),
    2: (Mark.ATTENTION, gettext_noop("Cette offre part avec des handicaps : revoyez les points signalés.")),
}


def hourly_cents(cents: int | None, period: str, weekly_hours: float | None) -> int | None:
    """Return a pay for one hour; a month without hours is a full one."""
    if cents is None or not period:
        return None
    month = (weekly_hours or 35) * 52 / 12
    return round({"hour": cents, "month": cents / month, "year": cents / 12 / month}[period])


def may_be_shown(opened_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether an offer has been public for a day."""
    return opened_on is not None and (today - opened_on).days >= FIRST_DAY


def position(mine: Terms, similar: Sequence[Terms], today: dt.date) -> Position | None:
    """Compare an offer with similar ones; None when there are too few of them."""
    if len(similar) < MIN_SIMILAR_OFFERS:
        return None
    blocks = (
        Block("market", tuple(_market(similar, today))),
        Block("candidates", tuple(_candidates(mine, similar, today))),
        Block("criteria", tuple(_criteria(mine, similar))),
    )
    count = sum(1 for block in blocks for point in block.points if point.mark is Mark.ATTENTION)
    mark, verdict = VERDICTS[min(count, 2)]
    return Position(len(similar), verdict, mark, blocks, _by_month(similar, today))


def _market(similar: Sequence[Terms], today: dt.date) -> list[Point]:
    competing = sum(1 for one in similar if one.is_open)
    ended = [one for one in similar if one.closed_on is not None]
    points = [
        Point(
            "competing",
            Mark.ATTENTION if competing >= len(similar) / 2 else Mark.NEUTRAL,
            gettext_noop("%(open)s offres semblables sont ouvertes aujourd'hui, sur %(count)s en deux ans."),
            {"open": competing, "count": len(similar)},
        )
    ]
    if len(ended) < MIN_TOLD:
        return points
    share = round(100 * sum(1 for one in ended if one.is_filled) / len(ended))
    points.append(
        Point(
            "filled",
            Mark.ATTENTION if share < 50 else Mark.NEUTRAL,
            gettext_noop("%(share)s %% des offres semblables terminées ont été pourvues."),
            {"share": share},
        )
    )
    days = [(one.closed_on - one.opened_on).days for one in ended if one.is_filled and one.closed_on and one.opened_on]
    if len(days) >= MIN_TOLD:
        median = round(quantile(days, 0.5))
        sentence = gettext_noop("La moitié de celles qui l'ont été l'ont été en moins de %(days)s jours.")
        points.append(Point("delay", Mark.NEUTRAL, sentence, {"days": median}))
    return points


def _candidates(mine: Terms, similar: Sequence[Terms], today: dt.date) -> list[Point]:
    age = (today - mine.opened_on).days if mine.opened_on else 0
    came = sum(1 for day in mine.came_at if day <= age)
    usual = [
        sum(1 for day in one.came_at if day <= age)
        for one in similar
        if one.opened_on is not None and _lived(one, today) >= age
    ]
    if len(usual) < MIN_TOLD:
        sentence = gettext_noop("Trop peu d'offres semblables ont le même âge pour comparer les candidatures.")
        return [Point("candidates", Mark.UNKNOWN, sentence, {})]
    median = round(quantile(usual, 0.5))
    facts: dict[str, int | float | str] = {"came": came, "usual": median, "days": age}
    if came < median:
        return [
            Point(
                "candidates",
                Mark.ATTENTION,
                gettext_noop("%(came)s candidatures en %(days)s jours ; %(usual)s d'habitude au même moment."),
                facts,
                gettext_noop("Relisez l'intitulé et le salaire avec le recruteur, et promouvez des profils."),
            )
        ]
    sentence = gettext_noop("%(came)s candidatures en %(days)s jours, au moins autant que d'habitude (%(usual)s).")
    return [Point("candidates", Mark.GOOD if came > median else Mark.NEUTRAL, sentence, facts)]


def _criteria(mine: Terms, similar: Sequence[Terms]) -> list[Point]:
    found = [_pay(mine, similar), _experience(mine, similar), _contract(mine, similar), _duration(mine, similar)]
    return [*(one for one in found if one is not None), _working_time(mine, similar)]


def _month(hourly_cents: float) -> str:
    return euros(100 * round(hourly_cents * MONTHLY_HOURS / 100))


def _pay(mine: Terms, similar: Sequence[Terms]) -> Point:
    pays = sorted(one.hourly_cents for one in similar if one.hourly_cents is not None)
    if len(pays) < MIN_TOLD:
        return Point("pay", Mark.UNKNOWN, gettext_noop("Trop peu d'offres semblables disent leur salaire."), {})
    if mine.hourly_cents is None:
        share = round(100 * len(pays) / len(similar))
        sentence = gettext_noop("Le salaire n'est pas dit ; %(share)s %% des offres semblables le disent.")
        advice = gettext_noop("Affichez une fourchette : une offre sans salaire est moins lue.")
        return Point("pay", Mark.ATTENTION, sentence, {"share": share}, advice)
    lower = sum(1 for pay in pays if pay < mine.hourly_cents) / len(pays)
    equal = sum(1 for pay in pays if pay == mine.hourly_cents) / len(pays)
    place = lower + equal / 2
    facts: dict[str, int | float | str] = {
        "mine": _month(mine.hourly_cents), "usual": _month(quantile(pays, 0.5)), "better": round(10 * (1 - place)),
    }  # fmt: skip
    if place < LOW_SHARE:
        sentence = gettext_noop(
            "%(mine)s € par mois à temps plein : %(better)s offres sur 10 paient mieux (médiane %(usual)s €)."
        )
        advice = gettext_noop("Voyez avec le recruteur une augmentation, une prime ou un avantage à mettre en avant.")
        return Point("pay", Mark.ATTENTION, sentence, facts, advice)
    mark = Mark.GOOD if place > HIGH_SHARE else Mark.NEUTRAL
    sentence = gettext_noop("%(mine)s € par mois à temps plein, pour une médiane de %(usual)s €.")
    return Point("pay", mark, sentence, facts)


def _experience(mine: Terms, similar: Sequence[Terms]) -> Point | None:
    asked = [one.experience_months for one in similar if one.experience_months is not None]
    if len(asked) < MIN_TOLD or mine.experience_months is None:
        return None
    usual = round(quantile(asked, 0.5))
    facts: dict[str, int | float | str] = {"mine": mine.experience_months, "usual": usual}
    if mine.experience_months > usual:
        sentence = gettext_noop("%(mine)s mois d'expérience demandés, %(usual)s d'habitude.")
        advice = gettext_noop("Une formation à la prise de poste (AFPR, POEI) peut remplacer l'expérience.")
        return Point("experience", Mark.ATTENTION, sentence, facts, advice)
    mark = Mark.GOOD if mine.experience_months < usual else Mark.NEUTRAL
    sentence = gettext_noop("%(mine)s mois d'expérience demandés, comme d'habitude ou moins (%(usual)s).")
    if not mine.experience_months:
        sentence = gettext_noop("Débutant accepté (%(usual)s mois d'expérience d'habitude).")
    return Point("experience", mark, sentence, facts)


def _contract(mine: Terms, similar: Sequence[Terms]) -> Point:
    share = Counter(one.contract for one in similar)[mine.contract] / len(similar)
    facts: dict[str, int | float | str] = {"share": round(100 * share), "contract": mine.contract}
    sentence = gettext_noop("%(share)s %% des offres semblables ont le même contrat.")
    if mine.contract != "cdi" and share < RARE_SHARE:
        advice = gettext_noop("Un contrat plus long ou un CDI attirerait davantage sur ce métier.")
        return Point("contract", Mark.ATTENTION, sentence, facts, advice)
    return Point("contract", Mark.GOOD if mine.contract == "cdi" else Mark.NEUTRAL, sentence, facts)


def _duration(mine: Terms, similar: Sequence[Terms]) -> Point | None:
    told = [one.duration_months for one in similar if one.contract == mine.contract and one.duration_months]
    if mine.duration_months is None or len(told) < MIN_TOLD:
        return None
    usual = round(quantile(told, 0.5))
    facts: dict[str, int | float | str] = {"mine": mine.duration_months, "usual": usual}
    sentence = gettext_noop("Contrat de %(mine)s mois, %(usual)s d'habitude.")
    if mine.duration_months < usual:
        return Point(
            "duration", Mark.ATTENTION, sentence, facts, gettext_noop("Un contrat plus long attire davantage.")
        )
    return Point("duration", Mark.NEUTRAL, sentence, facts)


def _working_time(mine: Terms, similar: Sequence[Terms]) -> Point:
    share = Counter(one.working_time for one in similar)[mine.working_time] / len(similar)
    sentence = gettext_noop("%(share)s %% des offres semblables proposent le même temps de travail.")
    facts: dict[str, int | float | str] = {"share": round(100 * share)}
    if mine.working_time == "part" and share < RARE_SHARE:
        advice = gettext_noop("Proposez le temps plein au choix : d'autres personnes pourront répondre.")
        return Point("working_time", Mark.ATTENTION, sentence, facts, advice)
    return Point("working_time", Mark.NEUTRAL, sentence, facts)


def _lived(one: Terms, today: dt.date) -> int:
    return ((one.closed_on or today) - one.opened_on).days if one.opened_on else 0


def _by_month(similar: Sequence[Terms], today: dt.date) -> tuple[tuple[str, int], ...]:
    counts = Counter(f"{one.opened_on:%Y-%m}" for one in similar if one.opened_on)
    months = []
    for back in range(WINDOW_MONTHS - 1, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        months.append(f"{year:04d}-{month + 1:02d}")
    return tuple((month, counts[month]) for month in months)
