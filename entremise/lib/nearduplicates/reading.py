"""What an offer says, and what is read of it once, before it is signed and compared."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from entremise.lib.nearduplicates import facts
from entremise.lib.nearduplicates.words import plain, said, sentences, telling
from entremise.lib.text import words_of

_MASKED = re.compile(r"\bconfidentiel|\banonyme|\bnotre client|\bnon communique|\bnon renseigne|^client$|^entreprise$")
_LEGAL_WORDS = """
    sa sas sasu sarl eurl sci snc scop selarl eirl ei gie association asso ets etablissement etablissements societe
    groupe cie compagnie france et fils de du des la le les l d agence
"""
_LEGAL = frozenset(_LEGAL_WORDS.split())
_CITIES = {"75": "75056", "6938": "69123", "132": "13055"}  # Paris, Lyon and Marseille are told whole or by district
_LONGEST_TITLE = 300
_SIREN, _SIRET = 9, 14


@dataclass(frozen=True, slots=True)
class OfferText:
    """What is known of an offer; everything but the title may be missing."""

    title: str
    description: str = ""
    siret: str = ""
    siren: str = ""
    employer_name: str = ""
    commune_code: str = ""
    commune_name: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    rome: str = ""
    contract: str = ""  # cdi, cdd, temporary, apprenticeship, seasonal
    working_time: str = ""  # full, part
    weekly_hours: float | None = None
    schedules: frozenset[str] = frozenset()  # day, early, evening, night, weekend
    pay_min: float | None = None
    pay_max: float | None = None
    pay_period: str = ""  # hour, month, year
    duration_months: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of an offer, as its fields give them, else its text."""

    contracts: frozenset[str]
    times: frozenset[str]
    hours: tuple[float, ...]
    paid: frozenset[tuple[float, str]]
    title_shifts: frozenset[str]
    shifts: frozenset[str]
    years: frozenset[int]
    months: frozenset[int]


@dataclass(frozen=True)
class Reading:
    """An offer read: its telling words, and its facts when they are asked for."""

    offer: OfferText
    sentences: tuple[str, ...]  # of the description, normalised
    plain_title: str
    title: tuple[str, ...]
    title_said: tuple[str, ...]  # the same as it is written: a slip is seen there
    elsewhere: frozenset[str]  # words of the town and of the employer
    chunks: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    siren: str
    employer: frozenset[str]
    department: str

    @cached_property
    def text(self) -> str:
        """Return the description, normalised."""
        return " | ".join(self.sentences)

    @cached_property
    def facts(self) -> Facts:
        """Return the facts; a signature does without."""
        offer, text = self.offer, self.text
        both = f"{self.plain_title} | {text}"
        hours = (offer.weekly_hours,) if offer.weekly_hours else tuple(sorted(facts.weekly_hours(both)))
        in_title = facts.shifts(self.plain_title)
        return Facts(
            contracts=_one(offer.contract) or facts.contracts(self.plain_title) or facts.contracts(text),
            times=_one(offer.working_time) or facts.full_or_part(hours) or facts.working_times(both),
            hours=hours,
            paid=_paid(offer) or facts.amounts(self.sentences),
            title_shifts=in_title,
            shifts=in_title or offer.schedules or facts.shifts_of_work(self.sentences),
            years=facts.years(both),
            months=frozenset((offer.duration_months,)) if offer.duration_months else facts.months(both),
        )


def read(offer: OfferText) -> Reading:
    """Read an offer; any text is read, none is believed."""
    title = plain(offer.title[:_LONGEST_TITLE]).replace("|", " ")
    around = plain(f"{offer.commune_name[:_LONGEST_TITLE]}\n{offer.employer_name[:_LONGEST_TITLE]}").replace("|", " ")
    told = sentences(offer.description)
    chunks = tuple(tuple(words) for sentence in told for part in sentence.split(",") if (words := telling(part)))
    elsewhere = frozenset(telling(around))
    return Reading(
        offer=offer,
        sentences=tuple(told),
        plain_title=title,
        title=_of_post(telling(title), elsewhere),
        title_said=_of_post(said(title), said(around)),
        elsewhere=elsewhere,
        chunks=chunks,
        words=frozenset(word for chunk in chunks for word in chunk),
        pairs=frozenset(pair for chunk in chunks for pair in pairwise(chunk)),
        siren=legal_unit(offer),
        employer=employer_words(offer.employer_name),
        department=department(offer.commune_code or offer.postcode),
    )


def legal_unit(offer: OfferText) -> str:
    """Return the SIREN of an offer, from its SIRET when it has one."""
    return (offer.siret if len(offer.siret) == _SIRET else offer.siren)[:_SIREN]


def department(code: str) -> str:
    """Return the department of a commune code or of a postcode, « 2A » and « 2B » as « 20 »."""
    if code[:2] in ("2A", "2B"):
        return "20"
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def city(code: str) -> str:
    """Return the commune of a code, that of the whole city for a district."""
    for start, whole in _CITIES.items():
        if code.startswith(start) and code != whole and len(code) == 5 and (start != "75" or code[2] == "1"):
            return whole
    return code


def employer_words(name: str) -> frozenset[str]:
    """Return the words that tell an employer, none when it hides."""
    told = plain(name[:_LONGEST_TITLE]).replace("|", " ")
    if _MASKED.search(told):
        return frozenset()
    words = [word for word in words_of(told.replace(".", "")) if len(word) > 1]
    return frozenset(word for word in words if word not in _LEGAL) or frozenset(words)


def _of_post(words: list[str], elsewhere: Collection[str]) -> tuple[str, ...]:
    """Return the words of a title that tell the post: neither the town nor the employer, who are told apart."""
    return tuple(dict.fromkeys(word for word in words if word not in elsewhere)) or tuple(dict.fromkeys(words))


def _paid(offer: OfferText) -> frozenset[tuple[float, str]]:
    given = (offer.pay_min, offer.pay_max) if offer.pay_period else ()
    return frozenset((value, offer.pay_period) for value in given if value)


def _one(value: str) -> frozenset[str]:
    return frozenset((value,)) if value and value != "any" else frozenset()
