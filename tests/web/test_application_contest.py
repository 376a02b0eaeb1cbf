"""By the link of her message, somebody sees an application that an adviser made with her, and withdraws it."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import links
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.links import CONTEST
from entremise.reciprok.models import Application
from tests.factories.applications import Recruitment, fresh, recruitment
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Recruitment:
    """Return a recruitment."""
    return recruitment()


def link_of(one: Application) -> MailLink:
    found = links.current(CONTEST, one.pk)
    assert found is not None
    return found


def opened(one: Application) -> tuple[Client, str]:
    """Return the browser of who opened the link, and the address where it stays."""
    client = Client()
    moved = client.get(reverse("application_contest", args=[links.token(link_of(one))]))
    assert moved.status_code == 302
    return client, moved.url


def test_it_shows_what_was_sent_and_a_look_changes_nothing(here: Recruitment) -> None:
    one = here.apply_with_adviser(words="Je suis du quartier.")
    client, where = opened(one)
    text = text_of(client.get(where))
    for expected in (
        here.offer.title, "Les Jardins de Flore", "a envoyé cette candidature en votre nom", "Je suis du quartier.",
        "mes expériences", "vous n'avez rien à faire", "Retirer cette candidature", "Agence de Valence",
    ):  # fmt: skip
        assert expected in text, expected
    assert fresh(one).state == ApplicationState.ACKNOWLEDGED


def test_it_is_withdrawn_and_the_agency_is_told(here: Recruitment) -> None:
    one = here.apply_with_adviser()
    client, where = opened(one)
    before = OutboxMessage.objects.count()
    response = client.post(where, {"words": "C'était trop loin."}, follow=True)
    text = text_of(response)
    assert "C'est noté" in text
    assert "Votre candidature est retirée" in text
    assert "Agence de Valence est prévenue et vous appelle." in text
    assert fresh(one).state == ApplicationState.WITHDRAWN
    assert OutboxMessage.objects.count() > before


def test_an_answer_given_meanwhile_stays_and_the_agency_is_told_all_the_same(here: Recruitment) -> None:
    one = here.refuse(here.apply_with_adviser())
    client, where = opened(one)
    shown = text_of(client.get(where))
    assert "Vous pouvez quand même le dire à votre agence." in shown
    assert "Prévenir mon agence" in shown
    assert "Retirer cette candidature" not in shown
    assert "Retirez-la ici" not in shown
    text = text_of(client.post(where, {"words": ""}, follow=True))
    assert "Une réponse a déjà été donnée à cette candidature." in text
    assert fresh(one).state == ApplicationState.REFUSED


def test_words_that_are_too_long_are_refused_and_kept_on_the_page(here: Recruitment) -> None:
    one = here.apply_with_adviser()
    client, where = opened(one)
    assert 'maxlength="1000"' in client.get(where).content.decode()
    response = client.post(where, {"words": "mot " * 251})
    assert response.status_code == 422
    assert "Ce message est trop long : 1000 caractères au plus." in text_of(response)
    assert fresh(one).state == ApplicationState.ACKNOWLEDGED


def test_a_second_time_says_that_it_is_done(here: Recruitment) -> None:
    one = here.apply_with_adviser()
    client, where = opened(one)
    client.post(where, {"words": ""})
    response = client.post(where, {"words": ""})
    assert response.status_code == 422
    assert "C'est noté" in text_of(response)


def test_a_revoked_link_helps(here: Recruitment) -> None:
    one = here.apply_with_adviser()
    token = links.token(link_of(one))
    links.revoke(CONTEST, one.pk)
    response = Client().get(reverse("application_contest", args=[token]), follow=True)
    assert response.status_code == 410
    assert "Ce lien n'est plus valable" in text_of(response)


def test_a_cut_link_helps() -> None:
    response = Client().get(reverse("application_contest", args=["coupe"]))
    assert response.status_code == 404
    assert "Ce lien est incomplet" in text_of(response)


def test_who_applied_alone_gets_no_such_link(here: Recruitment) -> None:
    assert links.current(CONTEST, here.apply().pk) is None
