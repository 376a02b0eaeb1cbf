"""The same seed gives the same people."""

from typing import Any

import pytest
from django.db import transaction

from entremise.demo import actions
from entremise.people.models import Identity
from entremise.skills import actions as skills
from entremise.territories import actions as territories

pytestmark = pytest.mark.django_db


def every(model: Any) -> Any:
    return model.objects.unscoped("a test")


def test_the_same_seed_gives_the_same_people() -> None:
    territories.load_builtin()
    skills.load_builtin()

    def built() -> list[tuple[Any, ...]]:
        with transaction.atomic():
            actions.build(people=20, seed=9)
            told = list(
                every(Identity)
                .order_by("person__reference")
                .values_list("person__reference", "first_name", "last_name", "person__commune_id")
            )
            transaction.set_rollback(True)
        return told

    first = [row for row in built() if row[1] not in {"Awa", "Karim"}]
    assert first == [row for row in built() if row[1] not in {"Awa", "Karim"}]
