"""Accounts for the tests: jobseekers, professionals in an agency, invitations; and who they are when acting."""

import functools
from typing import Any

import factory
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.test import Client

from entremise.accounts.enums import MemberRole, OrganisationKind
from entremise.accounts.models import Agency, Invitation, Membership, Organisation, User
from entremise.accounts.queries import actor_for
from entremise.kernel import clock
from entremise.kernel.actors import Actor, Role
from entremise.territories.models import Commune, Department, Region

PASSWORD = "une phrase assez longue"
_known_password = functools.cache(lambda: make_password(PASSWORD))  # hashing is slow on purpose: once is enough
DEPARTMENTS = {"26": ("Drôme", "26362", "Valence"), "38": ("Isère", "38185", "Grenoble")}


def department(code: str = "26") -> Department:
    """Return a department with its region, created when missing."""
    region, _is_new = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    name = DEPARTMENTS.get(code, (f"Département {code}",))[0]
    return Department.objects.get_or_create(code=code, defaults={"name": name, "region": region})[0]


def commune(department_code: str = "26") -> Commune:
    """Return the main commune of a department, created when missing."""
    _name, code, name = DEPARTMENTS.get(department_code, ("", f"{department_code}001", "Ville"))
    defaults = {"name": name, "department": department(department_code)}
    return Commune.objects.get_or_create(code=code, defaults=defaults)[0]


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A jobseeker's account, known by an e-mail address."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")

    class Params:
        by_phone = factory.Trait(email=None, phone=factory.Sequence(lambda n: f"+336123{n:05d}"), phone_verified=True)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, password: str | None = None, **fields: Any) -> User:
        encoded = _known_password() if password == PASSWORD else make_password(password)
        return model_class.objects.create(password=encoded, **fields)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """An organisation of the network."""

    class Meta:
        model = Organisation

    kind = OrganisationKind.EMPLOYMENT_SERVICE
    name = factory.Sequence(lambda n: f"Organisation {n}")


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An agency in the Drôme, or in `department_code`."""

    class Meta:
        model = Agency

    class Params:
        department_code = "26"

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Agence {n}")
    commune = factory.LazyAttribute(lambda agency: commune(agency.department_code))
    department = factory.LazyAttribute(lambda agency: department(agency.department_code))


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A business adviser's place in an agency."""

    class Meta:
        model = Membership

    user = factory.SubFactory(
        UserFactory,
        email=factory.Sequence(lambda n: f"pro{n}@emploi.exemple"),
        first_name="Nadia",
        last_name="Ferrand",
    )
    agency = factory.SubFactory(AgencyFactory)
    role = MemberRole.BUSINESS_ADVISER


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """A pending invitation."""

    class Meta:
        model = Invitation

    agency = factory.SubFactory(AgencyFactory)
    email = factory.Sequence(lambda n: f"invite{n}@emploi.exemple")
    role = MemberRole.BUSINESS_ADVISER
    created_at = factory.LazyFunction(clock.now)


def professional(role: Role | str = Role.BUSINESS_ADVISER, *, agency: Agency | None = None, **facts: Any) -> User:
    """Create a professional of an agency (a new one by default), with the password of the tests."""
    user = UserFactory(
        email=facts.pop("email", None) or f"pro-{User.objects.count()}@emploi.exemple",
        password=PASSWORD,
        first_name="Nadia",
        last_name="Ferrand",
        **facts,
    )
    MembershipFactory(user=user, role=str(role), agency=agency or AgencyFactory())
    return user


def actor_of(user: User, *, second_factor: bool = True) -> Actor:
    """Return who this account is when acting; a professional has proved a second factor unless told otherwise."""
    return actor_for(user, second_factor=second_factor)


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Open a session for this account, a professional's with its second factor proved unless told otherwise."""
    client.force_login(user)
    session = client.session
    session["second_factor"] = second_factor
    session["second_factor_at"] = int(clock.now().timestamp())
    session.save()
    return client


def add_totp(user: User) -> str:
    """Register an authenticator application and return its secret."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    """Return the code that the application shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
