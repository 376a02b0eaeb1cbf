"""Recognise the same job offer under two forms: another feed, another order, other words, cut short.

`sign` gives a few keys and a sketch; `Index` proposes, without looking at every offer, those that may be the same;
`compare` decides on the words and the facts, and says why. Two posts, two towns, two shifts or two contracts of one
employer are two offers: what is said twice and differs always wins over what is alike.
"""

from entremise.lib.nearduplicates.comparing import Match, Reason, compare, compare_readings, may_be_one
from entremise.lib.nearduplicates.fields import Fields, fields_of, may_be_many
from entremise.lib.nearduplicates.finding import SURE, Known, found
from entremise.lib.nearduplicates.index import Index, likeliest
from entremise.lib.nearduplicates.reading import OfferText, Reading, read
from entremise.lib.nearduplicates.signing import VERSION, Signature, alike, sign, sign_reading

__all__ = [
    "SURE", "VERSION", "Fields", "Index", "Known", "Match", "OfferText", "Reading", "Reason", "Signature", "alike",
    "compare", "compare_readings", "fields_of", "found", "likeliest", "may_be_many", "may_be_one", "read", "sign",
    "sign_reading",
]  # fmt: skip
