"""What everybody sees of badges: the directory, an issuer's page, the open data, the guide; taking a badge."""

import json
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from entremise.credentials import (
    actions_claims,
    actions_classes,
    actions_endorsements,
    actions_events,
    actions_issuers,
    jobs,
)
from entremise.credentials.actions_classes import Aligned
from entremise.credentials.enums import AwardState, Framework
from entremise.credentials.models import Award
from entremise.credentials.rules_deployment import WHOLE, lines
from entremise.kernel.actors import Role
from tests.factories.accounts import UserFactory, actor_of, department, professional, sign_in
from tests.factories.issuing import House, claim_token, claimer, house, published
from tests.factories.people import PersonFactory
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> House:
    return house()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


def names(client: Client, **asked: str) -> set[str]:
    page = text_of(client.get(reverse("badge_directory"), asked))
    return {name for name in ("Accueillir des clients", "Souder à l'arc", "Brouillon secret") if f"{name}</a>" in page}


def test_badges_are_found_by_word_territory_issuer_and_referential(client: Client, desk: House) -> None:
    other = house("Ateliers de l'Isère")
    told = {"description": "Soude.", "criteria": "Une pièce.", "department": department("38")}
    draft = actions_classes.draft(
        other.issuer, actor=other.actor, name="Souder à l'arc",
        aligned=[Aligned(Framework.RNCP, "RNCP123", "Soudeur", "https://exemple.fr/123")], **told,
    )  # fmt: skip
    actions_classes.publish(draft, actor=other.actor)
    actions_classes.draft(desk.issuer, actor=desk.actor, name="Brouillon secret", description="x", criteria="x")
    both = {"Accueillir des clients", "Souder à l'arc"}
    assert names(client) == both
    assert names(client, q="soude pièce") == set()
    assert names(client, q="SOUDE arc") == {"Souder à l'arc"}
    assert names(client, territoire="38") == {"Souder à l'arc"}
    assert names(client, emetteur=desk.issuer.slug) == {"Accueillir des clients"}
    assert names(client, referentiel="rncp", code="rncp123") == {"Souder à l'arc"}
    assert names(client, code="inconnu") == set()
    actions_issuers.stop(other.issuer, actor=actor_of(professional(Role.TEAM_LEAD)))
    assert "Souder à l'arc" not in names(client)


@pytest.mark.parametrize(
    "asked", [{"q": "%_\\"}, {"page": "999"}, {"page": "x"}, {"badge": "x"}, {"referentiel": "x"}]
)
def test_garbage_in_the_address_is_no_error(client: Client, desk: House, asked: dict[str, str]) -> None:
    assert client.get(reverse("badge_directory"), asked).status_code == 200


def test_two_badges_are_put_side_by_side_and_one_alone_is_not(client: Client, desk: House) -> None:
    second = published(desk.issuer, desk.actor, name="Souder à l'arc")
    page = text_of(client.get(reverse("badge_compare"), {"badge": [str(desk.badge.pk), str(second.pk)]}))
    assert "Accueillir des clients" in page
    assert "Souder à l'arc" in page
    alone = client.get(reverse("badge_compare"), {"badge": [str(desk.badge.pk), "x"]})
    assert alone["Location"].startswith(reverse("badge_directory"))
    draft = actions_classes.change(desk.badge, actor=desk.actor, name="Brouillon secret")
    hidden = client.get(reverse("badge_compare"), {"badge": [str(draft.pk), str(second.pk)]})
    assert hidden.status_code == 302


def test_an_issuer_s_page_says_who_it_is_its_badges_and_who_recommends_it(client: Client, desk: House) -> None:
    other = house("Branche de l'accueil")
    word = actions_endorsements.endorse(other.issuer, actor=other.actor, issuer=desk.issuer, text="Sérieux et suivi.")
    page = text_of(client.get(reverse("issuer_page", args=[desk.issuer.slug])))
    for expected in ("Accueillir des clients", "did:web:", "Sérieux et suivi.", "Branche de l'accueil"):
        assert expected in page, expected
    assert "Recommander" not in page.split("<footer")[0].replace("Recommandé", "")
    signed = client.get(reverse("badge_endorsement", args=[word.pk]))
    assert json.loads(signed.content)["type"] == ["VerifiableCredential", "EndorsementCredential"]
    actions_endorsements.withdraw(other.issuer, actor=other.actor, endorsement=word)
    assert client.get(reverse("badge_endorsement", args=[word.pk])).status_code == 404
    assert client.get(reverse("issuer_page", args=["inconnu"])).status_code == 404


def test_the_guide_answers_in_one_page(client: Client) -> None:
    page = text_of(client.get(reverse("badge_guide")))
    assert "Puis-je corriger un badge publié ?" in page
    assert "50 000 lignes" in page.replace("\u202f", " ")


def test_the_open_data_never_points_at_few_people() -> None:
    held = {("26", 2026, 4): (30, 40), ("38", 2026, 4): (3, 5), ("07", 2026, 4): (20, 20), ("2A", 2026, 3): (4, 4)}
    told = {(one.quarter, one.territory): one for one in lines({("26", 2026, 4): (2, 1)}, held, {(2026, 4): 1})}
    assert told[4, WHOLE].holders == 53
    assert told[4, "38"].holders is None
    hidden = [place for place in ("26", "38", "07") if told[4, place].holders is None]
    assert len(hidden) == 2  # alone, the small one would be found by subtraction
    assert told[4, "38"].awards is None
    assert told[3, WHOLE].holders is None
    assert told[4, "26"].badges == 2


def test_the_state_of_deployment_is_a_page_a_csv_and_a_json(client: Client, desk: House) -> None:
    for number in range(11):
        person, actor = claimer(f"p{number}@exemple.fr")
        type(person).objects.unscoped("a test").filter(pk=person.pk).update(department="26")
        actions_claims.take(desk.offer(f"p{number}@exemple.fr"), actor=actor, person=person)
    page = text_of(client.get(reverse("badge_deployment")))
    assert "Part des personnes peu qualifiées : inconnue" in page
    document = client.get(reverse("badge_deployment"), {"format": "json"})
    assert document["Access-Control-Allow-Origin"] == "*"
    whole, drome = document.json()["lignes"]
    assert (whole["code_territoire"], whole["titulaires"], whole["emetteurs"]) == ("FR", 11, 1)
    assert (drome["territoire"], drome["titulaires"]) == ("Drôme", 11)
    text = client.get(reverse("badge_deployment"), {"format": "csv"}).content.decode()
    assert "periode;code_territoire;territoire;badges_publies" in text
    assert "peu_qualifi" not in text


def test_a_link_leads_to_sign_in_then_gives_the_badge_once(client: Client, desk: House) -> None:
    award = desk.offer()
    page = client.get(reverse("badge_claim", args=[claim_token(award)]), follow=True)
    address = page.request["PATH_INFO"]
    assert claim_token(award) not in address  # the token leaves the address at once
    assert f"/connexion/?next={address}".replace("/", "%2F")[-20:] in text_of(page).replace("/", "%2F")
    assert client.post(address)["Location"].startswith("/connexion/")
    user = UserFactory(email="awa@exemple.fr")  # a newcomer: the space opens with the badge
    session = dict(client.session)
    client.force_login(user)
    browser_session = client.session
    browser_session.update({"links": session["links"]})
    browser_session.save()
    assert "Le badge ira dans cet espace" in text_of(client.get(address))
    assert client.post(address)["Location"] == "/moi/badges/"
    assert Award.objects.unscoped("a test").get().person.user == user  # type: ignore[union-attr]
    again = client.post(address)
    assert again.status_code == 409
    assert "Vous avez déjà pris ce badge" in text_of(again)


def test_somebody_else_s_link_and_a_professional_take_nothing(desk: House) -> None:
    award = desk.offer()
    for user, sentence in (
        (PersonFactory(user__email="autre@exemple.fr").user, "envoyé à une autre adresse"),
        (professional(), "compte professionnel"),
    ):
        browser = sign_in(Client(), user)
        page = browser.get(reverse("badge_claim", args=[claim_token(award)]), follow=True)
        assert sentence in text_of(page)
        browser.post(page.request["PATH_INFO"])
    assert Award.objects.unscoped("a test").get().state == AwardState.OFFERED
    assert Client().get(reverse("badge_claim", args=["x" * 65])).status_code in {302, 404}


def test_an_event_s_code_gives_the_badge_to_whoever_is_signed_in(client: Client, desk: House) -> None:
    event = desk.event()
    address = reverse("badge_event", args=[event.code.lower()])
    assert "Me connecter et prendre ce badge" in text_of(client.get(address))
    assert client.post(address)["Location"].startswith("/connexion/")
    sign_in(client, UserFactory(email=None, phone="+33639981111", phone_verified=True))
    assert client.post(address)["Location"] == "/moi/badges/"
    jobs.sign_all()
    assert "Vous avez déjà pris ce badge" in text_of(client.post(address))
    actions_events.stop(event, actor=desk.actor)
    newcomer = sign_in(Client(), UserFactory(email="tard@exemple.fr"))
    late = newcomer.post(address)
    assert (late.status_code, Award.objects.unscoped("a test").count()) == (409, 1)
    assert "Cet événement est terminé" in text_of(late)
    assert client.get(reverse("badge_event", args=["INCONNU9"])).status_code == 404
