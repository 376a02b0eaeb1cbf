"""Decisions about wallets: how long a code lives, what a wallet is given of a person's skills, what stays silent.

What is signed is a "skills passport": each skill is a disclosure of its own, and inside it who confirmed the skill is
another one; the name, when the person wants it there, is two more. She shows any of them, and nothing else is seen.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import wallet
from entremise.lib.openbadges.oid4vci import Configuration, Part
from entremise.lib.openbadges.wallet import Skill

OFFER_MINUTES = 15  # an offer left on a screen is worth nothing a quarter of an hour later
TOKEN_MINUTES = 5  # OpenID4VCI 1.0 §13.8: a longer one would have to be bound to the wallet's key
NONCE_MINUTES = 5
MOST_TRIES = 5  # of the transaction code, then the offer is burnt: one chance in 200 000 to guess it
DIGITS = 6
VALID_DAYS = 365  # a passport is taken again each year, with the skills of the day
MOST_SKILLS = 60  # in one passport: beyond, some wallets refuse its size
PAD_TO = 8  # the number of digests is rounded up: it does not tell how many skills are kept silent
FORGET_DAYS = 1  # an offer that no wallet took
PASSPORT = "skills-passport"
PASSPORT_PATH = "/vct/skills-passport/1"
SCOPE = "skills_passport"
NAME = {"fr": "Passeport de compétences", "en": "Skills passport"}
DESCRIPTION = {
    "fr": "Des compétences confirmées par d'anciens employeurs ou des organismes. Vous choisissez lesquelles montrer.",
    "en": "Skills confirmed by former employers or organisations. You choose which ones to show.",
}
PARTS = (
    Part(("given_name",), {"fr": "Prénom", "en": "First name"}),
    Part(("family_name",), {"fr": "Nom", "en": "Last name"}),
    Part(("skills", None), {"fr": "Compétence", "en": "Skill"}),
    Part(("skills", None, "name"), {"fr": "Compétence", "en": "Skill"}),
    Part(("skills", None, "level"), {"fr": "Niveau", "en": "Level"}),
    Part(("skills", None, "awarded_on"), {"fr": "Confirmée le", "en": "Confirmed on"}),
    Part(("skills", None, "assurance"), {"fr": "Comment on le sait", "en": "How it is known"}),
    Part(("skills", None, "origin"), {"fr": "Qui l'a confirmée", "en": "Who confirmed it"}),
)
INK, GREEN = "#ffffff", "#0b5d66"


@dataclass(frozen=True, slots=True)
class Content:
    """What a wallet is given: the person sees the same before she accepts."""

    skills: tuple[Skill, ...]
    first_name: str
    last_name: str
    valid_until: dt.datetime


def configuration(base_url: str) -> Configuration:
    """Return what wallets may ask for."""
    vct = base_url.rstrip("/") + PASSPORT_PATH
    return Configuration(PASSPORT, vct, SCOPE, NAME, DESCRIPTION, PARTS, background_color=GREEN, text_color=INK)


def claims(content: Content, issuer: str, vct: str, now: dt.datetime) -> dict[str, Any]:
    """Write what is signed; its dates are those of the day, so that no second of them tells two copies apart."""
    names = content.first_name, content.last_name
    return wallet.passport(issuer, vct, *names, content.skills, start_of_day(now), content.valid_until)


def hidden(written: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Return the paths that the person may keep silent: her name, each skill, who confirmed it."""
    return [*wallet.apart(written), *wallet.origins(written)]


def ends_at(limits: Iterable[dt.datetime | None], now: dt.datetime) -> dt.datetime:
    """Return when a passport ends: within a year, and no later than the first of its skills."""
    return min([start_of_day(now) + dt.timedelta(days=VALID_DAYS), *(one for one in limits if one)])


def start_of_day(now: dt.datetime) -> dt.datetime:
    """Return midnight, UTC."""
    return dt.datetime.combine(now.astimezone(dt.UTC).date(), dt.time(), tzinfo=dt.UTC)


def spoken(code: str) -> str:
    """Return a transaction code as it is read aloud: digit by digit, in two groups."""
    half = len(code) // 2
    return f"{', '.join(code[:half])} ; {', '.join(code[half:])}"


def printed(code: str) -> str:
    """Return a transaction code as it is read on a screen: 412 907, with a thin space that does not break."""
    half = len(code) // 2
    return f"{code[:half]}\u202f{code[half:]}"
