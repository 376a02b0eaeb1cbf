"""A session ends when nobody uses it, and in any case after twelve hours; a new one is made at each sign-in."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from entremise.accounts.models import User
from tests.factories.accounts import UserFactory, professional, sign_in

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def is_open(client: Client, at: dt.datetime) -> bool:
    with time_machine.travel(at, tick=False):
        page = client.get("/connexion/professionnels/")  # leads whoever is signed in to their place
        return page.status_code == 302


@pytest.fixture
def adviser(client: Client) -> Client:
    with time_machine.travel(MORNING, tick=False):
        return sign_in(client, professional())


def test_a_professional_who_is_away_for_two_hours_signs_in_again(adviser: Client) -> None:
    assert is_open(adviser, MORNING + 2 * HOUR)
    assert is_open(adviser, MORNING + 4 * HOUR)
    assert not is_open(adviser, MORNING + 6 * HOUR + dt.timedelta(minutes=1))
    assert "_auth_user_id" not in adviser.session


def test_even_used_all_day_a_session_ends_after_twelve_hours(adviser: Client) -> None:
    for half_hour in range(1, 25):
        assert is_open(adviser, MORNING + half_hour * HOUR / 2)
    assert not is_open(adviser, MORNING + 12 * HOUR + dt.timedelta(minutes=1))


def test_a_jobseeker_has_the_day(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, UserFactory())
    assert is_open(client, MORNING + 11 * HOUR)
    assert not is_open(client, MORNING + 13 * HOUR)


def test_a_session_of_the_version_before_begins_at_its_first_page(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, UserFactory())
        session = client.session
        del session["opened_at"]
        session.save()
    assert is_open(client, MORNING + 11 * HOUR)
    assert is_open(client, MORNING + 22 * HOUR)
    assert not is_open(client, MORNING + 24 * HOUR)


def test_the_session_s_name_changes_at_sign_in_and_is_hard_to_guess(client: Client) -> None:
    client.get("/connexion/")
    names = set()
    for _visit in range(20):
        sign_in(client, UserFactory())
        names.add(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert len(names) == 20
    assert min(map(len, names)) >= 32  # letters and digits: 36 to the power of 32, more than 128 bits


def test_a_session_signed_out_cannot_be_used_again(client: Client) -> None:
    sign_in(client, UserFactory())
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/connexion/deconnexion/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/connexion/professionnels/").status_code == 200
    assert not Session.objects.filter(session_key=stolen).exists()


def test_a_closed_account_loses_its_open_sessions(client: Client) -> None:
    user = professional()
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/connexion/professionnels/").status_code == 200


def test_a_session_put_in_a_victim_s_browser_is_not_the_one_that_opens(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(client, UserFactory())
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32
