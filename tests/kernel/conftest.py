"""Actors for the kernel's tests."""

import pytest

from entremise.accounts.models import User
from entremise.kernel.actors import Actor, ActorKind, Role
from tests.factories.strangers import start

__all__ = ["start"]


@pytest.fixture
def jobseeker(db: None) -> Actor:
    user = User.objects.create_user(email="jobseeker@example.org")
    return Actor(ActorKind.USER, str(user.pk), frozenset({Role.JOBSEEKER}))


@pytest.fixture
def adviser(db: None) -> Actor:
    user = User.objects.create_user(email="adviser@example.org", password="a long enough password")
    return Actor(
        ActorKind.USER, str(user.pk), frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True
    )
