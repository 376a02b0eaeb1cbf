"""A profile as an employer sees it, made of what the person shows."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from entremise.kernel import clock
from entremise.passport import queries, rules_card
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.passport.rules_card import Card, PastJob, Proof
from entremise.people import queries as people
from entremise.people.enums import ContractKind, Handling, Licence, Schedule, Visibility
from entremise.people.models import Person

SHOWN_JOBS = 4


def card_of(person: Person, visibility: str) -> Card:
    """Return what an employer sees of a person: nothing that names her unless she chose it."""
    today = clock.today()
    is_named = visibility == Visibility.NAMED
    identity = people.identity_handled(person.pk, Handling.EMPLOYER) if is_named else None
    wishes = people.wishes(person)
    shown = [_proof(held) for held in queries.shown_skills(person)]
    return Card(
        reference=person.reference,
        occupations=tuple(wish.occupation.label for wish in wishes),
        rome_codes=tuple(wish.occupation.rome_code for wish in wishes),
        place=person.commune.name if person.commune else "",
        mobility_km=person.mobility_km,
        available_on=person.available_on,
        is_available=person.available_on is not None and person.available_on <= today,
        contracts=_labels(ContractKind, person.contracts),
        working_time=str(person.get_working_time_display()),
        schedules=_labels(Schedule, person.schedules),
        licences=_labels(Licence, person.licences),
        jobs=tuple(_job(job, today, is_named=is_named) for job in queries.experiences(person)[:SHOWN_JOBS]),
        proofs=tuple(rules_card.strongest(shown, rules_card.CARD_SKILLS)),
        hidden_skill_count=max(0, len(shown) - rules_card.CARD_SKILLS),
        name=identity.full_name if identity else "",
        email=identity.email if identity else "",
        phone=identity.phone if identity else "",
    )


def _proof(held: HeldSkill) -> Proof:
    best = queries.best_proof(held)
    if best is None:
        return Proof(held.skill.label, 0, level=held.get_level_display() if held.level else "", example=held.example)
    evidence: Any = held.evidence.all()  # read with the skills, the best first
    living: Evidence = evidence[0]
    return Proof(
        best.label,
        best.assurance,
        best.origin,
        best.witness_role,
        best.given_on,
        level=str(living.get_level_display()) if living.level else "",
        example=best.example,
    )


def _job(job: Experience, today: dt.date, *, is_named: bool) -> PastJob:
    employer = job.establishment.name if job.establishment else job.employer_name
    return PastJob(
        title=job.title,
        months=rules_card.months_between(job.started_on, job.ended_on or today),
        ended_on=job.ended_on,
        employer=employer if is_named else "",
    )


def _labels(choices: type[ContractKind] | type[Schedule] | type[Licence], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(choices(value).label) for value in values if value in choices.values)
