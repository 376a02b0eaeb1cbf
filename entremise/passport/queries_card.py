"""A profile as an employer sees it, made of what the person shows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.kernel import clock
from entremise.passport import queries, rules_card
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.passport.rules_card import Card, PastJob, Proof
from entremise.people import queries as people
from entremise.people.enums import ContractKind, Handling, Licence, Schedule, Visibility
from entremise.people.models import Identity, Person, Wish

SHOWN_JOBS = 4
SEVERAL = "of people whose applications or promotions the caller was allowed to read"


def card_of(person: Person, visibility: str) -> Card:
    """Return what an employer sees of a person: nothing that names her unless she chose it."""
    is_named = visibility == Visibility.NAMED
    identity = people.identity_handled(person.pk, Handling.EMPLOYER) if is_named else None
    return _card(person, people.wishes(person), queries.shown_skills(person), queries.experiences(person), identity)


def cards_of(persons: Collection[Person], named_ids: Collection[UUID] = ()) -> dict[UUID, Card]:
    """Return the same of several people, in a fixed number of queries; only those of `named_ids` are named."""
    ids = [person.pk for person in persons]
    wishes, held, jobs = _wishes_of(ids), _shown_skills_of(ids), _experiences_of(ids)
    named = people.identities_handled(sorted(set(named_ids) & set(ids)), Handling.EMPLOYER)
    return {
        person.pk: _card(person, wishes[person.pk], held[person.pk], jobs[person.pk], named.get(person.pk))
        for person in persons
    }


def _wishes_of(ids: list[UUID]) -> defaultdict[UUID, list[Wish]]:
    rows: Any = Wish.objects.unscoped(SEVERAL)
    return _by_person(rows.filter(person__in=ids).select_related("occupation").order_by("rank"))


def _shown_skills_of(ids: list[UUID]) -> defaultdict[UUID, list[HeldSkill]]:
    rows: Any = HeldSkill.objects.unscoped(SEVERAL).filter(person__in=ids, is_shown=True)
    return _by_person(queries.with_living_evidence(rows.select_related("skill")))


def _experiences_of(ids: list[UUID]) -> defaultdict[UUID, list[Experience]]:
    rows: Any = Experience.objects.unscoped(SEVERAL).filter(person__in=ids)
    return _by_person(rows.select_related("establishment").order_by("-started_on", "-created_at"))


def _by_person(rows: Iterable[Any]) -> defaultdict[UUID, list[Any]]:
    grouped: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return grouped


def _card(
    person: Person,
    wishes: Sequence[Wish],
    held: Sequence[HeldSkill],
    jobs: Sequence[Experience] | QuerySet[Experience],
    identity: Identity | None,
) -> Card:
    today = clock.today()
    shown = [_proof(one) for one in held]
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
        jobs=tuple(_job(job, today, is_named=identity is not None) for job in jobs[:SHOWN_JOBS]),
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
