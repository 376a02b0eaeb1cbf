"""The public page that verifies a badge: a verdict in words, each check, nothing kept, no account."""

import datetime as dt
import io
import json
import re

import pytest
from django.test import Client

from entremise.credentials import actions, actions_forms
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award
from entremise.credentials.models_status import VerificationCount
from entremise.kernel.models import JournalEntry
from entremise.people.models import Person
from tests.factories.credentials import award, badge_class, settled
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
PAGE = "/verifier/"


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


@pytest.fixture
def given(person: Person) -> Award:
    return award(person)


def body_of(of: Award, form: Form = Form.OB3_DI) -> bytes:
    assert of.person is not None
    return bytes(actions_forms.form(of, actor=owner(of.person), form=form).body)


def told(sent: bytes | str, *, as_file: bool = False, language: str = "fr", **more: str) -> str:
    """Return the page that answers, in a window where nobody is signed in."""
    client = Client(headers={"Accept-Language": language})
    if as_file:
        file = io.BytesIO(sent if isinstance(sent, bytes) else sent.encode())
        file.name = "badge"
        response = client.post(PAGE, {"file": file, **more})
    else:
        response = client.post(PAGE, {"text": sent if isinstance(sent, str) else sent.decode(), **more})
    assert response.status_code == 200, response.content
    return response.content.decode()


def verdict(page: str) -> str:
    found = re.search(r'data-verdict="(\w+)"', page)
    assert found
    return found[1]


def test_the_page_opens_without_an_account_and_explains_itself() -> None:
    response = Client().get(PAGE)
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    for wanted in ('name="file"', 'name="text"', 'enctype="multipart/form-data"', "Comment ça marche"):
        assert wanted in page
    assert "que la personne qui vous montre le badge est bien celle" in page


@pytest.mark.parametrize("form", [Form.OB3_DI, Form.OB3_JWT])
@pytest.mark.parametrize("as_file", [True, False])
def test_our_badge_is_valid_in_a_private_window(given: Award, form: Form, *, as_file: bool) -> None:
    page = told(body_of(given, form), as_file=as_file)
    assert verdict(page) == "valid"
    assert "Ce badge est valable." in page
    assert given.badge_class.name in page
    assert given.badge_class.issuer.name in page
    assert "20 novembre 2026" in page
    for step in ("Émetteur", "Signature", "Dates", "Retrait"):
        assert f"<strong>{step}</strong>" in page
    assert "Ce que cela ne prouve pas" in page


def test_a_withdrawn_a_suspended_and_an_expired_badge_say_so(person: Person) -> None:
    withdrawn, suspended = award(person), award(person)
    bodies = [body_of(withdrawn), body_of(suspended)]
    actions.revoke(withdrawn, actor=actions.PLATFORM, reason=RevokeReason.FRAUD)
    actions.suspend(suspended, actor=actions.PLATFORM)
    settled(withdrawn)
    pages = [told(body) for body in bodies]
    assert [verdict(page) for page in pages] == ["refused", "refused"]
    assert "Ce badge a été retiré par son émetteur." in pages[0]
    assert "Ce badge est suspendu par son émetteur." in pages[1]
    ended = award(person, of=badge_class(valid_months=1), awarded_on=given_day())
    page = told(body_of(ended))
    assert verdict(page) == "refused"
    assert "sa date est passée" in page


def given_day() -> dt.date:
    """Return a day so long ago that a badge valid for a month is over."""
    return dt.date(2024, 1, 31)


def test_a_changed_badge_is_refused_with_its_reason(given: Award) -> None:
    document = json.loads(body_of(given))
    document["issuer"]["name"] = "Une autre organisation"
    page = told(json.dumps(document))
    assert verdict(page) == "refused"
    assert "Ne va pas" in page


def test_english_readers_are_answered_in_english(given: Award) -> None:
    assert "This badge is valid." in told(body_of(given), language="en")


def test_nothing_is_said_of_the_person_and_nothing_is_kept(given: Award, person: Person) -> None:
    body, lines = body_of(given), JournalEntry.objects.count()
    page = told(body)
    assert person.reference not in page
    assert JournalEntry.objects.count() == lines
    assert [(one.channel, one.verdict, one.count) for one in VerificationCount.objects.all()] == [("page", "valid", 1)]


def test_what_a_stranger_writes_in_a_badge_is_shown_as_text() -> None:
    nasty = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://evil.example/", "name": "<script>alert(1)</script>", "url": "javascript:alert(1)"},
        "credentialSubject": {"achievement": {"name": "<img src=x onerror=alert(1)>", "description": "\u202egnp"}},
    }
    page = told(json.dumps(nasty))
    assert verdict(page) == "refused"
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page
    assert "javascript:" not in page


def test_no_picture_of_another_site_is_loaded() -> None:
    foreign = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "https://elsewhere.example/",
        "credentialSubject": {"achievement": {"name": "x", "image": {"id": "https://spy.example/pixel.png"}}},
    }
    assert "spy.example" not in told(json.dumps(foreign))


def test_an_address_of_this_service_leads_to_its_page() -> None:
    page = told("http://127.0.0.1:8000/c/some-token/")
    assert verdict(page) != "valid"
    assert 'href="/c/some-token/"' in page


@pytest.mark.parametrize(
    "sent", ["bonjour", "{", "http://10.0.0.1/", "https://localhost/badge", "a.b.c", "\u202e", "{}" * 50_000]
)
def test_bad_input_is_answered_in_words(sent: str) -> None:
    page = told(sent)
    assert verdict(page) in {"refused", "undecided"}


def test_an_empty_form_says_what_to_do() -> None:
    response = Client().post(PAGE, {})
    assert response.status_code == 422
    assert "Choisissez un fichier, ou collez" in response.content.decode()


def test_an_empty_file_and_a_photograph_are_told() -> None:
    assert verdict(told(b"", as_file=True)) == "refused"
    photo = told(b"\xff\xd8\xff" + b"\0" * 100, as_file=True)
    assert verdict(photo) == "refused"


def test_a_file_far_too_large_is_refused() -> None:
    file = io.BytesIO(b"x" * (7 * 2**20))
    file.name = "badge.png"
    response = Client().post(PAGE, {"file": file})
    assert response.status_code == 422
    assert "trop gros pour être un badge" in response.content.decode()
