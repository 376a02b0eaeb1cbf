"""Decide whether two offers are one, and say why.

What both say and say differently separates them, however alike the rest is; then the words decide, and how many must
be alike depends on what is known of the employer.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from entremise.lib.geo import Point, distance_km
from entremise.lib.nearduplicates import facts
from entremise.lib.nearduplicates.reading import OfferText, Reading, city, legal_unit, read
from entremise.lib.nearduplicates.words import canonical, plain

NEAR_KM = 5.0  # further, two communes are two places of work
PAY_SHARE, HOURS_SHARE = 0.04, 0.03  # roundings between hour, month and year
YEARS_APART = 2
# Share of the shorter text found in the other from which two offers are one.
ENOUGH_SAME_EMPLOYER, ENOUGH_UNKNOWN, ENOUGH_ELSEWHERE, ENOUGH_OTHER_TITLE = 0.70, 0.74, 0.80, 0.84
_CHUNK_PAIRS, _CHUNK_WORDS = 0.34, 0.66
_FEW_WORDS = 6
_LONGEST_FUZZY = 60  # words compared letter by letter


class Reason(StrEnum):
    """Why two offers are one; the screens say it in words."""

    SAME_SITE = "same_site"
    SAME_EMPLOYER = "same_employer"
    SAME_NAME = "same_name"
    NAMED = "named"  # one names the employer of the other
    SAME_PLACE = "same_place"
    NEAR_PLACE = "near_place"
    SAME_TITLE = "same_title"
    CLOSE_TITLE = "close_title"
    SAME_OCCUPATION = "same_occupation"
    SAME_CONTRACT = "same_contract"
    SAME_HOURS = "same_hours"
    SAME_PAY = "same_pay"
    SAME_TEXT = "same_text"
    CLOSE_TEXT = "close_text"
    SHORTENED = "shortened"  # one is the beginning, or a part, of the other


@dataclass(frozen=True, slots=True)
class Match:
    """Two offers are one: how surely, from 0 to 1, whether the same employer is known to make both, and why."""

    score: float
    same_employer: bool
    reasons: tuple[Reason, ...]


def compare(left: OfferText, right: OfferText) -> Match | None:
    """Return why two offers are one, or None when they are two."""
    return compare_readings(read(left), read(right))


def compare_readings(left: Reading, right: Reading) -> Match | None:
    """Compare two offers already read."""
    employer, place = _employer(left, right), _place(left, right)
    if employer is None or place is None or _are_facts_apart(left, right):
        return None
    title = _title(left, right)
    if title is None:
        return None
    text = _text(left, right)
    if text < _enough(left, right, employer, place, title):
        return None
    same = bool(employer) and employer[0] != Reason.NAMED
    reasons = [
        *employer,
        *place,
        *_title_reasons(title.share),
        *_fact_reasons(left, right),
        *_text_reasons(left, right, text),
    ]
    known = 0.3 if same else 0.2 if employer else 0.1
    return Match(round(min(1.0, 0.45 * min(text, 1) + 0.25 * title.share + known), 3), same, tuple(reasons))


def may_be_one(left: OfferText, right: OfferText) -> bool:
    """Tell whether fields alone do not separate two offers: cheap, before they are read."""
    sirens = legal_unit(left), legal_unit(right)
    if all(sirens) and sirens[0] != sirens[1]:
        return False
    codes, postcodes = (left.commune_code, right.commune_code), (left.postcode, right.postcode)
    if all(codes) and city(codes[0]) != city(codes[1]) and not (postcodes[0] and postcodes[0] == postcodes[1]):
        return False
    contracts = left.contract, right.contract
    return not all(contracts) or contracts[0] == contracts[1]


def _employer(left: Reading, right: Reading) -> list[Reason] | None:
    """Return what joins two employers, nothing when one is unknown, None when they are two."""
    if left.siren and right.siren:
        if left.siren != right.siren:
            return None
        is_site = bool(left.offer.siret) and left.offer.siret == right.offer.siret
        return [Reason.SAME_SITE if is_site else Reason.SAME_EMPLOYER]
    if left.employer and right.employer:
        if left.employer <= right.employer or right.employer <= left.employer:
            return [Reason.SAME_NAME]
        names = " ".join(sorted(left.employer)), " ".join(sorted(right.employer))
        if fuzz.ratio(*names) >= 88 or fuzz.ratio(*(name.replace(" ", "") for name in names)) >= 92:
            return [Reason.SAME_NAME]
        return [Reason.NAMED] if _is_named(left, right) or _is_named(right, left) else None
    return [Reason.NAMED] if _is_named(left, right) or _is_named(right, left) else []


def _is_named(told: Reading, other: Reading) -> bool:
    """Tell whether the text of one names the employer of the other."""
    name = " ".join(plain(told.offer.employer_name[:200]).split())
    return bool(told.employer) and len(name) > 4 and name in other.text


def _place(left: Reading, right: Reading) -> list[Reason] | None:
    """Return what joins two places of work, nothing when one is unknown, None when they are two."""
    one, other = city(left.offer.commune_code), city(right.offer.commune_code)
    if not one or not other:
        codes = left.offer.postcode, right.offer.postcode
        if all(codes):
            return [Reason.NEAR_PLACE] if codes[0] == codes[1] else None
        return [] if not left.department or not right.department or left.department == right.department else None
    if one == other:
        is_district = left.offer.commune_code != right.offer.commune_code
        if is_district and one not in (left.offer.commune_code, right.offer.commune_code):
            return None  # two districts of one city
        return [Reason.SAME_PLACE]
    sirets = left.offer.siret, right.offer.siret
    if all(sirets) and sirets[0] != sirets[1]:
        return None  # two establishments, each in its town
    return [Reason.NEAR_PLACE] if _are_near(left.offer, right.offer) and not _are_named_apart(left, right) else None


def _are_near(left: OfferText, right: OfferText) -> bool:
    """Tell whether two communes may be taken for one another: a feed that knows a postcode alone chooses one."""
    if not left.postcode or left.postcode != right.postcode:
        return False
    if None in (left.latitude, left.longitude, right.latitude, right.longitude):
        return True
    here, there = Point(left.latitude or 0, left.longitude or 0), Point(right.latitude or 0, right.longitude or 0)
    return distance_km(here, there) <= NEAR_KM


def _are_named_apart(left: Reading, right: Reading) -> bool:
    """Tell whether each text speaks of its own town and not of the other's."""
    one, other = (" ".join(plain(side.offer.commune_name[:200]).split()) for side in (left, right))
    texts = [f"{plain(side.offer.title[:300])} {side.text}" for side in (left, right)]
    return bool(one and other) and one in texts[0] and other in texts[1] and one not in texts[1]


def _are_facts_apart(left: Reading, right: Reading) -> bool:
    """Tell whether a fact that both tell differs: contract, hours, pay, shift, experience, length."""
    for one, other in (
        (left.facts.contracts, right.facts.contracts),
        (left.facts.times, right.facts.times),
        (left.facts.months, right.facts.months),
    ):
        if one and other and not one & other:
            return True
    if facts.are_far(left.facts.hours, right.facts.hours, HOURS_SHARE) or _is_pay_apart(left, right):
        return True
    if (
        left.facts.years
        and right.facts.years
        and min(abs(a - b) for a in left.facts.years for b in right.facts.years) >= YEARS_APART
    ):
        return True
    return _are_shifts_apart(left, right) or _are_shifts_apart(right, left)


def _is_pay_apart(left: Reading, right: Reading) -> bool:
    if not left.facts.paid or not right.facts.paid:
        return False
    hours = {*left.facts.hours, *right.facts.hours}
    if not hours and "part" in left.facts.times | right.facts.times:
        return False  # a month of how many hours?
    return facts.are_far(facts.hourly(left.facts.paid, hours), facts.hourly(right.facts.paid, hours), PAY_SHARE)


def _are_shifts_apart(told: Reading, other: Reading) -> bool:
    if told.facts.shifts and other.facts.shifts and not told.facts.shifts & other.facts.shifts:
        return True
    is_of_night = facts.NIGHT in told.facts.title_shifts or told.offer.schedules == {facts.NIGHT}
    return is_of_night and facts.NIGHT not in other.facts.shifts


@dataclass(frozen=True, slots=True)
class _Titles:
    """How alike two titles are, and whether they alone say the same post, without the help of the texts."""

    share: float
    is_same: bool


def _title(left: Reading, right: Reading) -> _Titles | None:
    """Compare two titles; None when each says of the post what the other offer never does."""
    sides = (_unmatched(left, right), _unmatched(right, left))
    if not all(sides):
        longest = max(len(left.title), len(right.title), 1)
        return _Titles(1 - 0.6 * max(map(len, sides)) / longest, not any(sides))
    if all(word in right.words for word in sides[0]) or all(word in left.words for word in sides[1]):
        return _Titles(0.4, False)
    return None


def _unmatched(told: Reading, other: Reading) -> list[str]:
    """Return the words of a title that the other has not, slips aside; as they are written when fewer are left so."""
    by_root = [
        word
        for word in told.title
        if word not in other.title and word not in other.elsewhere and not _is_misspelt(word, other.title)
    ]
    if not by_root:
        return []
    as_said = [
        word
        for word in told.title_said
        if canonical(word) not in other.title
        and canonical(word) not in other.elsewhere
        and not _is_misspelt(word, other.title_said)
    ]
    return min(by_root, as_said, key=len)


def _is_misspelt(word: str, others: tuple[str, ...]) -> bool:
    return any(_is_slip(word, one) or _is_slip(one, word) for one in others)


def _is_slip(word: str, meant: str) -> bool:
    """Tell whether a word is another one mistyped: one letter, two of a long word, or its ending."""
    if min(len(word), len(meant)) < 3 or word[0] != meant[0]:
        return False
    if len(meant) > 3 and word.startswith(meant) and len(word) - len(meant) <= 3:
        return True
    return OSA.distance(word, meant, score_cutoff=2) <= 1 + (len(meant) > 8)


def _text(left: Reading, right: Reading) -> float:
    """Return which share of the shorter text is in the other, by its parts and by its words; -1 when there is none."""
    small, big = sorted((left, right), key=lambda one: len(one.words))
    if len(small.words) < _FEW_WORDS:
        return -1.0
    size = sum(map(len, small.chunks))
    found = sum(len(chunk) for chunk in small.chunks if _is_found(chunk, big))
    words = len(small.words & big.words) + _misspelt_count(small.words - big.words, big.words - small.words)
    return 0.5 * found / size + 0.5 * words / len(small.words)


def _is_found(chunk: tuple[str, ...], big: Reading) -> bool:
    """Tell whether a part of a sentence is in the other text, however it is cut there."""
    pairs = list(pairwise(chunk))
    if pairs and sum(pair in big.pairs for pair in pairs) >= _CHUNK_PAIRS * len(pairs):
        return True
    return sum(word in big.words for word in chunk) >= (_CHUNK_WORDS if len(pairs) > 1 else 1) * len(chunk)


def _misspelt_count(missing: frozenset[str], others: frozenset[str]) -> int:
    if not missing or not others:
        return 0
    long = sorted(word for word in missing if len(word) > 4)[:_LONGEST_FUZZY]
    choices = [word for word in others if len(word) > 3]
    return sum(
        process.extractOne(word, choices, scorer=Levenshtein.distance, score_cutoff=1 + (len(word) > 8)) is not None
        for word in long
    )


def _enough(left: Reading, right: Reading, employer: list[Reason], place: list[Reason], title: _Titles) -> float:
    """Return from which share of common text two offers are one, given what is known of them."""
    is_short = min(len(left.words), len(right.words)) < _FEW_WORDS
    is_same = bool(employer) and employer[0] != Reason.NAMED
    if is_short:  # nothing but facts: they must all be there
        is_told = (
            is_same
            and place == [Reason.SAME_PLACE]
            and title.share == 1
            and bool(left.facts.contracts & right.facts.contracts)
        )
        return -1.0 if is_told and left.title else 2.0
    if place != [Reason.SAME_PLACE] and employer != [Reason.SAME_SITE]:
        return ENOUGH_ELSEWHERE
    if not title.is_same:
        return ENOUGH_OTHER_TITLE
    return ENOUGH_SAME_EMPLOYER if employer else ENOUGH_UNKNOWN


def _title_reasons(title: float) -> list[Reason]:
    return [Reason.SAME_TITLE if title == 1 else Reason.CLOSE_TITLE]


def _fact_reasons(left: Reading, right: Reading) -> list[Reason]:
    told = [
        (Reason.SAME_OCCUPATION, bool(left.offer.rome) and left.offer.rome == right.offer.rome),
        (Reason.SAME_CONTRACT, bool(left.facts.contracts & right.facts.contracts)),
        (Reason.SAME_HOURS, bool(left.facts.hours and right.facts.hours)),
        (Reason.SAME_PAY, bool(left.facts.paid and right.facts.paid)),
    ]
    return [reason for reason, is_so in told if is_so]


def _text_reasons(left: Reading, right: Reading, text: float) -> list[Reason]:
    if text < 0:
        return []
    sizes = sorted((len(left.words), len(right.words)))
    if sizes[0] < 0.7 * sizes[1]:
        return [Reason.SHORTENED]
    return [Reason.SAME_TEXT if text >= 0.95 else Reason.CLOSE_TEXT]
