"""What the tests of the screens share."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.accounts import sign_in
from tests.factories.promotions import World, world
from tests.factories.stage import Stage, stage
from tests.web.walk import put_back


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Set the scene once for a module whose tests put back everything they write (`visit`, `put_back`)."""
    with django_db_blocker.unblock(), put_back():
        yield stage()


@pytest.fixture
def small(db: None) -> World:
    """Make an agency, its adviser, a jobseeker and two employers."""
    return world()


@pytest.fixture
def adviser(small: World) -> Client:
    """Sign the adviser of the small world in."""
    return sign_in(Client(), small.user)
