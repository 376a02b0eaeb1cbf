"""Every form that a visitor without an account may send has a limit; the doors have finer ones of their own."""

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from tests.factories.accounts import UserFactory, sign_in
from tests.web.addresses import URLS, address, guard_of, is_link_page
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
ANONYMOUS = sorted(name for name, url in URLS.items() if guard_of(url.callback) in ("", "public"))
# The doors where something may be guessed or sent, and the limit of each in ACCOUNT_RATE_LIMITS.
FINER = {
    "account_login": "code_request",
    "sign_in_code": "code_try",
    "sign_in_code_again": "code_request",
    "professional_login": "login_failed",
    "mfa_authenticate": "login_failed",
    "password_forgotten": "reset_password",
    "short_code": "short_code",
    "link_again": "link_again",
}


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    caches["process"].clear()


@override_settings(ANONYMOUS_POSTS=(1, 600))
def test_every_form_sent_without_an_account_is_slowed_down() -> None:
    client, taken, said = Client(raise_request_exception=False), [], {}
    for name in ANONYMOUS:
        caches["process"].clear()
        with put_back(client):
            first = client.post(address(name))
            response = client.post(address(name))
        if first.status_code == 429 or (response.status_code, response.get("Retry-After")) != (429, "600"):
            taken.append((name, first.status_code, response.status_code))
        said[response["Content-Type"].partition(";")[0]] = response.content.decode()
    assert taken == []
    assert "Attendez 10 minutes" in said["text/html"]
    assert "too_many" in said["application/json"]  # machines are told in their own words


def test_the_forms_of_the_walk_are_really_anonymous_ones() -> None:
    assert {name for name in ANONYMOUS if is_link_page(name)} > {"validate", "validate_decline", "invitation"}
    assert set(FINER) <= set(ANONYMOUS)


@override_settings(ANONYMOUS_POSTS=(3, 600))
def test_looking_is_not_sending_and_who_signed_in_is_not_concerned(client: Client) -> None:
    for _time in range(6):
        assert client.get("/connexion/").status_code == 200
    sign_in(client, UserFactory())
    for _time in range(6):
        assert client.post("/langue/", {"language": "fr"}).status_code != 429


@override_settings(ANONYMOUS_POSTS=(3, 600), ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_one_address_does_not_slow_another_down_and_nobody_writes_the_address_they_like(client: Client) -> None:
    def sent(address_told: str) -> int:
        return client.post("/langue/", {"language": "fr"}, headers={"X-Forwarded-For": address_told}).status_code

    assert [sent("198.51.100.1") for _time in range(4)][-1] == 429
    assert sent("198.51.100.2") != 429
    assert sent("203.0.113.9, 198.51.100.1") == 429  # what the visitor wrote before what the proxy wrote


@pytest.mark.parametrize("name", sorted(FINER))
def test_each_door_names_its_finer_limit(name: str) -> None:
    from django.conf import settings

    assert FINER[name] in settings.ACCOUNT_RATE_LIMITS
