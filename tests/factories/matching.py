"""Rows of the pool for the tests."""

from collections.abc import Sequence
from uuid import UUID

import factory

from entremise.kernel import clock
from entremise.matching import rules, rules_traits
from entremise.matching.models import PoolEntry
from entremise.people.enums import WorkingTime
from entremise.skills.models import Skill
from entremise.territories.models import Commune
from tests.factories.accounts import department
from tests.factories.people import PersonFactory
from tests.factories.skills import SkillFactory

SIGNED = 4  # the assurance of the proved skills of these rows


def place(latitude: float, longitude: float, code: str = "26") -> Commune:
    """Return the commune of a department that is at a place, created when missing."""
    at = {"latitude": latitude, "longitude": longitude, "department": department(code)}
    known = Commune.objects.filter(**at).first()
    return known or Commune.objects.create(code=f"{code}{Commune.objects.count() + 500:03d}", name="Ville", **at)


def numbers(skill_ids: Sequence[UUID]) -> list[int]:
    """Return the numbers of skills, created when missing."""
    known = {skill.pk: skill.number for skill in Skill.objects.filter(pk__in=skill_ids)}
    for pk in skill_ids:
        if pk not in known:
            SkillFactory(pk=pk)
            known[pk] = Skill.objects.get(pk=pk).number
    return [known[pk] for pk in skill_ids]


class PoolEntryFactory(factory.django.DjangoModelFactory[PoolEntry]):
    """A profile of Valence, ready today, nothing said yet."""

    class Meta:
        model = PoolEntry

    class Params:
        contracts: list[str] = []
        schedules: list[str] = []
        licences: list[str] = []
        languages: list[str] = []
        working_time = WorkingTime.ANY
        latitude = 44.93
        longitude = 4.89
        skill_ids: list[UUID] = []
        validated_skill_ids: list[UUID] = []
        home = factory.LazyAttribute(lambda row: place(row.latitude, row.longitude, row.department))

    person = factory.SubFactory(PersonFactory, commune=factory.SelfAttribute("..home"))
    department = "26"
    commune_code = factory.LazyAttribute(lambda row: row.home.pk)
    mobility_km = 20
    occupation_codes: list[str] = []
    experience_codes: list[str] = []
    skill_numbers = factory.LazyAttribute(lambda row: numbers(_held(row)))
    skill_facts = factory.LazyAttribute(lambda row: [_fact(pk, row) for pk in _held(row)])
    validated_count = factory.LazyAttribute(lambda row: len(row.validated_skill_ids))
    last_promoted_at = None
    available_on = factory.LazyFunction(clock.today)
    traits = factory.LazyAttribute(lambda row: rules_traits.traits_of(_names(row)))


def _held(row: factory.builder.Resolver) -> list[UUID]:
    return list(dict.fromkeys([*row.validated_skill_ids, *row.skill_ids]))


def _fact(pk: UUID, row: factory.builder.Resolver) -> int:
    if pk not in row.validated_skill_ids:
        return 0
    return rules.day_number(clock.today()) * 256 + SIGNED


def _names(row: factory.builder.Resolver) -> list[str]:
    """Name the filter values of a row, as the SQL that writes rows does."""
    times = ["full", "part"] if row.working_time == WorkingTime.ANY else [row.working_time]
    names = [f"contract:{value}" for value in row.contracts] + [f"schedule:{value}" for value in row.schedules]
    names += [f"licence:{value}" for value in row.licences] + [f"working_time:{value}" for value in times]
    names += [f"language:{value}" for value in row.languages]
    names += ["toggle:validated"] if row.validated_skill_ids else []
    return names + ([] if row.last_promoted_at else ["toggle:never_promoted"])
