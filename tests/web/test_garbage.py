"""Whatever is typed, forged or clicked twice, the site answers: never a failure, never a script given back."""

import functools
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from entremise.kernel import links
from entremise.kernel.actors import Role
from tests.factories.stage import NOBODY, Stage, link_about, quiet_client
from tests.web.addresses import PRIVATE, URLS, address
from tests.web.forms_found import FoundForm, forms_of
from tests.web.walk import Visit, put_back, visit

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
GARBAGE = [
    SCRIPT, "é" * 10_000, "a\x00b", "%(x)s {0} %s %d %", "9" * 5_000, "\u202e\U0001f9ff\ufffe\u0301\u200b'\"\\",
    "-1", "NaN", "0000-00-00", "9999-12-31", "00000000-0000-0000-0000-000000000000", "'; drop table x; --",
    " \t\r\n", "²³١٢", "1e999",
]  # fmt: skip
ROUNDS = 2  # each field meets so many kinds here, and all of them at night
IN_ADDRESSES = (
    "q", "apres", "page", "experience", "demande", "etablissement", "etape", "miennes", "visibility", "next", "format",
    "etat", "periode", "du", "au", "agence", "partenaire", "conseiller", "colonnes", "occ", "skill", "commune", "km",
    "profil", "ordre",
)  # fmt: skip
UNKNOWN = "01900000-0000-7000-8000-000000000000"
BEARERS = {
    "validator": "waiting",
    "validator who answered": "answered",
    "employer": "promotion",
    "recruiter": "access",
}
PUBLIC_PAGES = set(URLS) - set(PRIVATE)
WHO = [NOBODY, Role.JOBSEEKER, Role.BUSINESS_ADVISER, Role.TEAM_LEAD, *BEARERS]
AT_NIGHT = pytest.param(Role.TEAM_LEAD, marks=pytest.mark.nightly)  # the doors of an adviser, and a few more
USUALLY = [NOBODY, Role.JOBSEEKER, Role.BUSINESS_ADVISER, AT_NIGHT, *BEARERS]


@dataclass
class Crawl:
    """What opens for somebody: the addresses, and every form once."""

    client: Client
    pages: list[tuple[str, str]] = field(default_factory=list)
    forms: list[FoundForm] = field(default_factory=list)


@pytest.fixture(scope="module")
def crawl(scene: Stage) -> Iterator[Callable[[str], Crawl]]:
    """Return what opens for somebody of the scene, looked up once."""
    with put_back():
        browsers = {who: browser(scene, who) for who in WHO}  # their sessions outlive the test that asks first
        yield functools.cache(lambda who: crawled(scene, *browsers[who], is_public=who == NOBODY))


def crawled(scene: Stage, client: Client, token: str, *, is_public: bool) -> Crawl:
    found, known, things = Crawl(client), set(), scene.things()
    for name in sorted(PUBLIC_PAGES if is_public else set(URLS) - PUBLIC_PAGES):
        path = address(name, pk=things.get(name, UNKNOWN), token=token, step=1)
        with put_back():
            response = client.get(path)
            page = response.getvalue().decode(errors="replace")
        if response.status_code in (200, 405):
            found.pages.append((name, path))
        for form in forms_of(page, path) if response.status_code == 200 else []:
            mark = (form.action, form.method, *sorted(form.filled()))
            if form.method == "post" and mark not in known:
                known.add(mark)
                found.forms.append(form)
    return found


def browser(scene: Stage, who: str) -> tuple[Client, str]:
    """Return the browser of somebody of the scene, and the reference of the link they opened."""
    if who in BEARERS:
        thing = getattr(scene, BEARERS[who])
        return scene.bearer(thing), links.reference(link_about(thing))
    return (quiet_client(), "x") if who == NOBODY else (scene.signed_in(Role(who)), "x")


def spoilt(form: FoundForm, turn: int, *, is_all: bool) -> dict[str, Any]:
    """Return a form with garbage in what is typed, or in every field; each field gets another kind at each turn."""
    filled: dict[str, Any] = form.filled()
    for place, name in enumerate(sorted(filled)):
        if name != "csrfmiddlewaretoken" and (is_all or name in form.typed):
            filled[name] = GARBAGE[(place + turn) % len(GARBAGE)]
    filled.pop("idempotency_key", None)
    return filled


def faults(seen: Visit) -> list[str]:
    is_given_back, is_lost = SCRIPT in seen.raw, "Location: /connexion/?next" in seen.headers
    return [str(seen)] if seen.status >= 500 or is_given_back or is_lost else []


def garbage_in_forms(found: Crawl, rounds: int) -> list[str]:
    assert found.forms, "this person found no form at all: the test would prove nothing"
    wrong = []
    for form in found.forms:
        for turn in range(rounds):
            for button in form.buttons or [("", "")]:
                sent = {**spoilt(form, 5 * turn, is_all=bool(turn % 2)), button[0]: button[1]}
                wrong += faults(visit(found.client, form.action, "post", form.action, sent))
    return wrong


@pytest.mark.parametrize("who", USUALLY)
def test_garbage_in_the_fields_of_every_form_is_answered(crawl: Callable[[str], Crawl], who: str) -> None:
    assert garbage_in_forms(crawl(who), ROUNDS) == []


@pytest.mark.nightly
@pytest.mark.parametrize("who", WHO)
def test_every_kind_of_garbage_in_every_field_is_answered(crawl: Callable[[str], Crawl], who: str) -> None:
    assert garbage_in_forms(crawl(who), 2 * len(GARBAGE)) == []


@pytest.mark.parametrize("who", USUALLY[1:4])
def test_garbage_in_every_address_is_answered(crawl: Callable[[str], Crawl], who: str) -> None:
    kinds = [text for text in GARBAGE if len(text) < 1000 and "\0" not in text]
    wrong = []
    for name, path in crawl(who).pages:
        sent = {key: kinds[(place + len(name)) % len(kinds)] for place, key in enumerate(IN_ADDRESSES)}
        wrong += faults(visit(crawl(who).client, name, "get", path, sent))
    assert wrong == []


@pytest.mark.parametrize("who", USUALLY[1:])
def test_a_button_clicked_twice_is_answered_as_if_clicked_once(crawl: Callable[[str], Crawl], who: str) -> None:
    wrong = []
    for form in crawl(who).forms:
        for button in [] if form.action.startswith("/connexion/") else form.buttons or [("", "")]:
            sent = {**form.filled(), button[0]: button[1]}
            with put_back(crawl(who).client):
                first, second = (crawl(who).client.post(form.action, sent) for _click in range(2))
                if first.status_code == 302 and second.status_code not in (200, 302):
                    wrong.append(f"{form.action} {button} → {first.status_code}, {second.status_code}")
    assert wrong == []


def test_a_null_character_is_refused_with_a_sentence(crawl: Callable[[str], Crawl]) -> None:
    client = crawl(Role.BUSINESS_ADVISER).client
    asked, sent = client.get("/conseil/promotions/", {"q": "a\x00b"}), client.post("/langue/", {"language": "\x00"})
    for response in (asked, sent):
        assert response.status_code == 400
        assert "Le site n'a pas compris ce que le navigateur a envoyé." in response.content.decode()


def test_a_body_that_is_no_form_and_one_too_large_are_answered(crawl: Callable[[str], Crawl]) -> None:
    post = functools.partial(crawl(Role.JOBSEEKER).client.post, "/moi/coordonnees/")
    assert post(b"\xff\xfe=%FF&%ZZ", content_type="application/x-www-form-urlencoded").status_code in (400, 422)
    assert post(b"{", content_type="application/json").status_code == 422
    large = post({"first_name": "x" * 2_100_000})
    assert large.status_code == 400
    assert "Rien n'a été enregistré" in large.content.decode()


def test_the_address_of_a_button_explains_itself(crawl: Callable[[str], Crawl]) -> None:
    response = crawl(Role.JOBSEEKER).client.get("/moi/a-jour/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "elle ne s'ouvre pas seule" in html.unescape(response.content.decode())


WITHOUT_PAGE = {"mail_stop"}  # mail programs post there (RFC 8058): the token of the address is the proof
# Machines post there, and no session is looked at (api/kit/endpoints.py): a forged request speaks for nobody.
WITHOUT_SESSION = {name for name, one in URLS.items() if getattr(one.callback, "csrf_exempt", False)} - WITHOUT_PAGE


def test_no_post_is_taken_without_its_csrf_token(scene: Stage) -> None:
    things, taken = scene.things(), []
    with put_back():
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(scene.team[Role.BUSINESS_ADVISER])
        for name in sorted(URLS.keys() - WITHOUT_PAGE - WITHOUT_SESSION):
            seen = visit(client, name, "post", address(name, pk=things.get(name, UNKNOWN), token="x", step=1))
            if seen.status != 403 or "Par sécurité, rien n'a été envoyé." not in seen.body:
                taken.append(str(seen))
    assert taken == []
    assert all(getattr(URLS[name].callback, "is_endpoint", False) for name in WITHOUT_SESSION)
