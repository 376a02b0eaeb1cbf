"""What each way of depositing an offer allows and refuses: one table (PRODUCT.md O1)."""

from dataclasses import dataclass
from typing import Final

from entremise.offers.enums import Channel


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """The rules of one channel."""

    longest_description: int  # characters
    needs_agreement: bool  # a signed agreement in force on the day
    rejects: bool  # what is not right is rejected with its reasons; else an adviser is alerted
    is_complete: bool  # the whole list of mandatory criteria; else the reduced one
    shows_logo: bool  # the partner's own, in the results
    rank: int  # who wins when the same offer comes twice; partners have their own order below
    shown_days: int = 60  # before it expires, unless said otherwise


RULES: Final[dict[str, ChannelRules]] = {
    #                             length agreement rejects complete logo  rank
    Channel.ADVISER: ChannelRules(5_000, False, False, True, False, 1),
    Channel.RECRUITER: ChannelRules(1_000, False, False, True, False, 1),
    Channel.API: ChannelRules(5_000, True, True, False, True, 2),
    Channel.FILE: ChannelRules(5_000, True, True, False, True, 2),
    Channel.MULTIPOSTER: ChannelRules(5_000, True, True, False, True, 3),
}
MANDATORY: Final = ("title", "occupation", "commune", "contract", "description", "weekly_hours", "pay", "experience")
MANDATORY_REDUCED: Final = ("reference", "title", "occupation", "commune", "contract", "description", "siret")


def longest_description(channel: str) -> int:
    """Return how many characters a description may have."""
    return RULES[channel].longest_description


def mandatory(channel: str) -> tuple[str, ...]:
    """Return the names of what an offer must say."""
    return MANDATORY if RULES[channel].is_complete else MANDATORY_REDUCED
