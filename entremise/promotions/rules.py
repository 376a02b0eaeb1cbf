"""Decisions about promotions: reminders, expiry, duplicates, what a message may say."""

import datetime as dt
from collections.abc import Collection, Iterable
from enum import StrEnum

from entremise.lib.reminders import DEFAULTS
from entremise.lib.text import tokens

REMINDERS = DEFAULTS["promotions"]  # an installation may say otherwise: kernel.reminders
LATE_ANSWER = dt.timedelta(days=30)  # an answer after expiry is good news, it is taken for a month more
RECTIFY = dt.timedelta(days=30)  # DESIGN principle 6: rectify for 30 days
DUPLICATE = dt.timedelta(days=30)  # PRODUCT.md T3: one person, one employer, not twice in 30 days without saying so
FOLLOW_UP = dt.timedelta(days=7)  # a good answer left without outcome for longer is overdue on the desk
FURTHEST_OUTCOME = dt.timedelta(days=366)  # a contract may start later
MOST_CONTACTS = 10  # in one sending
LONGEST_MESSAGE = 3000
LONGEST_WORD = 1000
MESSAGE_FACTS = 3
SHORTEST_NAME = 3  # letters: shorter names are ordinary words too often


class Ball(StrEnum):
    """Who has to act next."""

    EMPLOYER = "employer"
    ADVISER = "adviser"
    NOBODY = "nobody"


def takes_late_answer(expires_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether an expired promotion may still be answered."""
    return now <= expires_at + LATE_ANSWER


def may_rectify(answered_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether the employer may still change the answer."""
    return now <= answered_at + RECTIFY


def is_duplicate(last_sent_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether this person was promoted to this employer too recently to do it again without saying so."""
    return last_sent_at is not None and now - last_sent_at < DUPLICATE


def is_outcome_date_possible(on: dt.date, sent_on: dt.date, today: dt.date) -> bool:
    """Tell whether an outcome may have that date: not before the promotion, not more than a year ahead."""
    return sent_on <= on <= today + FURTHEST_OUTCOME


def ball(state: str, *, is_good_news: bool) -> Ball:
    """Return who has to act next."""
    if state in ("sent", "opened"):
        return Ball.EMPLOYER
    if state in ("prepared", "expired") or (state == "answered" and is_good_news):
        return Ball.ADVISER
    return Ball.NOBODY


def says_name(message: str, names: Collection[str]) -> str:
    """Return the first of these names that a message contains as a word, or an empty text."""
    words = set(tokens(message))
    for name in names:
        parts = [part for part in tokens(name) if len(part) >= SHORTEST_NAME]
        if any(part in words for part in parts):
            return name
    return ""


def says_contact(message: str, email: str, phone: str) -> bool:
    """Tell whether a message contains the person's address or telephone number."""
    digits = "".join(sign for sign in message if sign.isdigit())
    national = phone.removeprefix("+33")
    return bool(email and email.lower() in message.lower()) or bool(len(national) >= 9 and national in digits)


# Where an occupation is mostly exercised: NAF divisions by family or domain of the ROME (our own table, a mere hint).
_SECTORS: dict[str, tuple[str, ...]] = {
    "A": ("01", "02", "03", "81"),
    "B": ("14", "15", "16", "31", "32", "90"),
    "C": ("64", "65", "66", "68"),
    "D": ("10", "45", "46", "47", "56"),
    "E": ("18", "58", "59", "60", "73", "74"),
    "F": ("41", "42", "43", "71"),
    "G": ("55", "56", "79", "93"),
    "H": tuple(f"{division:02d}" for division in range(10, 34)),
    "I": ("33", "43", "45", "80", "81", "95"),
    "J": ("75", "86", "87"),
    "K": ("84", "85", "87", "88", "94"),
    "K13": ("87", "88", "97"),
    "K21": ("85",),
    "K22": ("81", "96"),
    "K25": ("80",),
    "L": ("59", "90", "91", "93"),
    "M": ("62", "63", "69", "70", "78", "82"),
    "N": ("49", "50", "51", "52", "53"),
}


def sectors_of(rome_codes: Iterable[str]) -> frozenset[str]:
    """Return the NAF divisions where these occupations are mostly exercised."""
    return frozenset(d for code in rome_codes for d in _SECTORS.get(code[:3]) or _SECTORS.get(code[:1], ()))
