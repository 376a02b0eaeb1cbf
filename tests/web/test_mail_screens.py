"""The managers' accounts of the mail, and the page that stops messages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import mail, suppression
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.models_mail import Suppression
from entremise.kernel.suppression import Reason
from tests.factories.accounts import professional, sign_in
from tests.factories.promotions import MONDAY
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "marc@garance.example"


@pytest.fixture(autouse=True)
def moment(settings: Any, tmp_path: Path):
    settings.SPOOL = tmp_path / "spool"
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def director() -> Client:
    return sign_in(Client(), professional("director"))


def written(state: str = "held", error: str = "in doubt", kind: str = "promotions.profile") -> OutboxMessage:
    message = mail.send(mail.KINDS[kind].example(), to=ADDRESS)
    OutboxMessage.objects.filter(pk=message.pk).update(state=state, last_error=error)
    return message


def page(client: Client) -> str:
    return text_of(client.get(reverse("manager_mail")))


def test_the_page_counts_and_shows_no_address(director: Client) -> None:
    for state, error in [("held", "in doubt"), ("failed", "550 5.1.1"), ("suppressed", "opposition"), ("sent", "")]:
        written(state, error)
    suppression.stop(suppression.address_hash(ADDRESS), reason=Reason.BOUNCE, hint=suppression.masked(ADDRESS))
    shown = page(director)
    assert ADDRESS not in director.get(reverse("manager_mail")).content.decode()
    assert "m•••@g•••.example" in shown
    assert "Profils proposés aux employeurs" in shown
    assert "L'adresse n'existe pas. Demandez la bonne à la personne." in shown
    assert "La personne a arrêté ces messages. Ne renvoyez pas." in shown
    assert "Rappels après 7, 14 jours, fin après 30 jours." in shown
    assert "Rappels après 5, 10 jours ouvrés, fin après 20 jours ouvrés." in shown


def test_an_empty_page_says_so(director: Client) -> None:
    assert "Aucun message n'attend de décision" in page(director)


@pytest.mark.parametrize(
    ("role", "status"), [("director", 200), ("admin", 200), ("team_lead", 403), ("moderator", 403)]
)
def test_only_who_answers_for_the_installation_opens_it(role: str, status: int) -> None:
    client = sign_in(Client(), professional(role))
    assert client.get(reverse("manager_mail")).status_code == status


def test_a_message_in_doubt_is_sent_again_or_taken_as_sent_once(director: Client) -> None:
    again, arrived = written(), written()
    director.post(reverse("mail_again", args=[again.pk]))
    director.post(reverse("mail_taken_as_sent", args=[arrived.pk]))
    again.refresh_from_db()
    arrived.refresh_from_db()
    assert (again.state, again.attempt_count) == ("waiting", 1)
    assert (arrived.state, arrived.sent_at) == ("sent", MONDAY)
    refusal = director.post(reverse("mail_taken_as_sent", args=[again.pk]), follow=True)
    assert "Une décision a déjà été prise pour ce message." in text_of(refusal)
    verbs = JournalEntry.objects.filter(subject_type="kernel.outboxmessage").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["accounts.mail_sent_again", "accounts.mail_taken_as_sent"]


def test_a_message_is_searched_by_its_whole_address_and_the_journal_says_so(director: Client) -> None:
    written("sent", "")
    found = text_of(director.post(reverse("mail_search"), {"recipient": " MARC@garance.example"}))
    assert "envoyé" in found
    assert "Aucun message n'a été écrit à cette adresse." not in found
    part = text_of(director.post(reverse("mail_search"), {"recipient": "garance"}))
    assert "Aucun message n'a été écrit à cette adresse." in part
    lines = JournalEntry.objects.filter(verb="accounts.mail_searched")
    assert [line.data["count"] for line in lines.order_by("pk")] == [1, 0]
    assert ADDRESS not in str(list(lines.values_list("data", flat=True)))
    assert director.post(reverse("mail_search"), {"recipient": ""}).status_code == 422
    assert director.get(reverse("mail_search")).status_code == 405


def test_a_repaired_address_is_restored_but_never_a_wish(director: Client) -> None:
    hashed = suppression.address_hash(ADDRESS)
    dead, _new = suppression.stop(hashed, reason=Reason.BOUNCE)
    wish, _new = suppression.stop(hashed, reason=Reason.OPPOSITION, family=Family.PROMOTION)
    director.post(reverse("mail_restore", args=[dead.pk]))
    refusal = director.post(reverse("mail_restore", args=[wish.pk]), follow=True)
    assert "elle seule peut revenir dessus" in text_of(refusal)
    assert list(Suppression.objects.values_list("pk", flat=True)) == [wish.pk]


def stop_page(family: Family = Family.PROMOTION) -> str:
    return reverse("mail_stop", args=[suppression.token(ADDRESS, family)])


def test_opening_the_page_stops_nothing() -> None:
    client = Client()
    for _scanner in range(3):
        shown = text_of(client.get(stop_page()))
    assert "Profils proposés aux employeurs" in shown
    assert not Suppression.objects.exists()


def test_a_mail_program_stops_in_one_click_without_cookie_nor_page() -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(stop_page(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 204
    assert not answer.cookies
    assert suppression.is_stopped(ADDRESS, Family.PROMOTION)
    assert not suppression.is_stopped(ADDRESS, Family.VALIDATION_REQUEST)


def test_a_person_stops_then_changes_her_mind() -> None:
    client = Client(enforce_csrf_checks=True)
    stopped = client.post(stop_page(), follow=True)
    assert "C'est arrêté" in text_of(stopped)
    client.post(stop_page())  # twice is once
    assert Suppression.objects.count() == 1
    back = client.post(stop_page(), {"action": "resume"}, follow=True)
    assert "Ne plus recevoir ces messages ?" in text_of(back)
    assert not suppression.is_stopped(ADDRESS, Family.PROMOTION)
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["accounts.mail_stopped", "accounts.mail_stopped", "accounts.mail_resumed"]


def test_a_wish_does_not_repair_a_dead_address() -> None:
    suppression.stop(suppression.address_hash(ADDRESS), reason=Reason.BOUNCE)
    Client().post(stop_page(), {"action": "resume"})
    assert suppression.is_stopped(ADDRESS, Family.PROMOTION)


@pytest.mark.parametrize("token", ["x", "é", "A" * 66, suppression.HASH_BYTES * "ab"])
def test_a_broken_link_is_told_kindly(token: str) -> None:
    answer = Client().get(reverse("mail_stop", args=[token]))
    assert answer.status_code == 404
    assert "Ce lien est incomplet" in text_of(answer)


def test_services_cannot_be_stopped() -> None:
    assert Client().post(stop_page(Family.SERVICE)).status_code == 404
    assert not Suppression.objects.exists()


def test_the_relay_s_silence_is_told(director: Client, settings: Any) -> None:
    settings.SMTP_CONFIGURED = True
    assert "Le relais ne donne plus signe de vie" in page(director)
    settings.SPOOL.mkdir(parents=True)
    (settings.SPOOL / "relay.json").write_text(f'{{"at": {MONDAY.timestamp()}, "error": "ConnectionRefusedError"}}')
    shown = page(director)
    assert "Le relais ne donne plus signe de vie" not in shown
    assert "Le serveur de messagerie ne répond pas" in shown
    with time_machine.travel(MONDAY + dt.timedelta(minutes=3)):
        assert "Le relais ne donne plus signe de vie" in page(director)
