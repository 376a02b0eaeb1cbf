"""Experiences, skills and proofs for the tests: `HeldSkillFactory(proved=True)`."""

import datetime as dt
from typing import Any

import factory

from entremise.kernel import clock
from entremise.lib.uuid7 import uuid7
from entremise.passport.enums import Assurance, EvidenceSource
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people.models import Person
from entremise.skills.enums import SkillKind, Weight
from entremise.skills.models import JobTitle, Occupation, OccupationSkill, Skill
from tests.factories.people import PersonFactory, occupation


class SkillFactory(factory.django.DjangoModelFactory):
    """A know-how of the referential."""

    class Meta:
        model = Skill

    kind = SkillKind.KNOW_HOW
    label = factory.Sequence(lambda n: f"Cuisiner un plat n° {n:03}")
    source = "builtin"
    external_id = factory.Sequence(lambda n: f"test-{n}")


class JobTitleFactory(factory.django.DjangoModelFactory):
    """A job title of cooks."""

    class Meta:
        model = JobTitle

    occupation = factory.LazyFunction(occupation)
    source = "builtin"
    external_id = factory.Sequence(lambda n: f"test-{n}")
    label = "Cuisinier / Cuisinière de collectivité"


class ExperienceFactory(factory.django.DjangoModelFactory):
    """Two years in a kitchen."""

    class Meta:
        model = Experience

    person = factory.SubFactory(PersonFactory)
    title = "Cuisinière de collectivité"
    started_on = dt.date(2021, 3, 1)
    ended_on = dt.date(2023, 6, 30)
    created_at = factory.LazyFunction(clock.now)


class HeldSkillFactory(factory.django.DjangoModelFactory):
    """A skill that is said; proved by a former employer with `proved=True` or an assurance level."""

    class Meta:
        model = HeldSkill
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    skill = factory.SubFactory(SkillFactory)
    declared_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def proved(self: HeldSkill, create: bool, level: int | bool | None, **_: object) -> None:
        """Add a proof and keep the counts that the actions keep."""
        if create and level:
            evidence(self, assurance=Assurance.COMPANY if level is True else level)


def evidence(held: HeldSkill, **facts: Any) -> Evidence:
    """Prove a skill, as the action does."""
    made = Evidence.objects.create(
        held_skill=held,
        **{
            "source": EvidenceSource.VALIDATION,
            "source_id": uuid7(),
            "assurance": Assurance.COMPANY,
            "origin": "Maison Garance",
            "witness_role": "cheffe de cuisine",
            "given_on": dt.date(2026, 11, 20),
            **facts,
        },
    )
    held.assurance = max(held.assurance, made.assurance)
    held.save()
    proved = held.person.held_skills.filter(assurance__gt=0, is_shown=True).count()
    Person.objects.unscoped("a test's row").filter(pk=held.person_id).update(validated_skill_count=proved)
    held.person.validated_skill_count = proved
    return made


def calls_for(job: Occupation, skill: Skill, weight: int = Weight.USUAL) -> Skill:
    """Say that an occupation calls for a skill."""
    OccupationSkill.objects.create(occupation=job, skill=skill, weight=weight)
    return skill
