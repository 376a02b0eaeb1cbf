"""Writes of the end of a publication: offers whose time is over are taken down, who sent them is told once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from entremise.kernel import mail, notices
from entremise.kernel.actors import Actor, job_actor
from entremise.offers.enums import OfferState
from entremise.offers.mails_feeds import OffersEnded
from entremise.offers.models import Offer
from entremise.offers.workflow import FLOW

EXPIRY = job_actor("offers.expire")
CHUNK, MOST_TITLES = 500, 20


@FLOW.batch("expire")
def expire_many(offers: Sequence[Offer], *, actor: Actor) -> tuple[str, ...]:
    """Stop showing offers whose time is over."""
    for offer in offers:
        offer.stopped_by = ""
    notices.offers_over.fire([offer.pk for offer in offers])
    return ("stopped_by",)


def expire_due(today: dt.date) -> int:
    """Take down the offers whose last day is past; return how many."""
    ended: dict[tuple[str, bool], list[str]] = defaultdict(list)
    count = 0
    for state in (OfferState.OPEN, OfferState.SUSPENDED):
        while some := _expire_some(state, today):
            count += len(some)
            for offer in some:
                for address in _addresses(offer):
                    ended[address].append(f"{offer.title} — {offer.commune.name}")
    for (to, is_partner), titles in ended.items():
        more = max(0, len(titles) - MOST_TITLES)
        told = OffersEnded(titles=tuple(titles[:MOST_TITLES]), more_count=more, is_partner=is_partner)
        mail.send(told, to=to)
    return count


def _expire_some(state: OfferState, today: dt.date) -> list[Offer]:
    rows: Any = Offer.objects.unscoped("a job: the offers of everybody whose time is over")
    with transaction.atomic():
        due = rows.filter(state=state, expires_on__lt=today).select_for_update(of=("self",), no_key=True)
        read = due.select_related("establishment", "agency", "commune", "partner", "space").order_by("pk")
        some = list(read.prefetch_related("space__members")[:CHUNK])
        expire_many(some, actor=EXPIRY)
    return some


def _addresses(offer: Offer) -> list[tuple[str, bool]]:
    """Return whom to tell, and whether it is a partner."""
    if offer.partner is not None:
        return [(offer.partner.email, True)] if offer.partner.email else []
    members: Any = offer.space.members.all() if offer.space is not None else []
    return [(one.email, False) for one in members if one.left_at is None and one.email]
