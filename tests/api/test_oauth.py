"""Applications register, ask, get tokens and give them up; each misuse is refused as the standards say (RFC 6749)."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entremise.accounts import actions as accounts
from entremise.accounts import rules_partners
from entremise.accounts.links import NOT_ME
from entremise.accounts.models_partners import Grant, GrantToken, PartnerApplication
from entremise.kernel import links, retention
from entremise.kernel.actors import Role, link_actor
from entremise.people.models import Person
from tests.factories.accounts import professional, sign_in
from tests.factories.partner import CALLBACK, READ, WRITE, Partner, came_back
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


@pytest.fixture
def browser(person: Person) -> Client:
    return sign_in(Client(), person.user)


@pytest.fixture
def ours() -> Partner:
    made = Partner()
    assert made.register().status_code == 201
    return made


def refused(answer: Any, error: str, status: int = 400) -> None:
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.content
    assert answer["Cache-Control"] == "no-store"
    assert answer.json().get("error_description", "").isascii()
    assert not answer.cookies


# Registering


def test_an_application_is_told_who_it_is_and_its_secret_once(ours: Partner) -> None:
    (kept,) = PartnerApplication.objects.all()
    assert str(kept.pk) == ours.client_id
    assert kept.secret_hash == rules_partners.hashed(ours.secret)
    assert (kept.name, kept.redirects) == ("Ma Plateforme", [CALLBACK])


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_name": None}, "invalid_client_metadata"),
        ({"client_name": "x" * 81}, "invalid_client_metadata"),
        ({"client_name": "\u202e \u200b"}, "invalid_client_metadata"),
        ({"redirect_uris": None}, "invalid_redirect_uri"),
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": "https://a.example"}, "invalid_redirect_uri"),
        ({"redirect_uris": ["http://a.example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example/#x"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://*.example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example@b.example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example:x/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example\\@b.example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example/;script-src *"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["data:text/html,x"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://" + "a" * 400 + ".example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": [f"https://a.example/{n}" for n in range(11)]}, "invalid_redirect_uri"),
        ({"grant_types": ["password"]}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": ["none"]}, "invalid_client_metadata"),
        ({"scope": "openid email"}, "invalid_client_metadata"),
    ],
)
def test_a_registration_that_cannot_be_is_refused(changed: dict[str, Any], error: str) -> None:
    refused(Partner().register(**changed), error)
    assert not PartnerApplication.objects.exists()


def test_a_registration_is_json_and_of_a_reasonable_size() -> None:
    browser = Client(enforce_csrf_checks=True)
    refused(browser.post("/oauth/register", {"client_name": "x"}), "invalid_client_metadata")
    refused(browser.post("/oauth/register", "[]", content_type="application/json"), "invalid_client_metadata")
    large = browser.post("/oauth/register", "x" * 65_537, content_type="application/json")
    assert large.status_code == 413


def test_an_application_of_the_person_s_own_computer_may_register() -> None:
    answer = Partner(method="none").register(redirect_uris=["http://127.0.0.1:8765/retour"])
    assert answer.status_code == 201
    assert "client_secret" not in answer.json()


def test_nobody_fills_the_table() -> None:
    rows = [
        PartnerApplication(name="x", redirects=[], scopes=[], authentication="none", created_at=timezone.now())
        for _ in range(rules_partners.MOST_AN_HOUR)
    ]
    PartnerApplication.objects.bulk_create(rows)
    answer = Partner().register()
    refused(answer, "temporarily_unavailable", 429)
    assert answer["Retry-After"]
    with time_machine.travel(NOON + dt.timedelta(hours=2), tick=False):
        assert Partner().register().status_code == 201


# Asking


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": None},
        {"client_id": "x"},
        {"client_id": "01900000-0000-7000-8000-000000000000"},
        {"redirect_uri": None},
        {"redirect_uri": "https://plateforme.example/retour"},
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": "https://pirate.example/"},
    ],
)
def test_an_unknown_application_or_address_gets_no_answer(
    ours: Partner, browser: Client, changed: dict[str, Any]
) -> None:
    for method in (browser.get, browser.post):
        page = method(ours.question(**changed))
        assert page.status_code == 400
        assert "n'est pas inscrite ici" in page.content.decode().replace("&#x27;", "'"), page.content.decode()[2000:]
    assert not Grant.objects.exists()


def test_an_address_given_twice_gets_no_answer(ours: Partner, browser: Client) -> None:
    twice = ours.question() + "&redirect_uri=https%3A%2F%2Fpirate.example%2F"
    assert browser.get(twice).status_code == 400


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "court"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": f"{READ} openid"}, "invalid_scope"),
    ],
)
def test_a_question_that_is_not_well_asked_goes_back_with_its_error(
    ours: Partner, browser: Client, changed: dict[str, Any], error: str
) -> None:
    found = came_back(browser.get(ours.question(**changed)))
    assert found["error"] == error
    assert found.get("state", "") == ("" if "state" in changed else ours.state)
    assert found["iss"] == ours.server["issuer"]
    assert not Grant.objects.exists()


def test_a_scope_that_was_not_registered_is_not_granted(browser: Client) -> None:
    ours = Partner()
    ours.register(scope=READ)
    assert came_back(browser.get(ours.question(READ, WRITE)))["error"] == "invalid_scope"


def test_her_refusal_goes_back_and_leaves_nothing(ours: Partner, browser: Client) -> None:
    found = ours.ask(browser, answer="no")
    assert (found["error"], found["state"]) == ("access_denied", ours.state)
    assert "code" not in found
    assert not Grant.objects.exists()


def test_who_is_not_signed_in_signs_in_and_comes_back(ours: Partner) -> None:
    stranger = Client()
    there = stranger.get(ours.question())
    assert there.status_code == 302
    assert there["Location"].startswith("/connexion/?next=%2Foauth%2Fauthorize%3F")
    page = stranger.get(there["Location"]).content.decode()
    assert "/oauth/authorize?response_type=code&amp;client_id=" in page


def test_a_professional_has_no_passport_to_open(ours: Partner) -> None:
    colleague = sign_in(Client(), professional("team_lead"))
    assert colleague.get(ours.question()).status_code == 403
    assert not Grant.objects.exists()


def test_a_form_of_another_site_allows_nothing(ours: Partner, person: Person) -> None:
    careful = sign_in(Client(enforce_csrf_checks=True), person.user)
    assert careful.post(ours.question(), {"answer": "yes"}).status_code == 403
    assert not Grant.objects.exists()


# Tokens


def test_a_code_serves_once_and_a_second_time_ends_everything(ours: Partner, browser: Client) -> None:
    code = ours.ask(browser)["code"]
    assert ours.exchange(code).status_code == 200
    refused(ours.exchange(code), "invalid_grant")
    assert ours.get("/credentials").status_code == 401
    refused(ours.renew(), "invalid_grant")
    assert Grant.objects.get().ending == "reused"


def test_a_refresh_token_serves_once_and_a_second_time_ends_everything(ours: Partner, browser: Client) -> None:
    ours.allowed(browser)
    stolen = ours.refresh
    assert ours.renew().status_code == 200
    refused(ours.renew(refresh_token=stolen), "invalid_grant")
    assert ours.get("/credentials").status_code == 401
    refused(ours.renew(), "invalid_grant")


@pytest.mark.parametrize(
    "changed",
    [{"code_verifier": "a" * 43}, {"code_verifier": ""}, {"redirect_uri": "https://plateforme.example/"}],
)
def test_a_code_without_its_proof_is_burnt(ours: Partner, browser: Client, changed: dict[str, str]) -> None:
    code = ours.ask(browser)["code"]
    refused(ours.exchange(code, **changed), "invalid_grant")
    refused(ours.exchange(code), "invalid_grant")


def test_a_code_lives_two_minutes(ours: Partner, browser: Client) -> None:
    code = ours.ask(browser)["code"]
    with time_machine.travel(NOON + dt.timedelta(seconds=121), tick=False):
        refused(ours.exchange(code), "invalid_grant")


def test_a_code_and_a_token_are_those_of_one_application(ours: Partner, browser: Client) -> None:
    theirs = Partner()
    theirs.register()
    code = ours.ask(browser)["code"]
    refused(theirs.exchange(code, code_verifier=ours.verifier), "invalid_grant")
    assert ours.exchange(code).status_code == 200  # another's attempt costs nothing
    refused(theirs.renew(refresh_token=ours.refresh), "invalid_grant")
    assert theirs.revoke(ours.refresh).status_code == 200
    assert ours.get("/credentials").status_code == 200


def test_an_access_token_is_no_refresh_token_and_the_other_way_round(ours: Partner, browser: Client) -> None:
    ours.allowed(browser)
    refused(ours.renew(refresh_token=ours.access), "invalid_grant")
    ours.access = ours.refresh
    assert ours.get("/credentials").status_code == 401


def test_more_than_what_was_allowed_is_not_given_at_a_renewal(ours: Partner, browser: Client) -> None:
    ours.allowed(browser, READ)
    refused(ours.renew(scope=WRITE), "invalid_scope")
    assert ours.renew(scope=READ).json()["scope"] == READ


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "none"])
def test_an_application_proves_itself_as_it_said(browser: Client, method: str) -> None:
    ours = Partner(method=method).allowed(browser)
    assert ours.get("/credentials").status_code == 200
    secret = ours.secret or "inventé"
    for other in sorted({"client_secret_basic", "client_secret_post", "none"} - {method}):
        ours.method, ours.secret = other, "" if other == "none" else secret
        refused(ours.renew(), "invalid_client", 401)


def test_a_wrong_secret_is_refused_with_the_way_to_prove_oneself(ours: Partner, browser: Client) -> None:
    code = ours.ask(browser)["code"]
    good, ours.secret = ours.secret, "autre"
    answer = ours.exchange(code)
    refused(answer, "invalid_client", 401)
    assert answer["WWW-Authenticate"].startswith("Basic")
    ours.secret = good
    assert ours.exchange(code).status_code == 200


@pytest.mark.parametrize("body", ["grant_type=authorization_code&code=a&code=b", "grant_type=refresh_token"])
def test_a_request_for_tokens_is_written_as_the_standard_says(ours: Partner, body: str) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = ours.browser.post("/oauth/token", body, content_type=kind)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] in ("invalid_request", "invalid_client")
    other = ours.browser.post("/oauth/token", {"grant_type": "password"})
    assert other.json()["error"] in ("invalid_request", "unsupported_grant_type")


def test_a_platform_gives_up_what_it_was_allowed(ours: Partner, browser: Client) -> None:
    ours.allowed(browser)
    assert ours.revoke(ours.access).status_code == 200
    assert ours.get("/credentials").status_code == 401
    assert ours.revoke("inconnu").status_code == 200
    refused(ours.revoke(""), "invalid_request")
    assert Grant.objects.get().ending == "partner"


def test_a_new_answer_takes_the_place_of_the_former(ours: Partner, browser: Client) -> None:
    ours.allowed(browser)
    former = ours.access
    ours.allowed(browser, READ)
    assert sorted(Grant.objects.values_list("ending", flat=True)) == ["", "replaced"]
    ours.access, now = former, ours.access
    assert ours.get("/credentials").status_code == 401
    ours.access = now
    assert ours.get("/credentials").status_code == 200


def test_an_account_that_somebody_else_opened_keeps_no_grant(ours: Partner, person: Person, browser: Client) -> None:
    ours.allowed(browser)
    link = links.issue(NOT_ME, person.user.pk, person.user.email or "")
    accounts.say_not_me(person.user, actor=link_actor(link.pk, Role.MAILBOX_OWNER))
    assert ours.get("/credentials").status_code == 401
    refused(ours.renew(), "invalid_grant")


# How long


def test_what_is_over_is_forgotten(ours: Partner, browser: Client) -> None:
    Partner().register()  # nobody will allow it
    ours.allowed(browser)
    classes = {one.code: one for one in retention.classes() if one.code.startswith("accounts.grant")}
    partners = next(one for one in retention.classes() if one.code == "accounts.partners")
    later = NOON + dt.timedelta(days=31)
    assert partners.apply(later) == 1
    assert PartnerApplication.objects.get().pk == Grant.objects.get().application_id
    long_after = NOON + dt.timedelta(days=2 * 366)
    assert classes["accounts.grant_tokens"].apply(long_after) == 3
    assert classes["accounts.grants"].apply(long_after) == 1
    assert not GrantToken.objects.exists()
    assert reverse("authorize") == "/oauth/authorize"
