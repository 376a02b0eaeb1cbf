"""The keys of badges on the screen: seen by who answers for them, followed, given up with a word typed out."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.credentials.enums import KeyState
from entremise.credentials.models import Award, SigningKey
from entremise.kernel.actors import Role
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.credentials import award
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/equipe/cles/"


@pytest.fixture
def given() -> Award:
    return award(PersonFactory())


def key_of(given: Award) -> SigningKey:
    return SigningKey.objects.get(issuer=given.badge_class.issuer, algorithm="EdDSA", name="ed25519-2026-1")


def director(of: Award | None = None) -> Client:
    """Return the browser of a director, of the house that gave this badge or of another."""
    agency = AgencyFactory(organisation=of.badge_class.issuer.organisation) if of else AgencyFactory()
    return sign_in(Client(), professional(Role.DIRECTOR, agency=agency))


def test_a_director_sees_the_keys_of_her_house_and_how_much_they_signed(given: Award) -> None:
    page = director(given).get(LIST).content.decode()
    for wanted in (given.badge_class.issuer.name, "ed25519-2026-1", "En service", "1 badge signé"):
        assert wanted in page
    assert key_of(given).public_jwk["x"] not in page
    elsewhere = director().get(LIST).content.decode()
    assert given.badge_class.issuer.name not in elsewhere
    assert "Votre organisation ne remet pas de badges" in elsewhere


def test_the_next_key_is_prepared_with_one_button(given: Award) -> None:
    client = director(given)
    page = client.post(reverse("badge_key_next", args=[key_of(given).pk]), follow=True).content.decode()
    assert "ed25519-2026-2 est publiée" in page
    assert SigningKey.objects.get(name="ed25519-2026-2").state == KeyState.NEXT
    client.post(reverse("badge_key_next", args=[key_of(given).pk]))
    assert SigningKey.objects.filter(issuer=given.badge_class.issuer).count() == 2  # prepared once


def test_a_key_is_given_up_once_the_word_is_typed(given: Award) -> None:
    client, address = director(given), reverse("badge_key_give_up", args=[key_of(given).pk])
    asked = client.get(address).content.decode()
    assert "1 badge signé par cette clé sera refusé partout" in asked
    refused = client.post(address, {"word": "oui"})
    assert refused.status_code == 422
    assert "Ce n&#x27;est pas le mot demandé" in refused.content.decode()
    assert key_of(given).state == KeyState.ACTIVE
    told = client.post(address, {"word": " Remplacer "}, follow=True).content.decode()
    assert "Badges à signer de nouveau, en cours : 1." in told
    assert key_of(given).state == KeyState.COMPROMISED
    assert "1 badge est encore à signer de nouveau" in told
    assert "déjà abandonnée" in client.get(address, follow=True).content.decode()


@pytest.mark.parametrize("name", ["badge_key_next", "badge_key_give_up"])
def test_the_keys_of_another_house_are_not_there(given: Award, name: str) -> None:
    address = reverse(name, args=[key_of(given).pk])
    assert director().post(address, {"word": "remplacer"}).status_code == 404
    assert key_of(given).state == KeyState.ACTIVE
    assert SigningKey.objects.filter(issuer=given.badge_class.issuer).count() == 1


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.BUSINESS_ADVISER])
def test_who_does_not_answer_for_keys_is_refused(given: Award, role: Role) -> None:
    agency = AgencyFactory(organisation=given.badge_class.issuer.organisation)
    client = sign_in(Client(), professional(role, agency=agency))
    assert client.get(LIST).status_code == 403
    assert client.post(reverse("badge_key_give_up", args=[key_of(given).pk]), {"word": "remplacer"}).status_code == 403
    assert key_of(given).state == KeyState.ACTIVE
