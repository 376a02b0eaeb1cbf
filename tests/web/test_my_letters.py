"""A person switches news off, by family and by way."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import suppression
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry
from entremise.kernel.models_mail import Suppression
from entremise.people import actions
from entremise.people.models import Person
from tests.factories.accounts import sign_in
from tests.factories.people import PersonFactory, owner
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
EMAIL, PHONE = "awa.diallo@exemple.example", "+33612345678"


@pytest.fixture
def person() -> Person:
    awa = PersonFactory()
    actions.set_identity(awa, actor=owner(awa), first_name="Awa", last_name="Diallo", email=EMAIL, phone="0612345678")
    return awa


@pytest.fixture
def herself(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def test_everything_is_on_at_first_and_no_address_is_written(herself: Client) -> None:
    page = herself.get(reverse("my_letters"))
    assert page.content.count(b" checked") == 5  # badges are told by e-mail only
    assert "Suites des profils présentés aux employeurs" in text_of(page)


def test_a_way_is_switched_off_and_on_again(herself: Client) -> None:
    herself.post(reverse("my_letters"), {"wanted": ["validation_news:email", "promotion_news:email", "badges:email"]})
    assert suppression.is_stopped(PHONE, Family.PROMOTION_NEWS)
    assert suppression.is_stopped(PHONE, Family.VALIDATION_NEWS)
    assert not suppression.is_stopped(EMAIL, Family.PROMOTION_NEWS)
    line = JournalEntry.objects.get(verb="people.news_chosen")
    assert line.data == {"stopped": ["validation_news:sms", "promotion_news:sms"]}
    wanted = [f"{family}:{way}" for family in ("validation_news", "promotion_news") for way in ("email", "sms")]
    herself.post(reverse("my_letters"), {"wanted": [*wanted, "badges:email"]})
    assert not Suppression.objects.exists()


def test_made_up_choices_change_nothing(herself: Client) -> None:
    herself.post(reverse("my_letters"), {"wanted": ["service:email", "x", "promotion_news:letter"]})
    assert set(Suppression.objects.values_list("family", flat=True)) == {
        "validation_news",
        "promotion_news",
        "badges",
    }
    assert not suppression.is_stopped(EMAIL, Family.SERVICE)


def test_who_has_no_address_is_told_where_to_give_one() -> None:
    nobody = PersonFactory(identity=None)
    client = sign_in(Client(), nobody.user)
    assert "Donnez vos coordonnées" in text_of(client.get(reverse("my_letters")))


def test_professionals_have_no_such_page() -> None:
    assert Client().get(reverse("my_letters")).status_code == 302
