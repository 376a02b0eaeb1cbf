"""What the offers do when an establishment closes: nobody recruits there any more; loads the partners' writes."""

from typing import Any
from uuid import UUID

from entremise.kernel import notices
from entremise.offers import actions_aggregated, actions_expiry, actions_feeds, actions_partners, mails_feeds
from entremise.offers.enums import CloseReason
from entremise.offers.models import Offer
from entremise.offers.queries_feeds import SHOWN

LOADED = (actions_expiry, actions_feeds, actions_partners, mails_feeds)  # with the domain


@notices.establishment_closed.receiver
def close_offers(establishment_id: UUID) -> None:
    """Stop showing the offers of an establishment that closed: dead offers send people to a shut door."""
    rows: Any = Offer.objects.unscoped("the establishment closed: nobody recruits there any more")
    there = rows.filter(establishment=establishment_id)
    if there.filter(state__in=SHOWN).exists():  # a file of closures names thousands without any
        actions_aggregated.withdraw(there, CloseReason.ABANDONED)
