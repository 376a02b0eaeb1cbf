"""The end of a recruitment: one page answers all who remain, in six gestures at most."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import User
from entremise.kernel import links
from entremise.kernel.models import OutboxMessage
from entremise.offers import actions as offers
from entremise.people.models import IntermediationAct
from entremise.reciprok import jobs, queries_words
from tests.factories.accounts import sign_in
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.offers import again
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here() -> Recruitment:
    return recruitment()


@pytest.fixture
def client(here: Recruitment) -> Client:
    return sign_in(Client(), User.objects.get(pk=here.recruiter.user_id))


def page(here: Recruitment) -> str:
    return reverse("recruiter_closing", args=[here.inbox.pk])


def checked(html: str) -> dict[str, list[str]]:
    """Return what the form would send as it opens: no gesture yet."""
    ticked = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]+)" checked', html)
    sent: dict[str, list[str]] = {}
    for name, value in ticked:
        sent.setdefault(name, []).append(value)
    return sent


def test_forty_people_are_answered_in_two_gestures(here, client) -> None:
    everyone = [here.apply() for _ in range(40)]
    html = client.get(page(here)).content.decode()
    assert "40 personnes attendent encore" in html
    as_it_opens = checked(html)
    assert len(as_it_opens["ids"]) == 40
    assert as_it_opens["close"] == ["on"]
    gestures = 0
    told = as_it_opens | {"outcome": "here", "reason": "", "words": ""}
    told["hired"] = [str(everyone[0].pk)]
    gestures += 1  # ticked « recrutée »
    response = client.post(page(here), told, follow=True)
    gestures += 1  # sent
    assert gestures <= 6
    text = text_of(response)
    assert "L'offre est close. 1 personne recrutée : bravo. 39 personnes ont votre réponse." in text
    first, *others = [fresh(one) for one in everyone]
    assert first.state == "hired"
    assert {(one.state, one.reason, one.answer_words) for one in others} == {
        ("refused", "other_kept", queries_words.draft("other_kept"))
    }
    assert again(here.offer).close_reason == "applied"
    assert IntermediationAct.objects.unscoped("test").filter(kind="hire", person=first.person).exists()
    assert OutboxMessage.objects.filter(kind="reciprok.news").count() == 40


def test_who_closes_and_answers_at_once_is_not_asked_to_answer(here, client) -> None:
    one = here.apply()
    client.post(page(here), {"outcome": "elsewhere", "ids": [str(one.pk)], "close": "on"})
    assert jobs.run_due()["asked"] == 0
    assert not OutboxMessage.objects.filter(subject__startswith="Répondez à tous").exists()


def test_an_offer_whose_candidates_all_have_an_answer_is_closed_here(here, client) -> None:
    here.refuse(here.apply())
    html = client.get(page(here)).content.decode()
    assert 'type="radio" name="outcome"' in html
    text = text_of(client.post(page(here), checked(html) | {"outcome": "nobody"}, follow=True))
    assert "L'offre est close." in text
    assert again(here.offer).close_reason == "abandoned"


def test_exceptions_are_left_as_they_are(here, client) -> None:
    kept, answered = here.apply(), here.apply()
    told = {"outcome": "elsewhere", "ids": [str(answered.pk)], "close": "on"}
    client.post(page(here), told)
    assert (fresh(kept).state, fresh(answered).state) == ("acknowledged", "refused")
    assert again(here.offer).close_reason == "elsewhere"


def test_when_nobody_is_hired_they_read_that_the_recruitment_stops(here, client) -> None:
    one = here.apply()
    client.post(page(here), {"outcome": "nobody", "ids": [str(one.pk)], "close": "on"})
    assert fresh(one).reason == "stopped"
    assert again(here.offer).close_reason == "abandoned"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"outcome": "nobody"}, "Choisissez au moins une candidature."),
        ({"outcome": "here", "ids": True}, "Cochez « recrutée » devant la personne recrutée"),
        ({"outcome": "nobody", "hired": True}, "Vous avez coché « recrutée »"),
        ({"outcome": "nobody", "ids": True, "words": "Sale connasse", "close": "on"}, "Ces mots peuvent blesser"),
        ({"outcome": "nobody", "ids": True}, "Ouvrez d'abord cette candidature"),
    ],
)
def test_what_cannot_be_sent_says_why_and_leaves_everything(here, client, told, sentence) -> None:
    one = here.apply()
    told = {name: [str(one.pk)] if value is True else value for name, value in told.items()}
    response = client.post(page(here), told)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert fresh(one).state == "acknowledged"
    assert again(here.offer).state == "open"
    assert OutboxMessage.objects.filter(kind="reciprok.inbox", subject__startswith="Répondez à tous").count() == 0


def test_closing_an_offer_leads_to_the_page_when_somebody_waits(here, client) -> None:
    here.apply()
    act = reverse("recruiter_offer_act", args=[here.offer.pk])
    response = client.post(act, {"acte": "close", "reason": "elsewhere"})
    assert response["Location"] == page(here)
    text = text_of(client.get(page(here)))
    assert "L'offre est close." in text
    assert "1 personne attend encore" in text


def test_closing_an_offer_that_nobody_waits_for_stays_on_its_page(here, client) -> None:
    act = reverse("recruiter_offer_act", args=[here.offer.pk])
    response = client.post(act, {"acte": "close", "reason": "elsewhere"})
    assert response["Location"] == reverse("recruiter_offer", args=[here.offer.pk])


def test_once_everybody_has_an_answer_the_page_says_so(here, client) -> None:
    one = here.apply()
    offers.close(again(here.offer), actor=here.recruiter, reason="elsewhere")
    told = {"outcome": "elsewhere", "ids": [str(one.pk)]}
    assert "1 personne a votre réponse." in text_of(client.post(page(here), told, follow=True))
    assert "Tout le monde a une réponse" in text_of(client.get(page(here)))


def test_who_hires_from_one_application_is_led_to_the_others(here, client) -> None:
    first, second = here.apply(), here.apply()
    answer = reverse("recruiter_application_answer", args=[first.pk])
    response = client.post(answer, {"choice": "hire:"}, follow=True)
    assert "Bravo ! La personne le sait. Reste-t-il quelqu'un à prévenir ?" in text_of(response)
    client.post(page(here), {"outcome": "here", "ids": [str(second.pk)], "close": "on"})
    assert (fresh(first).state, fresh(second).state) == ("hired", "refused")


def test_the_link_of_the_mail_answers_everybody_too(here) -> None:
    everyone = [here.apply() for _ in range(3)]
    offers.close(again(here.offer), actor=here.recruiter, reason="elsewhere")
    client = Client()
    address = reverse("inbox_closing", args=[links.token(here.link)])
    html = client.get(address, follow=True).content.decode()
    told = checked(html) | {"outcome": "elsewhere"}
    assert "close" not in told
    own = reverse("inbox_closing", args=[links.reference(here.link)])
    assert "3 personnes ont votre réponse." in text_of(client.post(own, told, follow=True))
    assert {fresh(one).channel for one in everyone} == {"link"}
