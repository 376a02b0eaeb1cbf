"""Invented people in number for the bench of the pool: straight into the tables, then the pool's own rows."""

import datetime as dt
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.db import connection

from entremise.accounts.models import Agency, Organisation
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.matching import actions as matching
from entremise.people import actions as people
from entremise.people import rules
from entremise.people.enums import ContractKind, Language, Licence, Schedule
from entremise.people.models import ConsentText
from entremise.skills import actions as skills
from entremise.skills.models import Mobility, Occupation, OccupationSkill
from entremise.territories import actions as territories
from entremise.territories.models import Commune

SKILLS_AVERAGE = 15
MOBILITIES = ([5, 10, 15, 20, 30, 50, 100], [8, 22, 14, 28, 18, 8, 2])
PROVED_SHARE, PROMOTED_SHARE = 0.3, 0.25
COLUMNS = {
    "people_person": (
        "id", "reference", "commune_id", "department_id", "mobility_km", "available_on", "contracts", "working_time",
        "schedules", "languages", "licences", "validated_skill_count", "confirmed_at", "created_at",
    ),
    "people_wish": ("person_id", "occupation_id", "rank"),
    "people_consent": ("id", "person_id", "kind", "text_id", "visibility", "given_at"),
    "passport_experience": (
        "id", "person_id", "kind", "title", "occupation_id", "employer_name", "started_on", "tasks", "created_at",
    ),
    "passport_heldskill": (
        "id", "person_id", "skill_id", "level", "example", "assurance", "is_shown", "declared_at",
    ),
    "promotions_promotion": (
        "id", "person_id", "establishment_id", "agency_id", "origin", "visibility", "message", "state",
        "validated_skill_count", "created_at", "sent_at", "answer", "no_reason", "answer_word", "answer_channel",
        "reminder_count", "outcome", "outcome_contract", "outcome_word",
    ),
}  # fmt: skip
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Job:
    """An occupation and the skills it calls for, the most needed first."""

    occupation_id: UUID
    rome_code: str
    label: str
    skill_ids: list[UUID]


@dataclass(frozen=True, slots=True)
class World:
    """What people are made of."""

    communes: list[Commune]
    commune_weights: list[int]
    jobs: list[Job]
    job_weights: list[float]
    near: dict[str, list[Job]]
    consent_text_id: int
    agency_id: UUID
    establishment_id: UUID


def referential() -> World:
    """Load what ships with the product, and one agency and one establishment to hang promotions on."""
    territories.load_builtin()
    skills.load_builtin()
    people.load_builtin()
    communes = list(Commune.objects.filter(latitude__isnull=False, population__gt=0).order_by("code"))
    called: dict[UUID, list[UUID]] = {}
    for occupation_id, skill_id in OccupationSkill.objects.order_by("-weight", "pk").values_list(
        "occupation_id", "skill_id"
    ):
        called.setdefault(occupation_id, []).append(skill_id)
    jobs = [Job(o.pk, o.rome_code, o.label, called.get(o.pk, [])) for o in Occupation.objects.order_by("rome_code")]
    by_code = {job.rome_code: job for job in jobs}
    near: dict[str, list[Job]] = {}
    for source, target in Mobility.objects.order_by("pk").values_list("source__rome_code", "target__rome_code"):
        near.setdefault(source, []).append(by_code[target])
    random.Random(0).shuffle(jobs)  # which trade is the most common is nobody's alphabet
    siret = siret_with_key(siren_with_key("90000000").value, 1).value
    return World(
        communes=communes,
        commune_weights=list(accumulate(commune.population for commune in communes)),
        jobs=jobs,
        job_weights=list(accumulate(1 / rank for rank in range(1, len(jobs) + 1))),  # Zipf
        near=near,
        consent_text_id=ConsentText.objects.order_by("-version").values_list("pk", flat=True)[0],
        agency_id=_agency(communes[0]).pk,
        establishment_id=Establishment.objects.create(siret=siret, name="Banc", commune=communes[0]).pk,
    )


def fill(world: World, count: int, seed: int, *, batch: int = 20_000) -> None:
    """Write the people, then the pool's rows by the product's own command, then the planner's statistics."""
    rng = random.Random(seed)
    for start in range(0, count, batch):
        rows: Rows = {table: [] for table in COLUMNS}
        for number in range(start, min(start + batch, count)):
            _person(world, rng, number, rows)
        for table, lines in rows.items():
            _copy(table, COLUMNS[table], lines)
    matching.refresh_all()


def analyse() -> None:
    """Do, as the owner, what autovacuum does by itself in a living installation."""
    with connection.cursor() as cursor:
        for table in (*COLUMNS, "matching_poolentry"):
            cursor.execute(f"vacuum analyze {table}")


def _agency(commune: Commune) -> Agency:
    organisation = Organisation.objects.create(kind="employment_service", name="Banc")
    return Agency.objects.create(
        organisation=organisation, name="Banc", commune=commune, department_id=commune.department_id
    )


def _person(world: World, rng: random.Random, number: int, rows: Rows) -> None:
    now, today = clock.now(), clock.today()
    person_id, commune = _uuid(rng), rng.choices(world.communes, cum_weights=world.commune_weights)[0]
    wished = _wished(world, rng)
    done = [*wished[:1], *_others(world, wished[0], rng, rng.choice([0, 0, 1, 1, 2]))]
    held = _held(rng, wished + done)
    proved = set(rng.sample(held, min(len(held), rng.randint(1, 6)))) if rng.random() < PROVED_SHARE else set()
    rows["people_person"].append((
        person_id, rules.reference_of(number), commune.pk, commune.department_id,
        rng.choices(MOBILITIES[0], MOBILITIES[1])[0],
        None if rng.random() < 0.1 else today + dt.timedelta(days=rng.randint(-300, 120)),
        _some(rng, ContractKind.values), rng.choice(["full", "part", "any", "any"]), _some(rng, Schedule.values),
        ["fr", *rng.sample(Language.values[1:], rng.choice([0, 0, 0, 1, 2]))], _some(rng, Licence.values, most=2),
        len(proved), None if rng.random() < 0.05 else now - dt.timedelta(days=rng.randint(0, 250)), now,
    ))  # fmt: skip
    rows["people_wish"] += [(person_id, job.occupation_id, rank) for rank, job in enumerate(wished, start=1)]
    rows["people_consent"].append((_uuid(rng), person_id, "promotion", world.consent_text_id, "anonymous", now))
    rows["passport_experience"] += [
        (_uuid(rng), person_id, "job", job.label, job.occupation_id, "", today - dt.timedelta(days=900), "", now)
        for job in done
    ]
    rows["passport_heldskill"] += [
        (_uuid(rng), person_id, skill, "", "", 2 if skill in proved else 0, True, now) for skill in held
    ]
    rows["promotions_promotion"] += _promotions(world, rng, person_id, now)


def _promotions(world: World, rng: random.Random, person_id: UUID, now: dt.datetime) -> list[tuple[object, ...]]:
    count = rng.randint(1, 4) if rng.random() < PROMOTED_SHARE else 0
    dates = [now - dt.timedelta(days=rng.randint(1, 400)) for _ in range(count)]
    return [
        (
            _uuid(rng), person_id, world.establishment_id, world.agency_id, "here", "anonymous", "", "expired", 0, at,
            at, "", "", "", "", 2, "", "", "",
        )
        for at in dates
    ]  # fmt: skip


def _wished(world: World, rng: random.Random) -> list[Job]:
    """Draw what a person looks for: her trade, and mostly trades near it."""
    trade = rng.choices(world.jobs, cum_weights=world.job_weights)[0]
    others = _others(world, trade, rng, rng.choice([0, 0, 1, 1, 2]))
    return list({job.rome_code: job for job in (trade, *others)}.values())


def _others(world: World, trade: Job, rng: random.Random, count: int) -> list[Job]:
    near = world.near.get(trade.rome_code, [])
    return [rng.choice(near) if near and rng.random() < 0.8 else rng.choice(world.jobs) for _ in range(count)]


def _held(rng: random.Random, jobs: Iterable[Job]) -> list[UUID]:
    """Draw skills from those the person's occupations call for: 15 on average."""
    called = list(dict.fromkeys(skill for job in jobs for skill in job.skill_ids))
    wanted = max(1, round(rng.gauss(SKILLS_AVERAGE + 1, 5)))
    return rng.sample(called, min(len(called), wanted))


def _some(rng: random.Random, values: list[str], most: int = 3) -> list[str]:
    return rng.sample(values, rng.randint(0, most))


def _uuid(rng: random.Random) -> UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _copy(table: str, columns: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
        for line in lines:
            copy.write_row(line)
