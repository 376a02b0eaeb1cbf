"""Reads of the signatures of offers: what may be the same as an offer, for one, or for a whole file at once."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef

from entremise.kernel import clock
from entremise.lib.nearduplicates import (
    VERSION,
    Fields,
    Index,
    OfferText,
    Signature,
    fields_of,
    likeliest,
    may_be_many,
)
from entremise.offers.enums import OfferState
from entremise.offers.models_duplicates import OfferSignature, OfferSignatureKey

Thing = TypeVar("Thing")
Search = Callable[[Signature, OfferText], list[UUID]]
ALIVE = (OfferState.WAITING, OfferState.OPEN, OfferState.SUSPENDED)
LIKELIEST = 16
FIELDS = ("offer__establishment__siret", "offer__commune_id", "offer__commune__postcodes", "offer__contract")
MOST_SHARING = 2_000  # offers whose sketches are looked at, those that share the most keys
FEW_TEXTS = 200  # from which all signatures are read once rather than some for each text
READ_TOGETHER = 20_000
# The keys alone are counted first, in their index; only those that share the most have their sketch read.
SHARING = """
with sharing as (
  select signature_id, count(*) as shared from offers_offersignaturekey where key = any(%(keys)s)
  group by signature_id order by shared desc limit %(most)s
)
select s.offer_id, s.sketch, sharing.shared
from sharing join offers_offersignature s on s.offer_id = sharing.signature_id join offers_offer o on o.id = s.offer_id
where o.state = any(%(states)s) order by sharing.shared desc
"""
SEEN_AGAIN = dt.timedelta(minutes=5)  # what was being written when the base was read is in what is read next


class KnownOffers:
    """The signatures of the offers looked at, for as long as a file is read.

    They are read once, when there is a lot to look for, then only those made since: an offer that closed meanwhile
    is still proposed, and whoever reads its text leaves it out. About 500 bytes an offer.
    """

    def __init__(self, states: Collection[str] = ALIVE) -> None:
        self.states = states
        self._index = Index()
        self._fields: Fields = fields_of(())
        self._numbers: dict[UUID, int] = {}
        self._keys: list[UUID] = []
        self._read_at: dt.datetime | None = None

    def search(self, count: int) -> Search:
        """Return how to look for some texts: in the base when they are few, else in memory."""
        if count < FEW_TEXTS and self._read_at is None:
            return lambda signature, _text: candidates(signature, self.states)
        self._read()
        return self._likeliest

    def _likeliest(self, signature: Signature, text: OfferText) -> list[UUID]:
        found = self._index.candidates(signature, may_be=lambda numbers: may_be_many(text, self._fields[numbers]))
        return [self._keys[number] for number in found]

    def _read(self) -> None:
        """Read what was signed since the last time, or everything."""
        since, self._read_at = self._read_at, clock.now()
        rows: Any = OfferSignature.objects.filter(offer__state__in=self.states, made_by=VERSION)
        if since is None:
            self._add(rows)
            return
        recent = rows.filter(made_at__gte=since - SEEN_AGAIN).values_list("pk", flat=True)
        fresh = [pk for pk in recent if pk not in self._numbers]
        for some in parts(fresh, READ_TOGETHER):
            self._add(rows.filter(pk__in=some))

    def _add(self, rows: Any) -> None:
        keys = ArraySubquery(OfferSignatureKey.objects.filter(signature=OuterRef("pk")).values("key"))
        told = rows.values_list("pk", keys, "sketch", *FIELDS).iterator(READ_TOGETHER)
        for part in parts(told, READ_TOGETHER):
            fields = fields_of(_bare(*row[3:]) for row in part)
            self._fields = np.concatenate([self._fields, fields])
            numbers = self._index.add_many(Signature(tuple(row[1]), bytes(row[2])) for row in part)
            self._keys.extend(row[0] for row in part)
            self._numbers.update(zip((row[0] for row in part), numbers, strict=True))


def _bare(siret: str, commune: str, postcodes: Sequence[str], contract: str) -> OfferText:
    return OfferText("", siret=siret, commune_code=commune, postcode=postcode_of(postcodes), contract=contract)


def postcode_of(postcodes: Sequence[str]) -> str:
    """Return the postcode of a town that has one alone."""
    return postcodes[0] if len(postcodes) == 1 else ""


def candidates(signature: Signature, states: Collection[str] = ALIVE) -> list[UUID]:
    """Return the offers that share a key, the most alike first."""
    asked: dict[str, Any] = {
        "keys": list(signature.keys),
        "states": [str(state) for state in states],
        "most": MOST_SHARING,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARING, asked)
        told = cursor.fetchall()
    if not told:
        return []
    sketches = np.frombuffer(b"".join(bytes(row[1]) for row in told), np.uint8).reshape(len(told), -1)
    best = likeliest(signature.sketch, sketches, [row[2] for row in told], LIKELIEST)
    return [told[place][0] for place in best]


def parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Cut things into lists of some size."""
    left = iter(things)
    while part := list(islice(left, size)):
        yield part
