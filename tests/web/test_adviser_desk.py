"""The adviser's day, and the search box."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.promotions import actions as promotions
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.promotions import World, employer
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


def test_an_empty_day_says_so_and_leads_to_the_pool(adviser: Client) -> None:
    response = adviser.get(reverse("desk"))
    assert response.status_code == 200
    assert "Rien ne vous attend" in text_of(response)
    assert "Personne de votre agence n'a encore donné son accord" in text_of(response)


def test_an_answer_to_follow_up_is_one_click_away(small: World, adviser: Client) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting")
    response = adviser.get(reverse("desk"))
    assert f"Les Jardins de Flore souhaite rencontrer {small.person.reference}" in text_of(response)
    assert reverse("promotion", args=[sent.pk]) in response.content.decode()


def test_the_desk_takes_few_queries(small: World, adviser: Client) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting")
    assert len(pages_queries(adviser, reverse("desk"))) <= 12


def test_a_jobseeker_has_no_desk(small: World) -> None:
    assert sign_in(Client(), small.person.user).get(reverse("desk")).status_code == 403


def test_a_reference_leads_to_its_profile_however_it_is_typed(small: World, adviser: Client) -> None:
    typed = small.person.reference.replace("-", " ").lower()
    response = adviser.get(reverse("find"), {"q": typed})
    assert response.headers["Location"] == reverse("profile", args=[small.person.pk])


def test_a_reference_of_another_territory_finds_nobody(small: World) -> None:
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    response = stranger.get(reverse("find"), {"q": small.person.reference}, follow=True)
    assert f"Aucun profil de votre territoire ne porte la référence {small.person.reference}." in text_of(response)


def test_other_words_are_looked_for_among_establishments(adviser: Client) -> None:
    response = adviser.get(reverse("find"), {"q": "hôtel des alpes"})
    assert response.headers["Location"].startswith(reverse("establishments"))
