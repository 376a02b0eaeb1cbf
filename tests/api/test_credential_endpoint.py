"""A signed badge at its address: whom it opens to, and that its bytes are those that were signed."""

import hashlib
import json

import pytest
from django.test import Client

from entremise.credentials import actions, actions_forms, actions_sharing
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models import Award, Credential
from entremise.kernel import links
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink
from entremise.people.models import Person
from tests.factories.accounts import professional, sign_in
from tests.factories.credentials import award, fresh
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


@pytest.fixture
def given(person: Person) -> Award:
    return award(person, narrative="Reçue avec é, ’, ®, 😀, عربي et é décomposé.")


def path(of: Award) -> str:
    return f"/credentials/{of.public_id}"


def hers(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def token_of(*shown: Award, person: Person) -> str:
    """Return the token of a link that shows these badges."""
    made = actions_sharing.share(person, actor=owner(person), awards=list(shown), days=7)
    return links.token(MailLink.objects.get(purpose=SHARE.name, target_id=made.pk))


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_holder_gets_the_bytes_that_were_signed(given: Award, person: Person) -> None:
    kept = Credential.objects.unscoped("a test's row").get(award=given)
    response = hers(person).get(path(given))
    assert (response.status_code, response["Content-Type"]) == (200, "application/vc")
    assert response.content == bytes(kept.body)
    assert response["ETag"] == f'"{kept.sha256}"' == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "é décomposé" in response.content.decode()
    verified = Client().post("/api/verify", response.content, content_type="application/vc").json()
    assert verified["verdict"] == "valid"


def test_a_stranger_is_told_how_to_come_in(given: Award) -> None:
    other = PersonFactory()
    for client in (Client(), hers(other), sign_in(Client(), professional(Role.BUSINESS_ADVISER))):
        response = client.get(path(given))
        assert (response.status_code, response.json()["code"]) == (401, "not_shared")
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert given.narrative not in response.content.decode()


def test_a_link_opens_what_it_shows_and_nothing_else(given: Award, person: Person) -> None:
    other = award(person)
    token = token_of(given, person=person)
    assert Client().get(path(given), headers=bearing(token)).status_code == 200
    assert Client().get(path(other), headers=bearing(token)).status_code == 401
    assert Client().get(path(given), headers=bearing(token[:-1] + "x")).status_code == 401
    assert Client().get(path(given), headers={"Authorization": f"Basic {token}"}).status_code == 401


def test_a_link_that_was_stopped_opens_no_more(given: Award, person: Person) -> None:
    token = token_of(given, person=person)
    actions_sharing.stop(person.badge_shares.get(), actor=owner(person))
    assert Client().get(path(given), headers=bearing(token)).status_code == 401


def test_a_withdrawn_badge_is_gone_for_everybody(given: Award, person: Person) -> None:
    actions.revoke(given, actor=actions.PLATFORM, reason=RevokeReason.FRAUD)
    for client in (Client(), hers(person)):
        response = client.get(path(given))
        assert response.status_code == 410
        assert response.json() == {"id": f"urn:uuid:{given.public_id}", "revoked": True}


def test_an_erased_person_leaves_an_answer_that_says_nothing_of_her(given: Award, person: Person) -> None:
    actions.withdraw(given, reason=RevokeReason.ERASED)
    actions.forget(fresh(given), actor=actions.PLATFORM)
    response = Client().get(path(given))
    assert (response.status_code, set(response.json())) == (410, {"id", "revoked"})


def test_a_badge_that_waits_for_its_signature_is_not_there_yet(person: Person) -> None:
    waiting = award(person, signed=False)
    assert hers(person).get(path(waiting)).status_code == 404
    assert Client().get(path(waiting)).status_code == 401


def test_an_unknown_badge_is_not_found() -> None:
    response = Client().get("/credentials/01900000-0000-7000-8000-000000000000")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_the_token_form_is_served_to_who_prefers_it(given: Award, person: Person) -> None:
    wanted = {"Accept": "application/vc+jwt"}
    assert hers(person).get(path(given), headers=wanted).status_code == 404  # nobody asked for it yet
    made = actions_forms.form(given, actor=owner(person), form=Form.OB3_JWT)
    response = hers(person).get(path(given), headers=wanted)
    assert (response["Content-Type"], response.content) == ("application/vc+jwt", bytes(made.body))
    assert json.loads(hers(person).get(path(given)).content)["type"]
