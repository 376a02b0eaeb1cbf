"""Another platform reads and brings badges with the person's agreement; what it may not do is refused by its name."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from entremise.accounts.models_partners import Grant, GrantToken, PartnerApplication
from entremise.credentials import actions_sharing
from entremise.credentials.enums import Form
from entremise.credentials.models import Award
from entremise.kernel import erasure
from entremise.kernel.models import JournalEntry
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.people.models import Person
from tests.factories import credentials as badges
from tests.factories.accounts import sign_in
from tests.factories.partner import (
    CHANGE_PROFILE,
    READ,
    SEE_PROFILE,
    WRITE,
    Partner,
    elsewhere,
    elsewhere_token,
)
from tests.factories.people import PersonFactory, owner, set_identity

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    set_identity(made, first_name="Awa", last_name="Diallo")
    return made


@pytest.fixture
def browser(person: Person) -> Client:
    return sign_in(Client(), person.user)


def verbs(person: Person) -> list[tuple[str, str]]:
    rows = JournalEntry.objects.filter(person_id=person.pk, verb__startswith="accounts.partner").order_by("at", "pk")
    return [(one.verb.partition("_")[2], one.data.get("what") or one.data.get("outcome", "")) for one in rows]


def refused(answer: Any, status: int, minor: str) -> str:
    told = answer.json()
    assert answer.status_code == status, answer.content
    assert (told["imsx_codeMajor"], told["imsx_severity"]) in {("failure", "error"), ("unsupported", "error")}
    (field,) = told["imsx_codeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == minor
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return str(told["imsx_description"])


# All the way


def test_an_honest_platform_is_asked_for_allowed_reads_writes_renews_and_is_stopped(
    person: Person, browser: Client
) -> None:
    award = badges.award(person)
    ours = Partner().allowed(browser)
    found = ours.get("/credentials").json()
    assert found == {
        "credential": [json.loads(bytes(award.credentials.get(form=Form.OB3_DI).body))],
        "compactJwsString": [],
    }
    brought = elsewhere()
    kept = ours.send(brought)
    assert (kept.status_code, kept.content) == (201, brought)
    assert ours.get("/profile").json()["name"] == "Awa Diallo"
    before = ours.access
    assert ours.renew().status_code == 200
    assert ours.access != before
    assert len(ours.get("/credentials").json()["credential"]) == 2
    ours.access, now = before, ours.access
    refused(ours.get("/credentials"), 401, "unauthorizedrequest")
    ours.access = now
    (grant,) = Grant.objects.all()
    assert browser.post(f"/moi/applications/{grant.pk}/arreter/").status_code == 302
    refused(ours.get("/credentials"), 401, "unauthorizedrequest")
    assert ours.renew().json()["error"] == "invalid_grant"
    assert verbs(person) == [
        ("allowed", ""),
        ("served", "code"),
        ("looked", "credentials"),
        ("wrote", "credential_created"),
        ("served", "refresh"),
        ("stopped", ""),
    ]


def test_the_service_description_says_everything_that_a_platform_needs() -> None:
    ours = Partner()
    assert ours.service["openapi"].startswith("3.0")
    assert {*ours.service["paths"]} == {"/credentials", "/profile", "/discovery"}
    assert set(ours.flow["scopes"]) == {READ, WRITE, SEE_PROFILE, CHANGE_PROFILE}
    assert ours.server["code_challenge_methods_supported"] == ["S256"]
    assert ours.server["registration_endpoint"] == ours.security["x-imssf-registrationUrl"]
    assert ours.server["authorization_endpoint"] == ours.flow["authorizationUrl"]


def test_nothing_that_opens_is_kept_in_clear(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser)
    kept = json.dumps(
        [
            list(PartnerApplication.objects.values_list("secret_hash", "redirects")),
            list(GrantToken.objects.values_list("token_hash", "challenge")),
            list(JournalEntry.objects.values_list("data", flat=True)),
        ]
    )
    assert not [one for one in (ours.secret, ours.access, ours.refresh, ours.verifier) if one in kept]


# Reading


def test_pages_follow_each_other_with_the_links_of_the_standard(person: Person, browser: Client) -> None:
    for hour in range(3):
        with time_machine.travel(NOON - dt.timedelta(hours=9 - hour), tick=False):
            badges.award(person)
    ours = Partner().allowed(browser, READ)
    first = ours.get("/credentials", limit=2)
    assert first["X-Total-Count"] == "3"
    links = {rel: address for address, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', first["Link"])}
    assert set(links) == {"first", "last", "next"}
    second = ours.browser.get(links["next"], HTTP_AUTHORIZATION=f"Bearer {ours.access}")
    ids = [one["id"] for page in (first, second) for one in page.json()["credential"]]
    assert len(set(ids)) == 3
    assert 'rel="prev"' in second["Link"]
    assert 'rel="next"' not in second["Link"]
    since = (NOON - dt.timedelta(hours=8)).isoformat()
    assert [one["id"] for one in ours.get("/credentials", since=since).json()["credential"]] == ids[2:]


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "-1"}, {"limit": "x"}, {"offset": "-1"}, {"offset": "²"}, {"since": "hier"}]
)
def test_a_question_that_makes_no_sense_is_refused(browser: Client, query: dict[str, str]) -> None:
    ours = Partner().allowed(browser, READ)
    refused(ours.get("/credentials", **query), 400, "invalid_query_parameter")


def test_what_she_keeps_for_herself_and_what_no_longer_holds_stay_here(person: Person, browser: Client) -> None:
    hidden, over = badges.award(person), badges.award(person)
    rows = Award.objects.unscoped("a test's row").filter(pk=over.pk)
    rows.update(valid_until=NOON + dt.timedelta(hours=1))
    actions_sharing.show(hidden, actor=owner(person), is_shown=False)
    ours = Partner().allowed(browser, READ)
    assert [one["id"] for one in ours.get("/credentials").json()["credential"]] == [f"urn:uuid:{over.public_id}"]
    with time_machine.travel(NOON + dt.timedelta(hours=2), tick=False):
        assert ours.renew().status_code == 200
        assert ours.get("/credentials").json()["credential"] == []


def test_nobody_else_s_badges_are_ever_given(browser: Client) -> None:
    badges.award(PersonFactory())
    ours = Partner().allowed(browser)
    answer = ours.get("/credentials")
    assert (answer.json(), answer["X-Total-Count"]) == ({"credential": [], "compactJwsString": []}, "0")


def test_many_looks_of_an_hour_leave_one_line(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser, READ)
    for minutes in (0, 20, 40):
        with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
            assert ours.get("/credentials").status_code == 200
    assert verbs(person).count(("looked", "credentials")) == 1


# Writing


def test_the_same_badge_twice_is_kept_once_and_a_newer_version_takes_its_place(
    person: Person, browser: Client
) -> None:
    ours = Partner().allowed(browser)
    old, new = elsewhere(valid_from=NOON - dt.timedelta(days=2)), elsewhere(title="Secouriste confirmée")
    assert ours.send(old).status_code == 201
    again = ours.send(old)
    assert (again.status_code, again.content) == (304, b"")
    replaced = ours.send(new)
    assert (replaced.status_code, replaced.content) == (200, new)
    assert ours.send(old).status_code == 304  # older than what is there
    (kept,) = person.foreign_badges.all()
    assert (kept.name, bytes(kept.body)) == ("Secouriste confirmée", new)
    (told,) = ours.get("/credentials").json()["credential"]
    assert told == json.loads(new)


def test_a_badge_of_another_issuer_under_the_same_identifier_is_another_badge(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser)
    assert ours.send(elsewhere()).status_code == 201
    assert ours.send(elsewhere(key=PrivateKey.generate(Algorithm.EDDSA))).status_code == 201
    assert person.foreign_badges.count() == 2


def test_her_own_badge_that_comes_back_changes_nothing(person: Person, browser: Client) -> None:
    award = badges.award(person)
    ours = Partner().allowed(browser)
    again = ours.send(bytes(award.credentials.get(form=Form.OB3_DI).body))
    assert again.status_code == 304, again.content.decode()
    assert person.foreign_badges.count() == 0


def test_somebody_else_s_badge_of_this_service_does_not_come_in(person: Person, browser: Client) -> None:
    award = badges.award(PersonFactory())
    ours = Partner().allowed(browser)
    refused(ours.send(bytes(award.credentials.get(form=Form.OB3_DI).body)), 400, "invalid_data")
    assert person.foreign_badges.count() == 0


def test_a_token_comes_as_text_and_is_given_back_among_the_tokens(person: Person, browser: Client) -> None:
    brought = elsewhere_token()
    ours = Partner().allowed(browser)
    kept = ours.send(brought, "text/plain")
    assert kept.status_code == 201, kept.content.decode()
    assert (kept.status_code, kept["Content-Type"], kept.content) == (201, "text/plain", brought)
    assert ours.get("/credentials").json() == {"credential": [], "compactJwsString": [brought.decode()]}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"a.b.c", "text/plain"),
        (elsewhere().replace(b"porter secours", b"voler"), "application/json"),
        (b"{}", "application/xml"),
    ],
    ids=["empty", "cut", "no token", "changed", "other type"],
)
def test_what_does_not_hold_is_not_kept(person: Person, browser: Client, body: bytes, kind: str) -> None:
    ours = Partner().allowed(browser)
    refused(ours.send(body, kind), 400, "invalid_data")
    assert person.foreign_badges.count() == 0


def test_a_badge_that_is_too_large_is_refused(browser: Client) -> None:
    ours = Partner().allowed(browser)
    refused(ours.send(b"x" * (2**20 + 1)), 413, "invalid_data")


# The profile


def test_the_profile_says_the_name_and_nothing_that_follows_her_elsewhere(person: Person, browser: Client) -> None:
    ours, theirs = Partner().allowed(browser), Partner().allowed(browser)
    told = ours.get("/profile").json()
    assert set(told) == {"@context", "id", "type", "name", "givenName", "familyName"}
    assert (told["givenName"], told["familyName"], told["type"]) == ("Awa", "Diallo", ["Profile"])
    assert told["id"] != theirs.get("/profile").json()["id"]
    assert str(person.pk) not in told["id"]


def test_the_name_is_corrected_and_nothing_else(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser)
    told = {**ours.get("/profile").json(), "familyName": "Diallo-N’Diaye"}
    assert ours.put(told).json()["name"] == "Awa Diallo-N’Diaye"
    refused(ours.put({**told, "email": "autre@example.org"}), 400, "invalid_data")
    refused(ours.put({"givenName": "Awa"}), 400, "invalid_data")
    refused(ours.put({**told, "givenName": ["Awa"]}), 400, "invalid_data")
    assert ours.get("/profile").json()["familyName"] == "Diallo-N’Diaye"
    assert ("wrote", "profile") in verbs(person)


# What was not allowed


def test_each_door_asks_for_its_own_permission(browser: Client) -> None:
    doors = {
        READ: lambda ours: ours.get("/credentials"),
        WRITE: lambda ours: ours.send(elsewhere()),
        SEE_PROFILE: lambda ours: ours.get("/profile"),
        CHANGE_PROFILE: lambda ours: ours.put({"givenName": "A", "familyName": "B"}),
    }
    for given in doors:
        ours = Partner().allowed(browser, given)
        for scope, ask in doors.items():
            answer = ask(ours)
            if scope == given:
                assert answer.status_code < 300
            else:
                refused(answer, 403, "forbidden")
                assert f'error="insufficient_scope", scope="{scope}"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize("bearer", ["", "Bearer", "Bearer x", "Basic eDp5", "bearer é"])
def test_without_a_good_token_nothing_opens(client: Client, bearer: str) -> None:
    for path in ("credentials", "profile"):
        answer = client.get(f"/ims/ob/v3p0/{path}", HTTP_AUTHORIZATION=bearer)
        refused(answer, 401, "unauthorizedrequest")
        assert answer["WWW-Authenticate"].startswith("Bearer ")


def test_her_session_alone_opens_nothing(browser: Client) -> None:
    refused(browser.get("/ims/ob/v3p0/credentials"), 401, "unauthorizedrequest")


def test_an_access_token_lives_an_hour_and_a_grant_a_year(browser: Client) -> None:
    ours = Partner().allowed(browser, READ)
    with time_machine.travel(NOON + dt.timedelta(minutes=61), tick=False):
        refused(ours.get("/credentials"), 401, "unauthorizedrequest")
    for days in range(80, 400, 80):
        with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
            assert ours.renew().status_code == (200 if days < 365 else 400)


def test_a_closed_account_opens_nothing(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser, READ)
    person.user.is_active = False
    person.user.save()
    refused(ours.get("/credentials"), 401, "unauthorizedrequest")


def test_an_erased_person_leaves_no_grant(person: Person, browser: Client) -> None:
    ours = Partner().allowed(browser, READ)
    erasure.erase_all(person.pk)
    assert (Grant.objects.count(), GrantToken.objects.count()) == (0, 0)
    refused(ours.get("/credentials"), 401, "unauthorizedrequest")


@pytest.mark.parametrize(("path", "method"), [("discovery", "post"), ("credentials", "put"), ("profile", "post")])
def test_other_methods_are_refused_in_the_words_of_the_standard(client: Client, path: str, method: str) -> None:
    refused(getattr(client, method)(f"/ims/ob/v3p0/{path}"), 405, "not_allowed")
