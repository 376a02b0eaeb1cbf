"""Entering without a password: one page, one code, the same words whether an account exists or not."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from entremise.accounts.models import User
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.people.models import Person
from tests.factories.accounts import UserFactory, professional, sign_in
from tests.factories.sms import described

pytestmark = pytest.mark.django_db
ENTRY, CODE, AGAIN = "/connexion/", "/connexion/code/", "/connexion/code/renvoyer/"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _gateway(settings: Any) -> None:
    settings.SMS = described()


def ask(client: Client, identifier: str, **extra: str) -> HttpResponse:
    return client.post(ENTRY, {"identifier": identifier, **extra})


def last_code() -> str:
    text = OutboxMessage.objects.order_by("-created_at", "-pk").first().text
    return re.search(r"\b\d{6}\b", text).group()


def wrong_code() -> str:
    return f"{(int(last_code()) + 1) % 1_000_000:06}"


def enter(client: Client, identifier: str, **extra: str) -> HttpResponse:
    ask(client, identifier, **extra)
    return client.post(CODE, {"code": last_code()})


def page_of(response: HttpResponse) -> str:
    text = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]+"', "", response.content.decode())
    return re.sub(r'"x-csrftoken": "[^"]+"', "", text)


def test_a_first_code_by_sms_opens_an_account_and_its_profile(client: Client) -> None:
    response = enter(client, "06 12 34 56 78")
    assert response.status_code == 302
    assert response.url == "/"
    user = User.objects.get(phone="+33612345678")
    assert user.phone_verified
    assert not user.has_usable_password()
    assert client.get("/").status_code == 302
    assert Person.objects.unscoped("test").filter(user=user).count() == 1


def test_the_same_number_written_otherwise_opens_the_same_account() -> None:
    for written in ("06 12 34 56 78", "+33612345678", "06.12.34.56.78"):
        enter(Client(), written)
    assert User.objects.count() == 1


def test_a_code_by_mail_opens_the_account_of_the_address(client: Client) -> None:
    user = UserFactory(email="awa@exemple.fr")
    enter(client, "Awa@Exemple.fr")
    assert client.session["_auth_user_id"] == str(user.pk)
    signed_in = JournalEntry.objects.get(verb="accounts.signed_in")
    assert (signed_in.subject_id, signed_in.data) == (str(user.pk), {"method": "code"})


def test_a_code_may_be_typed_with_spaces(client: Client) -> None:
    ask(client, "awa@exemple.fr")
    code = last_code()
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


@pytest.mark.parametrize("identifier", ["awa@exemple.fr", "06 12 34 56 78", "nadia@emploi.exemple"])
def test_nothing_tells_whether_somebody_is_registered(identifier: str) -> None:
    def walk() -> tuple[str, str, str]:
        client = Client()
        asked = ask(client, identifier)
        OutboxMessage.objects.all().delete()
        return asked.url, page_of(client.get(CODE)), page_of(client.post(CODE, {"code": "000000"}))

    unknown = walk()
    if identifier.startswith("nadia"):
        professional(email=identifier)
    else:
        UserFactory(**({"email": identifier} if "@" in identifier else {"email": None, "phone": "+33612345678"}))
    assert walk() == unknown


def test_no_account_is_opened_before_the_right_code(client: Client) -> None:
    ask(client, "awa@exemple.fr")
    client.post(CODE, {"code": wrong_code()})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Indiquez votre numéro de téléphone portable"),
        ("04 75 12 34 56", "ligne fixe"),
        ("awa@exemple", "n&#x27;est pas complète"),
        ("06 12", "trop court"),
    ],
)
def test_what_cannot_receive_a_code_is_said_beside_the_field(client: Client, typed: str, words: str) -> None:
    response = ask(client, typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not OutboxMessage.objects.exists()


def test_a_wrong_code_says_how_many_tries_are_left(client: Client) -> None:
    ask(client, "awa@exemple.fr")
    page = client.post(CODE, {"code": wrong_code()}).content.decode()
    assert "Il vous reste 4 essais." in page


def test_after_five_wrong_codes_even_the_right_one_is_refused(client: Client) -> None:
    ask(client, "awa@exemple.fr")
    for _try in range(5):
        response = client.post(CODE, {"code": wrong_code()})
    assert response.url == ENTRY
    assert "Trop de codes faux" in client.get(ENTRY).content.decode()
    assert client.post(CODE, {"code": last_code()}).url == ENTRY
    assert not User.objects.exists()


def test_tries_count_even_when_the_visit_forgets_them(client: Client) -> None:
    ask(client, "awa@exemple.fr")
    for _try in range(5):
        client.post(CODE, {"code": wrong_code()})
        session = client.session
        session["code_entry"] = session["code_entry"] | {"failed_attempts": 0}  # as if all came at the same time
        session.save()
    assert client.post(CODE, {"code": last_code()}).url == ENTRY
    assert not User.objects.exists()


def test_a_code_is_worth_ten_minutes(client: Client) -> None:
    with time_machine.travel(NOON) as clock:
        ask(client, "awa@exemple.fr")
        clock.shift(dt.timedelta(minutes=10, seconds=5))
        assert client.post(CODE, {"code": last_code()}).url == ENTRY
        assert "Ce code n&#x27;est plus valable" in client.get(ENTRY).content.decode()


def test_another_code_waits_thirty_seconds_then_replaces_the_first(client: Client) -> None:
    with time_machine.travel(NOON) as clock:
        ask(client, "awa@exemple.fr")
        first = last_code()
        client.post(AGAIN)
        assert "Attendez encore" in client.get(CODE).content.decode()
        assert OutboxMessage.objects.count() == 1
        clock.shift(dt.timedelta(seconds=31))
        client.post(AGAIN)
        assert OutboxMessage.objects.count() == 2
        if last_code() != first:
            assert client.post(CODE, {"code": first}).status_code == 422
        assert client.post(CODE, {"code": last_code()}).url == "/"


def test_one_visit_asks_for_three_codes_at_most(client: Client) -> None:
    with time_machine.travel(NOON) as clock:
        ask(client, "awa@exemple.fr")
        for _again in range(4):
            clock.shift(dt.timedelta(seconds=31))
            client.post(AGAIN)
        assert OutboxMessage.objects.count() == 3
        assert "Trop de codes ont été demandés" in client.get(CODE).content.decode()


def test_one_address_receives_five_codes_in_a_quarter_of_an_hour_at_most() -> None:
    for _visit in range(7):
        response = ask(Client(), "awa@exemple.fr")
    assert OutboxMessage.objects.count() == 5
    assert response.status_code == 422
    assert "Attendez un quart d&#x27;heure" in response.content.decode()


def test_a_professional_never_enters_by_a_code_even_to_their_own_phone(client: Client) -> None:
    user = professional(phone="+33612345678")
    response = enter(client, "06 12 34 56 78")
    assert response.url == "/connexion/professionnels/"
    assert "_auth_user_id" not in client.session
    page = client.get(response.url).content.decode()
    assert "Votre compte est un compte professionnel" in page
    assert user.email not in page


def test_a_closed_account_says_so_once_the_code_is_right(client: Client) -> None:
    UserFactory(email="awa@exemple.fr", is_active=False)
    response = enter(client, "awa@exemple.fr")
    assert response.url == "/connexion/compte-ferme/"
    assert "Ce compte est fermé" in client.get(response.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_one_goes_back_to_the_page_that_was_asked_for(client: Client) -> None:
    assert enter(client, "awa@exemple.fr", next="/moi/?onglet=1").url == "/moi/?onglet=1"


def test_one_is_never_sent_to_another_site(client: Client) -> None:
    assert enter(client, "awa@exemple.fr", next="https://ailleurs.example/").url == "/"


def test_an_ended_session_is_explained(client: Client) -> None:
    sign_in(client, professional())
    client.session.delete()
    response = client.get("/equipe/membres/")
    assert response.url == "/connexion/?next=%2Fequipe%2Fmembres%2F&expiree=1"
    assert "Votre session a pris fin" in client.get(response.url).content.decode()


def test_a_first_visit_is_not_called_an_ended_session(client: Client) -> None:
    assert client.get("/equipe/membres/").url == "/connexion/?next=%2Fequipe%2Fmembres%2F"


def test_signing_out_takes_a_post(client: Client) -> None:
    sign_in(client, UserFactory())
    assert client.get("/connexion/deconnexion/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/connexion/deconnexion/")
    assert "_auth_user_id" not in client.session
    assert "Vous êtes déconnecté" in client.get("/").content.decode()


def test_the_language_is_kept_on_the_account(client: Client) -> None:
    user = UserFactory(email="awa@exemple.fr")
    sign_in(client, user)
    client.post("/langue/", {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"
    other_browser = Client()
    response = enter(other_browser, "awa@exemple.fr")
    assert response.cookies["langue"].value == "en"


def test_a_language_we_do_not_speak_changes_nothing(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    client.post("/langue/", {"language": "tlh", "next": "/"})
    user.refresh_from_db()
    assert user.language == "fr"


def test_the_pages_work_in_a_demonstration_too(client: Client, settings: Any) -> None:
    settings.DEMO = True
    ask(client, "awa@exemple.fr")
    page = client.get(CODE).content.decode()
    assert "/demo/messagerie/?destinataire=awa%40exemple.fr" in page


def test_without_a_gateway_the_page_asks_for_an_address_and_says_why(client: Client, settings: Any) -> None:
    settings.SMS = None
    page = page_of(client.get(ENTRY))
    assert "Votre adresse électronique</label>" in page
    assert "numéro de téléphone ou" not in page
    assert "Ce site n&#x27;envoie pas de SMS pour l&#x27;instant" in page
    assert enter(client, "awa@exemple.fr").status_code == 302


def test_without_a_gateway_a_number_is_refused_and_no_code_waits_for_later(client: Client, settings: Any) -> None:
    settings.SMS = None
    UserFactory(phone="+33612345678", email=None)
    for number in ("06 12 34 56 78", "06 98 76 54 32"):  # known or not: the same answer
        response = ask(client, number)
        assert response.status_code == 422
        assert "Indiquez votre adresse électronique : le code y arrivera." in page_of(response)
    assert not OutboxMessage.objects.exists()
    assert client.get(CODE).url == ENTRY


def test_a_gateway_closed_meanwhile_is_told_to_whoever_asks_for_another_code(client: Client, settings: Any) -> None:
    with time_machine.travel(NOON, tick=False) as moment:
        ask(client, "06 12 34 56 78")
        settings.SMS = None
        moment.shift(60)
        page = page_of(client.post(AGAIN, follow=True))
    assert "Ce site n&#x27;envoie pas de SMS" in page
    assert OutboxMessage.objects.count() == 1


def test_in_the_demonstration_a_number_is_welcome_without_a_gateway(client: Client, settings: Any) -> None:
    settings.SMS, settings.DEMO = None, True
    assert "numéro de téléphone ou" in page_of(client.get(ENTRY))
    assert enter(client, "06 12 34 56 78").url == "/"
