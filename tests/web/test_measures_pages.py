"""The measures on screen: the catalogue, one, and what fits an offer and a person."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.offers import OfferFactory
from tests.factories.promotions import World
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries

pytestmark = pytest.mark.django_db


def test_the_catalogue_is_searched_and_each_page_tells_its_source(adviser: Client) -> None:
    html = adviser.get(reverse("measures"), {"q": "métier immersion"}).content.decode()
    assert "PMSMP" in html
    assert "POEC" not in html
    assert "Aucune mesure ne porte ces mots" in adviser.get(reverse("measures"), {"q": "xyz"}).content.decode()
    page = adviser.get(reverse("measure", args=["poei"])).content.decode()
    assert "L. 6326-1" in page
    assert adviser.get(reverse("measure", args=["unknown"])).status_code == 404


def test_an_offer_and_a_person_are_looked_at(adviser: Client, small: World) -> None:
    offer = OfferFactory(
        agency=small.agency, adviser=small.user, open=True, contract="cdd", duration_months=8,
        needs={SkillFactory().pk: 2},
    )  # fmt: skip
    address = f"{reverse('measures_for')}?offre={offer.pk}&personne={small.person.reference}"
    html = adviser.get(address).content.decode()
    afpr = html[html.index("AFPR (") :]
    assert "convient" in afpr[: afpr.index("</h2>")]
    assert "Le contrat dure moins de douze mois : l" in html
    assert len(pages_queries(adviser, address)) <= 12


def test_nothing_known_asks_and_nonsense_is_refused(adviser: Client) -> None:
    html = adviser.get(reverse("measures_for"), {"personne": "ZZZZZZZ"}).content.decode()
    assert "Aucun profil de votre territoire" in html
    assert "L&#x27;établissement est-il ouvert" in html
    assert adviser.get(reverse("measures_for"), {"offre": "nonsense"}).status_code == 404
    assert adviser.get(reverse("measures_for"), {"etablissement": "nonsense"}).status_code == 404
