"""A professional signs in with a password and a second factor, and nothing opens without the second."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from entremise.accounts.links import INVITATION
from entremise.accounts.models import Membership, User
from entremise.kernel import clock, links
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry, OutboxMessage
from tests.factories.accounts import (
    PASSWORD,
    AgencyFactory,
    InvitationFactory,
    UserFactory,
    add_totp,
    professional,
    sign_in,
    totp_code,
)

pytestmark = pytest.mark.django_db
LOGIN, PROVE, NEEDED = "/connexion/professionnels/", "/connexion/confirmation/", "/connexion/second-facteur/"
SET_UP, CODES = "/connexion/second-facteur/application/", "/connexion/second-facteur/codes/"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def give_password(client: Client, user: User, password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post(LOGIN, {"email": user.email, "password": password, **extra})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_then_the_code_open_the_session(client: Client) -> None:
    user = professional(Role.TEAM_LEAD)
    secret = add_totp(user)
    assert give_password(client, user, next="/equipe/membres/").url == PROVE
    assert not is_in(client)
    assert client.post(PROVE, {"code": totp_code(secret)}).url == "/equipe/membres/"
    assert client.session["second_factor"] is True
    assert client.get("/equipe/membres/").status_code == 200
    assert JournalEntry.objects.get(verb="accounts.signed_in").data == {"method": "password+mfa"}


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client) -> None:
    user = professional()
    wrong = give_password(client, user, "ce n'est pas lui").content.decode()
    unknown = client.post(LOGIN, {"email": "x@emploi.exemple", "password": "y"}).content.decode()
    for page in (wrong, unknown):
        assert "L&#x27;adresse et le mot de passe ne correspondent pas." in page


def test_who_left_every_agency_does_not_enter(client: Client) -> None:
    user = professional()
    Membership.objects.filter(user=user).update(ended_on=clock.today())
    response = give_password(client, user)
    assert response.status_code == 422
    assert not is_in(client)


def test_ten_failures_lock_the_account_for_an_hour(client: Client) -> None:
    user = professional()
    with time_machine.travel(NOON) as now:
        for _try in range(10):
            give_password(client, user, "faux")
        page = give_password(client, user).content.decode()
        assert "Trop d&#x27;essais" in page
        assert "bloquée pendant une heure" in page
        now.shift(dt.timedelta(minutes=61))
        assert give_password(client, user).status_code == 302


def test_ten_wrong_codes_lock_the_second_factor(client: Client) -> None:
    user = professional()
    secret = add_totp(user)
    give_password(client, user)
    for _try in range(10):
        client.post(PROVE, {"code": "abcdef"})
    response = client.post(PROVE, {"code": totp_code(secret)})
    assert "bloquée pendant une heure" in response.content.decode()
    assert not is_in(client)


def test_a_code_of_the_application_serves_once() -> None:
    user = professional()
    secret = add_totp(user)
    with time_machine.travel(NOON):
        first, second = Client(), Client()
        give_password(first, user)
        give_password(second, user)
        code = totp_code(secret)
        assert first.post(PROVE, {"code": code}).status_code == 302
        assert second.post(PROVE, {"code": code}).status_code == 422
        assert not is_in(second)


def test_the_second_factor_page_alone_leads_nowhere(client: Client) -> None:
    assert client.get(PROVE).url == LOGIN


def test_the_secret_of_the_application_is_not_readable_in_the_database() -> None:
    user = professional()
    secret = add_totp(user)
    assert secret not in str(Authenticator.objects.get(user=user).data)


def test_a_professional_without_second_factor_is_led_to_set_it_up(client: Client) -> None:
    user = professional(Role.TEAM_LEAD)
    give_password(client, user)
    assert is_in(client)
    assert client.get("/", follow=True).redirect_chain[-1][0] == NEEDED
    assert client.get("/equipe/membres/").url == NEEDED
    page = client.get(NEEDED).content.decode()
    assert "votre second facteur" in page
    assert SET_UP in page


def set_up(client: Client) -> str:
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page).group(1)
    response = client.post(SET_UP, {"code": totp_code(secret)})
    assert response.url == CODES
    return secret


def test_setting_up_opens_everything_and_shows_the_recovery_codes_once(client: Client) -> None:
    user = professional(Role.TEAM_LEAD)
    give_password(client, user)
    set_up(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert len(codes) == 10
    assert client.get("/connexion/second-facteur/codes/fichier/").content.decode().split() == codes
    assert client.post(CODES).url == "/"
    assert client.get(CODES).url == "/connexion/securite/"
    assert client.get("/connexion/second-facteur/codes/fichier/").url == "/connexion/securite/"
    assert client.get("/equipe/membres/").status_code == 200
    assert "second facteur de votre compte a été changé" in OutboxMessage.objects.get().text


def test_a_wrong_first_code_sets_nothing_up(client: Client) -> None:
    user = professional()
    give_password(client, user)
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": "abcdef"})
    assert response.status_code == 422
    assert "pas le bon" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_a_recovery_code_replaces_the_phone_once(client: Client) -> None:
    user = professional()
    give_password(client, user)
    set_up(client)
    code = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[0]
    first, second = Client(), Client()
    give_password(first, user)
    assert first.post(PROVE, {"code": code}).status_code == 302
    give_password(second, user)
    assert second.post(PROVE, {"code": code}).status_code == 422


def test_changing_the_phone_asks_for_the_password_and_keeps_one_application(client: Client) -> None:
    user = professional()
    add_totp(user)
    sign_in(client, user)
    asked = client.get(SET_UP)
    assert asked.url == f"/connexion/securite/mot-de-passe/?next={SET_UP}"
    assert client.post(asked.url, {"password": "faux"}).status_code == 422
    assert client.post(asked.url, {"password": PASSWORD, "next": SET_UP}).url == SET_UP
    set_up(client)
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


def test_a_stolen_password_cannot_replace_the_second_factor(client: Client) -> None:
    user = professional()
    add_totp(user)
    sign_in(client, user, second_factor=False)
    for path in (SET_UP, "/connexion/second-facteur/cle/", "/connexion/second-facteur/codes/nouveaux/"):
        assert client.post(path, {"code": "123456"}).url == NEEDED
    response = client.get(NEEDED)
    assert response.status_code == 403
    assert "reconnectez-vous" in response.content.decode()


def test_new_recovery_codes_replace_the_former_ones(client: Client) -> None:
    user = professional()
    give_password(client, user)
    set_up(client)
    before = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    client.post(CODES)
    client.post("/connexion/securite/mot-de-passe/", {"password": PASSWORD})
    assert client.post("/connexion/second-facteur/codes/nouveaux/").url == CODES
    after = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert not set(before) & set(after)


def test_a_jobseeker_is_told_that_no_second_factor_is_needed(client: Client) -> None:
    sign_in(client, UserFactory())
    response = client.get(SET_UP)
    assert response.status_code == 403
    assert "Le second facteur concerne les comptes professionnels" in response.content.decode()


def test_the_only_second_factor_cannot_be_removed(client: Client) -> None:
    user = professional()
    sign_in(client, user)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "clé bleue", "credential": {}})
    client.post("/connexion/securite/mot-de-passe/", {"password": PASSWORD})
    response = client.post("/connexion/second-facteur/cle/retirer/", {"key": key.pk}, follow=True)
    assert "seul second facteur" in response.content.decode()
    add_totp(user)
    client.post("/connexion/second-facteur/cle/retirer/", {"key": key.pk})
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_a_key_page_offers_what_the_browser_needs(client: Client) -> None:
    sign_in(client, professional())
    page = client.get("/connexion/second-facteur/cle/").content.decode()
    assert '"creation_options"' in page
    assert "js/security_key.js" in page


def forgotten(client: Client, email: str) -> HttpResponse:
    return client.post("/connexion/mot-de-passe-oublie/", {"email": email}, follow=True)


def test_a_forgotten_password_is_chosen_again_from_a_link(client: Client) -> None:
    user = professional()
    for _try in range(10):
        give_password(client, user, "faux")
    forgotten(client, user.email)
    path = re.search(r"/connexion/mot-de-passe/\S+", OutboxMessage.objects.get().text).group()
    page = client.get(path, follow=True)
    assert path not in page.content.decode()  # the token left the address
    short = client.post(page.redirect_chain[-1][0], {"password": "court", "again": "court"})
    assert "12" in short.content.decode()
    new = "un tout autre mot de passe"
    differ = client.post(page.redirect_chain[-1][0], {"password": new, "again": "autre"})
    assert "Les deux mots de passe sont différents." in differ.content.decode()
    assert client.post(page.redirect_chain[-1][0], {"password": new, "again": new}).url == LOGIN
    assert give_password(client, user, new).url in {PROVE, "/"}  # the lock is lifted too
    used = Client().get(path, follow=True)
    assert used.status_code == 410
    assert "Ce lien a déjà servi" in used.content.decode()


@pytest.mark.parametrize("email", ["inconnue@emploi.exemple", "awa@exemple.fr"])
def test_asking_for_a_password_tells_nothing_and_gives_none_to_a_jobseeker(client: Client, email: str) -> None:
    UserFactory(email="awa@exemple.fr")
    page = forgotten(client, email).content.decode()
    assert "Si un compte professionnel existe à cette adresse" in page
    assert not OutboxMessage.objects.exists()


def invited(**facts: Any) -> tuple[Any, str]:
    invitation = InvitationFactory(**facts)
    link = links.issue(INVITATION, invitation.pk, invitation.email)
    return invitation, f"/connexion/invitation/{links.token(link)}/"


JOIN = {"first_name": "Luc", "last_name": "Petit", "password": PASSWORD, "again": PASSWORD}


def test_an_invited_colleague_opens_an_account_then_signs_in(client: Client) -> None:
    invitation, path = invited(agency=AgencyFactory(name="Agence de Valence"))
    page = client.get(path, follow=True)
    assert "Agence de Valence, Organisation" in page.content.decode()
    assert not User.objects.filter(email=invitation.email).exists()  # a GET changes nothing
    assert client.post(page.redirect_chain[-1][0], JOIN).url == LOGIN
    user = User.objects.get(email=invitation.email)
    assert (user.full_name, user.check_password(PASSWORD)) == ("Luc Petit", True)


def test_a_weak_password_is_refused_with_the_reason(client: Client) -> None:
    _invitation, path = invited()
    where = client.get(path).url
    response = client.post(where, JOIN | {"password": "motdepasse", "again": "motdepasse"})
    assert response.status_code == 422
    assert not User.objects.filter(first_name="Luc").exists()


def test_an_accepted_invitation_says_it_has_served(client: Client) -> None:
    _invitation, path = invited()
    client.post(client.get(path).url, JOIN)
    response = client.get(path, follow=True)
    assert response.status_code == 410
    assert "Ce lien a déjà servi" in response.content.decode()


def test_an_invitation_to_a_jobseeker_s_address_asks_for_another(client: Client) -> None:
    user = UserFactory(email="awa@exemple.fr")
    _invitation, path = invited(email=user.email)
    response = client.post(client.get(path).url, {}, follow=True)
    assert "adresse électronique professionnelle" in response.content.decode()
    assert not Membership.objects.filter(user=user).exists()
