"""The cards of profiles, the same wherever profiles are listed."""

from collections.abc import Sequence
from typing import Any

from django import template

from entremise.matching.queries_cards import PoolCard
from entremise.web.adviser import pool_cards

register = template.Library()


@register.inclusion_tag("web/adviser/_pool_cards.html")
def profile_cards(
    cards: Sequence[PoolCard],
    *,
    query: str = "",
    is_pool: bool = False,
    may_promote: bool = False,
    promote_query: str = "",
) -> dict[str, Any]:
    """Draw cards as items of a list; those of the pool may be compared, and say why they have their rank."""
    shown = pool_cards.shown(cards, query=query, promote_query=promote_query)
    return {"cards": shown, "is_pool": is_pool, "may_promote": may_promote}
