"""POST /api/verify: whatever is sent is answered in words; nothing of it is kept."""

import gzip
import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.test import Client

from entremise.api.description import OPENAPI
from entremise.api.kit.answers import written
from entremise.credentials import actions, actions_forms
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award, Credential
from entremise.credentials.models_status import VerificationCount
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from entremise.lib.openbadges import bake, bake_svg
from entremise.people.models import Person
from tests.factories.accounts import professional, sign_in
from tests.factories.credentials import award, lead, settled
from tests.factories.people import PersonFactory, owner
from tests.web.walk import put_back
from tests.web.walk import written as rows_written

pytestmark = pytest.mark.django_db
TOLD = {"/api/verify": "post"}
OF_PARTNERS = {"/api/offers", "/api/offers/{reference}", "/api/feeds", "/api/feeds/{id}"}  # test_offers_api


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


@pytest.fixture
def given(person: Person) -> Award:
    return award(person)


def body_of(badge: Award, form: Form = Form.OB3_DI) -> bytes:
    """Return the signed bytes of an award."""
    assert badge.person is not None
    made: Credential = actions_forms.form(badge, actor=owner(badge.person), form=form)
    return bytes(made.body)


def asked(body: bytes | str, media_type: str = "application/json", **headers: str) -> Any:
    """Ask whether a badge is good, as somebody without an account."""
    return Client().post("/api/verify", body, content_type=media_type, headers=headers or None)


def schema_of(status: int) -> dict[str, Any]:
    """Return what the description says of an answer."""
    told = OPENAPI["paths"]["/api/verify"]["post"]["responses"][str(status)]  # type: ignore[index]
    found = told.get("content", {}).get("application/json", {}).get("schema", {})
    return {**found, "components": OPENAPI["components"]}


def report(response: Any) -> dict[str, Any]:
    """Return the answer, which is what the description says."""
    told: dict[str, Any] = response.json()
    jsonschema.Draft202012Validator(schema_of(response.status_code)).validate(told)
    return told


def codes(response: Any) -> set[str]:
    return {one["code"] for one in report(response)["checks"]}


def test_the_description_is_one_that_machines_read() -> None:
    response = Client().get("/api/openapi.json")
    assert response.json() == json.loads(written(OPENAPI))
    assert response.json()["openapi"].startswith("3.1")
    for schema in response.json()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert set(response.json()["paths"]) == {*TOLD, *OF_PARTNERS}


@pytest.mark.parametrize("form", [Form.OB3_DI, Form.OB3_JWT])
def test_our_own_badge_is_valid_in_each_form(given: Award, form: Form) -> None:
    response = asked(body_of(given, form), "text/plain")
    told = report(response)
    assert (response.status_code, told["verdict"], told["form"]) == (200, "valid", form.value), told
    assert told["badge"]["title"] == given.badge_class.name
    assert told["badge"]["issuer"]["name"] == given.badge_class.issuer.name
    assert {one["outcome"] for one in told["checks"]} <= {"passed", "skipped"}
    assert told["message"] == "Ce badge est valable."


def test_each_way_of_sending_gives_the_same_answer(given: Award) -> None:
    body = body_of(given)
    file = io.BytesIO(body)
    file.name = "badge.json"
    answers = [
        asked(body, "application/json"),
        asked(body, "application/vc"),
        asked(json.dumps({"badge": json.loads(body)}), "application/json"),
        asked(json.dumps({"badge": body.decode()}), "application/json"),
        Client().post("/api/verify", {"file": file}),
        Client().post("/api/verify", {"text": body.decode()}),
    ]
    assert [report(one)["verdict"] for one in answers] == ["valid"] * len(answers)


def test_a_badge_in_a_picture_is_read(given: Award) -> None:
    body = body_of(given)
    png = bake.into_png(bake_samples()["png"], body, bake.Carrier.OB3)
    svg = bake_svg.into_svg(bake_samples()["svg"], body, bake.Carrier.OB3)
    for picture, media_type in ((png, "image/png"), (svg, "image/svg+xml")):
        assert report(asked(picture, media_type))["verdict"] == "valid"


def bake_samples() -> dict[str, bytes]:
    """Return two small pictures."""
    header = b"\x89PNG\r\n\x1a\n"

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    png = header + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\2\0\0\0") + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return {"png": png + chunk(b"IEND", b""), "svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'}


def test_the_sentences_come_in_the_language_asked(given: Award) -> None:
    told = report(asked(body_of(given), "text/plain", **{"Accept-Language": "en"}))
    assert told["message"] == "This badge is valid."


def test_a_withdrawn_badge_is_refused_once_its_list_is_published(given: Award) -> None:
    body = body_of(given)
    actions.revoke(given, actor=actions.PLATFORM, reason=RevokeReason.FRAUD)
    settled(given)
    told = report(asked(body))
    assert (told["verdict"], told["code"]) == ("refused", "revoked")
    assert told["message"] == "Ce badge a été retiré par son émetteur."


def test_a_suspended_badge_is_refused_until_it_is_resumed(given: Award) -> None:
    body, actor = body_of(given), lead(given.badge_class.issuer.organisation)
    actions.suspend(given, actor=actor)
    settled(given)
    assert report(asked(body))["code"] == "suspended"
    actions.resume(given, actor=actor)
    settled(given)
    assert report(asked(body))["verdict"] == "valid"


def test_a_changed_badge_is_refused(given: Award) -> None:
    document = json.loads(body_of(given))
    document["credentialSubject"]["achievement"]["name"] = "Diriger une usine"
    told = report(asked(json.dumps(document)))
    assert (told["verdict"], told["code"]) == ("refused", "wrong_signature")


def test_nothing_is_kept_but_a_count(given: Award) -> None:
    body = body_of(given)
    client = sign_in(Client(), professional(Role.BUSINESS_ADVISER))  # even a session is not looked at
    lines = JournalEntry.objects.count()
    with put_back():
        before = rows_written()
        response = client.post("/api/verify", body, content_type="application/json")
        after = {name: n - before.get(name, 0) for name, n in rows_written().items() if n != before.get(name, 0)}
    assert set(after) == {"credentials_verificationcount"}
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert JournalEntry.objects.count() == lines
    asked(body)
    asked(body)
    assert [(c.channel, c.verdict, c.count) for c in VerificationCount.objects.all()] == [("api", "valid", 2)]


def deep(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def bomb(kind: str) -> bytes:
    """Return a PNG whose text grows a thousand times when it is read."""
    png = bake_samples()["png"]
    text = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"x" * 50_000_000)
    chunk = len(text).to_bytes(4, "big") + b"iTXt" + text + zlib.crc32(b"iTXt" + text).to_bytes(4, "big")
    return png[:33] + chunk + png[33:]


HOSTILE: dict[str, Callable[[], tuple[bytes, str]]] = {
    "nothing": lambda: (b"", "application/json"),
    "no badge": lambda: (b"bonjour", "text/plain"),
    "an empty object": lambda: (b"{}", "application/json"),
    "a list": lambda: (b"[1, 2]", "application/json"),
    "a number": lambda: (b"12", "application/json"),
    "broken JSON": lambda: (b'{"a": ', "application/json"),
    "broken JSON as text": lambda: (b'{"a": ', "text/plain"),
    "not UTF-8": lambda: (b'{"a": "\xff"}', "application/json"),
    "deep": lambda: (deep(10_000), "application/json"),
    "large": lambda: (b'{"a":"' + b"x" * 1_900_000 + b'"}', "application/json"),
    "bytes": lambda: (bytes(range(256)) * 40, "application/octet-stream"),
    "alg none": lambda: (b"eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.", "text/plain"),
    "a token without a badge": lambda: (b"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA", "text/plain"),
    "a bomb": lambda: (bomb("png"), "image/png"),
    "a script": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "image/svg+xml",
    ),
    "an entity": lambda: (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        "image/svg+xml",
    ),
    "a page": lambda: (b"<html><body>bonjour</body></html>", "text/html"),
    "gzip": lambda: (gzip.compress(b"{}"), "application/json"),
    "this machine": lambda: (b'{"url": "http://127.0.0.1:1/x"}', "application/json"),
    "this machine, safely": lambda: (b'{"url": "https://localhost/x"}', "application/json"),
    "a private network": lambda: (b'{"url": "https://10.0.0.1/x"}', "application/json"),
    "a metadata service": lambda: (b'{"url": "https://169.254.169.254/latest"}', "application/json"),
    "a file": lambda: (b'{"url": "file:///etc/passwd"}', "application/json"),
    "an address with a password": lambda: (b'{"url": "https://a:b@example.org/"}', "application/json"),
    "an url that is none": lambda: (b'{"url": ["https://example.org"]}', "application/json"),
    "a surrogate": lambda: (b'{"a": "\\ud800"}', "application/json"),
    "a remote context": lambda: (
        json.dumps(
            {
                "@context": ["https://www.w3.org/ns/credentials/v2", "https://evil.example/context.json"],
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "issuer": "did:key:z6Mk",
            }
        ).encode(),
        "application/json",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_input_is_answered_in_words(name: str) -> None:
    """Never a failure, never `valid`; the time is measured in bench/verifier.py."""
    response = asked(*HOSTILE[name]())
    assert response.status_code in {200, 413, 422}, response.content
    told = report(response)
    assert told.get("verdict") != "valid"
    assert len(told["message"]) > 10
    if response.status_code == 200:
        assert told["verdict"] in {"refused", "undecided"}


def test_what_is_far_too_large_is_not_read() -> None:
    response = asked(b"x" * 10_000_000, "text/plain")
    assert (response.status_code, report(response)["code"]) == (413, "too_large")


def test_a_form_without_a_badge_says_so() -> None:
    response = Client().post("/api/verify", {"recipient": "awa@example.org"})
    assert (response.status_code, report(response)["code"]) == (422, "empty")


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)("/api/verify")
    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")


def test_no_token_of_ours_is_needed_to_ask(given: Award) -> None:
    """A browser of another site asks too; the answer depends on nothing of the visitor."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/api/verify", body_of(given), content_type="application/json")
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")


def test_too_many_at_once_are_told_in_json_when_to_come_back(settings: Any, given: Award) -> None:
    settings.ANONYMOUS_POSTS = (2, 600)
    client = Client(REMOTE_ADDR="192.0.2.77")
    answers = [client.post("/api/verify", b"x", content_type="text/plain") for _turn in range(3)]
    assert [one.status_code for one in answers] == [422, 422, 429]
    assert report(answers[-1])["code"] == "too_many"
    assert answers[-1]["Retry-After"] == "600"
