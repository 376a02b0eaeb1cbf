"""One's account: where it is open, who tried, how to close it elsewhere, and what a new device brings."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from entremise.accounts import jobs, rules_devices
from entremise.accounts.models import SignIn, User
from entremise.kernel import clock, retention
from entremise.kernel.models import JournalEntry, OutboxMessage
from tests.factories.accounts import PASSWORD, add_totp, professional, totp_code
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
LOGIN, PROVE, PAGE = "/connexion/professionnels/", "/connexion/confirmation/", "/connexion/appareils/"


@pytest.fixture(autouse=True)
def _real(settings) -> None:
    settings.DEMO = False


def browser(agent: str = FIREFOX) -> Client:
    return Client(headers={"User-Agent": agent})


def opened(user: User, client: Client, at: dt.datetime | None = None) -> Client:
    """Open a professional's account as they do, with the password and the code of that minute."""
    secret = add_totp(user) if not user.authenticator_set.exists() else "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with time_machine.travel(at or clock.now(), tick=True):
        client.post(LOGIN, {"email": user.email, "password": PASSWORD})
        assert client.post(PROVE, {"code": totp_code(secret)}).status_code == 302
    return client


def two_places(user: User) -> tuple[Client, Client]:
    here = opened(user, browser(), clock.now() - dt.timedelta(minutes=2))
    return here, opened(user, browser(PHONE))


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def text(client: Client, path: str = PAGE) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_the_page_says_where_the_account_is_open() -> None:
    here, _there = two_places(professional())
    page = text(here)
    assert "Firefox sur Windows" in page
    assert "Chrome sur Android" in page
    assert page.count("cet appareil") == 1
    assert "Il est en place" in page


def test_one_session_is_closed_from_another() -> None:
    here, there = two_places(user := professional())
    other = SignIn.objects.get(user=user, browser="Chrome")
    here.post(reverse("device_end"), {"session": str(other.pk)})
    assert is_in(here)
    assert not is_in(there)
    assert "Chrome sur Android" in text(here)  # among the last openings
    assert text(here).count("Fermer partout ailleurs") == 0


def test_all_other_sessions_are_closed_at_once() -> None:
    here, there = two_places(professional())
    here.post(reverse("device_end"), {"session": "others"})
    assert is_in(here)
    assert not is_in(there)
    assert JournalEntry.objects.get(verb="accounts.sessions_ended").data == {"ended": 1}


def test_nobody_closes_the_session_of_somebody_else() -> None:
    victim = opened(owner := professional(), browser())
    mine = opened(professional(), browser())
    wanted = SignIn.objects.get(user=owner)
    mine.post(reverse("device_end"), {"session": str(wanted.pk)})
    assert is_in(victim)
    assert mine.post(reverse("device_end"), {"session": "nonsense"}).status_code == 302
    assert Client().post(reverse("device_end"), {"session": str(wanted.pk)}).status_code == 302
    assert is_in(victim)


def test_a_second_factor_that_changes_closes_the_other_sessions() -> None:
    here, there = two_places(professional())
    here.post("/connexion/securite/mot-de-passe/", {"password": PASSWORD})
    assert here.post("/connexion/second-facteur/codes/nouveaux/").status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_one_s_own_new_password_keeps_this_session_alone() -> None:
    here, there = two_places(professional())
    here.post("/connexion/securite/mot-de-passe/", {"password": PASSWORD})
    chosen = "quatre mots faciles à retenir"
    here.post(reverse("password_change"), {"current": PASSWORD, "password": chosen, "again": chosen})
    assert is_in(here)
    assert not is_in(there)
    assert "cet appareil" in text(here)
    assert "Fermer partout ailleurs" not in text(here)


def test_a_new_password_closes_every_session() -> None:
    here, there = two_places(user := professional())
    visitor = Client()
    visitor.post("/connexion/mot-de-passe-oublie/", {"email": user.email})
    mail = OutboxMessage.objects.get(kind="accounts.password_reset")
    page = visitor.get(link_in(mail), follow=True)
    visitor.post(page.request["PATH_INFO"], {"password": "un autre mot de passe", "again": "un autre mot de passe"})
    assert not is_in(here)
    assert not is_in(there)
    assert not SignIn.objects.filter(user=user, ended_at=None).exists()


def link_in(mail: OutboxMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/connexion/[^\s]+)", mail.text)
    assert found
    return found.group(1)


def test_a_new_device_is_told_and_the_first_one_is_not() -> None:
    here, there = two_places(user := professional())
    (told,) = OutboxMessage.objects.filter(kind="accounts.new_device")
    assert told.recipient == user.email
    assert "Chrome sur Android" in told.text
    assert JournalEntry.objects.filter(verb="accounts.signed_in", data__new_device=True).count() == 1
    there.post(reverse("account_logout"))
    opened(user, there, clock.now() + dt.timedelta(minutes=5))
    assert OutboxMessage.objects.filter(kind="accounts.new_device").count() == 1  # this device is known now
    assert is_in(here)


def test_it_was_not_me_closes_everything_and_asks_a_new_password() -> None:
    here, there = two_places(user := professional())
    told = OutboxMessage.objects.get(kind="accounts.new_device")
    owner = Client()
    page = owner.get(link_in(told), follow=True)
    assert "Fermer mon compte partout" in page.content.decode()
    assert is_in(here)
    assert is_in(there)  # to look changes nothing: scanners of mail open links
    owner.post(page.request["PATH_INFO"])
    assert not is_in(here)
    assert not is_in(there)
    assert browser().post(LOGIN, {"email": user.email, "password": PASSWORD}).status_code == 422
    assert OutboxMessage.objects.filter(kind="accounts.password_reset").count() == 1
    again = owner.get(link_in(told), follow=True)
    assert "Fermer mon compte partout" not in again.content.decode()


def test_a_failure_is_shown_to_the_owner_and_an_unknown_address_keeps_nothing() -> None:
    here = opened(user := professional(), browser())
    browser(PHONE).post(LOGIN, {"email": user.email, "password": "ce n'est pas lui"})
    browser(PHONE).post(LOGIN, {"email": "personne@emploi.exemple", "password": "x"})
    assert "Essai manqué" in text(here)
    assert SignIn.objects.filter(succeeded=False).count() == 1


def test_a_jobseeker_has_the_page_too() -> None:
    person = PersonFactory()
    client = browser(PHONE)
    client.post("/connexion/", {"identifier": person.user.email})
    code = OutboxMessage.objects.get(kind="accounts.login_code_email").subject.split()[0]
    client.post("/connexion/code/", {"code": code})
    page = text(client)
    assert "Chrome sur Android" in page
    assert "Vous n'avez pas de mot de passe" in page.replace("&#x27;", "'")
    assert SignIn.objects.get(user=person.user).session_hash not in page


def test_no_key_of_a_session_and_no_address_of_a_network_is_kept() -> None:
    opened(user := professional(), browser())
    row = SignIn.objects.get(user=user)
    key = Session.objects.get().session_key
    kept = " ".join(str(value) for value in SignIn.objects.filter(pk=row.pk).values_list()[0])
    assert key not in kept
    assert "127.0.0.1" not in kept
    assert row.session_hash == rules_devices.session_hash(key)


def test_openings_are_forgotten_after_three_months() -> None:
    opened(user := professional(), browser())
    now = clock.now() + dt.timedelta(days=91)
    (kept,) = [one for one in retention.classes() if one.code == "accounts.sign_ins"]
    assert kept.count(clock.now()) == 0
    assert kept.apply(now) == 1
    assert not SignIn.objects.filter(user=user).exists()
    assert jobs.forget_old() >= 0


def test_the_page_is_for_who_is_signed_in_with_the_second_factor() -> None:
    assert Client().get(PAGE).status_code == 302
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (PHONE, ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
         ("Safari", "iPhone")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", ("Edge", "Mac")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, words: tuple[str, str]) -> None:
    visit = rules_devices.visit_of(agent)
    assert (visit.browser, visit.system) == words
