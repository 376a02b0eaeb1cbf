"""A profile as an employer sees it, made of what the person shows."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from entremise.kernel import clock
from entremise.passport import queries, rules_card
from entremise.passport.enums import Level
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.passport.rules_card import Card, PastJob, Proof
from entremise.people import queries as people
from entremise.people.enums import ContractKind, Handling, Licence, Schedule, Visibility
from entremise.people.models import Identity, Person, Wish

SHOWN_JOBS = 4
SEVERAL = "of people whose applications or promotions the caller was allowed to read"


class Job(NamedTuple):
    """An experience with its employer's name, before it is decided who sees it."""

    title: str
    started_on: dt.date
    ended_on: dt.date | None
    employer: str


def card_of(person: Person, visibility: str) -> Card:
    """Return what an employer sees of a person: nothing that names her unless she chose it."""
    is_named = visibility == Visibility.NAMED
    identity = people.identity_handled(person.pk, Handling.EMPLOYER) if is_named else None
    wishes = [(wish.occupation.rome_code, wish.occupation.label) for wish in people.wishes(person)]
    jobs = [
        Job(
            job.title, job.started_on, job.ended_on, job.establishment.name if job.establishment else job.employer_name
        )
        for job in queries.experiences(person)[:SHOWN_JOBS]
    ]
    return _card(person, wishes, jobs, [_proof(held) for held in queries.shown_skills(person)], identity)


def cards_of(persons: Collection[Person], named_ids: Collection[UUID] = ()) -> dict[UUID, Card]:
    """Return the same of several people, in two queries whatever their number; only those of `named_ids` are named."""
    by_id = {person.pk: person for person in persons}
    named = people.identities_handled(sorted(set(named_ids) & set(by_id)), Handling.EMPLOYER)
    return {
        row["pk"]: _card(
            by_id[row["pk"]],
            [(one["code"], one["label"]) for one in row["shown_wishes"]],
            [_read_job(one) for one in row["shown_jobs"]],
            [_read_proof(one) for one in row["shown_proofs"]],
            named.get(row["pk"]),
        )
        for row in _facts_of(by_id)
    }


def _facts_of(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """Read what several people show in one query: a page of a list has few to spare."""
    hers = {"person": OuterRef("pk")}
    wishes: Any = Wish.objects.unscoped(SEVERAL).filter(**hers).order_by("rank")
    jobs: Any = Experience.objects.unscoped(SEVERAL).filter(**hers).order_by("-started_on", "-created_at")
    held: Any = HeldSkill.objects.unscoped(SEVERAL).filter(**hers, is_shown=True)
    living: Any = Evidence.objects.unscoped(SEVERAL).filter(held_skill=OuterRef("pk"), revoked_at=None)
    best = living.order_by("-assurance", "-given_on").values(
        told=JSONObject(
            assurance="assurance", origin="origin", role="witness_role", given_on="given_on", level="level",
            example="example",
        )
    )  # fmt: skip
    employer = Coalesce("establishment__name", "employer_name")
    rows: Any = Person.objects.unscoped(SEVERAL).filter(pk__in=list(ids))
    found: QuerySet[Any, Any] = rows.values(
        "pk",
        shown_wishes=ArraySubquery(
            wishes.values(told=JSONObject(code="occupation__rome_code", label="occupation__label"))
        ),
        shown_jobs=ArraySubquery(
            jobs.values(told=JSONObject(title="title", since="started_on", until="ended_on", employer=employer))[
                :SHOWN_JOBS
            ]
        ),
        shown_proofs=ArraySubquery(
            held.values(
                told=JSONObject(label="skill__label", level="level", example="example", best=Subquery(best[:1]))
            )
        ),
    )
    return found


def _read_job(told: dict[str, Any]) -> Job:
    return Job(told["title"], dt.date.fromisoformat(told["since"]), _day(told["until"]), told["employer"])


def _read_proof(told: dict[str, Any]) -> Proof:
    best = told["best"]
    if best is None:
        return Proof(told["label"], 0, level=_level(told["level"]), example=told["example"])
    return Proof(
        told["label"],
        best["assurance"],
        best["origin"],
        best["role"],
        _day(best["given_on"]),
        level=_level(best["level"]),
        example=best["example"],
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _level(value: str) -> str:
    return str(Level(value).label) if value else ""


def _card(
    person: Person,
    wishes: Sequence[tuple[str, str]],
    jobs: Sequence[Job],
    shown: Sequence[Proof],
    identity: Identity | None,
) -> Card:
    today = clock.today()
    return Card(
        reference=person.reference,
        occupations=tuple(label for _code, label in wishes),
        rome_codes=tuple(code for code, _label in wishes),
        place=person.commune.name if person.commune else "",
        mobility_km=person.mobility_km,
        available_on=person.available_on,
        is_available=person.available_on is not None and person.available_on <= today,
        contracts=_labels(ContractKind, person.contracts),
        working_time=str(person.get_working_time_display()),
        schedules=_labels(Schedule, person.schedules),
        licences=_labels(Licence, person.licences),
        jobs=tuple(_past(job, today, is_named=identity is not None) for job in jobs),
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


def _past(job: Job, today: dt.date, *, is_named: bool) -> PastJob:
    return PastJob(
        title=job.title,
        months=rules_card.months_between(job.started_on, job.ended_on or today),
        ended_on=job.ended_on,
        employer=job.employer if is_named else "",
    )


def _labels(choices: type[ContractKind] | type[Schedule] | type[Licence], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(choices(value).label) for value in values if value in choices.values)
