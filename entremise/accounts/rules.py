"""Rules of the accounts: what identifies someone, who may give which role, which opening hours make sense."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from entremise.accounts.enums import OrganisationKind
from entremise.kernel.actors import Role
from entremise.lib.identifiers import IdentifierRefused, gettext_noop, parse_phone

CODE_LENGTH = 6
CODE_MINUTES = 10
CODE_TRIES = 5
RESEND_AFTER_SECONDS = 30
CODES_A_VISIT = 3  # the first one included
INVITATION_DAYS = 14
PASSWORD_RESET_HOURS = 2
NOT_ME_DAYS = 7
SPANS_A_DAY = 2  # a morning and an afternoon, as the page asks for them

EMAIL_SHAPE = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
GRANTABLE = {
    Role.TEAM_LEAD: frozenset({Role.PLACEMENT_ADVISER, Role.BUSINESS_ADVISER, Role.ISSUER}),
    Role.DIRECTOR: frozenset(
        {Role.PLACEMENT_ADVISER, Role.BUSINESS_ADVISER, Role.TEAM_LEAD, Role.DIRECTOR, Role.ISSUER}
    ),
    Role.ADMIN: frozenset(
        {
            Role.PLACEMENT_ADVISER,
            Role.BUSINESS_ADVISER,
            Role.TEAM_LEAD,
            Role.DIRECTOR,
            Role.MODERATOR,
            Role.ADMIN,
            Role.ISSUER,
        }
    ),
    Role.ISSUER: frozenset({Role.ISSUER}),
}
# Organisations that only issue badges: whoever works there sees no jobseeker's file, whatever role is asked for.
ISSUING_ONLY = frozenset({OrganisationKind.TRAINING_BODY, OrganisationKind.EMPLOYER, OrganisationKind.BRANCH})
PARTNERS = ISSUING_ONLY | {OrganisationKind.ASSOCIATION}  # opened from the screens, for somebody else


class Door(StrEnum):
    """By which channel someone signs in without a password."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A checked e-mail address or mobile number, and the way to show it back."""

    door: Door
    value: str
    shown: str


class IdentifierUnusable(ValueError):
    """What was typed is neither an address nor a mobile number; `message` is a French sentence to translate."""

    def __init__(self, message: str, params: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.params = params or {}


@dataclass(frozen=True, slots=True)
class HoursFault:
    """What is wrong with one stretch of a weekday; `message` is a French sentence to translate."""

    weekday: int
    span: int
    is_about_opening: bool
    message: str


def parse_identifier(text: str) -> Identifier:
    """Read a mobile number (France, overseas, or abroad with its +) or an e-mail address."""
    typed = text.strip()
    if not typed:
        raise IdentifierUnusable(
            gettext_noop("Indiquez votre numéro de téléphone portable ou votre adresse électronique.")
        )
    if "@" in typed:
        return Identifier(Door.EMAIL, parse_email(typed), typed.lower())
    if re.search(r"[a-zA-ZÀ-ÿ]", typed):
        raise IdentifierUnusable(
            gettext_noop(
                "Cette adresse électronique est incomplète : elle doit contenir un @, par exemple prenom@exemple.fr."
            )
        )
    try:
        phone = parse_phone(typed)
    except IdentifierRefused as refusal:
        raise IdentifierUnusable(refusal.message, dict(refusal.params)) from None
    if not phone.is_mobile:
        raise IdentifierUnusable(
            gettext_noop(
                "Ce numéro est celui d'une ligne fixe, qui ne reçoit pas de SMS. "
                "Indiquez un numéro de portable ou votre adresse électronique."
            )
        )
    return Identifier(Door.PHONE, phone.e164, str(phone))


def parse_email(text: str) -> str:
    """Read an e-mail address and write it in lower case."""
    typed = text.strip().lower()
    if len(typed) > 254 or not EMAIL_SHAPE.fullmatch(typed):
        raise IdentifierUnusable(
            gettext_noop("Cette adresse électronique n'est pas complète. Vérifiez-la, par exemple prenom@exemple.fr.")
        )
    return typed


def may_grant(giver: Collection[Role], role: str) -> bool:
    """Tell whether someone with these roles may give this one."""
    return any(role in GRANTABLE.get(held, frozenset()) for held in giver)


def may_work_there(kind: str, role: str) -> bool:
    """Tell whether this role exists in an organisation of this kind."""
    return role == Role.ISSUER or kind not in ISSUING_ONLY


def hours_faults(hours: Iterable[tuple[int, time, time]]) -> list[HoursFault]:
    """Return what is wrong with these (weekday, opens, closes), in their order; nothing when a week may be so."""
    faults: list[HoursFault] = []
    days: dict[int, list[tuple[time, time]]] = {}
    for weekday, opens_at, closes_at in hours:
        before = days.setdefault(weekday, [])
        if closes_at <= opens_at:
            late = gettext_noop("l'heure de fermeture doit venir après l'heure d'ouverture.")
            faults.append(HoursFault(weekday, len(before), is_about_opening=False, message=late))
        if before and opens_at <= before[-1][1]:
            overlap = gettext_noop("cette ouverture doit venir après la fermeture précédente.")
            faults.append(HoursFault(weekday, len(before), is_about_opening=True, message=overlap))
        if len(before) == SPANS_A_DAY:
            many = gettext_noop("une journée compte deux plages au plus, le matin et l'après-midi.")
            faults.append(HoursFault(weekday, len(before), is_about_opening=True, message=many))
        before.append((opens_at, closes_at))
    return faults
