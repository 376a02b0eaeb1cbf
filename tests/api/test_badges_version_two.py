"""Open Badges 2.0: written when the issuer and the person agree, hosted where it says, refused once withdrawn."""

import json
from typing import Any

import pytest
from django.test import Client

from entremise.credentials import actions, actions_forms, actions_keys
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award, SigningKey
from entremise.credentials.rules import CredentialRefused
from entremise.lib.openbadges import ob2
from entremise.lib.openbadges.keys import Algorithm
from entremise.people.models import Person
from tests.factories.credentials import award, badge_class, issuer, settled
from tests.factories.people import PersonFactory, owner, set_identity

pytestmark = pytest.mark.django_db
EMAIL = "awa.diop@example.org"


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    set_identity(made, first_name="Awa", last_name="Diop", email=EMAIL, phone="")
    return made


@pytest.fixture
def given(person: Person) -> Award:
    return award(person, of=badge_class(issuer("Mission locale de Valence", writes_v2=True)))


def agree(person: Person, *, is_agreed: bool = True) -> None:
    actions.choose(person, actor=owner(person), declines=False, hosts_v2=is_agreed)


def form(of: Award, kind: Form) -> bytes:
    assert of.person is not None
    return bytes(actions_forms.form(of, actor=owner(of.person), form=kind).body)


def verified(given: bytes | str, **more: str) -> dict[str, Any]:
    told = {"badge": given.decode() if isinstance(given, bytes) else given, **more}
    answer: dict[str, Any] = Client().post("/api/verify", json.dumps(told), content_type="application/json").json()
    return answer


def hosted_at(of: Award) -> str:
    return f"/ob2/assertions/{of.public_id}"


def test_a_signed_badge_is_verified_and_is_for_its_holder(given: Award) -> None:
    token = form(given, Form.OB2_SIGNED)
    assert EMAIL.encode() not in token
    told = verified(token)
    assert (told["verdict"], told["form"]) == ("valid", "ob2-signed"), told
    assert verified(token, recipient=EMAIL)["verdict"] == "valid"
    other = verified(token, recipient="quelqu.un@example.org")
    assert (other["verdict"], other["code"]) == ("refused", "recipient_other")


def test_a_signed_badge_holds_after_its_key_was_followed(given: Award) -> None:
    token = form(given, Form.OB2_SIGNED)
    by = given.badge_class.issuer
    coming = actions_keys.prepare_next(by, actor=actions_keys.MAKER, algorithm=Algorithm.RS256)
    actions_keys.start(coming, actor=actions_keys.MAKER)
    assert verified(token)["verdict"] == "valid"
    actions_keys.give_up(by, actor=actions_keys.MAKER, key=SigningKey.objects.get(issuer=by, state="retired"))
    assert verified(token)["verdict"] == "refused"


def test_a_withdrawn_signed_badge_is_refused_even_alone_in_its_list(given: Award) -> None:
    token = form(given, Form.OB2_SIGNED)
    actions.revoke(given, actor=actions.PLATFORM, reason=RevokeReason.MISTAKE)
    assert verified(token)["code"] == "revoked"
    listed = Client().get(f"/ob2/revocations/{given.badge_class.issuer.slug}").json()["revokedAssertions"]
    assert {one["id"] for one in listed} == {ob2.NOBODY, f"urn:uuid:{given.public_id}"}
    assert EMAIL not in str(listed)


def test_a_badge_is_on_line_only_while_the_person_agrees(given: Award, person: Person) -> None:
    with pytest.raises(CredentialRefused, match="donnez d'abord votre accord"):
        form(given, Form.OB2_HOSTED)
    assert Client().get(hosted_at(given)).status_code == 404
    agree(person)
    body = form(given, Form.OB2_HOSTED)
    response = Client().get(hosted_at(given))
    assert (response.status_code, response["Content-Type"], response.content) == (200, "application/ld+json", body)
    assert EMAIL not in response.content.decode()
    told = verified(body)
    assert (told["verdict"], told["form"]) == ("valid", "ob2-hosted"), told
    agree(person, is_agreed=False)
    assert Client().get(hosted_at(given)).status_code == 404
    assert verified(body)["verdict"] != "valid"


def test_a_withdrawn_hosted_badge_is_gone_with_what_verifiers_look_for(given: Award, person: Person) -> None:
    agree(person)
    body = form(given, Form.OB2_HOSTED)
    actions.revoke(given, actor=actions.PLATFORM, reason=RevokeReason.FRAUD)
    response = Client().get(hosted_at(given))
    assert response.status_code == 410
    assert response.json()["revoked"] is True
    assert "recipient" not in response.json()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert verified(body)["code"] == "revoked"


def test_an_erased_hosted_badge_leaves_nothing_of_the_person(given: Award, person: Person) -> None:
    agree(person)
    form(given, Form.OB2_HOSTED)
    actions.withdraw(given, reason=RevokeReason.ERASED)
    actions.forget(given, actor=actions.PLATFORM)
    response = Client().get(hosted_at(given))
    assert (response.status_code, set(response.json())) == (
        410,
        {"@context", "type", "id", "revoked", "revocationReason"},
    )


def test_a_suspended_badge_is_refused_until_it_is_resumed(given: Award) -> None:
    token = form(given, Form.OB2_SIGNED)
    actions.suspend(given, actor=actions.PLATFORM)
    assert verified(token)["code"] == "revoked"
    actions.resume(settled(given), actor=actions.PLATFORM)
    assert verified(token)["verdict"] == "valid"


def test_an_issuer_that_did_not_choose_it_writes_none(person: Person) -> None:
    usual = award(person)
    with pytest.raises(CredentialRefused, match="ancien format"):
        form(usual, Form.OB2_SIGNED)


def test_who_gave_no_address_is_told_what_to_add() -> None:
    nameless: Person = PersonFactory()
    set_identity(nameless, first_name="Awa", last_name="Diop", email="", phone="+33639981234")
    usual = award(nameless, of=badge_class(issuer("Mission locale de Crest", writes_v2=True)))
    with pytest.raises(CredentialRefused, match="adresse électronique"):
        form(usual, Form.OB2_SIGNED)


def test_each_document_leads_to_the_next_one(given: Award) -> None:
    form(given, Form.OB2_SIGNED)
    slug, badge = given.badge_class.issuer.slug, given.badge_class
    profile = Client().get(f"/ob2/issuers/{slug}").json()
    assert (profile["type"], profile["name"]) == ("Issuer", badge.issuer.name)
    of_key = Client().get(profile["publicKey"].partition("/ob2/")[2].join(["/ob2/", ""])).json()
    assert (of_key["owner"], of_key["id"]) == (profile["id"], profile["publicKey"])
    assert of_key["publicKeyPem"].startswith("-----BEGIN PUBLIC KEY")
    described = Client().get(f"/ob2/badges/{badge.series}/{badge.version}").json()
    assert (described["name"], described["issuer"]) == (badge.name, profile["id"])


@pytest.mark.parametrize(
    "path",
    [
        "/ob2/issuers/nobody", "/ob2/keys/nobody/rsa-2026-1", "/ob2/revocations/nobody",
        "/ob2/badges/01900000-0000-7000-8000-000000000000/1", "/ob2/assertions/01900000-0000-7000-8000-000000000000",
    ],
)  # fmt: skip
def test_what_is_unknown_is_refused_in_json(path: str) -> None:
    assert (Client().get(path).status_code, Client().get(path).json()["code"]) == (404, "not_found")
