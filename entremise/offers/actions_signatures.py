"""Writes of the signatures by which an offer is found again under another form; bookkeeping, without a journal."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from entremise.kernel import clock
from entremise.lib.nearduplicates import VERSION, Signature, sign
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import OfferSignature, OfferSignatureKey
from entremise.offers.queries_duplicates import text_of, unsigned

SIGNED_TOGETHER, STREAMED = 500, 500
COPY_KEYS = "copy offers_offersignaturekey (key, signature_id) from stdin (format binary)"
NOTHING: Mapping[UUID, Signature] = MappingProxyType({})


def sign_offers(offers: Sequence[Offer], signed: Mapping[UUID, Signature] = NOTHING) -> None:
    """Keep the signatures of offers as they are written now; called inside the transaction that writes them.

    `signed` are those that are there already.
    """
    now = clock.now()
    rows: list[OfferSignature] = []
    keys: list[tuple[int, UUID]] = []
    for offer in sorted(offers, key=attrgetter("pk")):  # two passes take the same rows in the same order
        signature = signed.get(offer.pk) or sign(text_of(offer))
        rows.append(
            OfferSignature(
                offer=offer, sketch=signature.sketch, made_by=VERSION, offer_version=offer.version, made_at=now
            )
        )
        keys.extend((key, offer.pk) for key in signature.keys)
    OfferSignature.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["offer"], batch_size=SIGNED_TOGETHER,
        update_fields=["sketch", "made_by", "offer_version", "made_at"],
    )  # fmt: skip
    # After the signatures, whose rows are held now: nobody else writes keys of these offers meanwhile.
    OfferSignatureKey.objects.filter(signature__in=[row.pk for row in rows]).delete()
    _write_keys(keys)


def _write_keys(keys: Sequence[tuple[int, UUID]]) -> None:
    """Write the rows of keys, some twenty an offer: one by one for one offer, in one stream for a file."""
    if len(keys) < STREAMED:
        OfferSignatureKey.objects.bulk_create(OfferSignatureKey(key=key, signature_id=pk) for key, pk in keys)
        return
    with connection.cursor() as cursor, cursor.copy(COPY_KEYS) as copy:
        copy.set_types(["int8", "uuid"])
        for row in sorted(keys):  # in the order of the index
            copy.write_row(row)


def sign_missing() -> int:
    """Sign the offers that have no signature of what they say now: after an update of ours, or by night."""
    count = 0
    while some := list(unsigned(SIGNED_TOGETHER)):
        sign_offers(some)
        count += len(some)
    return count
