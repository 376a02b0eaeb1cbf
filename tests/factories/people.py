"""People for the tests: `PersonFactory(consenting=True)`, `PersonFactory(complete=True)`."""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import factory

from entremise.accounts.models import User
from entremise.kernel import clock, vault
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.people import actions, rules
from entremise.people.enums import ConsentKind, Visibility
from entremise.people.models import Consent, ConsentText, Identity, Person, Wish
from entremise.skills.models import Occupation, OccupationFamily
from entremise.territories.models import Commune
from tests.factories.employers import commune

_numbers = itertools.count(1_000_000)


def valence() -> Commune:
    """Return the commune where most tests happen."""
    return commune()


def occupation(rome_code: str = "G1602", label: str = "Cuisinier / Cuisinière") -> Occupation:
    """Return an occupation of the referential."""
    family, _made = OccupationFamily.objects.get_or_create(letter=rome_code[0], defaults={"label": "Famille"})
    return Occupation.objects.get_or_create(
        rome_code=rome_code, defaults={"label": label, "family": family, "source": "builtin"}
    )[0]


def owner(person: Person) -> Actor:
    """Return the person herself as an actor."""
    return Actor(ActorKind.USER, str(person.user_id), frozenset({Role.JOBSEEKER}))


@contextmanager
def in_vault(person: Person | UUID) -> Iterator[None]:
    """Open the vault on one person, as the platform's own messages do."""
    with vault.handled([person if isinstance(person, UUID) else person.pk], purpose="test"):
        yield


def identity_of(person: Person) -> Identity:
    """Read a person's identity as it is kept."""
    with in_vault(person):
        return Identity.objects.unscoped("a test's row").get(pk=person.pk)


def set_identity(person: Person | UUID, **fields: str) -> None:
    """Change a person's identity as it is kept."""
    pk = person if isinstance(person, UUID) else person.pk
    with in_vault(pk):
        assert Identity.objects.unscoped("a test's row").filter(pk=pk).update(**fields) == 1


class JobseekerFactory(factory.django.DjangoModelFactory):
    """An account without password."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@example.org")


class IdentityFactory(factory.django.DjangoModelFactory):
    """A name and how to be reached."""

    class Meta:
        model = Identity

    first_name = "Awa"
    last_name = "Diallo"
    email = factory.LazyAttribute(lambda o: o.person.user.email or "" if o.person.user else "")
    phone = "+33612345678"


class PersonFactory(factory.django.DjangoModelFactory):
    """A person of Valence with an account and a name."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        stale = factory.Trait(confirmed_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=120)))
        elsewhere = factory.Trait(commune=None, department=None)

    user = factory.SubFactory(JobseekerFactory)
    reference = factory.LazyFunction(lambda: rules.reference_of(next(_numbers)))
    commune = factory.LazyFunction(valence)
    department = factory.LazyAttribute(lambda o: o.commune.department if o.commune else None)
    created_at = factory.LazyFunction(clock.now)
    confirmed_at = factory.LazyFunction(clock.now)
    identity = factory.RelatedFactory(IdentityFactory, factory_related_name="person")

    @factory.post_generation
    def consenting(self: Person, create: bool, visibility: str | bool | None, **_: object) -> None:
        """Give the promotion consent, anonymous unless a visibility is named."""
        if create and visibility:
            how = Visibility.ANONYMOUS if visibility is True else visibility
            consent(self, visibility=how)

    @factory.post_generation
    def wishing(self: Person, create: bool, wished: Occupation | bool | None, **_: object) -> None:
        """Look for an occupation."""
        if create and wished:
            Wish.objects.create(person=self, occupation=occupation() if wished is True else wished)


def consent(person: Person, *, visibility: str = Visibility.ANONYMOUS) -> Consent:
    """Give the promotion consent, to the built-in text."""
    actions.load_builtin()
    text = ConsentText.objects.filter(kind=ConsentKind.PROMOTION, language="fr").latest("version")
    return Consent.objects.create(
        person=person, kind=ConsentKind.PROMOTION, text=text, visibility=visibility, given_at=clock.now()
    )
