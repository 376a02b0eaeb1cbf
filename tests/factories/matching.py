"""Rows of the pool for the tests."""

import factory

from entremise.kernel import clock
from entremise.matching.models import PoolEntry
from tests.factories.people import PersonFactory


class PoolEntryFactory(factory.django.DjangoModelFactory[PoolEntry]):
    """A profile of Valence, ready today, nothing said yet."""

    class Meta:
        model = PoolEntry

    person = factory.SubFactory(PersonFactory)
    department = "26"
    latitude = 44.93
    longitude = 4.89
    mobility_km = 20
    occupation_codes: list[str] = []
    experience_codes: list[str] = []
    skill_ids: list[str] = []
    validated_skill_ids: list[str] = []
    contracts: list[str] = []
    schedules: list[str] = []
    languages: list[str] = []
    licences: list[str] = []
    working_time = "any"
    available_on = factory.LazyFunction(clock.today)
