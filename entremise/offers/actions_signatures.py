"""Writes of the signatures by which an offer is found again under another form; bookkeeping, without a journal."""

from collections.abc import Sequence
from operator import attrgetter

from entremise.kernel import clock
from entremise.lib.nearduplicates import VERSION, sign
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import OfferSignature, OfferSignatureKey
from entremise.offers.queries_duplicates import text_of, unsigned

SIGNED_TOGETHER, KEYS_TOGETHER = 500, 5_000


def sign_offers(offers: Sequence[Offer]) -> None:
    """Keep the signatures of offers as they are written now; called inside the transaction that writes them."""
    now = clock.now()
    rows: list[OfferSignature] = []
    keys: list[OfferSignatureKey] = []
    for offer in sorted(offers, key=attrgetter("pk")):  # two passes take the same rows in the same order
        signature = sign(text_of(offer))
        rows.append(
            OfferSignature(
                offer=offer, sketch=signature.sketch, made_by=VERSION, offer_version=offer.version, made_at=now
            )
        )
        keys.extend(OfferSignatureKey(key=key, signature_id=offer.pk) for key in signature.keys)
    OfferSignature.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["offer"], batch_size=SIGNED_TOGETHER,
        update_fields=["sketch", "made_by", "offer_version", "made_at"],
    )  # fmt: skip
    # After the signatures, whose rows are held now: nobody else writes keys of these offers meanwhile.
    OfferSignatureKey.objects.filter(signature__in=[row.pk for row in rows]).delete()
    OfferSignatureKey.objects.bulk_create(keys, batch_size=KEYS_TOGETHER)


def sign_missing() -> int:
    """Sign the offers that have no signature of what they say now: after an update of ours, or by night."""
    count = 0
    while some := list(unsigned(SIGNED_TOGETHER)):
        sign_offers(some)
        count += len(some)
    return count
