"""Which of two identical offers is kept (PRODUCT.md O1: partners have an order of precedence)."""

import datetime as dt
from dataclasses import dataclass

from entremise.offers.enums_duplicates import KeptBecause

SEEN_TOGETHER = 5  # offers shown beside one as the same


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the order of precedence knows of an offer; the smallest rank comes first."""

    is_direct: bool  # deposited by the employer or by an adviser, by nobody between
    channel_rank: int
    partner_rank: int = 0
    published_at: dt.datetime | None = None  # not yet: after those that are
    number: int = 0  # in the order of arrival; 0 is not kept yet, and comes after


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the left offer is the one to keep, and why."""

    is_left: bool
    reason: KeptBecause


def kept(left: Ranked, right: Ranked) -> Verdict:
    """Return which of two offers is kept: the direct one, then the better rank, then the first published."""
    if left.is_direct != right.is_direct:
        return Verdict(left.is_direct, KeptBecause.DIRECT)
    if not left.is_direct and left.channel_rank != right.channel_rank:
        return Verdict(left.channel_rank < right.channel_rank, KeptBecause.CHANNEL)
    if not left.is_direct and left.partner_rank != right.partner_rank:
        return Verdict(left.partner_rank < right.partner_rank, KeptBecause.PARTNER)
    return Verdict(_arrival(left) <= _arrival(right), KeptBecause.FIRST)


def _arrival(one: Ranked) -> tuple[bool, dt.datetime, bool, int]:
    earliest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return one.published_at is None, one.published_at or earliest, one.number == 0, one.number
