"""The front page, and the tools that exist in the demonstration only."""

from typing import Any

import pytest
from django.test import Client

from entremise.kernel import mail
from entremise.kernel.actors import Role
from entremise.kernel.mail import KINDS
from entremise.kernel.models import OutboxMessage
from entremise.web.kit.navigation import place_of
from tests.factories.accounts import UserFactory, actor_of, add_totp, professional, sign_in

pytestmark = pytest.mark.django_db
TOOLS = ["/demo/", "/demo/messagerie/", "/demo/courriels/", "/demo/courriels/accounts.invitation/"]


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("path", TOOLS)
def test_the_tools_of_the_demonstration_do_not_exist_elsewhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_one_click_sign_in_does_not_exist_elsewhere(client: Client) -> None:
    user = UserFactory(email="awa@demo.entremise.example")
    assert client.post("/demo/", {"account": str(user.pk)}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("path", TOOLS)
def test_the_tools_answer_in_the_demonstration(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("demo")
def test_the_accounts_are_listed_by_role_with_what_to_try(client: Client) -> None:
    UserFactory(email="awa.diallo@demo.entremise.example")
    professional(Role.TEAM_LEAD, email="lead@demo.entremise.example")
    UserFactory(email="vraie.personne@exemple.fr")
    page = client.get("/demo/").content.decode()
    assert page.index("Awa Diallo") < page.index("Responsable d&#x27;équipe") < page.index("Nadia Ferrand")
    assert "Ajoutez une expérience" in page
    assert "Vraie" not in page


@pytest.mark.usefixtures("demo")
def test_one_click_signs_in_a_professional_with_the_second_factor_taken_as_proved(client: Client) -> None:
    user = professional(Role.TEAM_LEAD, email="lead@demo.entremise.example")
    add_totp(user)
    assert client.post("/demo/", {"account": str(user.pk)}).url == "/"
    assert client.get("/equipe/membres/").status_code == 200


@pytest.mark.usefixtures("demo")
def test_one_changes_account_with_one_click(client: Client) -> None:
    sign_in(client, professional(email="lead@demo.entremise.example"))
    jobseeker = UserFactory(email="awa@demo.entremise.example")
    client.post("/demo/", {"account": str(jobseeker.pk)})
    assert client.session["_auth_user_id"] == str(jobseeker.pk)
    assert client.session["second_factor"] is False


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("account", ["", "x", "real"])
def test_only_accounts_of_the_demonstration_open_with_one_click(client: Client, account: str) -> None:
    real = professional()
    assert client.post("/demo/", {"account": str(real.pk) if account == "real" else account}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
def test_the_mailbox_filters_by_recipient_and_by_channel(client: Client) -> None:
    mail.send(KINDS["accounts.login_code_sms"].example(), to="+33612345678")
    mail.send(KINDS["accounts.invitation"].example(), to="nadia@emploi.exemple")
    everything = client.get("/demo/messagerie/").content.decode()
    assert "+33612345678" in everything
    assert "nadia@emploi.exemple" in everything
    sms = client.get("/demo/messagerie/?canal=sms").content.decode()
    assert "nadia@emploi.exemple" not in sms
    assert "+33612345678" not in client.get("/demo/messagerie/?destinataire=nadia").content.decode()


@pytest.mark.usefixtures("demo")
def test_a_message_is_shown_as_text_with_its_link_as_a_button(client: Client) -> None:
    message = mail.send(KINDS["accounts.invitation"].example(), to="nadia@emploi.exemple")
    page = client.get(f"/demo/messagerie/{message.pk}/").content.decode()
    assert "Ouvrir le lien du message" in page
    assert "/connexion/invitation/exemple/" in page
    html = client.get(f"/demo/messagerie/{message.pk}/html/")
    assert html.content.decode() == message.html
    assert "script-src" not in html["Content-Security-Policy"]
    assert html["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["fr", "en", "tlh"])
def test_every_message_has_an_example_in_the_gallery(client: Client, language: str) -> None:
    page = client.get(f"/demo/courriels/?langue={language}").content.decode()
    for kind in KINDS:
        assert kind in page


@pytest.mark.usefixtures("demo")
def test_unknown_messages_are_not_found(client: Client) -> None:
    assert client.get("/demo/courriels/inconnu/").status_code == 404
    assert client.get("/demo/messagerie/01900000-0000-7000-8000-000000000000/").status_code == 404
    assert not OutboxMessage.objects.exists()


def test_the_front_page_has_three_doors_and_one_main_action(client: Client) -> None:
    page = client.get("/").content.decode()
    for door in ("Je cherche un emploi", "Je suis conseiller", "Je suis employeur"):
        assert door in page
    assert page.count("button-primary") == 1
    assert len(client.get("/").content) < 60_000


def test_the_front_page_asks_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.PLACEMENT_ADVISER, "desk"),
        (Role.BUSINESS_ADVISER, "desk"),
        (Role.TEAM_LEAD, "dashboard"),
        (Role.DIRECTOR, "dashboard"),
        (Role.ADMIN, "members"),
        (Role.MODERATOR, "security"),
    ],
)
def test_each_role_is_led_to_its_place(role: Role, place: str) -> None:
    user = professional(role)
    assert place_of(actor_of(user)) == place
    assert place_of(actor_of(user, second_factor=False)) == "second_factor_needed"


@pytest.mark.parametrize("path", ["/mentions-legales/", "/accessibilite/", "/vos-donnees/"])
def test_the_pages_that_every_public_site_owes_are_there(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


@pytest.mark.usefixtures("demo")
def test_two_accounts_of_a_role_are_shown_and_the_others_at_a_tap(client: Client) -> None:
    for number in range(4):
        professional(Role.TEAM_LEAD, email=f"lead{number}@demo.entremise.example")
    (group,) = client.get("/demo/").context["groups"]
    assert (len(group.first), len(group.others)) == (2, 2)
    page = client.get("/demo/").content.decode()
    assert page.count('name="account"') == 4
    assert page.index("2 autres comptes") < page.rindex('name="account"')
