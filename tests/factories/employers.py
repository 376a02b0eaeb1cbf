"""Establishments, contacts and conversations for the tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from entremise.employers import rules
from entremise.employers.enums import LogChannel, LogPurpose
from entremise.employers.models import Contact, ContactLog, Establishment
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.territories.models import Commune, Department, NafCode, Region


def commune(code: str = "26362", name: str = "Valence", department: str = "26") -> Commune:
    """Return a commune, made with its department and region when they are missing."""
    region, _ = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    names = {"26": "Drôme", "07": "Ardèche", "38": "Isère"}
    Department.objects.get_or_create(
        code=department, defaults={"name": names.get(department, department), "region": region}
    )
    place, _ = Commune.objects.get_or_create(
        code=code,
        defaults={"name": name, "department_id": department, "latitude": 44.93, "longitude": 4.89},
    )
    return place


def naf(code: str = "56.10A", label: str = "Restauration traditionnelle") -> NafCode:
    """Return an activity, made when it is missing."""
    return NafCode.objects.get_or_create(code=code, defaults={"label": label, "section": "I"})[0]


def siret(number: int) -> str:
    """Return a valid SIRET, one for each number."""
    return siret_with_key(siren_with_key(f"9{number:07d}").value, 1).value


class EstablishmentFactory(DjangoModelFactory[Establishment]):
    """An open establishment in Valence."""

    class Meta:
        model = Establishment

    class Params:
        closed = factory.Trait(closed_on=dt.date(2025, 3, 31))
        elsewhere = factory.Trait(commune=factory.LazyFunction(lambda: commune("38185", "Grenoble", "38")))

    siret = factory.Sequence(siret)
    name = factory.Sequence(lambda n: f"Maison Garance {n}")
    commune = factory.LazyFunction(commune)
    naf = factory.LazyFunction(naf)
    search_name = factory.LazyAttribute(lambda o: rules.searchable(o.name, o.commune.name))
    email_domain = "garance.example"
    is_fictional = True


class ContactFactory(DjangoModelFactory[Contact]):
    """Someone with an e-mail address at an establishment."""

    class Meta:
        model = Contact

    class Params:
        privileged = factory.Trait(is_privileged=True)
        opposed = factory.Trait(opposed_at=dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC))

    establishment = factory.SubFactory(EstablishmentFactory)
    name = factory.Sequence(lambda n: f"Dominique Martin {n}")
    role = "responsable du personnel"
    email = factory.Sequence(lambda n: f"contact{n}@garance.example")

    @classmethod
    def _create(cls, model_class: type[Contact], *args: Any, **kwargs: Any) -> Contact:
        return Contact.objects.unscoped("a test's row").create(**kwargs)


class ContactLogFactory(DjangoModelFactory[ContactLog]):
    """A call about promotions."""

    class Meta:
        model = ContactLog

    establishment = factory.SubFactory(EstablishmentFactory)
    channel = LogChannel.CALL
    purpose = LogPurpose.PROMOTION
    outcome = "Cherche deux personnes pour la saison."
    at = factory.LazyFunction(lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))

    @classmethod
    def _create(cls, model_class: type[ContactLog], *args: Any, **kwargs: Any) -> ContactLog:
        return ContactLog.objects.unscoped("a test's row").create(**kwargs)
