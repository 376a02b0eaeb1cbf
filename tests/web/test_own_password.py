"""Changing a password that one knows: the one in force is asked for, other sessions end, the owner is told."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import User
from entremise.kernel.models import JournalEntry, OutboxMessage
from tests.factories.accounts import PASSWORD, UserFactory, professional, sign_in

pytestmark = pytest.mark.django_db
NEW = "quatre mots choisis au hasard"


def changed(client: Client, **typed: str) -> int:
    told = {"current": PASSWORD, "password": NEW, "again": NEW, **typed}
    return client.post(reverse("password_change"), told).status_code


def is_in(client: Client) -> bool:
    return client.get("/connexion/professionnels/").status_code == 302


@pytest.fixture
def user() -> User:
    return professional()


def test_the_password_in_force_is_asked_for(client: Client, user: User) -> None:
    sign_in(client, user)
    assert 'name="current"' in client.get(reverse("password_change")).content.decode()
    assert changed(client, current="ce n'est pas le bon") == 422
    assert changed(client, current="") == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not OutboxMessage.objects.exists()


def test_it_changes_other_sessions_end_and_the_owner_is_told(client: Client, user: User) -> None:
    sign_in(client, user)
    elsewhere = sign_in(Client(), user)
    assert is_in(elsewhere)
    assert changed(client) == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert is_in(client)
    assert not is_in(elsewhere)
    assert OutboxMessage.objects.get().recipient == user.email
    line = JournalEntry.objects.get(verb="accounts.password_changed")
    assert NEW not in str(line.data)


def test_a_weak_new_password_and_two_different_ones_are_refused(client: Client, user: User) -> None:
    sign_in(client, user)
    assert changed(client, password="Entremise2026!", again="Entremise2026!") == 422
    assert changed(client, again="autre chose encore") == 422


def test_trying_passwords_here_locks_as_at_the_door(client: Client, user: User) -> None:
    sign_in(client, user)
    for count in range(10):
        assert changed(client, current=f"faux numéro {count}") == 422
    assert changed(client) == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_without_a_second_factor_or_for_a_jobseeker_nothing_changes(client: Client, user: User) -> None:
    sign_in(client, user, second_factor=False)
    changed(client)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    sign_in(client, UserFactory())
    assert changed(client) == 403
