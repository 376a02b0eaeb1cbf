"""The invented people: profiles, experiences, skills, consents, proofs from former employers."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from entremise.accounts.models import Agency
from entremise.demo import words
from entremise.demo.network import Network
from entremise.employers.models import Establishment
from entremise.passport.enums import Assurance, EvidenceSource, Level
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people import rules as people_rules
from entremise.people.enums import ConsentKind, ContractKind, Schedule, Visibility, WorkingTime
from entremise.people.models import Consent, ConsentText, Identity, Person, Wish
from entremise.skills.enums import SkillKind
from entremise.skills.models import Occupation, OccupationSkill
from entremise.territories.models import Commune
from entremise.validations import rules as validation_rules
from entremise.validations.enums import RequestState, Verdict
from entremise.validations.models import Request, RequestedSkill

CONSENT_SHARE, PROVED_SHARE, FRESH_SHARE, READY_SHARE = 0.72, 0.42, 0.7, 0.6
SKILLS_HELD = (5, 14)
TO_CALL_EVERY = 12  # answers: more than the product's share, so that a small demonstration shows some
BATCH = 2_000


@dataclass
class Lists:
    """Rows waiting to be written together, in the order in which they depend on one another."""

    people: list[Person] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    experiences: list[Experience] = field(default_factory=list)
    skills: list[HeldSkill] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    asked: list[RequestedSkill] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def write(self) -> None:
        """Write everything and start again with empty lists."""
        waiting: list[tuple[Any, list[Any]]] = [
            (Person, self.people),
            (Identity, self.identities),
            (Wish, self.wishes),
            (Consent, self.consents),
            (Experience, self.experiences),
            (HeldSkill, self.skills),
            (Request, self.requests),
            (RequestedSkill, self.asked),
            (Evidence, self.evidence),
        ]
        for model, rows in waiting:
            model.objects.bulk_create(rows, batch_size=BATCH)
            rows.clear()


@dataclass(frozen=True)
class World:
    """What profiles are drawn from."""

    network: Network
    communes: list[Commune]
    companies: dict[str, list[Establishment]]
    occupations: dict[str, Occupation]
    skills: dict[str, list[OccupationSkill]]
    text: ConsentText
    now: dt.datetime


def world(network: Network, companies: dict[str, list[Establishment]], now: dt.datetime) -> World:
    """Read what the profiles are drawn from."""
    skills: dict[str, list[OccupationSkill]] = {}
    links = OccupationSkill.objects.select_related("skill", "occupation").order_by("occupation__rome_code", "-weight")
    for link in links.order_by("occupation__rome_code", "-weight", "skill__external_id"):
        skills.setdefault(link.occupation.rome_code, []).append(link)
    drome = Commune.objects.filter(department_id="26", latitude__isnull=False).order_by("-population")
    return World(
        network=network,
        communes=list(drome[:120]),
        companies=companies,
        occupations={o.rome_code: o for o in Occupation.objects.filter(rome_code__in=skills)},
        skills=skills,
        text=ConsentText.objects.filter(kind=ConsentKind.PROMOTION, language="fr").latest("version"),
        now=now,
    )


def populate(rng: random.Random, drawn: World, first_number: int, count: int) -> list[Person]:
    """Invent some people and write them; return them."""
    lists = Lists()
    people = []
    for number in range(first_number, first_number + count):
        person = _person(rng, drawn, number)
        people.append(person)
        lists.people.append(person)
        _around(rng, drawn, person, lists)
    lists.write()
    return people


def _person(rng: random.Random, drawn: World, number: int) -> Person:
    today = drawn.now.date()
    commune = drawn.communes[min(int(rng.expovariate(0.05)), len(drawn.communes) - 1)]
    agency: Agency = rng.choices(drawn.network.agencies, weights=[5, 3, 2, 1, 2])[0]
    confirmed_days = rng.randint(0, 80) if rng.random() < FRESH_SHARE else rng.randint(95, 400)
    return Person(
        reference=people_rules.reference_of(1_000_000_007 * (number + 1) % people_rules.REFERENCE_SPACE),
        commune=commune,
        department_id=commune.department_id,
        agency=agency,
        referent=rng.choice(drawn.network.placement[agency]),
        mobility_km=rng.choice([5, 10, 15, 20, 20, 30, 30, 50]),
        available_on=today if rng.random() < READY_SHARE else today + dt.timedelta(days=rng.randint(5, 120)),
        contracts=sorted(rng.sample(ContractKind.values, rng.randint(1, 3))),
        working_time=rng.choice(WorkingTime.values),
        schedules=sorted(rng.sample(Schedule.values, rng.randint(1, 3))),
        languages=["fr", *rng.sample(["en", "ar", "pt", "uk", "es"], rng.choice([0, 0, 1]))],
        licences=["b"] if rng.random() < 0.6 else [],
        confirmed_at=drawn.now - dt.timedelta(days=confirmed_days),
        created_at=drawn.now - dt.timedelta(days=confirmed_days + rng.randint(10, 300)),
    )


def _around(rng: random.Random, drawn: World, person: Person, lists: Lists) -> None:
    first, last = rng.choice(words.FIRST_NAMES), rng.choice(words.LAST_NAMES)
    lists.identities.append(
        Identity(
            person=person, first_name=first, last_name=last,
            email=f"{person.reference.lower()}@demo.entremise.example",
            phone=f"+3363998{rng.randint(0, 9999):04d}",  # numbers kept for fiction
        )
    )  # fmt: skip
    rome = rng.choice(sorted(drawn.skills))
    others = [code for code in sorted(drawn.skills) if code[0] == rome[0] and code != rome]
    wished = [rome, *rng.sample(others, min(len(others), rng.choice([0, 1, 1])))]
    lists.wishes += [
        Wish(person=person, occupation=drawn.occupations[code], rank=rank) for rank, code in enumerate(wished, start=1)
    ]
    if rng.random() < CONSENT_SHARE:
        lists.consents.append(
            Consent(
                person=person, kind=ConsentKind.PROMOTION, text=drawn.text,
                visibility=Visibility.NAMED if rng.random() < 0.4 else Visibility.ANONYMOUS,
                given_at=person.created_at + dt.timedelta(days=2),
            )
        )  # fmt: skip
    experience = _experience(rng, drawn, person, rome)
    lists.experiences.append(experience)
    _skills(rng, drawn, person, experience, lists)


def _experience(rng: random.Random, drawn: World, person: Person, rome: str) -> Experience:
    ended_on = drawn.now.date() - dt.timedelta(days=rng.randint(20, 700))
    companies = drawn.companies.get(rome)
    return Experience(
        person=person,
        title=drawn.occupations[rome].label,
        occupation=drawn.occupations[rome],
        establishment=rng.choice(companies) if companies else None,
        employer_name="" if companies else "Particulier employeur",
        started_on=ended_on - dt.timedelta(days=rng.randint(90, 2500)),
        ended_on=ended_on,
        created_at=person.created_at,
    )


def _skills(rng: random.Random, drawn: World, person: Person, experience: Experience, lists: Lists) -> None:
    rome = experience.occupation.rome_code if experience.occupation else ""
    links = drawn.skills[rome]
    chosen = links[: rng.randint(*SKILLS_HELD)]
    soft = [link for link in links if link.skill.kind == SkillKind.SOFT_SKILL]
    held = {
        link.skill_id: HeldSkill(
            person=person, skill=link.skill, level=rng.choice(["", *Level.values]),
            last_used_on=experience.ended_on, declared_at=person.created_at,
        )
        for link in {*chosen, *soft[:2]}
    }  # fmt: skip
    lists.skills += held.values()
    if experience.establishment and rng.random() < PROVED_SHARE:
        _prove(rng, experience, experience.establishment, list(held.values()), lists)


def _prove(
    rng: random.Random, experience: Experience, establishment: Establishment, held: list[HeldSkill], lists: Lists
) -> None:
    person = experience.person
    sent_at = person.created_at + dt.timedelta(days=3, hours=rng.randint(0, 5))
    answered_at = sent_at + dt.timedelta(days=rng.randint(0, 9), hours=rng.randint(0, 5))
    request = Request(
        person=person, experience=experience, establishment=establishment,
        contact_name=f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}",
        contact_email=f"contact-{person.reference.lower()}@{establishment.email_domain}", contact_role="responsable",
        state=RequestState.ANSWERED, created_at=sent_at, sent_at=sent_at, opened_at=answered_at,
        answered_at=answered_at, closed_at=answered_at, last_written_at=sent_at,
        expires_at=validation_rules.LADDER.expires_at(sent_at),
    )  # fmt: skip
    lists.requests.append(request)
    assurance = rng.choices([Assurance.ANSWERED, Assurance.COMPANY, Assurance.CHECKED], weights=[3, 6, 1])[0]
    _mark_call(request, assurance)
    proved = rng.sample(held, min(len(held), rng.randint(2, 5)))
    for skill in proved:
        skill.assurance = assurance
        lists.asked.append(RequestedSkill(request=request, skill=skill.skill, verdict=Verdict.CONFIRMED))
        lists.evidence.append(
            Evidence(
                held_skill=skill, source=EvidenceSource.VALIDATION, source_id=request.pk, assurance=assurance,
                origin=establishment.name, origin_siret=establishment.siret, witness_role="responsable",
                given_on=answered_at.date(),
            )
        )  # fmt: skip
    person.validated_skill_count = len(proved)


def _mark_call(request: Request, assurance: Assurance) -> None:
    """Date the adviser's call behind a proof of level 3; of the other answers, leave some to be called about."""
    if assurance == Assurance.CHECKED:
        request.checked_at = (request.answered_at or request.created_at) + dt.timedelta(days=2)
    else:
        request.to_check = sum(request.person.reference.encode()) % TO_CALL_EVERY == 0
