"""A year of promotions, with answers and outcomes at the rates of the field (40 % answers, 12 days)."""

import datetime as dt
import random
from typing import Any

from entremise.accounts.models import Agency
from entremise.demo import words
from entremise.demo.draws import weighted
from entremise.demo.profiles import BATCH, World
from entremise.employers.models import Contact, Establishment
from entremise.kernel.models import JournalEntry
from entremise.lib.uuid7 import uuid7
from entremise.people.enums import ActKind, RevealPurpose
from entremise.people.models import Consent, IntermediationAct, Person, Wish
from entremise.promotions import rules
from entremise.promotions.enums import Answer, AnswerChannel, NoReason, Outcome, PromotionState
from entremise.promotions.models import Promotion, Segment
from entremise.territories.queries import calendar_for

PROMOTED_SHARE = 0.42  # of those who agreed
ANSWER_SHARE = 0.42
MEAN_DELAY_DAYS = 9.0
ANSWERS = (
    (Answer.MEETING, 24), (Answer.IMMERSION, 8), (Answer.OFFER, 4), (Answer.KEPT, 22), (Answer.NOT_NOW, 27),
    (Answer.NO, 15),
)  # fmt: skip
OUTCOMES = (
    (Outcome.HIRED, 26), (Outcome.IMMERSION, 22), (Outcome.TRAINING, 8), (Outcome.MEETING, 24), (Outcome.NONE, 20),
)  # fmt: skip
GOOD = {Answer.MEETING, Answer.IMMERSION, Answer.OFFER}
OPEN = {PromotionState.SENT, PromotionState.OPENED}


def tell(rng: random.Random, drawn: World, people: list[Person]) -> int:
    """Invent the promotions of some people who agreed; return how many."""
    agreed = set(Consent.objects.unscoped("demo").filter(person__in=people).values_list("person_id", flat=True))
    wished: dict[object, str] = {}
    for wish in Wish.objects.unscoped("demo").filter(person__in=people, rank=1).select_related("occupation"):
        wished[wish.person_id] = wish.occupation.rome_code
    contacts = {c.establishment_id: c for c in Contact.objects.unscoped("demo").filter(is_privileged=True)}
    promotions: list[Promotion] = []
    for person in people:
        if person.agency and person.pk in agreed and rng.random() < PROMOTED_SHARE:
            companies = drawn.companies.get(wished.get(person.pk, ""), [])
            for establishment in rng.sample(companies, min(len(companies), rng.randint(1, 3))):
                contact = contacts.get(establishment.pk)
                promotions.append(_promotion(rng, drawn, person, person.agency, establishment, contact))
    Promotion.objects.bulk_create(promotions, batch_size=BATCH)
    _traces(promotions)
    return len(promotions)


def _promotion(
    rng: random.Random,
    drawn: World,
    person: Person,
    agency: Agency,
    establishment: Establishment,
    contact: Contact | None,
) -> Promotion:
    calendar = calendar_for(agency.department)
    age = dt.timedelta(days=min(360.0, rng.expovariate(1 / 110)), hours=rng.randint(1, 6))
    sent_at = calendar.next_opening(max(drawn.now - age, person.created_at + dt.timedelta(days=5)))
    sent_at = min(sent_at, drawn.now - dt.timedelta(minutes=30))
    expires_at = rules.REMINDERS.expires_at(sent_at, calendar)
    told = _fate(rng, drawn.now, sent_at, expires_at, person.validated_skill_count)
    if told["state"] in OPEN:
        reminded = [d for d in rules.REMINDERS.days if calendar.working_days_later(sent_at, d) <= drawn.now]
        told["reminder_count"] = len(reminded)
        told["next_reminder_at"] = rules.REMINDERS.next_reminder_at(sent_at, len(reminded), drawn.now, calendar)
    return Promotion(
        person=person, establishment=establishment, contact=contact, agency=agency, batch_id=uuid7(),
        adviser=rng.choice(drawn.network.business[agency]), validated_skill_count=person.validated_skill_count,
        message="Bonjour, je vous présente une personne dont les compétences correspondent à vos métiers.",
        created_at=sent_at, sent_at=sent_at, expires_at=expires_at, **told,
    )  # fmt: skip


def _fate(
    rng: random.Random, now: dt.datetime, sent_at: dt.datetime, expires_at: dt.datetime, proof_count: int
) -> dict[str, Any]:
    """Return what became of a promotion: its state and the facts that go with it."""
    answers = rng.random() < ANSWER_SHARE * (1.15 if proof_count else 0.9)
    answered_at = sent_at + dt.timedelta(days=rng.expovariate(1 / MEAN_DELAY_DAYS), hours=1)
    if answers and answered_at < min(now, expires_at + rules.LATE_ANSWER):
        return _answered(rng, now, answered_at)
    if expires_at < now:
        return {"state": PromotionState.EXPIRED, "closed_at": expires_at}
    if rng.random() < 0.3:
        return {"state": PromotionState.OPENED, "opened_at": min(now, sent_at + dt.timedelta(hours=20))}
    return {"state": PromotionState.SENT}


def _answered(rng: random.Random, now: dt.datetime, answered_at: dt.datetime) -> dict[str, Any]:
    answer = weighted(rng, ANSWERS)
    told = {
        "state": PromotionState.ANSWERED,
        "opened_at": answered_at,
        "answered_at": answered_at,
        "answer": answer,
        "answer_channel": rng.choice([AnswerChannel.LINK, AnswerChannel.LINK, AnswerChannel.PHONE]),
        "answer_word": rng.choice(words.ANSWER_WORDS),
        "no_reason": rng.choice(NoReason.values) if answer is Answer.NO else "",
    }
    known_at = answered_at + dt.timedelta(days=rng.randint(4, 25))
    if answer in GOOD and known_at < now and rng.random() < 0.85:
        outcome = weighted(rng, OUTCOMES)
        contract = rng.choice(["cdi", "cdd", "cdd", "temporary"]) if outcome is Outcome.HIRED else ""
        told |= {"state": PromotionState.CLOSED, "closed_at": known_at, "outcome": outcome}
        told |= {"outcome_on": known_at.date(), "outcome_contract": contract}
    return told


def _traces(promotions: list[Promotion]) -> None:
    """Write the acts of intermediation and the looks that the people read in their journal."""
    acts, lines = [], []
    for promotion in promotions:
        shown_at = promotion.created_at - dt.timedelta(minutes=4)
        acts += _acts(promotion, shown_at)
        lines.append(
            JournalEntry(
                at=shown_at, verb="people.identity_read", actor_kind="user",
                actor_id=str(promotion.adviser_id), organisation_id=promotion.agency.organisation_id,
                purpose=RevealPurpose.PROMOTION, subject_type="people.person", subject_id=str(promotion.person_id),
                person_id=promotion.person_id,
            )
        )  # fmt: skip
    IntermediationAct.objects.bulk_create(acts, batch_size=BATCH)
    JournalEntry.objects.bulk_create(lines, batch_size=BATCH)


def _acts(promotion: Promotion, shown_at: dt.datetime) -> list[IntermediationAct]:
    dated = [(ActKind.REVEAL, shown_at), (ActKind.PROMOTION, promotion.created_at)]
    if promotion.answer == Answer.MEETING and promotion.answered_at:
        dated.append((ActKind.MEETING, promotion.answered_at))
    if promotion.outcome == Outcome.HIRED and promotion.closed_at:
        dated.append((ActKind.HIRE, promotion.closed_at))
    return [
        IntermediationAct(
            person_id=promotion.person_id, kind=kind, at=at, actor_id=promotion.adviser_id,
            agency_id=promotion.agency_id, establishment_id=promotion.establishment_id,
            purpose=RevealPurpose.PROMOTION if kind is ActKind.REVEAL else "",
            validated_skill_count=promotion.validated_skill_count,
        )
        for kind, at in dated
    ]  # fmt: skip


def save_segments(drawn: World) -> None:
    """Save two searches of the pool that the Valence agency shares."""
    agency = drawn.network.agencies[0]
    for name, query in (
        ("Jamais promus, prêts aujourd'hui", "available=1&never_promoted=1"),
        ("Compétences validées, à 30 km de Valence", "validated=1&lieu=26362&rayon=30"),
    ):
        Segment.objects.create(
            name=name, query=query, agency=agency, author=drawn.network.business[agency][0], created_at=drawn.now
        )
