"""The public page of a company: opinions from five people on, its welcome, its open offers."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.promotions.models import Promotion
from tests.factories import voices
from tests.factories.accounts import AgencyFactory
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import counted
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory
from tests.factories.spaces import RecruiterSpaceFactory
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
FEW = "Pas encore assez d'avis"


@pytest.fixture
def place() -> Establishment:
    found = EstablishmentFactory(name="Maison Garance")
    RecruiterSpaceFactory(certified=True, establishment=found)
    return found


def page(client: Client, place: Establishment) -> str:
    return text_of(client.get(reverse("company", args=[place.siret])))


def said(place: Establishment, number: int, **facts: Any) -> None:
    for _ in range(number):
        voices.rating(counted(place, hours=5), **{"state": "published", "words": ""} | facts)


def welcomed(place: Establishment, number: int) -> None:
    agency = AgencyFactory()
    for _ in range(number):
        Promotion.objects.unscoped("a test's row").create(
            person=PersonFactory(), establishment=place, agency=agency, state="answered", answer="meeting",
            created_at=clock.now() - dt.timedelta(days=9), sent_at=clock.now() - dt.timedelta(days=9),
            answered_at=clock.now() - dt.timedelta(days=3),
        )  # fmt: skip


def test_four_opinions_are_too_few_to_be_shown(client: Client, place: Establishment) -> None:
    said(place, 4)
    shown = page(client, place)
    assert FEW in shown
    assert "sur 5" not in shown


def test_five_opinions_give_three_averages(client: Client, place: Establishment) -> None:
    said(place, 4, courtesy=5, clarity=4, speed=1)
    said(place, 1, courtesy=3, clarity=4, speed=2, words="On m'a rappelé le jour même.")
    shown = page(client, place)
    assert "Avis de 5 personnes qui ont postulé ici." in shown
    for mark in ("4,6 sur 5", "4,0 sur 5", "1,2 sur 5"):
        assert mark in shown
    assert "On m'a rappelé le jour même." in shown


def test_words_that_nobody_read_yet_are_not_shown(client: Client, place: Establishment) -> None:
    said(place, 5)
    said(place, 1, state="waiting", words="Un mot qui attend sa relecture.")
    said(place, 1, state="refused", words="Un mot qui nomme quelqu'un.")
    shown = page(client, place)
    assert "Avis de 5 personnes" in shown
    assert "Un mot qui" not in shown


def test_the_welcome_is_told_from_five_people_on(client: Client, place: Establishment) -> None:
    welcomed(place, 4)
    assert "a accueilli" not in page(client, place)
    welcomed(place, 1)
    assert "En douze mois, cet employeur a accueilli 5 personnes" in page(client, place)


def test_an_open_offer_leads_to_its_page(client: Client, place: Establishment) -> None:
    offer, draft = OfferFactory(establishment=place, open=True), OfferFactory(establishment=place)
    shown = page(client, place)
    assert reverse("public_offer", args=[offer.pk]) in shown
    assert str(draft.pk) not in shown
