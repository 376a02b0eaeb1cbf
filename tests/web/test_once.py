"""A form sent twice is done once, even when both arrive at the same time."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from entremise.accounts.models import Agency, Invitation, User
from entremise.kernel.actors import Role
from entremise.kernel.models import IdempotencyKey, OutboxMessage
from tests.factories.accounts import AgencyFactory, UserFactory, professional, sign_in

INVITE = "/equipe/membres/inviter/"


def lead() -> tuple[User, Agency]:
    agency = AgencyFactory()
    return professional(Role.TEAM_LEAD, agency=agency), agency


def form(agency: Agency, key: str, email: str = "nouvelle@emploi.exemple") -> dict[str, str]:
    return {"email": email, "role": Role.BUSINESS_ADVISER.value, "agence": str(agency.pk), "idempotency_key": key}


@pytest.mark.django_db
def test_each_display_of_the_form_carries_a_new_key(client: Client) -> None:
    sign_in(client, lead()[0])
    keys = {
        re.search(r'name="idempotency_key" value="([^"]+)"', client.get(INVITE).content.decode()).group(1)
        for _display in range(2)
    }
    assert len(keys) == 2


@pytest.mark.django_db
def test_a_double_submit_invites_once_and_leads_to_the_same_page(client: Client) -> None:
    user, agency = lead()
    sign_in(client, user)
    first = client.post(INVITE, form(agency, "k1"))
    second = client.post(INVITE, form(agency, "k1"))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Invitation.objects.count() == OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_submits_invite_once() -> None:
    user, agency = lead()
    clients = [sign_in(Client(), user) for _browser in range(4)]
    barrier = threading.Barrier(len(clients))
    answers: list[str] = []

    def submit(client: Client) -> None:
        barrier.wait()
        answers.append(client.post(INVITE, form(agency, "k1")).url)
        connection.close()

    threads = [threading.Thread(target=submit, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"/equipe/membres/?agence={agency.pk}"] * 4
    assert Invitation.objects.count() == OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_a_form_corrected_after_an_error_may_be_sent_with_the_same_key(client: Client) -> None:
    user, agency = lead()
    sign_in(client, user)
    refused = client.post(INVITE, form(agency, "k1", email="nouvelle@emploi"))
    assert refused.status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert client.post(INVITE, form(agency, "k1")).status_code == 302
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_the_key_of_somebody_else_tells_and_does_nothing(client: Client) -> None:
    user, agency = lead()
    client.post("/", {})
    sign_in(client, user)
    client.post(INVITE, form(agency, "k1"))
    other, other_agency = lead()
    answer = sign_in(Client(), other).post(INVITE, form(other_agency, "k1", email="autre@emploi.exemple"))
    assert answer.url.endswith(str(other_agency.pk))
    assert Invitation.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_leaves_no_key(client: Client) -> None:
    sign_in(client, UserFactory())
    assert client.post(INVITE, {"idempotency_key": "k1"}).status_code == 403
    assert not IdempotencyKey.objects.exists()
