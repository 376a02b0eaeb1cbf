"""Who may be asked, how often, when we remind, what an answer is worth: pure decisions."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from entremise.lib.mailboxes import domain_of, is_disposable, is_free_mail, is_within, mailbox
from entremise.lib.reminders import DEFAULTS, FLOOR_DAYS
from entremise.validations.enums import CheckReason, Refusal, Verdict

MAX_SKILLS = 15  # PRODUCT.md V1
MAX_ADDED = 5  # skills that the validator may add: a word of thanks, not a second questionnaire
MAX_FORWARDS = 2
RECTIFY_DAYS = 30  # PRODUCT.md V2
REMINDER_FLOOR_DAYS = FLOOR_DAYS
CHECK_RATE = 0.05  # PRODUCT.md V6: share of the answers an adviser calls back

# SAFETY.md, "Validators and recruiters"
ADDRESS_PER_DAY = 3
ADDRESS_PER_MONTH = 10
SIRET_PER_DAY = 20
PERSON_PER_DAY = 5
PERSON_OPEN = 15
DAY = timedelta(days=1)
MONTH = timedelta(days=30)


class ValidationRefused(Exception):
    """A request cannot go on; `reason` is the sentence the person sees, in the active language."""

    def __init__(self, code: Refusal, **values: int | str) -> None:
        super().__init__(code.value)
        self.code = code
        self.values = values

    @property
    def reason(self) -> str:
        """Return the sentence."""
        return str(self.code.label) % self.values


LADDER = DEFAULTS["validations"]  # an installation may say otherwise: kernel.reminders


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was already asked, before one more request is sent."""

    address_day: int = 0
    address_month: int = 0
    siret_day: int = 0
    person_day: int = 0
    person_open: int = 0
    same_address_open: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the validator says of one skill."""

    verdict: Verdict
    example: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Everything one validator sends at once: an answer by skill asked, the skills she adds, a word."""

    answers: Mapping[UUID, Answer]
    added: Mapping[UUID, Answer] = field(default_factory=lambda: MappingProxyType({}))
    word: str = ""

    @property
    def confirms_something(self) -> bool:
        """Tell whether others will see something of this answer."""
        given = (*self.answers.values(), *self.added.values())
        return any(answer.verdict is Verdict.CONFIRMED for answer in given)


@dataclass(frozen=True, slots=True)
class Signals:
    """What may raise a doubt about an answer."""

    is_reported: bool = False
    is_abuse: bool = False
    is_same_device: bool = False
    is_forwarded: bool = False
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Cascade:
    """What a proved fraud takes away: answers set aside, proofs revoked, open requests stopped."""

    answer_count: int
    proof_count: int
    stopped_count: int


def address_hash(address: str) -> str:
    """Return what is kept of an address whose owner never wants to be asked again."""
    return hashlib.sha256(f"entremise.validations:{mailbox(address)}".encode()).hexdigest()


def assurance(
    address: str, *, company_domain: str, known_addresses: Collection[str], is_doubtful: bool = False
) -> int:
    """Return 2 when the answer comes from the company's own domain or from a contact already known there, else 1."""
    if is_doubtful or is_free_mail(address) or is_disposable(address):
        return 1
    if is_within(domain_of(address), company_domain):
        return 2
    return 2 if mailbox(address) in {mailbox(known) for known in known_addresses} else 1


def require_skills(count: int) -> None:
    """Refuse an empty list and the 16th skill."""
    if count == 0:
        raise ValidationRefused(Refusal.NO_SKILL)
    if count > MAX_SKILLS:
        raise ValidationRefused(Refusal.TOO_MANY_SKILLS, limit=MAX_SKILLS)


def require_contact(address: str, own_addresses: Collection[str]) -> None:
    """Refuse an address of the person herself, and one made to be thrown away."""
    if mailbox(address) in {mailbox(own) for own in own_addresses if own}:
        raise ValidationRefused(Refusal.OWN_ADDRESS)
    if is_disposable(address):
        raise ValidationRefused(Refusal.DISPOSABLE)


def require_room(counts: Counts) -> None:
    """Refuse when the person, the address or the establishment was already asked enough."""
    if counts.same_address_open:
        raise ValidationRefused(Refusal.ALREADY_OPEN)
    if counts.person_day >= PERSON_PER_DAY:
        raise ValidationRefused(Refusal.PERSON_DAY, limit=PERSON_PER_DAY)
    if counts.person_open >= PERSON_OPEN:
        raise ValidationRefused(Refusal.PERSON_OPEN, limit=PERSON_OPEN)
    if counts.address_day >= ADDRESS_PER_DAY or counts.address_month >= ADDRESS_PER_MONTH:
        raise ValidationRefused(Refusal.ADDRESS_UNAVAILABLE)
    if counts.siret_day >= SIRET_PER_DAY:
        raise ValidationRefused(Refusal.ESTABLISHMENT_BUSY)


def require_reminder(person_reminded_at: datetime | None, last_written_at: datetime, now: datetime) -> None:
    """Refuse a second reminder by the person, and one too soon after our last message."""
    if person_reminded_at is not None:
        raise ValidationRefused(Refusal.REMINDED_ALREADY)
    if now < last_written_at + timedelta(days=REMINDER_FLOOR_DAYS):
        raise ValidationRefused(Refusal.REMINDED_RECENTLY, limit=REMINDER_FLOOR_DAYS)


def require_sheet(sheet: AnswerSheet, asked: Collection[UUID]) -> None:
    """Refuse a sheet that leaves a line without answer, answers what was not asked, or adds too much."""
    if set(sheet.answers) != set(asked) or any(a.verdict is Verdict.PENDING for a in sheet.answers.values()):
        raise ValidationRefused(Refusal.LINE_MISSING)
    if len(sheet.added) > MAX_ADDED:
        raise ValidationRefused(Refusal.TOO_MANY_ADDED, limit=MAX_ADDED)


def rectifiable_until(answered_at: datetime) -> datetime:
    """Return until when an answer may be rectified."""
    return answered_at + timedelta(days=RECTIFY_DAYS)


def require_rectifiable(answered_at: datetime | None, fraud_proved_at: datetime | None, now: datetime) -> None:
    """Refuse to change an answer that was not given, was set aside, or is older than the delay."""
    if answered_at is None:
        raise ValidationRefused(Refusal.NOT_ANSWERED)
    if fraud_proved_at is not None:
        raise ValidationRefused(Refusal.SET_ASIDE)
    if now > rectifiable_until(answered_at):
        raise ValidationRefused(Refusal.RECTIFY_TOO_LATE, limit=RECTIFY_DAYS)


def is_sampled(request_id: UUID, rate: float = CHECK_RATE) -> bool:
    """Tell whether an adviser calls this validator back: always the same answer for the same request."""
    digest = hashlib.sha256(b"entremise.validations.check" + request_id.bytes).digest()
    return int.from_bytes(digest[:8], "big") < rate * 2**64


def reasons_to_check(signals: Signals) -> list[CheckReason]:
    """Return why an answer is to be checked, the most serious first; by chance when nothing else says so."""
    raised = {
        CheckReason.REPORTED: signals.is_reported,
        CheckReason.ABUSE: signals.is_abuse,
        CheckReason.SAME_DEVICE: signals.is_same_device,
        CheckReason.FORWARDED: signals.is_forwarded,
        CheckReason.CHANGED: signals.is_changed,
    }
    return [reason for reason, is_raised in raised.items() if is_raised] or [CheckReason.SAMPLED]
