"""What a commune field answers while it is typed in."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.territories.models import Commune
from tests.factories.employers import commune
from tests.factories.people import JobseekerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["valen", "VALENCE", "26000", "26362"])
def test_a_commune_is_suggested_by_name_postcode_or_code(typed: str) -> None:
    Commune.objects.filter(pk=commune().pk).update(postcodes=["26000"])
    client = Client()
    client.force_login(JobseekerFactory())
    answer = client.get(reverse("suggest_communes"), {"q": typed})
    assert answer.json() == [{"id": "26362", "label": "Valence", "hint": "Drôme · 26000"}]


def test_somebody_unknown_gets_no_suggestion() -> None:
    assert Client().get(reverse("suggest_communes"), {"q": "valence"}).status_code == 401
