"""The cards of profiles as their template shows them: twenty on a page, so every word is ready before it.

The template then reads plain strings only. What would cost at each card (an address worked out, a sentence translated,
a number written) is done here once for each different value; nothing here is HTML.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel.wording import number, once_per_language
from entremise.matching.queries_cards import PoolCard

NOBODY = UUID(int=0)  # stands for a profile in an address that is worked out once


class ShownCard(TypedDict):
    """One card; a dictionary, because templates read it faster than anything else."""

    pk: str
    href: str
    reference: str
    job: str
    place: str
    promoted: str  # when, in words; empty when never
    skills: str
    reasons: list[str]
    points: str
    parts: list[tuple[str, str]]  # each sentence, with its points out of the most there can be
    promote_href: str
    rank_href: str
    compare: str  # what the box to compare says to those who do not see the card around it


def shown(cards: Iterable[PoolCard], *, query: str = "", promote_query: str = "") -> list[ShownCard]:
    """Return the cards as they are shown; a rank is explained within a search, a promotion may come from elsewhere."""
    profile, promote, rank = address("profile"), address("promote"), address("pool_rank")
    rank_query = f"?{query}" if query else ""
    compare = _("Comparer %(reference)s")
    found: list[ShownCard] = []
    for card in cards:
        pk = str(card.person_id)
        found.append({
            "pk": pk,
            "href": profile % pk,
            "reference": card.reference,
            "job": card.job,
            "place": f"{card.place}, {number(card.mobility_km)} km" if card.place else "",
            "promoted": _promoted(timezone.localtime(card.last_promoted_at).date()) if card.last_promoted_at else "",
            "skills": " · ".join([*card.skills, *_more(card.hidden_skill_count)]) if card.skills else "",
            "reasons": card.reasons,
            "points": _points(card.score),
            "parts": [(part.sentence, f"{part.points}/{part.maximum}") for part in card.parts],
            "promote_href": f"{promote % pk}{promote_query}",
            "rank_href": f"{rank % pk}{rank_query}",
            "compare": compare % {"reference": card.reference},
        })  # fmt: skip
    return found


def address(name: str) -> str:
    """Return the address of a page about a profile, to be completed (`%`) with each profile's key."""
    return reverse(name, kwargs={"pk": NOBODY}).replace("%", "%%").replace(str(NOBODY), "%s")


@once_per_language
def _points(count: int) -> str:
    return ngettext("%(points)s point", "%(points)s points", count) % {"points": number(count)}


@once_per_language
def _promoted(day: dt.date) -> str:
    return _("promu le %(day)s") % {"day": formats.date_format(day, "j F Y")}


@once_per_language
def _more(count: int) -> list[str]:
    """Say how many proved skills are not named, if any."""
    return [ngettext("et %(n)s autre", "et %(n)s autres", count) % {"n": number(count)}] if count else []
