"""What is read of the words of an offer without looking anything up: the same answer in this process or another.

A file brings thousands of offers, and this is most of its work: it may be given to other processes. Advice is left
out, nobody is there to follow it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from entremise.lib import fairwording
from entremise.lib.fairwording import Finding, Kind, LegalParameters, OfferFacts
from entremise.lib.nearduplicates import OfferText, Signature, sign
from entremise.offers.rules_fraud import FraudSign, fraud_signs


@dataclass(frozen=True, slots=True)
class Words:
    """What is read of an offer for the law and for good faith."""

    title: str
    description: str
    facts: OfferFacts
    parameters: LegalParameters

    @property
    def key(self) -> bytes:
        """Return what two offers have in common when they are read alike; the town and the start only bring advice."""
        facts = replace(self.facts, place="", starts_on=None)
        told = repr((self.title, self.description, facts, self.parameters))
        return blake2b(told.encode(errors="replace"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What the law and good faith say of some words."""

    findings: tuple[Finding, ...] = ()
    frauds: tuple[FraudSign, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of an offer: its words read, unless the same were, and the signature of its text."""

    words: Words | None
    text: OfferText


def read_words(words: Words) -> WordsRead:
    """Return what is to be changed, or looked at, in an offer."""
    found = fairwording.check(words.title, words.description, words.facts, words.parameters)
    return WordsRead(
        tuple(one for one in found if one.kind is not Kind.HINT),
        tuple(fraud_signs(f"{words.title}\n{words.description}")),
    )


def read_asked(asked: Sequence[Asked]) -> list[tuple[WordsRead | None, Signature]]:
    """Return what was asked of each offer, in order."""
    return [(read_words(one.words) if one.words else None, sign(one.text)) for one in asked]
