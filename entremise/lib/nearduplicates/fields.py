"""What the fields of offers alone separate, for thousands of known offers at once: as `may_be_one` does for two."""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from entremise.lib.nearduplicates.reading import OfferText, city, legal_unit

_FIELDS = 4

Fields = NDArray[np.uint32]


def fields_of(offers: Iterable[OfferText]) -> Fields:
    """Return the fields of offers as numbers, a row each: legal unit, city, postcode, contract; 0 is not told."""
    rows = [_row(offer) for offer in offers]
    return np.array(rows, np.uint32).reshape(-1, _FIELDS)


def may_be_many(offer: OfferText, others: Fields) -> NDArray[np.bool_]:
    """Tell of each of the others whether fields alone do not separate it from an offer."""
    mine = _row(offer)
    same = others == np.array(mine, np.uint32)
    unit, town, postcode, contract = range(_FIELDS)
    possible = np.ones(len(others), np.bool_)
    for column in (unit, contract):
        if mine[column]:
            possible &= same[:, column] | (others[:, column] == 0)
    if mine[town]:
        fits = same[:, town] | (others[:, town] == 0)
        possible &= fits | same[:, postcode] if mine[postcode] else fits
    return possible


def _row(offer: OfferText) -> tuple[int, ...]:
    return tuple(
        crc32(value.encode()) | 1 if value else 0
        for value in (legal_unit(offer), city(offer.commune_code), offer.postcode, offer.contract)
    )
