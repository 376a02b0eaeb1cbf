"""The facts from which a recruiter space is judged, and how two of them are compared: numbers, addresses, names."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from entremise.employers.enums_spaces import Gravity, VigilanceKind
from entremise.lib import mailboxes
from entremise.lib.identifiers import phone_in_pairs
from entremise.lib.text import normalise

LONGEST_EVIDENCE = 300
SAME_RANGE = 9  # characters of an E.164 number that the direct lines of one switchboard share: +33475123…
NEAR = frozenset({"BE", "LU", "DE", "CH", "IT", "ES", "MC", "AD"})  # who live across a border hire here
FRENCH = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC"})
_COSTLY = (
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
)
_FICTION = re.compile(r"\+33(?:199|261|353|465|536|639)\d{6}")  # ARCEP: kept for stories, they reach nobody


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who recruits, as the vigilance compares them."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""  # E.164
    joined_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OtherSpace:
    """Another space that may have something in common."""

    space_id: str
    siret: str
    state: str
    created_at: dt.datetime
    members: tuple[Member, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ContactChange:
    """A known contact whose telephone or address changed, and what it became."""

    name: str
    changed_at: dt.datetime
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """Everything from which a space is judged; whoever is compared was found by the query."""

    space_id: str
    siret: str
    state: str
    now: dt.datetime
    created_at: dt.datetime
    members: tuple[Member, ...]
    email_domain: str = ""  # of the establishment's file
    phones: tuple[str, ...] = ()  # switchboard and known contacts, E.164
    emails: tuple[str, ...] = ()  # of the known contacts
    group_domains: tuple[str, ...] = ()  # of the other establishments of the legal unit
    is_large: bool = False  # fifty people or more: nobody there recruits from a free mailbox
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    others: tuple[OtherSpace, ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()  # what is banned among its SIRET, addresses, domains and numbers
    contact_changes: tuple[ContactChange, ...] = ()
    decided_at: dt.datetime | None = None
    views_in_day: int = 0
    offers_in_week: int = 0

    @property
    def siren(self) -> str:
        """Return the legal unit's number."""
        return self.siret[:9]

    @property
    def known_domains(self) -> tuple[str, ...]:
        """Return the domains of the company as the file knows them; what anybody may open is none of them."""
        found = [self.email_domain, *self.group_domains, *(mailboxes.domain_of(email) for email in self.emails)]
        own = [domain for domain in found if domain and not mailboxes.is_free_mail(f"x@{domain}")]
        return tuple(dict.fromkeys(own))


@dataclass(frozen=True, slots=True)
class Point:
    """One reason to look twice: what, how much it weighs, what was seen, which other spaces, and its identity."""

    kind: VigilanceKind
    gravity: Gravity
    evidence: str
    others: tuple[str, ...] = ()
    key: str = ""


class Origin(StrEnum):
    """Where a number comes from."""

    FRANCE = "france"
    NEAR = "near"
    FAR = "far"
    PREMIUM = "premium"
    UNREAL = "unreal"


ORIGIN_WORDS = {
    Origin.NEAR: "d'un pays voisin",
    Origin.FAR: "étranger",
    Origin.PREMIUM: "surtaxé",
    Origin.UNREAL: "qui n'existe pas",
}


def key_of(kind: str, value: str) -> str:
    """Return the identity of a fact, which tells nothing of it."""
    return hashlib.sha256(f"{kind}|{value.casefold()}".encode()).hexdigest()


def origin(number: str) -> Origin:
    """Return where a number comes from, and whether calling it costs."""
    try:
        read = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return Origin.UNREAL
    if _FICTION.fullmatch(number):
        return Origin.FRANCE
    if phonenumbers.number_type(read) in _COSTLY:
        return Origin.PREMIUM
    region = phonenumbers.region_code_for_country_code(read.country_code or 0)
    if region in FRENCH or read.country_code in {590, 594, 596, 262, 508, 681, 687, 689}:
        is_possible = phonenumbers.is_possible_number(read)
        return Origin.FRANCE if is_possible else Origin.UNREAL
    if not phonenumbers.is_possible_number(read):
        return Origin.UNREAL
    return Origin.NEAR if region in NEAR else Origin.FAR


def shown_number(number: str) -> str:
    """Write a number as it is dialled."""
    return phone_in_pairs(number)


def is_known_number(number: str, known: tuple[str, ...]) -> bool:
    """Tell whether a number is one of the company's, or a direct line beside one of its fixed ones."""
    if not number:
        return False
    fixed = [one for one in known if not one.startswith(("+336", "+337"))]
    return number in known or any(number[:SAME_RANGE] == one[:SAME_RANGE] for one in fixed)


def name_of(member: Member) -> tuple[str, ...]:
    """Return the words of a name, in an order of their own: a first name typed as a last one changes nothing."""
    words = re.split(r"[^a-z]+", normalise(f"{member.first_name} {member.last_name}"))
    return tuple(sorted(word for word in words if word))


def box_of(email: str) -> str:
    """Return the mailbox that an address reaches; at a free mail, dots are how one person looks like several."""
    local, _at, domain = mailboxes.mailbox(email).rpartition("@")
    return f"{local.replace('.', '')}@{domain}" if mailboxes.is_free_mail(email) else f"{local}@{domain}"
