"""Documents for machines: what is stored is what is served, with the headers that let every verifier read it."""

import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from entremise.credentials import actions_keys, queries_claims, queries_own
from entremise.credentials.models import Award, SigningKey
from entremise.credentials.models_status import StatusList
from entremise.kernel.actors import Role
from entremise.lib.openbadges.keys import Algorithm, PublicKey
from tests.factories.accounts import professional, sign_in
from tests.factories.credentials import award, badge_class, issuer
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
UNKNOWN = "01900000-0000-7000-8000-000000000000"
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def given() -> Award:
    return award(PersonFactory())


def addresses(of: Award) -> dict[str, str]:
    """Return the addresses of the documents that a badge leads to."""
    slug = of.badge_class.issuer.slug
    key = SigningKey.objects.get(issuer=of.badge_class.issuer, algorithm="EdDSA")
    lists = StatusList.objects.filter(issuer=of.badge_class.issuer)
    badge = f"/achievements/{of.badge_class.series}/{of.badge_class.version}"
    return {
        f"/o/{slug}/did.json": "application/did+json",
        f"/o/{slug}/keys/{key.name}": "application/jwk+json",
        f"/o/{slug}/image.svg": "image/svg+xml",
        badge: "application/ld+json",
        f"{badge}/image.svg": "image/svg+xml",
        f"/status/{lists.get(purpose='revocation').pk}": "application/vc",
        "/api/openapi.json": "application/json",
    }


def is_open_to_every_site(response: Any) -> bool:
    return response["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in response


def test_each_document_has_its_type_its_fingerprint_and_is_open_to_every_site(given: Award) -> None:
    for path, media_type in addresses(given).items():
        response = Client().get(path)
        assert (response.status_code, response["Content-Type"]) == (200, media_type), path
        assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"', path
        assert is_open_to_every_site(response), path
        assert response["Cache-Control"].startswith("public, max-age="), path
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin", path
        assert response["X-Content-Type-Options"] == "nosniff", path


def test_documents_set_no_cookie_and_vary_on_nothing_of_the_visitor(given: Award) -> None:
    client = sign_in(Client(), professional(Role.BUSINESS_ADVISER))
    for path in addresses(given):
        for visitor in (Client(), client):
            response = visitor.get(path)
            assert not response.cookies, path
            assert response.get("Vary", "") in ("", "Accept"), path
            assert response["Cache-Control"].startswith("public"), path


def test_who_has_a_document_already_is_told_so(given: Award) -> None:
    for path in addresses(given):
        first = Client().get(path)
        again = Client().get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert is_open_to_every_site(again)
        assert Client().get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_the_size_and_sends_nothing(given: Award) -> None:
    for path in addresses(given):
        whole, head = Client().get(path), Client().head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(whole.content))
        assert head["ETag"] == whole["ETag"]


def test_a_site_asks_first_what_it_may_do(given: Award) -> None:
    for path in (f"/o/{given.badge_class.issuer.slug}/did.json", "/api/verify"):
        told = Client().options(path, headers={"Origin": "https://other.example"})
        assert told.status_code == 204
        assert "GET" in told["Access-Control-Allow-Methods"] or "POST" in told["Access-Control-Allow-Methods"]
        assert "Content-Type" in told["Access-Control-Allow-Headers"]
        assert is_open_to_every_site(told)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_document_is_only_read(given: Award, method: str) -> None:
    for path in addresses(given):
        if path.startswith("/achievements/") and not path.endswith("svg"):
            continue  # its page for people answers first: below
        response = getattr(Client(), method)(path)
        assert (response.status_code, response.json()["code"]) == (405, "method"), path
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path",
    [
        "/o/nobody/did.json", "/o/nobody/keys/ed25519-2026-1", "/o/nobody/image.svg", f"/status/{UNKNOWN}",
        f"/tsl/{UNKNOWN}", f"/achievements/{UNKNOWN}/1", f"/achievements/{UNKNOWN}/1/image.svg",
        "/.well-known/did.json", "/api/nothing", "/status/what", "/.well-known/security-nothing",
    ],
)  # fmt: skip
def test_an_unknown_address_is_refused_in_json_in_the_language_asked(path: str) -> None:
    french = Client().get(path, headers={"Accept": "application/json"})
    assert (french.status_code, french["Content-Type"]) == (404, "application/json")
    assert french.json() == {"code": "not_found", "message": "Il n'y a rien à cette adresse."}
    assert french["Cache-Control"] == "no-store"
    english = Client().get(path, headers={"Accept": "application/json", "Accept-Language": "en"})
    assert english.json()["code"] == "not_found"
    assert not english.cookies


def test_the_did_document_lists_every_key_that_was_not_given_up(given: Award) -> None:
    by = given.badge_class.issuer
    former = SigningKey.objects.get(issuer=by, algorithm="EdDSA")
    coming = actions_keys.prepare_next(by, actor=actions_keys.MAKER, algorithm=Algorithm.EDDSA)
    document = Client().get(f"/o/{by.slug}/did.json").json()
    assert document["id"] == queries_claims.keys.did(by)
    names = [one["id"].rpartition("#")[2] for one in document["verificationMethod"]]
    assert sorted(names) == sorted([former.name, coming.name])
    assert sorted(document["assertionMethod"]) == sorted(f"{document['id']}#{name}" for name in names)
    actions_keys.give_up(by, actor=actions_keys.MAKER, key=former)
    document = Client().get(f"/o/{by.slug}/did.json").json()
    assert [one["id"].rpartition("#")[2] for one in document["verificationMethod"]] == [coming.name]
    assert document["assertionMethod"] == [f"{document['id']}#{coming.name}"]
    assert Client().get(f"/o/{by.slug}/keys/{former.name}").status_code == 404


def test_a_key_served_alone_is_the_one_that_signs_without_its_secret(given: Award) -> None:
    key = SigningKey.objects.get(issuer=given.badge_class.issuer, algorithm="EdDSA")
    jwk = Client().get(f"/o/{given.badge_class.issuer.slug}/keys/{key.name}").json()
    assert PublicKey.from_jwk(jwk).thumbprint() == PublicKey.from_jwk(key.public_jwk).thumbprint()
    assert {"d", "p", "q", "k"}.isdisjoint(jwk)


def test_the_list_served_is_the_list_signed(given: Award) -> None:
    for row in StatusList.objects.filter(issuer=given.badge_class.issuer):
        response = Client().get(f"/status/{row.pk}")
        assert response.content == bytes(row.published)
        assert response["Cache-Control"] == "public, max-age=300"
        assert json.loads(response.content)["id"].endswith(f"/status/{row.pk}")
        assert Client().get(f"/tsl/{row.pk}").status_code == 404  # another kind of list


def test_a_badge_has_one_address_a_page_for_people_a_document_for_machines(given: Award) -> None:
    badge = given.badge_class
    path = f"/achievements/{badge.series}/{badge.version}"
    document = Client().get(path, headers={"Accept": "application/ld+json"})
    assert document.json()["name"] == badge.name
    assert document.json()["id"].endswith(path)
    assert document["Vary"] == "Accept"
    page = Client().get(path, headers=PAGE)
    assert page["Content-Type"].startswith("text/html")
    assert badge.name in page.content.decode()
    assert "Accept" in page["Vary"]
    assert Client().get(path).json() == document.json()  # who says nothing is a machine


def test_a_draft_is_shown_to_nobody() -> None:
    draft = badge_class(published=False)
    path = f"/achievements/{draft.series}/1"
    assert Client().get(path).status_code == 404
    assert Client().get(f"{path}/image.svg").status_code == 404
    assert Client().get(path, headers=PAGE).status_code == 404


def test_a_picture_runs_nothing_whatever_the_badge_is_called() -> None:
    by = issuer('<script>alert("x")</script> & fils')
    badge = badge_class(by, name='"><script>alert(1)</script>')
    for path in (f"/o/{by.slug}/image.svg", f"/achievements/{badge.series}/1/image.svg"):
        response = Client().get(path)
        assert b"<script" not in response.content
        assert "sandbox" in response["Content-Security-Policy"]
        assert "script-src" not in response["Content-Security-Policy"]


def test_what_is_answered_inside_is_what_is_served(given: Award) -> None:
    """A verification of our own badge asks the database: it must read what others read."""
    for path, media_type in addresses(given).items():
        if path.endswith(("svg", "openapi.json")):
            continue
        inside = queries_own.answer(queries_claims.keys.address(path))
        assert inside is not None
        assert inside.body == Client().get(path).content, path
        assert inside.media_type == media_type
    assert queries_own.answer("https://elsewhere.example/o/x/did.json") is None
    missing = queries_own.answer(queries_claims.keys.address("/moi/"))
    assert missing is not None
    assert missing.status == 404
