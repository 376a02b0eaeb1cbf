"""Dead links and letters: each refusal has its sentence and its next step."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.links import INVITATION, PASSWORD_RESET
from entremise.kernel import clock, links
from entremise.kernel.models import MailLink, OutboxMessage
from tests.factories.accounts import InvitationFactory, professional

pytestmark = pytest.mark.django_db
AGAIN = "/lien/nouveau/"


def invitation_link() -> MailLink:
    invitation = InvitationFactory()
    return links.issue(INVITATION, invitation.pk, invitation.email)


def again(client: Client, link: MailLink) -> Any:
    return client.post(AGAIN, {"purpose": link.purpose, "link": links.reference(link)}, follow=True)


def open_link(client: Client, token: str) -> tuple[int, str]:
    response = client.get(reverse("invitation", args=[token]), follow=True)
    return response.status_code, response.content.decode()


def test_an_expired_link_says_so_and_offers_another_sent_to_the_recorded_address(client: Client) -> None:
    link = invitation_link()
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        status, page = open_link(client, links.token(link))
        assert status == 410
        assert "Ce lien a expiré" in page
        assert "Recevoir un nouveau lien" in page
        sent = again(client, link)
        assert "à l'adresse qui avait reçu le premier" in sent.content.decode()
        message = OutboxMessage.objects.get()
        assert message.recipient == link.recipient
        path = re.search(r"/connexion/invitation/\S+", message.text).group()
        assert client.get(path, follow=True).status_code == 200


def test_a_revoked_link_says_it_was_replaced_or_withdrawn(client: Client) -> None:
    link = invitation_link()
    links.revoke(INVITATION, link.target_id)
    status, page = open_link(client, links.token(link))
    assert status == 410
    assert "n'est plus valable" in page
    assert "remplacé par un plus récent" in page


@pytest.mark.parametrize("cut", [0, 10, 40, 64])
def test_a_truncated_link_explains_how_to_copy_it(client: Client, cut: int) -> None:
    token = links.token(invitation_link())[:cut] or "x"
    status, page = open_link(client, token)
    assert status == 404
    assert "Ce lien est incomplet" in page
    assert "Recevoir un nouveau lien" not in page
    assert "/code/" in page


def test_a_link_opens_nothing_for_another_purpose(client: Client) -> None:
    reset = links.issue(PASSWORD_RESET, professional().pk, "x@emploi.exemple")
    status, page = open_link(client, links.token(reset))
    assert status == 404
    assert "Ce lien est incomplet" in page


def test_a_new_link_is_sent_three_times_an_hour_at_most_and_the_answer_never_changes(client: Client) -> None:
    link = invitation_link()
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        open_link(client, links.token(link))
        session = client.session
        answers = []
        for _again in range(5):
            answers.append(again(client, link).redirect_chain[0][0])
            session.save()
        assert OutboxMessage.objects.count() == 3
        assert set(answers) == {"/lien/envoye/"}


@pytest.mark.parametrize("purpose", ["", "inconnu", INVITATION.name])
def test_asking_for_a_new_link_without_having_one_sends_nothing(client: Client, purpose: str) -> None:
    link = invitation_link()
    asked = client.post(AGAIN, {"purpose": purpose, "link": links.reference(link)})
    assert asked.url == "/lien/envoye/"
    assert not OutboxMessage.objects.exists()


def test_a_cancelled_invitation_is_not_sent_again(client: Client) -> None:
    link = invitation_link()
    open_link(client, links.token(link))
    InvitationFactory._meta.model.objects.filter(pk=link.target_id).update(revoked_at=clock.now())
    links.revoke(INVITATION, link.target_id)
    again(client, link)
    assert not OutboxMessage.objects.exists()


def test_the_token_stays_in_no_address_and_no_referer(client: Client) -> None:
    token = links.token(invitation_link())
    moved = client.get(reverse("invitation", args=[token]))
    assert token not in moved.url
    assert moved["Referrer-Policy"] == "same-origin"
    assert token not in client.get(moved.url).content.decode()


@pytest.mark.parametrize("shape", ["{}", "{} ", " {}", "lower", "spaced"])
def test_the_code_of_a_letter_opens_its_page_however_it_is_typed(client: Client, shape: str) -> None:
    code = links.short_code(invitation_link())
    typed = {"lower": code.lower(), "spaced": f"{code[:5]} {code[5:]}"}.get(shape) or shape.format(code)
    response = client.post("/code/", {"code": typed}, follow=True)
    assert response.status_code == 200
    assert "Rejoindre" in response.content.decode()


def test_an_unknown_code_is_refused_with_what_to_do(client: Client) -> None:
    response = client.post("/code/", {"code": "ABCDEFGHJK"})
    assert response.status_code == 422
    assert "Recopiez les dix caractères" in response.content.decode()


def test_the_code_of_an_expired_letter_offers_a_new_link(client: Client) -> None:
    link = invitation_link()
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        response = client.post("/code/", {"code": links.short_code(link)})
        assert response.status_code == 410
        assert "Ce lien a expiré" in response.content.decode()
        again(client, link)
        assert OutboxMessage.objects.count() == 1


def test_codes_cannot_be_guessed_one_after_the_other(client: Client) -> None:
    code = links.short_code(invitation_link())
    for _try in range(30):
        client.post("/code/", {"code": "ABCDEFGHJK"})
    response = client.post("/code/", {"code": code})
    assert response.status_code == 429
    assert "Attendez une heure" in response.content.decode()
