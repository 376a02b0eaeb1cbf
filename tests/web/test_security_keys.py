"""A security key as second factor: registered, used, removed; every other answer is refused with its sentence."""

import html
import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from entremise.accounts.models import User
from entremise.kernel.models import JournalEntry, OutboxMessage
from tests.factories.accounts import PASSWORD, add_totp, professional, sign_in
from tests.factories.security_keys import SecurityKey

pytestmark = pytest.mark.django_db
LOGIN, PROVE, ADD = "/connexion/professionnels/", "/connexion/confirmation/", "/connexion/second-facteur/cle/"
NOT_REGISTERED = "Cette clé n'a pas pu être enregistrée."
NOT_THIS_ONE = "Cette clé n'ouvre pas ce compte"
GARBAGE = [
    "", "x", "1", "null", "[]", "{}", '"x"', '{"id": "x"}', '{"id": null, "rawId": 1, "response": []}',
    '{"type": "public-key", "id": "eA", "rawId": "eA", "response": {}}',
    '{"type": "public-key", "id": "eA", "rawId": "eA", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "oA", "authenticatorData": "eA", "signature": "eA"}}',
]  # fmt: skip


@pytest.fixture
def user() -> User:
    return professional(email="nadia@emploi.exemple")


@pytest.fixture
def key(user: User) -> SecurityKey:
    """Give a key registered through the page itself."""
    key, client = SecurityKey(), sign_in(Client(), user, second_factor=False)
    assert add(client, key).url == "/connexion/second-facteur/codes/"
    return key


def text(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def options(response: HttpResponse, purpose: str) -> dict[str, Any]:
    found = re.search(r'<script id="key-options"[^>]*>(.*?)</script>', response.content.decode(), re.DOTALL)
    assert found, "the page offers no key"
    asked: dict[str, Any] = json.loads(found[1])[purpose]
    return asked


def add(client: Client, key: SecurityKey, name: str = "clé bleue") -> Any:
    asked = options(client.get(ADD), "creation_options")
    return client.post(ADD, {"name": name, "credential": key.create(asked)})


def asked_for_key(client: Client, user: User) -> dict[str, Any]:
    client.post(LOGIN, {"email": user.email, "password": PASSWORD})
    return options(client.get(PROVE), "request_options")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_first_key_is_registered_with_recovery_codes_and_announced(user: User, key: SecurityKey) -> None:
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert kinds == ["recovery_codes", "webauthn"]
    assert JournalEntry.objects.get(verb="accounts.second_factor_changed").data == {"change": "key"}
    assert "second facteur de votre compte a été changé" in OutboxMessage.objects.get().text
    assert "clé bleue" in text(sign_in(Client(), user).get("/connexion/securite/"))


def test_the_password_then_the_key_open_the_session(client: Client, user: User, key: SecurityKey) -> None:
    asked = asked_for_key(client, user)
    assert not is_in(client)
    client.post(PROVE, {"credential": key.get(asked)})
    assert is_in(client)
    assert client.session["second_factor"] is True
    assert client.get("/conseil/").status_code == 200


def test_whoever_has_only_a_key_is_asked_for_the_key(client: Client, user: User, key: SecurityKey) -> None:
    asked_for_key(client, user)
    assert "Branchez votre clé de sécurité" in text(client.get(PROVE))
    add_totp(user)
    assert "Ouvrez votre application d'authentification" in text(client.get(PROVE))


def test_a_removed_key_no_longer_opens(client: Client, user: User, key: SecurityKey) -> None:
    add_totp(user)
    asked = asked_for_key(client, user)  # the page was open before the key was removed
    owner = sign_in(Client(), user)
    owner.post("/connexion/securite/mot-de-passe/", {"password": PASSWORD})
    registered = Authenticator.objects.get(user=user, type="webauthn")
    assert "La clé est retirée." in text(owner.post(f"{ADD}retirer/", {"key": registered.pk}, follow=True))
    refused = client.post(PROVE, {"credential": key.get(asked)})
    assert (refused.status_code, is_in(client)) == (422, False)
    assert NOT_THIS_ONE in text(refused)
    assert "Utiliser ma clé de sécurité" not in text(client.get(PROVE))


def test_the_key_of_somebody_else_opens_nothing(client: Client, user: User, key: SecurityKey) -> None:
    other, stranger = SecurityKey(), professional(email="autre@emploi.exemple")
    add(sign_in(Client(), stranger, second_factor=False), other)
    refused = client.post(PROVE, {"credential": other.get(asked_for_key(client, user))})
    assert (refused.status_code, is_in(client)) == (422, False)
    assert NOT_THIS_ONE in text(refused)


def test_a_forged_a_replayed_and_a_foreign_answer_open_nothing(client: Client, user: User, key: SecurityKey) -> None:
    asked = asked_for_key(client, user)
    forged = key.get(asked, signed_by=SecurityKey())
    elsewhere = SecurityKey(host="entremise.example.net")
    elsewhere.id, elsewhere._private = key.id, key._private  # the right key, lured by a false site
    for answer in (forged, elsewhere.get(options(client.get(PROVE), "request_options")), key.get(asked)):
        refused = client.post(PROVE, {"credential": answer})
        assert (refused.status_code, is_in(client)) == (422, False)
        assert NOT_THIS_ONE in text(refused)


@pytest.mark.parametrize("sent", GARBAGE)
def test_what_no_key_would_send_is_answered(client: Client, user: User, key: SecurityKey, sent: str) -> None:
    asked_for_key(client, user)
    refused = client.post(PROVE, {"credential": sent})
    assert (refused.status_code, is_in(client)) == (422, False)
    again = sign_in(Client(), professional(), second_factor=False)
    again.get(ADD)
    refused = again.post(ADD, {"name": "clé", "credential": sent})
    assert refused.status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_registration_answered_too_late_is_refused_and_can_be_done_again(user: User) -> None:
    client, key = sign_in(Client(), user, second_factor=False), SecurityKey()
    late = key.create(options(client.get(ADD), "creation_options"))
    client.get(ADD)  # the page was opened again meanwhile: another challenge
    refused = client.post(ADD, {"name": "clé", "credential": late})
    assert refused.status_code == 422
    assert NOT_REGISTERED in text(refused)
    assert add(client, key).status_code == 302


def test_too_many_wrong_keys_lock_the_account_for_a_while(client: Client, user: User, key: SecurityKey) -> None:
    for _try in range(10):
        refused = client.post(PROVE, {"credential": SecurityKey().get(asked_for_key(client, user))})
        assert not is_in(client)
    refused = client.post(PROVE, {"credential": key.get(asked_for_key(client, user))})
    assert not is_in(client)
    assert "Trop d'essais" in text(refused)
