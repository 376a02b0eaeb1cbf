"""What an investigation needs is in the log: who was refused what, failures to enter, floods, faults of ours."""

import logging
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from tests.factories.accounts import PASSWORD, add_totp, professional, sign_in, totp_code

pytestmark = pytest.mark.django_db


def said(caplog: Any, words: str) -> list[str]:
    return [record.getMessage() for record in caplog.records if words in record.getMessage()]


def test_a_refused_access_is_noted_with_who_and_what(client: Client, caplog: Any) -> None:
    user = professional(Role.BUSINESS_ADVISER)
    sign_in(client, user)
    with caplog.at_level(logging.INFO, "entremise"):
        assert client.get("/equipe/").status_code == 403
    (line,) = said(caplog, "access refused")
    assert str(user.pk) in line
    assert "members" in line or "accounts." in line or "indicators." in line
    assert str(user.email) not in line


def test_a_sign_in_and_a_failure_are_noted(client: Client, caplog: Any) -> None:
    user = professional()
    secret = add_totp(user)
    with caplog.at_level(logging.INFO, "entremise"):
        client.post("/connexion/professionnels/", {"email": user.email, "password": "ce n'est pas le bon"})
    (line,) = said(caplog, "sign-in failed")
    assert "127.0.0.1" not in line
    assert str(user.email) not in line
    client.post("/connexion/professionnels/", {"email": user.email, "password": PASSWORD})
    client.post("/connexion/confirmation/", {"code": totp_code(secret)})
    assert JournalEntry.objects.filter(verb="accounts.signed_in", actor_id=str(user.pk)).exists() or (
        JournalEntry.objects.filter(subject_id=str(user.pk), verb__startswith="accounts.signed_in").exists()
    )


@override_settings(ANONYMOUS_POSTS=(1, 600))
def test_too_many_forms_are_noted(client: Client, caplog: Any) -> None:
    caches["process"].clear()
    for _time in range(2):
        client.post("/langue/", {"language": "fr"})
    assert len(said(caplog, "too many forms")) == 1
    caches["process"].clear()


def test_a_failure_of_ours_is_noted(caplog: Any, monkeypatch: Any) -> None:
    def broken(*_facts: object, **_named: object) -> None:
        raise RuntimeError("a fault made for the test")

    monkeypatch.setattr("entremise.web.public.front.respond", broken)
    response = Client(raise_request_exception=False).get("/mentions-legales/")
    assert response.status_code == 500
    assert "a fault made for the test" not in response.content.decode()
    assert any(record.exc_info for record in caplog.records)
