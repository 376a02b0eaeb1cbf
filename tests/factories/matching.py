"""Rows of the pool for the tests."""

import factory

from entremise.kernel import clock
from entremise.matching import rules_traits
from entremise.matching.models import PoolEntry
from entremise.people.enums import WorkingTime
from tests.factories.people import PersonFactory


class PoolEntryFactory(factory.django.DjangoModelFactory[PoolEntry]):
    """A profile of Valence, ready today, nothing said yet."""

    class Meta:
        model = PoolEntry

    class Params:
        contracts: list[str] = []
        schedules: list[str] = []
        licences: list[str] = []
        working_time = WorkingTime.ANY

    person = factory.SubFactory(PersonFactory)
    department = "26"
    latitude = 44.93
    longitude = 4.89
    mobility_km = 20
    occupation_codes: list[str] = []
    experience_codes: list[str] = []
    skill_ids: list[str] = []
    validated_skill_ids: list[str] = []
    validated_count = factory.LazyAttribute(lambda row: len(row.validated_skill_ids))
    languages: list[str] = []
    last_promoted_at = None
    available_on = factory.LazyFunction(clock.today)
    traits = factory.LazyAttribute(lambda row: rules_traits.traits_of(_names(row)))


def _names(row: factory.builder.Resolver) -> list[str]:
    """Name the filter values of a row, as the SQL that writes rows does."""
    times = ["full", "part"] if row.working_time == WorkingTime.ANY else [row.working_time]
    names = [f"contract:{value}" for value in row.contracts] + [f"schedule:{value}" for value in row.schedules]
    names += [f"licence:{value}" for value in row.licences] + [f"working_time:{value}" for value in times]
    names += ["toggle:validated"] if row.validated_skill_ids else []
    return names + ([] if row.last_promoted_at else ["toggle:never_promoted"])
