"""What moves for a person, on her first page and on the page of her promotions."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.people import actions as people
from entremise.promotions import actions as promotions
from entremise.promotions.enums import Answer, NoReason
from entremise.validations.enums import Verdict
from tests.factories.passport import ExperienceFactory
from tests.factories.people import owner
from tests.factories.promotions import MONDAY, employer, world
from tests.factories.validations import answered, asked, experience

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as moment:
        yield moment


def page(user: object, name: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name)).content.decode().replace("&#x27;", "'")


def test_a_sent_request_is_shown_as_waiting() -> None:
    request = asked(sent=True)
    shown = page(request.person.user, "my_home")
    assert f"{request.contact_name} a reçu votre demande. Sa réponse est attendue." in shown
    assert reverse("my_validation", args=[request.pk]) in shown


def test_an_answer_is_told_with_how_many_skills_were_confirmed() -> None:
    request = answered(Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CANNOT_JUDGE)
    assert f"{request.contact_name} a confirmé 3 compétences sur 4." in page(request.person.user, "my_home")


def test_an_answer_without_a_confirmation_is_told_without_a_word_more() -> None:
    request = answered(Verdict.NOT_CONFIRMED)
    shown = page(request.person.user, "my_home")
    assert f"{request.contact_name} a répondu." in shown
    assert "0 compétence" not in shown


def test_every_promotion_and_its_answer_is_shown_kindly(django_assert_max_num_queries: object) -> None:
    here = world()
    good, bad = here.send(here.first, here.second)
    promotions.answer(good, actor=employer(good), answer=Answer.MEETING)
    promotions.answer(
        bad, actor=employer(bad), answer=Answer.NO, no_reason=NoReason.SKILLS, word="Trop lente, vraiment"
    )
    ExperienceFactory(person=here.person)
    client = Client()
    client.force_login(here.person.user)
    for name in ("my_promotions", "my_home"):
        with django_assert_max_num_queries(QUERIES):
            shown = client.get(reverse(name)).content.decode().replace("&#x27;", "'")
        assert "Les Jardins de Flore" in shown
        assert "Cet employeur souhaite vous rencontrer." in shown
        assert "Il a besoin d'autres compétences." in shown
        assert "Trop lente" not in shown


def test_a_withdrawn_consent_stops_promotions_at_once() -> None:
    here = world()
    here.send(here.first)
    people.withdraw_consent(here.person, actor=owner(here.person))
    assert "Votre profil n'est plus présenté à cet employeur." in page(here.person.user, "my_promotions")


def test_an_experience_that_carries_a_request_stays_with_a_sentence() -> None:
    about = experience()
    asked(sent=True, about=about)
    client = Client()
    client.force_login(about.person.user)
    answer = client.post(reverse("my_experience_remove", args=[about.pk]), follow=True)
    assert "elle doit rester dans votre parcours" in answer.content.decode()
