"""Writes of the signatures by which an offer is found again under another form; bookkeeping, without a journal."""

from collections.abc import Sequence

from entremise.lib.nearduplicates import VERSION, sign
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import OfferSignature
from entremise.offers.queries_duplicates import text_of, unsigned

SIGNED_TOGETHER = 500


def sign_offers(offers: Sequence[Offer]) -> None:
    """Keep the signatures of offers as they are written now; called inside the transaction that writes them."""
    rows = []
    for offer in offers:
        signature = sign(text_of(offer))
        rows.append(
            OfferSignature(
                offer=offer, keys=list(signature.keys), sketch=signature.sketch, made_by=VERSION,
                offer_version=offer.version,
            )
        )  # fmt: skip
    OfferSignature.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["offer"], batch_size=SIGNED_TOGETHER,
        update_fields=["keys", "sketch", "made_by", "offer_version"],
    )  # fmt: skip


def sign_missing() -> int:
    """Sign the offers that have no signature of what they say now: after an update of ours, or by night."""
    count = 0
    while some := list(unsigned(SIGNED_TOGETHER)):
        sign_offers(some)
        count += len(some)
    return count
