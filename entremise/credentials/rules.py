"""Decisions about badges: names, addresses, keys in time, what is written in a badge about how we know."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from entremise.lib.openbadges.keys import Algorithm
from entremise.passport.enums import Assurance

NEXT_HOURS = 24  # a new key is published a day before it signs: verifiers keep documents that long
KEY_DAYS = 365  # a key signs for a year, then the next one does
LIST_MINUTES = 5  # a withdrawn badge is refused everywhere within this time (A4)
LIST_DAYS = 7  # a published list holds that long without us, so that a stopped site does not spoil badges
SIGN_AT_ONCE = 200  # awards signed in one transaction
REMINDER_DAYS = (90, 30, 7)  # before a badge ends (PRODUCT.md P8)
SHARE_DAYS = (7, 30, 90, 365)
CLAIM_DAYS = 90
KEY_PREFIX = {Algorithm.EDDSA: "ed25519", Algorithm.RS256: "rsa", Algorithm.ES256: "p256"}

# Written in badges and endorsements, in French: what the proof is worth, and that the employer did not sign.
HOW_WE_KNOW = {
    Assurance.ANSWERED: "depuis une adresse électronique indiquée par la personne",
    Assurance.COMPANY: "depuis une adresse électronique de l'entreprise",
    Assurance.CHECKED: "puis par téléphone à un conseiller du service",
    Assurance.SIGNED: "par un organisme certifié",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Who confirmed a skill, as the proof says."""

    company: str
    siret: str
    role: str
    given_on: dt.date
    assurance: int


def slugify(name: str) -> str:
    """Make the name of an issuer usable in addresses, or an empty text when nothing of it is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")


def did_of(base_url: str, slug: str) -> str:
    """Return the did:web of an issuer of this site (W3C did:web §3.2: the port's colon is escaped)."""
    host = urlsplit(base_url).netloc.replace(":", "%3A")
    return f"did:web:{host}:o:{slug}"


def key_name(algorithm: Algorithm, year: int, number: int) -> str:
    """Name a key: ed25519-2026-1."""
    return f"{KEY_PREFIX[algorithm]}-{year}-{number}"


def valid_until(awarded: dt.datetime, months: int | None) -> dt.datetime | None:
    """Return when a badge ends: so many months later, on the last day of a shorter month."""
    if not months:
        return None
    year, month = divmod(awarded.month - 1 + months, 12)
    first = awarded.replace(day=1, year=awarded.year + year, month=month + 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(awarded.day, last.day))


def reminder_due(until: dt.datetime, last_days: int | None, now: dt.datetime) -> int | None:
    """Return which reminder is due before a badge ends (90, 30 or 7 days), each once; nothing when it is over."""
    if until <= now:
        return None
    left = until - now
    due = [days for days in REMINDER_DAYS if left <= dt.timedelta(days=days)]
    nearest = min(due, default=None)
    return nearest if nearest is not None and (last_days is None or nearest < last_days) else None


def told(origin: Origin) -> str:
    """Say in one paragraph how a confirmed skill is known: who answered, by what means, and who signs."""
    who = (
        f"{origin.company} (SIRET {origin.siret}, établissement actif ce jour-là)" if origin.siret else origin.company
    )
    role = f"par {origin.role} de {who}" if origin.role else f"par {who}"
    how = HOW_WE_KNOW.get(Assurance(origin.assurance), "")
    return (
        f"Compétence confirmée le {origin.given_on:%d/%m/%Y} {role}, en réponse à un lien envoyé par courriel, {how}. "
        "L'employeur n'a pas de clé de signature : ce service signe ce qui lui a été répondu."
    )


def public_name(public_id: UUID) -> str:
    """Return the identifier that a badge bears everywhere."""
    return f"urn:uuid:{public_id}"


class CredentialRefused(Exception):
    """The badge cannot be given, shown or changed so; `reason` is a sentence for the user, `field` what to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
