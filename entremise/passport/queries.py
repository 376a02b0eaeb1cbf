"""Reads of the passport: experiences, skills and their proofs, the meter."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.passport import rules
from entremise.passport.enums import Assurance, DoubtKind, Item
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people import queries as people
from entremise.people.models import Identity, Person, Wish
from entremise.skills.enums import SkillKind
from entremise.skills.models import JobTitle, Occupation, OccupationSkill, Skill

MEASURING = "measures a person already read"
KIND_ORDER = {SkillKind.KNOW_HOW: 0, SkillKind.KNOWLEDGE: 1, SkillKind.SOFT_SKILL: 2}


def experiences(person: Person) -> QuerySet[Experience]:
    """Return what a person did, the latest first."""
    return person.experiences.select_related("establishment__commune", "occupation", "job_title").order_by(
        "-started_on", "-created_at"
    )


def experience(pk: UUID, actor: Actor) -> Experience:
    """Return one experience the actor may see, or raise DoesNotExist."""
    rows = Experience.objects.visible_to(actor)
    return rows.select_related("person", "establishment__commune", "occupation", "job_title").get(pk=pk)


def held_skill(pk: UUID, actor: Actor) -> HeldSkill:
    """Return one skill held, with its proofs, or raise DoesNotExist."""
    rows = HeldSkill.objects.visible_to(actor).select_related("person", "skill")
    return rows.prefetch_related(_living_evidence(), "experiences__establishment").get(pk=pk)


def held_skills(person: Person, *, with_experiences: bool = True) -> list[HeldSkill]:
    """Return every skill of a person, for herself: proved first, then by name; with proofs and experiences."""
    rows = person.held_skills.select_related("skill").prefetch_related(_living_evidence())
    return sorted(rows.prefetch_related("experiences") if with_experiences else rows, key=_rank)


def shown_skills(person: Person) -> list[HeldSkill]:
    """Return the skills that others may see, proved first: never one that was asked and not confirmed."""
    rows = person.held_skills.filter(is_shown=True).select_related("skill").prefetch_related(_living_evidence())
    return sorted(rows, key=_rank)


@dataclass(frozen=True, slots=True)
class Proof:
    """One proved skill as shown on the wall: its level, when and by whom."""

    held: HeldSkill
    label: str
    kind: str
    assurance: int
    given_on: dt.date
    origin: str
    witness_role: str
    example: str
    count: int


def proof_wall(person: Person) -> list[Proof]:
    """Return the proved skills that others may see, the best proved first."""
    return [proof for held in shown_skills(person) if (proof := best_proof(held))]


def best_proof(held: HeldSkill) -> Proof | None:
    """Return the strongest and latest living evidence of a skill (read with its evidence), or nothing."""
    living: list[Evidence] = list(held.evidence.all())
    if not living:
        return None
    best = max(living, key=lambda e: (e.assurance, e.given_on))
    return Proof(
        held=held,
        label=held.skill.label,
        kind=held.skill.kind,
        assurance=best.assurance,
        given_on=best.given_on,
        origin=best.origin,
        witness_role=best.witness_role,
        example=best.example,
        count=len(living),
    )


def doubts(person: Person) -> dict[UUID, DoubtKind]:
    """Return, by skill, what brought no confirmation: the most serious one; for the person alone."""
    found: dict[UUID, DoubtKind] = {}
    for skill_id, kind in person.doubts.values_list("skill_id", "kind"):
        if found.get(skill_id) != DoubtKind.UNCONFIRMED:
            found[skill_id] = DoubtKind(kind)
    return found


def proposed_skills(source: JobTitle | Occupation | None, person: Person) -> list[Skill]:
    """Return the skills an occupation calls for that the person has not yet: know-how by weight, then soft skills."""
    if source is None:
        return []
    occupation_id = source.occupation_id if isinstance(source, JobTitle) else source.pk
    rows = (
        OccupationSkill.objects.filter(occupation=occupation_id, skill__retired_on=None)
        .exclude(skill__in=person.held_skills.values("skill"))
        .select_related("skill")
        .order_by("-weight", "skill__label")
    )
    wanted = [row.skill for row in rows]
    soft = [skill for skill in wanted if skill.kind == SkillKind.SOFT_SKILL]
    hard = [skill for skill in wanted if skill.kind != SkillKind.SOFT_SKILL]
    return hard[: rules.PROPOSED_KNOW_HOW] + soft[: rules.PROPOSED_SOFT_SKILLS]


def job_title(pk: UUID) -> JobTitle | None:
    """Return a job title that is still in use, with its occupation."""
    return JobTitle.objects.filter(pk=pk, retired_on=None).select_related("occupation").first()


def known_skills(ids: Collection[UUID]) -> dict[UUID, Skill]:
    """Return the skills of the referential that are still in use, by identifier."""
    return Skill.objects.filter(pk__in=ids, retired_on=None).in_bulk()


def meter(person: Person, identity: Identity, today: dt.date, *, waiting_count: int = 0) -> rules.Meter:
    """Measure a profile; `waiting_count` is the number of validation requests that wait for an answer."""
    shown = person.held_skills.filter(is_shown=True)
    here = Person.objects.unscoped(MEASURING).filter(pk=person.pk)
    (measured,) = here.values_list(
        Exists(Wish.objects.unscoped(MEASURING).filter(person=OuterRef("pk"))),
        Exists(Experience.objects.unscoped(MEASURING).filter(person=OuterRef("pk"))),
        Exists(people.promotion_consents().filter(person=OuterRef("pk"))),
        _count(shown),
        _count(shown.filter(assurance__gt=Assurance.DECLARED)),
    )
    has_wish, has_experience, is_consenting, skill_count, proved_count = measured
    facts = rules.Facts(
        items=_items(person, identity, has_wish=has_wish, has_experience=has_experience, skill_count=skill_count),
        skill_count=skill_count,
        proved_count=proved_count,
        confirmed_on=clock.local(person.confirmed_at).date() if person.confirmed_at else None,
        waiting_count=waiting_count,
        is_consenting=is_consenting,
    )
    return rules.meter(facts, today)


def _count(rows: QuerySet[HeldSkill]) -> Coalesce:
    counted = rows.order_by().values("person").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _items(
    person: Person, identity: Identity, *, has_wish: bool, has_experience: bool, skill_count: int
) -> frozenset[Item]:
    present = {
        Item.NAME: bool(identity.first_name and identity.last_name),
        Item.CONTACT: bool(identity.email or identity.phone),
        Item.WISH: has_wish,
        Item.COMMUNE: person.commune_id is not None,
        Item.AVAILABILITY: person.available_on is not None,
        Item.CONTRACTS: bool(person.contracts),
        Item.EXPERIENCE: has_experience,
        Item.SKILLS: skill_count >= rules.ENOUGH_SKILLS,
    }
    return frozenset(item for item, is_there in present.items() if is_there)


def _living_evidence() -> "Prefetch[Any]":
    living = Evidence.objects.unscoped("prefetched from skills that were scoped").filter(revoked_at=None)
    return Prefetch("evidence", queryset=living.order_by("-assurance", "-given_on"))


def _rank(held: HeldSkill) -> tuple[bool, int, int, str]:
    return (not held.is_shown, -held.assurance, KIND_ORDER[SkillKind(held.skill.kind)], held.skill.label.casefold())
