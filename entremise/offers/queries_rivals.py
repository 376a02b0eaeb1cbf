"""The same offer that comes twice: which one is kept, by the order of precedence; nothing is written."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from entremise.lib.nearduplicates import Match, Signature
from entremise.offers.enums_duplicates import KeptBecause
from entremise.offers.enums_feeds import FeedFate
from entremise.offers.models import Offer
from entremise.offers.queries_aggregated import Rival, Verdict
from entremise.offers.queries_duplicates import duplicates_of_many, ranked, same_within, text_of
from entremise.offers.queries_signatures import KnownOffers
from entremise.offers.rules_duplicates import kept


def weigh(verdicts: Sequence[Verdict], base: KnownOffers | None = None) -> None:
    """Set aside the new offers that somebody who comes before already published; note those that give way."""
    new = {
        one.number: one for one in verdicts if one.offer is not None and (one.is_new or one.is_back) and one.is_kept
    }
    if not new:
        return
    texts = {number: text_of(one.offer) for number, one in new.items() if one.offer}
    known = [one.offer.pk for one in verdicts if one.offer is not None and not one.is_new]
    signed = {number: one.signature for number, one in new.items() if one.signature}
    found = duplicates_of_many(texts, besides=known, known=base, signed=signed)
    rivals = _read([same.offer_id for same in found.values()])
    for number, same in found.items():
        if same.offer_id in rivals:
            _against(new[number], rivals[same.offer_id], same.match)
    _within(new, {number: text for number, text in texts.items() if new[number].is_kept}, signed)


def _against(one: Verdict, rival: Offer, match: Match) -> None:
    mine: Any = one.offer
    verdict = kept(ranked(mine), ranked(rival))
    if verdict.is_left:
        one.gives_way = (*one.gives_way, Rival(rival, match, verdict.reason))
        return
    facts = {
        "title": rival.title,
        "source": rival.partner.name if rival.partner else rival.agency.name,
        "because": KeptBecause(verdict.reason).label,
    }
    words = _("Cette offre est déjà publiée : « %(title)s », de %(source)s, est gardée parce qu'elle est %(because)s.")
    one.fate, one.reasons = FeedFate.DUPLICATE, (words % facts,)


def _within(new: dict[int, Verdict], texts: dict[int, Any], signed: dict[int, Signature]) -> None:
    """Keep the first of the same offers of one file."""
    for number, (first, _match) in same_within(texts, signed).items():
        if new[first].is_kept:
            words = _(
                "C'est la même offre qu'à la ligne %(number)s, sous une autre référence : la première est gardée."
            )
            new[number].fate, new[number].reasons = FeedFate.DUPLICATE, (words % {"number": first},)


def _read(keys: Sequence[Any]) -> dict[Any, Offer]:
    rows: Any = Offer.objects.unscoped("the same offer, from somebody else")
    found: dict[Any, Offer] = rows.select_related("partner", "agency", "commune", "establishment").in_bulk(list(keys))
    return found
