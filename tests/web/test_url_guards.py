"""Every address is guarded: by a policy, or public and listed here; nothing guarded opens without a second factor."""

import itertools

import pytest
from django.test import Client
from django.urls import get_resolver

from entremise.kernel import access
from entremise.kernel.actors import PROFESSIONALS, Role
from entremise.web.kit.screens import PUBLIC
from tests.factories.accounts import UserFactory, professional, sign_in
from tests.web.addresses import URLS, address, guard_of, is_link_page, patterns
from tests.web.walk import put_back

# Whoever comes may open these: they show nothing about anybody, or check by themselves what they need.
OPEN_TO_ALL = {
    "home",
    "health",
    "legal",
    "accessibility",
    "certified_cv",
    "company",
    "erased",
    "privacy",
    "set_language",
    "theme",
    "brand-logo",
    "gallery",
    "gallery-suggestions",
    "account_login",
    "sign_in_code",
    "sign_in_code_again",
    "account_logout",
    "account_inactive",
    "professional_login",
    "mfa_authenticate",
    "password_forgotten",
    "recruiter_sign_up",
    "recruiter_open_space",
    "short_code",
    "link_again",
    "link_sent_again",
    "mail_stop",
    "badge_compare",
    "badge_deployment",
    "badge_directory",
    "badge_endorsement",
    "badge_event",
    "badge_guide",
    "badge_share",
    "badge_share_file",
    "validate_thanks",
    "verifier",
    "achievement",
    "issuer_page",
    "partner_logo",
    "public_offer",
    "public_offer_day",
    "public_offers",
    "public_offers_feed",
    "public_offers_frame",
    "reciprok",
    "reciprok_badge",
    "reciprok_history",
}
# Documents for machines, open to all by the standards; they show nothing about anybody (tests/api).
OPEN_TO_MACHINES = {
    "api_description",
    "api_verify",
    "api_offer",  # with the key of a partner (tests/api/test_offers_api)
    "api_offers",
    "api_feed",
    "api_feeds",
    "credential",
    "ob2_assertion",
    "ob2_badge",
    "ob2_issuer",
    "ob2_key",
    "ob2_revocations",
    "achievement_image",
    "issuer_did",
    "issuer_image",
    "issuer_key",
    "platform_did",
    "oauth_register",
    "oauth_revoke",
    "oauth_server",
    "oauth_token",
    "ob3_credentials",
    "ob3_discovery",
    "ob3_profile",
    "passport_type",
    "wallet_credential",
    "wallet_issuer",
    "wallet_keys",
    "wallet_nonce",
    "wallet_notification",
    "status_list",
    "token_list",
}
# They exist in the demonstration only (tests/web/test_accounts_demo.py).
DEMO_ONLY = {"demo_sign_in", "demo_mailbox", "demo_message", "demo_message_html", "mail_gallery", "mail_gallery_html"}
# A professional sets the second factor up here, hence before having one; they check the session by themselves.
SETTING_UP = {
    "second_factor_needed",
    "second_factor_again",
    "second_factor_application",
    "second_factor_key",
    "second_factor_key_remove",
    "recovery_codes",
    "recovery_codes_file",
    "recovery_codes_new",
    "security",
    "account_reauthenticate",
    "password_change",
}
# Addresses that a library serves: none, our own screens use its flows.
LIBRARIES: set[str] = set()

GUARDED = sorted(name for name, p in URLS.items() if guard_of(p.callback) not in ("", PUBLIC))
PUBLIC_NAMES = {name for name, p in URLS.items() if guard_of(p.callback) == PUBLIC}


def test_every_address_has_a_name_of_its_own() -> None:
    names = [pattern.name for pattern in patterns(get_resolver())]
    assert None not in names
    assert len(names) == len(set(names))


def test_every_address_has_a_guard() -> None:
    guards = {name: guard_of(url.callback) for name, url in URLS.items()}
    assert [name for name, guard in guards.items() if not guard and name not in LIBRARIES] == []
    known = {*access.policies(), "", PUBLIC}
    assert [name for name, guard in guards.items() if guard not in known] == []


def test_the_public_addresses_are_those_listed_here() -> None:
    listed = OPEN_TO_ALL | OPEN_TO_MACHINES | DEMO_ONLY | SETTING_UP
    link_pages = {name for name in PUBLIC_NAMES if is_link_page(name)}
    assert PUBLIC_NAMES - link_pages == listed & set(URLS)
    assert listed <= set(URLS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_a_stranger_is_led_to_sign_in(method: str) -> None:
    let_in = []
    for name in GUARDED:
        response = getattr(Client(), method)(address(name))
        if name.startswith("suggest_"):  # a field asks, not a person
            is_led = (response.status_code, sorted(response.json())) == (401, ["reason"])
        else:
            is_led = response.status_code == 405 or response.get("Location", "").startswith("/connexion/?next=")
        if not is_led:
            let_in.append(f"{name} → {response.status_code}")
    assert let_in == []


@pytest.mark.django_db
def test_a_professional_without_second_factor_opens_nothing() -> None:
    browsers = {role: sign_in(Client(), professional(role), second_factor=False) for role in PROFESSIONALS}
    let_in = []
    for name, method in itertools.product(GUARDED, ("get", "post")):
        fitting = access.policies()[guard_of(URLS[name].callback)].roles & PROFESSIONALS
        client = browsers[min(fitting) if fitting else Role.BUSINESS_ADVISER]
        with put_back(client):
            response = getattr(client, method)(address(name))
        if name.startswith("suggest_"):
            is_stopped = (response.status_code, sorted(response.json())) == (403, ["reason"])
        else:
            is_stopped = response.status_code == 405 or response.get("Location") == "/connexion/second-facteur/"
        if not is_stopped:
            let_in.append(f"{method} {name} → {response.status_code}")
    assert let_in == []


@pytest.mark.parametrize("name", sorted(SETTING_UP))
@pytest.mark.django_db
def test_the_second_factor_is_set_up_by_professionals_only(client: Client, name: str) -> None:
    assert client.get(address(name)).url.startswith("/connexion/professionnels/?next=")
    sign_in(client, UserFactory())
    assert client.get(address(name)).status_code == 403


@pytest.mark.parametrize("name", sorted(name for name in PUBLIC_NAMES if is_link_page(name)))
@pytest.mark.django_db
def test_the_page_of_a_mail_link_opens_to_its_bearer_only(client: Client, name: str) -> None:
    response = client.get(address(name), follow=True)
    assert response.status_code == 404
    assert "Ce lien est incomplet" in response.content.decode()
