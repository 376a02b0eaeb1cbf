"""`Model.objects` fails closed."""

import pytest
from django.db.models import Count, Exists, OuterRef

from entremise.accounts.models import User
from entremise.kernel.actors import ANONYMOUS, job_actor
from entremise.kernel.scoping import UnscopedQuery
from entremise.people.models import Person, Wish

pytestmark = pytest.mark.django_db

UNSCOPED = {
    "a list": lambda: list(Person.objects.all()),
    "a count": lambda: Person.objects.count(),
    "a look-up": lambda: Person.objects.get(pk="00000000-0000-7000-8000-000000000000"),
    "an exists": lambda: Person.objects.filter(mobility_km=3).exists(),
    "an aggregate": lambda: Person.objects.aggregate(n=Count("pk")),
    "an update": lambda: Person.objects.update(mobility_km=3),
    "a delete": lambda: Person.objects.filter(mobility_km=3).delete(),
    "values": lambda: list(Person.objects.values_list("pk")),
    "a union": lambda: list(Person.objects.unscoped("half of a test").union(Person.objects.all())),
    "a sub-query": lambda: list(User.objects.filter(Exists(Person.objects.filter(user=OuterRef("pk"))))),
    "a membership": lambda: list(User.objects.filter(person__in=Person.objects.all())),
}


@pytest.mark.parametrize("query", UNSCOPED.values(), ids=UNSCOPED.keys())
def test_a_query_without_scope_is_refused(query) -> None:
    with pytest.raises(UnscopedQuery):
        query()


def test_an_unscoped_query_needs_a_reason() -> None:
    with pytest.raises(UnscopedQuery):
        Person.objects.unscoped(" ")


def test_nobody_yet_sees_nothing() -> None:
    Person.objects.create(reference="AAAA-0001", created_at="2026-01-01T00:00:00Z")
    assert not Person.objects.visible_to(ANONYMOUS).exists()


def test_the_platform_sees_every_row() -> None:
    Person.objects.create(reference="AAAA-0001", created_at="2026-01-01T00:00:00Z")
    assert Person.objects.visible_to(job_actor("test")).count() == 1


def test_a_jobseeker_sees_her_own_row_only(jobseeker) -> None:
    Person.objects.create(reference="AAAA-0002", created_at="2026-01-01T00:00:00Z")
    mine = Person.objects.create(reference="AAAA-0001", created_at="2026-01-01T00:00:00Z", user_id=jobseeker.user_id)
    assert list(Person.objects.visible_to(jobseeker)) == [mine]


def test_what_hangs_from_a_row_already_read_is_in_scope() -> None:
    person = Person.objects.create(reference="AAAA-0001", created_at="2026-01-01T00:00:00Z")
    assert list(person.wishes.all()) == []
    assert person.wishes.count() == 0
    prefetched = Person.objects.unscoped("a test").prefetch_related("wishes").get()
    assert list(prefetched.wishes.all()) == []


def test_scope_survives_chaining_but_not_a_fresh_start() -> None:
    assert Wish.objects.unscoped("a test").filter(rank=1).order_by("rank").count() == 0
    with pytest.raises(UnscopedQuery):
        Wish.objects.filter(rank=1).count()
